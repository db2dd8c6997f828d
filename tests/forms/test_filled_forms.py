"""The forms of every process that has a filled_<process>.py beside this file: what is right passes, every rule broken names its field.

Such a module holds NOW (datetime of the submission), KNOWN ({form id: variables of the case}) and RIGHT ({form id: [right answers]}), an
answer being what is sent, or (what is sent, what the case knows beside KNOWN). The hazard process has its own file, test_hazard_forms.py.
"""

import functools
import importlib
import json
from pathlib import Path

import pytest

from forms.compile import compile_form
from tests.forms import violations
from tests.forms.making import problems

HERE = Path(__file__).parent
FORMS = {path.stem: path for path in sorted(HERE.parents[1].glob("forms/*/*.form")) if path.parent.name != "hazard_rectification"}
FILLED = [importlib.import_module(f"tests.forms.{path.stem}") for path in sorted(HERE.glob("filled_*.py"))]
RIGHT = {
    name: [(module.NOW, module.KNOWN[name] | more, data) for data, more in (one if isinstance(one, tuple) else (one, {}) for one in each)]
    for module in FILLED
    for name, each in getattr(module, "RIGHT", {}).items()
}
#: Whatever can be wrong with an answer is tried in one test: there are thousands of ways.
each_answer = pytest.mark.parametrize(
    "name, number", [pytest.param(name, number, id=f"{name}-{number}") for name, several in RIGHT.items() for number in range(len(several))]
)


@functools.cache
def compiled(name):
    return compile_form(FORMS[name].read_bytes())


@pytest.mark.parametrize("name", FORMS)
def test_every_form_has_its_right_answers(name):
    assert name in RIGHT, f"{name}.form has no right answers in tests/forms/filled_*.py"


@each_answer
def test_what_is_right_is_accepted(name, number):
    now, known, data = RIGHT[name][number]
    assert problems(compiled(name), data, known, now) == {}


@each_answer
def test_every_violation_names_its_field_in_chinese(name, number):
    # given
    now, known, valid = RIGHT[name][number]
    ways = violations.of(json.loads(FORMS[name].read_text()), valid, known)
    assert ways

    # then
    for what, data, path, dependents in ways:
        violations.expect_named(problems(compiled(name), data, known, now), what, path, dependents)
