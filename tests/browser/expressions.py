"""Every FEEL expression of the bundled files, with what it may meet there: what the filled forms and the cases behind them hold."""

import json
import re
from dataclasses import dataclass, field
from pathlib import Path

from engine import feel
from engine.gate import xml
from forms.compile import compile_form
from forms.view import View
from tests.forms.making import environment
from tests.forms.test_filled_forms import RIGHT
from tests.forms.test_hazard_forms import NOW, WITH_CASE, known

ROOT = Path(__file__).parents[2]
FORMS = {path.stem: path for path in sorted(ROOT.glob("forms/*/*.form"))}
#: {form id: [(when it is handed in, what the case knows, what is sent)]}
ANSWERS = RIGHT | {name: [(NOW, known(name, more), data) for data, more in several] for name, several in WITH_CASE.items()}
_PIECE = re.compile(r"\{\{\s*(#loop\s|#if\s|/loop|/if)?(.*?)\}\}", re.DOTALL)
#: What of DMN holds FEEL in a <text>, and whether it is unary tests.
_CELLS = {"inputEntry": True, "inputValues": True, "outputValues": True}
_CELLS |= dict.fromkeys(("outputEntry", "inputExpression", "literalExpression", "defaultOutputEntry"), False)


@dataclass(slots=True)
class Place:
    """One expression where it stands. `scopes`: what it may see there, [(now, {name: value})]."""

    file: str
    text: str
    unary: bool = False
    scopes: list = field(default_factory=list)


def shown():
    """What form-js evaluates in the browser: conditions, limits, options, locks, and the FEEL in texts."""
    for name, path in FORMS.items():
        pages = [*_pages(name, path)]
        for component, rows in _walk(json.loads(path.read_text())["components"], ()):
            hide = (component.get("conditional") or {}).get("hide")
            scopes = [scope for page in pages for scope in _scopes(page, rows)]
            for text in [hide, *component.values(), *component.get("validate", {}).values()]:
                if isinstance(text, str) and text.startswith("="):
                    yield Place(name, text[1:], scopes=scopes)
                elif isinstance(text, str) and "{{" in text:
                    yield from _pieces(name, text, scopes)


def asserted():
    """What a form lets the server alone evaluate: the properties assert, minRows, maxRows."""
    for name, path in FORMS.items():
        pages = [*_pages(name, path)]
        for component, rows in _walk(json.loads(path.read_text())["components"], ()):
            for text in component.get("properties", {}).values():
                if text.startswith("="):
                    yield Place(name, text[1:], scopes=[scope for page in pages for scope in _scopes(page, rows)])


def drawn():
    """Conditions, mappings, people, terms, scripts: everything in a diagram that begins with =."""
    cases = _cases()
    for path in sorted(ROOT.glob("bpmn/*/*.bpmn")):
        for element in xml.read(path.read_bytes(), path.name).iter():
            for text in [*element.attrib.values(), element.text or ""]:
                if text.strip().startswith("="):
                    yield Place(path.name, text.strip()[1:], scopes=cases)


def decided():
    """The cells, inputs and literal expressions of the decision tables."""
    cases = _cases()
    for path in sorted(ROOT.glob("bpmn/*/*.dmn")):
        for element in xml.read(path.read_bytes(), path.name).iter("{*}text"):
            holder = element.getparent().tag.partition("}")[2]
            if holder in _CELLS and (element.text or "").strip() not in ("", "-"):
                yield Place(path.name, element.text.strip(), _CELLS[holder], cases)


def _cases():
    """What cases of a kind know, all of it in one, for the kinds of the filled forms; and a case in which nothing has a value yet."""
    kinds = {}
    for name, several in ANSWERS.items():
        for now, known_, data in several:
            rules = compile_form(FORMS[name].read_bytes()).rules
            kinds.setdefault(now, {}).update(View(rules, data, known_, environment(now)).data)
    nothing = dict.fromkeys(name for known_ in kinds.values() for name in known_)
    return [(NOW, nothing), *((now, nothing | known_) for now, known_ in kinds.items())]


def _pages(name, path):
    """(now, what a form's expressions see): as it is opened, as it is handed in, and where the case knows nothing."""
    rules = compile_form(path.read_bytes()).rules
    answers = ANSWERS[name]
    for now, known_, data in [*answers, *((now, known_, {}) for now, known_, _ in answers), (answers[0][0], {}, {})]:
        yield now, View(rules, data, known_, environment(now)).data


def _walk(components, rows):
    """(component, the paths of the lists around it)."""
    for component in components:
        yield component, rows
        inside = (*rows, component["path"]) if component["type"] == "dynamiclist" else rows
        yield from _walk(component.get("components", ()), inside)


def _scopes(page, rows):
    now, data = page
    for this, parent, numbers in _in_rows(data, None, [], rows):
        yield now, _seen(data, this, parent, numbers)


def _in_rows(this, parent, numbers, rows):
    if not rows:
        yield this, parent, numbers
        return
    found = this
    for step in rows[0].split("."):
        found = found.get(step) if isinstance(found, dict) else None
    for number, row in enumerate(found if isinstance(found, list) else [], 1):
        yield from _in_rows(row, this, [*numbers, number], rows[1:])


def _seen(data, this, parent, numbers):
    """As form-js makes it, which the test of the server's half, tests/forms/test_view.py, holds against the same."""
    special = {"this": this, "parent": parent, "i": numbers}
    return {**special, **data, **{f"_{name}_": value for name, value in special.items()}}


def _pieces(file, text, scopes):
    """The FEEL in a template. Inside of a #loop it sees one item."""
    around = [scopes]
    for kind, piece in _PIECE.findall(text):
        if kind == "/loop":
            around.pop()
        elif kind != "/if":
            yield Place(file, piece.strip(), scopes=around[-1])
        if kind.startswith("#loop"):
            around.append([*_items(feel.expression(piece), around[-1])])


def _items(compiled, scopes):
    for now, seen in scopes:
        found = compiled(feel.Scope(seen, env=environment(now)))
        for item in found if isinstance(found, list) else []:
            yield now, _seen(item if isinstance(item, dict) else {}, item, None, [])
