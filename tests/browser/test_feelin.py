"""The browser agrees: feelin, by which form-js evaluates FEEL, says the same as engine.feel, but for what docs/designers.md lists."""

import json
import re
from itertools import groupby

import pytest

from engine.domain import values
from forms.places import exact
from tests.browser import expressions
from tests.browser.everyday import EVERYDAY, KNOWN
from tests.browser.feelin import BUNDLE, Ours, Page
from tests.forms.making import NOW

#: What tells another value in a browser: each stands in the list of docs/designers.md, and in no expression that form-js evaluates.
APART = ("working day", "deadline(", "now()", "today()", "date(date and time(", "concatenate(")
CLOCK = re.compile(r"\b(now|today)\(")
LISTED = re.compile(r"^\| `(.+?)` \| `(.*?)` \| `(.*?)` \|", re.MULTILINE)


@pytest.fixture(scope="module")
def feelin(chromium):
    page = Page(chromium)
    yield page
    page.close()


def differences(feelin, places):
    """[(file, text, ours, the browser's)] of [Place], each with everything that it may see."""
    compiled, tries = {}, {}
    for place in places:
        ours = compiled.setdefault((place.text, place.unary), Ours(place.text, place.unary))
        for now, seen in place.scopes:
            narrow = ours.narrow(seen)
            moment = now if CLOCK.search(place.text) else NOW
            for test in values_for(place.text) if place.unary else [None]:
                tries.setdefault((moment, place.text, values.write(narrow), test), (place, ours, narrow, test))
    assert tries
    found = []
    for now, group in groupby(sorted(tries, key=lambda one: one[0]), key=lambda one: one[0]):
        those = [tries[one] for one in group]
        answers = feelin.answers(now, [(place.text, seen, test) for place, _, seen, test in those])
        for (place, ours, seen, test), theirs in zip(those, answers, strict=True):
            said = ours.answer(now, seen, test)
            # A cell of a table matches where it is true; whether it is false or null is nothing to anybody.
            if (said != theirs) if test is None else ((said is True) != (theirs is True)):
                found.append((place.file, place.text, said, theirs))
    return found


def values_for(cell):
    """FEEL of the values that a cell is held against: those that it names, their neighbours, and none."""
    dates = re.findall(r'date\("[^"]*"\)', cell)
    if dates:
        return ["null", *(f"{day}{change}" for day in dates for change in ("", ' + duration("P1D")', ' - duration("P1D")'))]
    texts = re.findall(r'"[^"]*"', cell)
    if "satisfies" in cell:
        return ["[]", f"[{', '.join(texts)}]", '["别的"]']
    if texts:
        return ["null", '"别的"', *texts]
    if cell in ("true", "false"):
        return ["null", "true", "false"]
    return ["null", *(f"{number}{change}" for number in re.findall(r"\d+", cell) for change in ("", " + 1", " - 1", " + 0.5"))]


def test_what_is_tried_is_what_the_pages_are_given():
    lock = json.loads((expressions.ROOT / "web" / "package-lock.json").read_text())

    assert BUNDLE.startswith(f"/*! @bpmn-io/feelin {lock['packages']['node_modules/@bpmn-io/feelin']['version']},")


def test_whatever_a_form_evaluates_in_the_browser_the_server_evaluates_to_the_same(feelin):
    places = list(expressions.shown())

    assert differences(feelin, places) == []
    assert [place.text for place in places if any(sign in place.text for sign in APART)] == []


def test_what_the_server_alone_evaluates_differs_only_by_what_is_listed(feelin):
    # given
    listed = [text for text, _, _ in LISTED.findall((expressions.ROOT / "docs" / "designers.md").read_text())]
    assert [sign for sign in APART if not any(sign in text for text in listed)] == []

    # when
    found = differences(feelin, [*expressions.asserted(), *expressions.drawn(), *expressions.decided()])

    # then
    assert [one for one in found if not any(sign in one[1] for sign in APART)] == []


def test_everyday_expressions_differ_exactly_as_the_list_says(feelin):
    # given
    listed = LISTED.findall((expressions.ROOT / "docs" / "designers.md").read_text())
    texts = list(dict.fromkeys([*EVERYDAY, *(text.replace("\\|", "|") for text, _, _ in listed)]))
    compiled, known = [Ours(text) for text in texts], exact(KNOWN)

    # when
    tries = [(ours.text, ours.narrow(known), None) for ours in compiled]
    answers = [
        (text, ours.answer(NOW, seen), theirs)
        for ours, (text, seen, _), theirs in zip(compiled, tries, feelin.answers(NOW, tries), strict=True)
    ]

    # then
    assert len(answers) > 200
    assert [(text, shown(said), shown(theirs)) for text, said, theirs in answers if said != theirs] == listed


def shown(value):
    """As the list writes it."""
    if isinstance(value, dict) and "" in value:
        return {"not understood": "读不懂"}.get(value[""], value[""])
    if isinstance(value, float) and value == int(value):
        value = int(value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
