"""String functions; characters are code points."""

import pytest


@pytest.mark.parametrize(
    "text, value",
    [
        ('string length("违建🐎")', "3"),
        ('string length("")', "0"),
        ('substring("foobar", 3)', '"obar"'),
        ('substring("foobar", 3, 3)', '"oba"'),
        ('substring("foobar", -2, 1)', '"a"'),
        ('substring("🐎ab", 2)', '"ab"'),
        ('substring("foobar", 3, 99)', '"obar"'),
        ('substring("foobar", 2.8)', '"oobar"'),
        ('substring("foobar", 0)', "null"),
        ('substring("foobar", 7)', "null"),
        ('substring("foobar", 1, 0)', "null"),
        ('substring("", 1)', "null"),
        ('upper case("aBc4ß")', '"ABC4SS"'),
        ('lower case("ÄBC")', '"äbc"'),
        ('substring before("foobar", "bar")', '"foo"'),
        ('substring before("foobar", "xyz")', '""'),
        ('substring before("foobar", "foo")', '""'),
        ('substring before("foobar", "")', '""'),
        ('substring after("foobar", "ob")', '"ar"'),
        ('substring after("foobar", "xyz")', '""'),
        ('substring after("foobar", "")', '"foobar"'),
        ('substring after("", "a")', '""'),
        ('contains("foobar", "oba")', "true"),
        ('contains("foobar", "of")', "false"),
        ('contains("a", "")', "true"),
        ('starts with("foobar", "fo")', "true"),
        ('starts with("foobar", "o")', "false"),
        ('ends with("foobar", "r")', "true"),
        ('string join(["a", "b", null, "c"], "、")', '"a、b、c"'),
        ('string join(["a", "b"])', '"ab"'),
        ('string join(["a"], null)', '"a"'),
        ("string join([])", '""'),
        ('string join(["a", 1])', "null"),
        ('string join("a", "x")', '"a"'),
        ('trim("  a b\u3000")', '"a b"'),
        ('is blank(" ")', "true"),
        ('is blank("a")', "false"),
        ('contains(1, "a")', "null"),
        ("upper case(null)", "null"),
    ],
)
def test_string_functions(said, text, value):
    assert said(text) == value
