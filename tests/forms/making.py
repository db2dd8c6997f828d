"""Small forms made in a line, and what they say to a submission."""

import json
from datetime import datetime, timedelta, timezone

from engine import feel
from engine.domain.errors import Invalid
from forms.compile import compile_form
from forms.tree import NotSupported
from tests.cases.published import CALENDAR

SHANGHAI = timezone(timedelta(hours=8))
NOW = datetime(2024, 4, 1, 10, tzinfo=SHANGHAI)


def content(*components, **root):
    """The bytes of a form with these components; ids are made where they are missing."""
    made = {
        "type": "default",
        "id": "made",
        "schemaVersion": 19,
        "components": [_numbered(each, f"c{n}") for n, each in enumerate(components)],
    }
    return json.dumps({**made, **root}, ensure_ascii=False).encode()


def _numbered(component, name):
    inner = [_numbered(each, f"{name}_{n}") for n, each in enumerate(component.get("components", ()))]
    return {"id": name, **component, **({"components": inner} if "components" in component else {})}


def form(*components, **root):
    return compile_form(content(*components, **root))


def field(type_, key="x", label="字段", **attributes):
    """A component with a key; `hide`, `properties` and validation are given by name."""
    validate = {name: attributes.pop(name) for name in _VALIDATE if name in attributes}
    hide = attributes.pop("hide", None)
    made = {"type": type_, "key": key, "label": label, **attributes}
    if validate:
        made["validate"] = validate
    if hide:
        made["conditional"] = {"hide": hide}
    return made


_VALIDATE = ("required", "min", "max", "minLength", "maxLength", "pattern", "patternErrorMessage", "validationType")


def rows(*components, path="rows", label="各行", **attributes):
    hide = attributes.pop("hide", None)
    made = {"type": "dynamiclist", "path": path, "label": label, "components": list(components), "isRepeating": True, **attributes}
    return {**made, **({"conditional": {"hide": hide}} if hide else {})}


def group(*components, path=None, hide=None):
    made = {"type": "group", "label": "组", "components": list(components)}
    return {**made, **({"path": path} if path else {}), **({"conditional": {"hide": hide}} if hide else {})}


def options(*names):
    return [{"label": name, "value": name} for name in names]


def environment(now=NOW):
    return feel.Environment(now, CALENDAR)


def load(form_, data, known=None, now=NOW):
    return form_.load(data, known or {}, environment(now))


def problems(form_, data, known=None, now=NOW):
    """{field: [sentence]} of a submission that is refused, {} of one that is accepted."""
    try:
        load(form_, data, known, now)
    except Invalid as refused:
        return refused.details["problems"]
    return {}


def refusals(*components, **root):
    """The sentences with which a form is refused, [] of one that is not."""
    try:
        form(*components, **root)
    except NotSupported as refused:
        return [problem.sentence for problem in refused.problems]
    return []
