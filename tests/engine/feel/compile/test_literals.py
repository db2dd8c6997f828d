"""Lists, contexts, ranges and temporal literals."""

import pytest


@pytest.mark.parametrize(
    "text, value",
    [
        ("[]", "[]"),
        ('[1, "a", null, [true]]', '[1, "a", null, [true]]'),
        ("{}", "{}"),
        ('{a: 1, "b c": 2}', '{a: 1, "b c": 2}'),
        ("{a: 1, b: a + 1, c: {d: b + a}}", "{a: 1, b: 2, c: {d: 3}}"),
        ("{a: 1}.a", "1"),
        ("{a: {b: 2}}.a.b", "2"),
        ("{x: 1, y: x}", "{x: 1, y: 1}"),
        ("{f: function(n) if n <= 1 then 1 else n * f(n - 1), r: f(20)}.r", "2432902008176640000"),
        ('@"2024-02-29"', "2024-02-29"),
        ('@"2024-02-29T24:00:00"', "2024-03-01T00:00:00"),
        ('@"10:30:00.5+08:00"', "10:30:00.5+08:00"),
        ('@"2024-01-01T00:00:00@Asia/Shanghai"', "2024-01-01T00:00:00@Asia/Shanghai"),
        ('@"-P1Y2M"', "-P1Y2M"),
        ('@"P1DT2H3M4.5S"', "P1DT2H3M4.5S"),
        ("[1..5]", "[1..5]"),
        ("[null..5]", "[null..5]"),
        ('(> @"2024-01-01")', "(> 2024-01-01)"),
        ("[x..x + 1]", "[7..8]"),
    ],
)
def test_literals(said, text, value):
    assert said(text, x=7) == value


@pytest.mark.parametrize(
    "text, why",
    [
        ("{a: 1, a: 2}", 'Expected each key of a context once, but found "a" again'),
        ('@"2023-02-29"', 'Expected a date, time or duration after @, but found "2023-02-29"'),
        ('@"P1Y1D"', 'Expected a date, time or duration after @, but found "P1Y1D"'),
        (
            '@"2024-01-01T10:00:00@Europe/Atlantis"',
            'Expected a date, time or duration after @, but found "2024-01-01T10:00:00@Europe/Atlantis"',
        ),
        ('[1.."a"]', 'Expected two ends of a range that can be compared, but found number 1 and "a"'),
        ("[[1]..[2]]", "Expected an end of a range that can be ordered, but found a list"),
        ("(< true)", "Expected a value that can be ordered after <, but found true"),
    ],
)
def test_what_is_no_value_is_null_with_a_reason(reason, text, why):
    assert reason(text) == why
