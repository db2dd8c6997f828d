"""Function literals, calls by place and by name, and their reasons for null."""

import pytest


@pytest.mark.parametrize(
    "text, value",
    [
        ("(function(a, b) a + b)(1, 2)", "3"),
        ("(function(a, b) a - b)(b: 1, a: 5)", "4"),
        ("(function() 7)()", "7"),
        ("{add: function(a, b) a + b, r: add(1, 2)}.r", "3"),
        ("{add: function(a) function(b) a + b, r: add(1)(2)}.r", "3"),
        ("(function(a: number) a)(3)", "3"),
        ("(function(a: number) a)(null)", "null"),
        ("(function(a: number) a)([3])", "3"),
        ("(function(a: list<number>) a)(3)", "[3]"),
        ('(function(a: date and time) a)(@"2024-01-01")', "2024-01-01T00:00:00Z"),
        ("(function(f: function<number> -> number) f(3))(function(x) x * 2)", "6"),
        ("m.f(3)", "null"),
        ("{f: function(x) x}.f(3)", "3"),
        ('substring("foobar", 3)', '"obar"'),
        ('substring(string: "foobar", start position: 3, length: 2)', '"ob"'),
        ('substring(start position: 3, string: "foobar")', '"obar"'),
        ("{f: function(`per-cent of a.b`, n) `per-cent of a.b` - n, r: f(per-cent of a.b: 7, n : 3)}.r", "4"),
        ("max(1 /* x: y */, 2 // x: y\n)", "2"),
        ("abs([-1])", "1"),
        ("count(5)", "1"),
        ("sort([2, 1], before)", "[1, 2]"),
        ("{f: abs, r: f(-3)}.r", "3"),
        ('{f: substring, r: f(start position: 2, string: "abc")}.r', '"bc"'),
    ],
)
def test_calls(said, text, value):
    assert said(text, m={}) == value


@pytest.mark.parametrize(
    "text, why",
    [
        ("nobody(1)", "Expected a variable nobody, but found none"),
        ("(3)(1)", "Expected a function to call, but found number 3"),
        ("(function(a) a)()", "Expected 1 arguments for a function, but found 0"),
        ("(function(a) a)(b: 1)", "Expected arguments named a for a function, but found b"),
        ('(function(a: number) a)("x")', 'Expected another type for the parameter a, but found "x"'),
        ("abs()", "Expected the arguments of abs, but found 0 arguments"),
        ("abs(1, 2)", "Expected the arguments of abs, but found 2 arguments"),
        ("abs(number: 1)", "Expected the arguments of abs, but found arguments named number"),
        ('abs("x")', 'Expected a number for n of abs, but found "x"'),
        ('contains(null, "a")', "Expected a string for string of contains, but found null"),
        ("floor(1.5, null)", "Expected a number for scale of floor, but found null"),
    ],
)
def test_a_call_that_does_not_fit_is_null_with_a_reason(reason, text, why):
    assert reason(text) == why
