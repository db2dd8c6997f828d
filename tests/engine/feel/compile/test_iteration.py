"""For, some and every."""

import pytest

from engine import feel


@pytest.mark.parametrize(
    "text, value",
    [
        ("for x in [1, 2] return x * 2", "[2, 4]"),
        ("for x in [] return x", "[]"),
        ("for x in 5 return x", "[5]"),
        ("for x in [1, 2], y in [x, 10] return x * y", "[1, 10, 4, 20]"),
        ("for x in 1..3 return x", "[1, 2, 3]"),
        ("for x in 3..1 return x", "[3, 2, 1]"),
        ("for x in [1..3] return x", "[1, 2, 3]"),
        ("for x in (1..4) return x", "[2, 3]"),
        ("for x in n..n + 1 return x", "[2, 3]"),
        ('for d in @"2024-02-28"..@"2024-03-01" return d.day', "[28, 29, 1]"),
        ('for d in [@"2024-02-28"..@"2024-03-01") return d.day', "[28, 29]"),
        ("for i in 0..4 return if i = 0 then 1 else i * partial[-1]", "[1, 1, 2, 6, 24]"),
        ("for i in 1..3 return count(partial)", "[0, 1, 2]"),
        ("for i in 1..2 return for j in 1..2 return partial", "[[[], [[]]], [[], [[]]]]"),
        ("for x in [1, 2] return function() x", None),
        ("(for x in [1, 2] return function() x)[2]()", "2"),
        ("sum(for x in [1, 2] return x)", "3"),
        ('for d in @"9999-12-30"..@"9999-12-31" return d.day', "[30, 31]"),
        ("some x in [1, 2] satisfies x > 1", "true"),
        ("some x in [1, 2] satisfies x > 2", "false"),
        ("some x in [] satisfies x", "false"),
        ("every x in [1, 2] satisfies x > 0", "true"),
        ("every x in [1, 2] satisfies x > 1", "false"),
        ("every x in [] satisfies x", "true"),
        ("some x in [1, null] satisfies x > 1", "null"),
        ("some x in [null, 2] satisfies x > 1", "true"),
        ("every x in [2, null] satisfies x > 1", "null"),
        ("every x in [null, 1] satisfies x > 1", "false"),
        ("some x in [1, 2], y in [3] satisfies x + y = 5", "true"),
        ("every x in 1..3 satisfies x < 4", "true"),
    ],
)
def test_loops(said, text, value):
    if value is not None:
        assert said(text, n=2) == value


@pytest.mark.parametrize(
    "text, why",
    [
        ("for x in null return x", "Expected a list or range to loop over, but found null"),
        ("some x in null satisfies x", "Expected a list or range to loop over, but found null"),
        ("for x in 1..2.5 return x", "Expected whole numbers or dates to loop over, but found number 1 and number 2.5"),
        ('for x in "a".."c" return x', 'Expected whole numbers or dates to loop over, but found "a" and "c"'),
        ("for x in (> 5) return x", "Expected a range of whole numbers or dates with two ends to loop over, but found another one"),
        ("for x in [3..1] return x", "Expected a range that holds something to loop over, but found an empty one"),
        ("for x in [1, 2], y in x.none return y", "Expected a value with none, but found number 1"),
        ("some x in [1] satisfies 3", "Expected true or false from satisfies, but found number 3"),
    ],
)
def test_what_cannot_be_looped_over_is_null_with_a_reason(reason, text, why):
    assert reason(text) == why


def test_results_never_hold_themselves():
    result = feel.expression("for i in 1..3 return partial")(feel.Scope({}))
    assert result == [[], [[]], [[], [[]]]]
