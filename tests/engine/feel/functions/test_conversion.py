"""From text to number and from anything to text."""

import pytest


@pytest.mark.parametrize(
    "text, value",
    [
        ('number("1500.5")', "1500.5"),
        ('number("-.5")', "-0.5"),
        ('number("1e3")', "1000"),
        ('number("1 000,5", " ", ",")', "1000.5"),
        ('number("1,000.5", ",", ".")', "1000.5"),
        ('number("1.000,5", ".", ",")', "1000.5"),
        ('number("1.5", null, ",")', "null"),
        ('number("1,000", ",")', "1000"),
        ('number("1.000", ".")', "null"),
        ('number("1,5", ",", ",")', "null"),
        ('number("abc")', "null"),
        ('number("1x0", "x", ".")', "null"),
        ('number("1x0", ",", "x")', "null"),
        ('number("")', "null"),
        ('number(" 1")', "null"),
        ('number("١")', "null"),
        ("number(5)", "5"),
        ("number(null)", "null"),
        ('number(from: "1", grouping separator: null, decimal separator: null)', "1"),
        ("string(1.10)", '"1.1"'),
        ("string(1e3)", '"1000"'),
        ("string(true)", '"true"'),
        ("string(null)", "null"),
        ('string("a")', '"a"'),
        ('string(["a", 1, null])', r'"[\"a\", 1, null]"'),
        ('string({a: "x", "b c": 1})', r'"{a: \"x\", \"b c\": 1}"'),
        ('string(@"2024-01-01T10:00:00.50@Asia/Shanghai")', '"2024-01-01T10:00:00.5@Asia/Shanghai"'),
        ('string(@"10:00:00-05:30")', '"10:00:00-05:30"'),
        ('string(@"P1DT2H")', '"P1DT2H"'),
        ('string(@"P14M")', '"P1Y2M"'),
        ("string([1..3))", '"[1..3)"'),
        ("string(-0)", '"0"'),
        ("string(0.1 + 0.2)", '"0.3"'),
    ],
)
def test_conversions(said, text, value):
    assert said(text) == value
