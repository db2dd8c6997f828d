"""A .bpmn file: read it, let every rule say all that is wrong, and say what is in it."""

from engine.gate import soundness, xml
from engine.gate.asked import asked
from engine.gate.diagram import Diagram
from engine.gate.elements import children, extension, local
from engine.gate.rules import ALL


def read(content, name):
    """Bytes -> (problems by line, facts, asks). Raises xml.Malformed where there is no BPMN to look at."""
    root = xml.read(content, name)
    if local(root) != "definitions":
        sentence = f"Expected a BPMN diagram in {name}, but its outermost element is <{root.tag.rpartition('}')[2]}>."
        raise xml.Malformed(name, "WRONG_CONTENT", sentence, "Give the file the ending of its kind: .bpmn, .dmn or .form.", root.sourceline)
    diagram = Diagram(root)
    problems = [problem for rule in ALL for problem in rule.check(diagram)]
    problems += soundness.check(diagram, problems)
    problems.sort(key=lambda problem: problem.line or 0)
    return problems, {"kind": "bpmn", "processes": [_process(diagram, process) for process in diagram.executable]}, asked(diagram)


def _process(diagram, process):
    tag = extension(process, "versionTag")
    return {
        "id": process.get("id"),
        "name": process.get("name"),
        "version_tag": None if tag is None else tag.get("value"),
        "start_form_id": _start_form(diagram, process),
    }


def _start_form(diagram, process):
    """The form of the start event without trigger: what a person fills in who starts the process."""
    for start in children(process, "startEvent"):
        form = extension(start, "formDefinition")
        if form is not None and not diagram.definitions_of(start):
            return form.get("formId")
    return None
