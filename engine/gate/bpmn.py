"""A .bpmn file: read it, let every rule say all that is wrong, and say what is in it."""

from engine.gate import xml
from engine.gate.asked import asked
from engine.gate.diagram import Diagram
from engine.gate.elements import extensions_of, local
from engine.gate.rules import ALL


def read(content, name):
    """Bytes -> (problems by line, facts, asks). Raises xml.Malformed where there is no BPMN to look at."""
    root = xml.read(content, name)
    if local(root) != "definitions":
        sentence = f"Expected a BPMN diagram in {name}, but its outermost element is <{root.tag.rpartition('}')[2]}>."
        raise xml.Malformed(name, "WRONG_CONTENT", sentence, "Give the file the ending of its kind: .bpmn, .dmn or .form.", root.sourceline)
    diagram = Diagram(root)
    problems = [problem for rule in ALL for problem in rule.check(diagram)]
    problems.sort(key=lambda problem: problem.line or 0)
    processes = [{"id": each.get("id"), "name": each.get("name"), "version_tag": _version_tag(each)} for each in diagram.executable]
    return problems, {"kind": "bpmn", "processes": processes}, asked(diagram)


def _version_tag(process):
    tags = extensions_of(process, "versionTag")
    return tags[0].get("value") if tags else None
