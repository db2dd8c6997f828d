"""Every way in which a form, as its file says, can be filled in wrongly: made from the JSON alone, without the code under test."""

import json
import re
from decimal import Decimal

from tests.forms.filled import paper, photo

ABSENT = object()
LONG_AGO, FAR_OFF = (
    {"date": "2001-01-01", "datetime": "2001-01-01T09:00+08:00"},
    {"date": "2199-01-01", "datetime": "2199-01-01T09:00+08:00"},
)
PLAUSIBLE = {
    "textfield": "伪造",
    "textarea": "伪造的说明",
    "number": 1,
    "datetime": "2024-04-01",
    "checkbox": True,
    "radio": "伪造",
    "select": "伪造",
    "checklist": ["伪造"],
    "taglist": ["伪造"],
    "filepicker": [paper()],
}


def of(form, valid, known):
    """[(what is wrong, the submission, the path that must be named, keys that may be named too)]."""
    found = [("a field that the form does not have", {**valid, "forged": 1}, "forged", ())]
    for component, path, hidden in places(form["components"], valid):
        key = component.get("key") or component.get("path")
        for what, value in _wrong(component, get(valid, path), known, hidden):
            where = ".".join(map(str, path))
            found.append((f"{where}: {what}", changed(valid, path, value), where, _dependents(form, key, component)))
    return found


def expect_named(found, what, path, dependents):
    """`found`, {path: sentences}, names the path that is wrong, in Chinese, and nothing that is right."""
    named = {key for key in found if not {path.rpartition(".")[2], *dependents}.isdisjoint(key.split("."))}
    assert set(found) == named, f"{what}: a field was named that nothing is wrong with"
    if what.endswith("does not have"):
        path = next(key for key in found if key.endswith("forged"))
    assert path in found, what
    assert all(re.search("[一-鿿]", sentence) and sentence.endswith("。") for sentence in found[path]), what


def places(components, valid, path=(), hidden=False):
    """(component, path with row numbers, may it be hidden) of every component that has a value."""
    for component in components:
        conditional = hidden or bool((component.get("conditional") or {}).get("hide"))
        kind = component["type"]
        if kind == "group":
            yield from places(component["components"], valid, (*path, *_steps(component.get("path"))), conditional)
        elif kind == "dynamiclist":
            here = (*path, *_steps(component["path"]))
            yield component, here, conditional
            rows = get(valid, here)
            for number in range(len(rows) if isinstance(rows, list) else 0):
                yield from places(component["components"], valid, (*here, number), False)
        elif "key" in component and kind != "expression":
            yield component, (*path, *_steps(component["key"])), conditional


def _steps(text):
    return tuple((text or "").split(".")) if text else ()


def get(data, path):
    for step in path:
        if isinstance(data, dict):
            data = data.get(step, ABSENT)
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
        else:
            return ABSENT
    return data


def changed(data, path, value):
    """`data` with another value at a path; what does not lie on the way there is shared."""
    first, *rest = path
    copied = data.copy()
    copied[first] = changed(data[first] if isinstance(first, int) else data.get(first, {}), rest, value) if rest else value
    return copied


def _wrong(component, value, known, hidden):
    """(what is wrong, a value that is) for one place."""
    if component["type"] == "dynamiclist":
        yield from _wrong_rows(component, value, hidden)
        return
    if hidden and value is ABSENT:
        yield "a value where the form hides the field", PLAUSIBLE[component["type"]]
        return
    if component.get("readonly"):
        yield "another value where the field is locked", "改写"
        return
    validate = component.get("validate", {})
    if validate.get("required"):
        yield "nothing, although it is required", False if component["type"] == "checkbox" else None
    yield from _WRONG[component["type"]](component, validate, value, known)
    for check in filter(None, (part.strip().partition(":")[0] for part in component.get("properties", {}).get("check", "").split(";"))):
        yield f"the check {check}", _CHECKED[check](component, value)


def _wrong_rows(component, rows, hidden):
    if rows is ABSENT:
        yield "rows where the form hides the list", [{}]
        return
    properties = component.get("properties", {})
    yield "no list", "伪造"
    yield "a row with a field that it does not have", [*rows[:-1], {**rows[-1], "forged": 1}]
    if component.get("allowAddRemove") is False:
        yield "a row more than was given", [*rows, rows[0]]
    if "minRows" in properties:
        least = properties["minRows"]
        yield "too few rows", rows[: int(least) - 1] if least.isdecimal() else []
    if "maxRows" in properties:
        yield "too many rows", rows[:1] * (int(properties["maxRows"]) + 1)
    if "distinct" in properties:
        yield "a row twice", [*rows, rows[0]]


def _wrong_text(component, validate, value, known):
    yield "no text", 5
    if validate.get("minLength", 0) > 1:
        yield "too short", "一" * (validate["minLength"] - 1)
    if "maxLength" in validate:
        yield "too long", "长" * (validate["maxLength"] + 1)
    if "pattern" in validate:
        yield "not of the pattern", "不合格式"


def _wrong_number(component, validate, value, known):
    yield "no number", "许多"
    if "min" in validate:
        yield "too small", _limit(validate["min"], known) - 1
    if "max" in validate:
        yield "too large", _limit(validate["max"], known) + 1
    if "decimalDigits" in component:
        yield "too many digits", Decimal(str(value)) + Decimal(1).scaleb(-component["decimalDigits"] - 1)


def _limit(limit, known):
    """A number, or `=path` of one that the case knows."""
    return get(known, limit[1:].split(".")) if isinstance(limit, str) else limit


def _wrong_moment(component, validate, value, known):
    yield "no date", "2024-13-45"


def _wrong_flag(component, validate, value, known):
    yield "no box", "勾选"


def _wrong_choice(component, validate, value, known):
    yield "what is not offered", "没有的选项"


def _wrong_choices(component, validate, value, known):
    yield "no list", "没有的选项"
    yield "what is not offered", [*value, "没有的选项"]
    yield "an option twice", [*value, value[0]]


def _wrong_files(component, validate, value, known):
    yield "no file", "files::1"
    yield "a file of another type", [{**paper("病毒.exe"), "type": "application/x-msdownload"}]


_WRONG = {
    "textfield": _wrong_text, "textarea": _wrong_text, "number": _wrong_number, "datetime": _wrong_moment, "checkbox": _wrong_flag,
    "radio": _wrong_choice, "select": _wrong_choice, "checklist": _wrong_choices, "taglist": _wrong_choices, "filepicker": _wrong_files,
}  # fmt: skip
_CHECKED = {
    "uscc": lambda component, value: value[:-1] + ("0" if value[-1] != "0" else "1"),
    "idcard": lambda component, value: value[:-1] + ("0" if value[-1] != "0" else "1"),
    "mobile": lambda component, value: "12345678901",
    "not-future": lambda component, value: FAR_OFF[component["subtype"]],
    "after": lambda component, value: LONG_AGO[component["subtype"]],
    "until": lambda component, value: FAR_OFF[component["subtype"]],
    "all": lambda component, value: value[:-1],
    "within-town": lambda component, value: value + 1,
    "taken-after": lambda component, value: [photo("早.jpg", "2001-01-01T09:00+08:00")],
    "evidence": lambda component, value: [{**paper("无.jpg"), "type": "image/jpeg"}],
    "near": lambda component, value: [{**photo("远.jpg", "2024-05-30T09:00+08:00"), "lat": 31.9}],
}


def _dependents(form, key, changed):
    """Keys of the fields whose condition, options or rules read this one, and the fields inside of a list: they may be named beside it."""
    word = json.dumps(key.rpartition(".")[2], ensure_ascii=False)[1:-1]
    found = {inner.get("key") for inner in changed.get("components", ())}
    for component in every(form["components"]):
        rules = [component.get("conditional"), component.get("properties"), component.get("valuesExpression"), component.get("readonly")]
        if component is not changed and word in json.dumps(rules, ensure_ascii=False):
            found |= {each.get("key") or each.get("path") for each in [component, *every(component.get("components", ()))]}
    return found


def every(components):
    for component in components:
        yield component
        yield from every(component.get("components", ()))
