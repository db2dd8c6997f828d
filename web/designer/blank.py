"""What a new design begins with: a file of the dialect that could be published as it is, and does nothing yet."""

import json
from pathlib import Path
from xml.sax.saxutils import escape

HERE = Path(__file__).parent
#: As the bundled forms say it.
FORM = {"type": "default", "executionPlatform": "Camunda Cloud", "executionPlatformVersion": "8.8.0", "schemaVersion": 19}
#: What the id of a decision becomes as the id of its file.
DEFINITIONS = "_definitions"


def blank(kind, id, name):
    """(id of the design, its content as text). `id` is what diagrams will call it by."""
    if kind == "form":
        components = [{"type": "text", "id": "Note_01", "text": f"## {name}", "layout": {"row": "Row_01", "columns": None}}]
        return id, json.dumps({"components": components, "id": id, **FORM}, ensure_ascii=False, indent=2) + "\n"
    text = (HERE / ("blank.bpmn" if kind == "process" else "blank.dmn")).read_text(encoding="utf-8")
    written = text.replace("{{ id }}", id).replace("{{ name }}", escape(name, {'"': "&quot;"}))
    return (id if kind == "process" else id + DEFINITIONS), written
