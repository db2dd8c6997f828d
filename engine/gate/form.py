"""A .form file: read it, and say which form it is. What stands in it is checked by the reader of forms."""

from engine.domain.problem import Problem
from engine.gate import json, xml


def read(content, name):
    """Bytes -> (problems, facts, asks). Raises xml.Malformed where there is no form to look at."""
    form = json.read(content, name)
    if not isinstance(form, dict) or not isinstance(form.get("components"), list):
        sentence = f"Expected a form in {name}: a JSON object with a list of components, but found something else."
        raise xml.Malformed(name, "WRONG_CONTENT", sentence, "Give the file the ending of its kind: .bpmn, .dmn or .form.")
    identifier, tag = form.get("id"), form.get("versionTag")
    if not isinstance(identifier, str) or not identifier.strip():
        sentence = f"Expected the form in {name} to have an id, but it has none."
        return [Problem(name, "MISSING_ID", sentence, "Enter the id in the properties of the form.")], None, []
    # The reader refuses another tag; whoever compares files before it has spoken gets none.
    return [], {"kind": "form", "id": identifier, "version_tag": tag if isinstance(tag, str) else None}, []
