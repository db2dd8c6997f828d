"""A .form file: read it, and say which form it is. What stands in it is checked by the reader of forms."""

from engine.domain.problem import Problem
from engine.gate import json, xml


def read(content, name):
    """Bytes -> (problems, facts, asks). Raises xml.Malformed where there is no form to look at."""
    form = json.read(content, name)
    if not isinstance(form, dict) or not isinstance(form.get("components"), list):
        sentence = f"Expected a form in {name}: a JSON object with a list of components, but found something else."
        raise xml.Malformed(name, "WRONG_CONTENT", sentence, "Give the file the ending of its kind: .bpmn, .dmn or .form.")
    problems = []
    if not isinstance(form.get("id"), str) or not form["id"].strip():
        sentence = f"Expected the form in {name} to have an id, but it has none."
        problems.append(Problem(name, "MISSING_ID", sentence, "Enter the id in the properties of the form."))
    return problems, {"kind": "form", "id": form.get("id"), "version_tag": form.get("versionTag")}, []
