"""Equality and order, with the right side known and unknown at compile time."""

import pytest

CASES = [
    ("1", "=", "1.0", "true"),
    ("1", "=", "2", "false"),
    ("1", "!=", "2", "true"),
    ('"a"', "=", '"a"', "true"),
    ('"a"', "!=", '"b"', "true"),
    ("1", "=", '"1"', "null"),
    ("1", "!=", '"1"', "null"),
    ("true", "=", "1", "null"),
    ("false", "=", "0", "null"),
    ("null", "=", "null", "true"),
    ("null", "!=", "null", "false"),
    ("1", "=", "null", "false"),
    ("null", "=", "1", "false"),
    ("null", "!=", "1", "true"),
    ("[1, 2]", "=", "[1, 2]", "true"),
    ("[1, 2]", "=", "[2, 1]", "false"),
    ("[1]", "=", "[1, 2]", "false"),
    ("[1, null]", "=", "[1, null]", "true"),
    ("[1]", "=", '["a"]', "null"),
    ("[1, 2]", "=", '["a", 3]', "false"),
    ("{a: 1, b: 2}", "=", "{b: 2, a: 1}", "true"),
    ("{a: 1}", "=", "{a: 2}", "false"),
    ("{a: 1}", "=", "{b: 1}", "false"),
    ("{}", "=", "[]", "null"),
    ("[1..2]", "=", "[1..2]", "true"),
    ("[1..2]", "=", "[1..2)", "false"),
    ("(= 1)", "=", "[1..1]", "false"),
    ('@"2024-01-01"', "=", '@"2024-01-01"', "true"),
    ('@"2024-01-01"', "=", '@"2024-01-01T00:00:00"', "null"),
    ('@"2024-01-01T08:00:00+08:00"', "=", '@"2024-01-01T00:00:00Z"', "true"),
    ('@"2024-01-01T08:00:00@Asia/Shanghai"', "=", '@"2024-01-01T00:00:00Z"', "true"),
    ('@"2024-01-01T08:00:00"', "=", '@"2024-01-01T08:00:00Z"', "false"),
    ('@"P1Y"', "=", '@"P12M"', "true"),
    ('@"P1Y"', "=", '@"P365D"', "null"),
    ('@"PT24H"', "=", '@"P1D"', "true"),
    ('@"10:00:00+08:00"', "=", '@"02:00:00Z"', "true"),
    ('@"10:00:00"', "=", '@"10:00:00Z"', "false"),
    ("1", "<", "2", "true"),
    ("2", "<=", "2", "true"),
    ("2", ">", "2", "false"),
    ("2", ">=", "2", "true"),
    ('"a"', "<", '"b"', "true"),
    ('"Z"', "<", '"a"', "true"),
    ('"a"', "<", '"违"', "true"),
    ('"\uffff"', "<", '"🐎"', "true"),
    ("1", "<", '"2"', "null"),
    ("1", "<", "null", "null"),
    ("null", "<", "null", "null"),
    ("true", "<", "false", "null"),
    ("[1]", "<", "[2]", "null"),
    ('@"2024-01-01"', "<", '@"2024-01-02"', "true"),
    ('@"2024-01-01T00:00:00@Asia/Shanghai"', "<", '@"2024-01-01T00:00:00Z"', "true"),
    ('@"2024-01-01T00:00:00"', "<", '@"2024-01-01T00:00:00Z"', "null"),
    ('@"P1D"', "<", '@"PT25H"', "true"),
    ('@"P1Y"', ">", '@"P11M"', "true"),
    ('@"P1D"', "<", '@"P1M"', "null"),
    ('@"10:00:00"', "<", '@"10:00:01"', "true"),
    ('@"0001-01-01T00:00:00@Asia/Shanghai"', "<", '@"9999-12-31T23:59:59@America/New_York"', "true"),
]


@pytest.mark.parametrize("left, sign, right, value", CASES)
def test_comparison(said, left, sign, right, value):
    assert said(f"{left} {sign} {right}") == value
    # The same where neither, or only one side, is known at compile time.
    assert said(f"for left in [{left}], right in [{right}] return left {sign} right") == f"[{value}]"
    assert said(f"for left in [{left}] return left {sign} {right}") == f"[{value}]"
    assert said(f"for right in [{right}] return {left} {sign} right") == f"[{value}]"


def test_moments_of_one_named_zone_are_compared_in_real_time(said):
    """Half past two came twice in Paris on 27 October 2024; Python compares two moments of one zone by the wall clock."""
    assert said('@"2024-10-27T02:30:00@Europe/Paris" + @"PT1H" > @"2024-10-27T02:30:00@Europe/Paris"') == "true"
    assert said('@"2024-10-27T02:30:00@Europe/Paris" + @"PT1H" = @"2024-10-27T02:30:00@Europe/Paris"') == "false"


def test_a_variable_may_be_asked_whether_it_is_there_without_leaving_a_reason():
    from engine import feel

    scope = feel.Scope({"a": {}})
    assert feel.expression("missing = null and null = a.b and missing != null")(scope) is False
    assert scope.env.warnings == []


def test_values_that_cannot_be_compared_leave_a_reason(reason):
    assert reason('1 < "2"') == 'Expected two values that can be compared by <, but found number 1 and "2"'
    assert reason("[1] = {}") == "Expected two values of one type to compare, but found a list and a context"
