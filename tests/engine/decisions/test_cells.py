"""Which fixed values a cell compares with, and which cells ask for more."""

from datetime import date, timedelta

import pytest

from engine.decisions.cells import NotUnderstood, constants


@pytest.mark.parametrize(
    "text, expected",
    [
        ('"a","b"', ["a", "b"]), ("not(1, 2)", [1, 2]), ("[1..5)", [1, 5]), ("]1..5[", [1, 5]), (">= -3", [-3]), ("!= 3", [3]),
        ('= "a"', ["a"]), ("? > 3 and ? < 5", [3, 5]), ("? between 1 and 2", [1, 2]), ('["a", "b"]', ["a", "b"]), ("true", [True]),
        ("null", [None]), ('> date("2025-01-01")', [date(2025, 1, 1)]), ('@"P1D"', [timedelta(1)]), ("(> 3)", [3]),
    ],
)  # fmt: skip
def test_comparisons_with_fixed_values_are_understood(text, expected):
    assert constants(text) == expected


@pytest.mark.parametrize(
    "text",
    ["x", "> x",
     "? + 1 > 3", "today()", "date(x)", 'date("2025-01-01") + x', '< "m"', '["a".."f"]', '? between "a" and "f"', "count(?) > 1", "{a: 1}",
     "> >"],
)  # fmt: skip
def test_everything_else_is_not(text):
    with pytest.raises(NotUnderstood):
        constants(text)
