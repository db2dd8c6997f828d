"""Reading variables and properties."""

import pytest


@pytest.mark.parametrize(
    "text, value",
    [
        ("a.b.c", "3"),
        ("list.x", "[1, null, 3]"),
        ("nested.list.x", "[1, null, 3]"),
        ("[{a: {b: 1}}, {a: {b: 2}}].a.b", "[1, 2]"),
        ('@"2024-02-29".year', "2024"),
        ('@"2024-02-29".month', "2"),
        ('@"2024-02-29".day', "29"),
        ('@"2024-02-29".weekday', "4"),
        ('@"2024-03-03".weekday', "7"),
        ('@"2024-02-29T10:20:30.5".hour', "10"),
        ('@"10:20:30.5".minute', "20"),
        ('@"10:20:30.5".second', "30"),
        ('@"10:20:30+08:00".time offset', "PT8H"),
        ('@"2024-07-01T00:00:00@Europe/Paris".time offset', "PT2H"),
        ('@"10:20:30".time offset', "null"),
        ('@"2024-07-01T00:00:00@Europe/Paris".timezone', '"Europe/Paris"'),
        ('@"10:20:30Z".timezone', "null"),
        ('@"P3DT4H5M6S".days', "3"),
        ('@"P3DT4H5M6S".hours', "4"),
        ('@"P3DT4H5M6S".minutes', "5"),
        ('@"P3DT4H5M6S".seconds', "6"),
        ('@"-P1DT2H".days', "-1"),
        ('@"-P1DT2H".hours', "-2"),
        ('@"P1Y2M".years', "1"),
        ('@"-P14M".months', "-2"),
        ('@"-P14M".years', "-1"),
        ("[1..5).start", "1"),
        ("[1..5).end", "5"),
        ("[1..5).start included", "true"),
        ("[1..5).end included", "false"),
        ("(> 5).end", "null"),
        ("[(< 5).start included, (<= 5).end included, (> 5).start included, (>= 5).start included]", "[false, true, false, true]"),
        ('[@"2024-01-01", @"2025-01-01"].year', "[2024, 2025]"),
    ],
)
def test_properties(said, text, value):
    items = [{"x": 1}, {}, {"x": 3}]
    assert said(text, a={"b": {"c": 3}}, list=items, nested={"list": items}) == value


@pytest.mark.parametrize(
    "text, why",
    [
        ("nobody", "Expected a variable nobody, but found none"),
        ("a.c", "Expected a context with c, but found one without"),
        ("null.b", "Expected a value with b, but found null"),
        ('"text".length', 'Expected a value with length, but found "text"'),
        ('@"2024-01-01".hour', "Expected a value with hour, but found a date"),
        ('@"P1Y".days', "Expected a value with days, but found a years and months duration"),
        ("a.__class__", "Expected a context with __class__, but found one without"),
        ("(function() 1).run", "Expected a value with run, but found a function"),
    ],
)
def test_what_is_not_there_is_null_with_a_reason(reason, text, why):
    assert reason(text, a={"b": 1}) == why


def test_null_that_is_there_leaves_no_reason():
    from engine import feel

    scope = feel.Scope({"a": None, "b": {"c": None}})
    assert feel.expression("[a, b.c]")(scope) == [None, None]
    assert scope.env.warnings == []
