"""A .dmn file: read it, and say which decisions are in it. What stands in a decision is checked by the reader of decisions."""

from lxml import etree

from engine.domain.problem import Problem
from engine.gate import xml
from engine.gate.elements import ZEEBE

#: What there is to decide, or for other files to import.
SOMETHING = ("decision", "inputData", "businessKnowledgeModel", "itemDefinition")
ENTER = "Enter it in the properties of the decision."


def read(content, name):
    """Bytes -> (problems, facts, asks). Raises xml.Malformed where there is no DMN to look at."""
    root = xml.read(content, name)
    tag = etree.QName(root)
    if tag.localname != "definitions" or "/spec/DMN/" not in (tag.namespace or ""):
        sentence = f"Expected DMN decisions in {name}, but its outermost element is <{tag.localname}> of {tag.namespace or 'no namespace'}."
        raise xml.Malformed(name, "WRONG_CONTENT", sentence, "Give the file the ending of its kind: .bpmn, .dmn or .form.", root.sourceline)
    decisions = [child for child in root if etree.QName(child).localname == "decision"]
    problems = list(_problems(root, decisions, name))
    facts = {
        "kind": "dmn",
        "decisions": [{"id": each.get("id"), "name": each.get("name"), "version_tag": _version_tag(each)} for each in decisions],
        "requirements": {"id": root.get("id"), "name": root.get("name")},
        "namespace": root.get("namespace"),
        "imports": [
            {"namespace": each.get("namespace"), "name": (each.get("name") or "").strip()}
            for each in root
            if etree.QName(each).localname == "import"
        ],
    }
    return problems, facts, []


def _problems(root, decisions, name):
    if not any(etree.QName(child).localname in SOMETHING for child in root):
        yield Problem(name, "NO_DECISION", f"Expected a decision in {name}, but there is none.", "Draw a decision.", line=root.sourceline)
    for element in (root, *decisions):
        if not element.get("id"):
            sentence = f"Expected an id of <{etree.QName(element).localname}> in line {element.sourceline}, but it has none."
            yield Problem(name, "MISSING_ID", sentence, ENTER, line=element.sourceline)
    seen = set()
    for element in root.iter():
        identifier = element.get("id")
        if identifier and identifier in seen:
            sentence = (
                f"Expected the id {identifier} once, but <{etree.QName(element).localname}> in line {element.sourceline} has it again."
            )
            yield Problem(identifier, "DUPLICATE_ID", sentence, "Give it an id of its own.", line=element.sourceline)
        seen.add(identifier)


def _version_tag(decision):
    found = next(decision.iter(f"{{{ZEEBE}}}versionTag"), None)
    return None if found is None else found.get("value")
