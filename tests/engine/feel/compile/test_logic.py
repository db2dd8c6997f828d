"""Three-valued logic: the whole truth tables, and anything that is neither true nor false counts as null."""

import pytest

from engine import feel

VALUES = ("true", "false", "null", '"x"')
AND = {("true", "true"): "true"}
OR = {("false", "false"): "false"}


@pytest.mark.parametrize("left", VALUES)
@pytest.mark.parametrize("right", VALUES)
def test_and(said, left, right):
    expected = "false" if "false" in (left, right) else AND.get((left, right), "null")
    assert said(f"{left} and {right}") == expected
    assert said("a and b", a=_python(left), b=_python(right)) == expected
    assert said(f"{left} and {right} and true") == expected


@pytest.mark.parametrize("left", VALUES)
@pytest.mark.parametrize("right", VALUES)
def test_or(said, left, right):
    expected = "true" if "true" in (left, right) else OR.get((left, right), "null")
    assert said(f"{left} or {right}") == expected
    assert said("a or b", a=_python(left), b=_python(right)) == expected
    assert said(f"{left} or {right} or false") == expected


def _python(value):
    return {"true": True, "false": False, "null": None}.get(value, "x")


@pytest.mark.parametrize(
    "text, value",
    [
        ("not(true)", "false"),
        ("not(false)", "true"),
        ("not(null)", "null"),
        ("not(1)", "null"),
        ("if true then 1 else 2", "1"),
        ("if false then 1 else 2", "2"),
        ("if null then 1 else 2", "2"),
        ("if 1 then 1 else 2", "2"),
        ('if a > 1 then "big" else if a > 0 then "small" else "none"', '"small"'),
    ],
)
def test_not_and_if(said, text, value):
    assert said(text, a=1) == value


def test_an_operand_that_is_no_boolean_leaves_a_reason(reason):
    assert reason('"x" and true') == 'Expected a boolean for and, but found "x"'
    assert reason("false or 3 or null") == "Expected a boolean for or, but found number 3"
    assert reason("if 3 then 1 else null") == "Expected true or false after if, but found number 3"


def test_false_and_null_after_if_leave_no_reason():
    scope = feel.Scope({"no": False, "nothing": None})
    assert feel.expression("[if no then 1 else 2, if nothing then 1 else 2]")(scope) == [2, 2]
    assert scope.env.warnings == []


def test_what_decides_is_not_followed_by_more(said):
    assert said("false and 1 / 0 > 1") == "false"
    assert said("true or 1 / 0 > 1") == "true"
