"""Functions with regular expressions."""

import pytest


@pytest.mark.parametrize(
    "text, value",
    [
        (r'matches("13812345678", "^1[3-9]\d{9}$")', "true"),
        (r'matches("1381234567", "^1[3-9]\d{9}$")', "false"),
        ('matches("foobar", "^fo*b")', "true"),
        ('matches("违建", "^[一-龥]{2}$")', "true"),
        ('matches("ABC", "abc")', "false"),
        ('matches("ABC", "abc", "i")', "true"),
        ('matches("a\\nb", "a.b")', "false"),
        ('matches("a\\nb", "a.b", "s")', "true"),
        ('matches("a\\nb", "^b$")', "false"),
        ('matches("a\\nb", "^b$", "m")', "true"),
        ('matches("ab", "a b", "x")', "true"),
        ('matches("a.c", "a.c", "q")', "true"),
        ('matches("abc", "a.c", "q")', "false"),
        ('matches("abc", "", null)', "true"),
        ('matches("abab", "(ab)\\1")', "true"),
        ('replace("abcd", "(ab)|(a)", "[1=$1][2=$2]")', '"[1=ab][2=]cd"'),
        ('replace("0123456789", "(\\d{3})(\\d{3})(\\d{4})", "($1) $2-$3")', '"(012) 345-6789"'),
        ('replace("abracadabra", "a.*?a", "*")', '"*c*bra"'),
        ('replace("facetiously", "[iouy]", "[$0]")', '"facet[i][o][u]sl[y]"'),
        ('replace("a.b", ".", "\\\\$", "q")', '"a\\\\$b"'),
        ('replace("a", "a", "\\\\$1")', '"$1"'),
        ('replace("ab", "(a)(b)", "$2$12")', '"ba2"'),
        ('replace("违建面积", "建", "")', '"违面积"'),
        ('split("John Doe", "\\s")', '["John", "Doe"]'),
        ('split("a;b;;c;", ";")', '["a", "b", "", "c", ""]'),
        ('split("", ";")', '[""]'),
        ('split("abc", "x")', '["abc"]'),
        ('extract("a1 b22", "[a-z]\\d+")', '["a1", "b22"]'),
        ('extract("abc", "\\d")', "[]"),
        ('extract("abc", "\\d*")', "[]"),
    ],
)
def test_functions_with_patterns(said, text, value):
    assert said(text) == value


@pytest.mark.parametrize(
    "text, why",
    [
        ('matches("a", "[a")', "Expected matches to have a result, but found: Expected more of the pattern, but found its end"),
        ('matches("a", "a", "z")', "Expected matches to have a result, but found: Expected flags of s, m, i, x and q, but found z"),
        ('replace("abc", "x*", "-")', 'Expected a pattern that matches something, but "x*" matches nothing'),
        ('split("abc", "")', 'Expected a pattern that matches something, but "" matches nothing'),
        (
            'replace("abc", "b", "$")',
            "Expected replace to have a result, but found: $ in a replacement that is not before the number of a group",
        ),
        ('replace("abc", "b", "\\\\x")', "Expected replace to have a result, but found: \\ in a replacement that is not before \\ or $"),
        ('matches(1, "a")', "Expected a string for input of matches, but found number 1"),
    ],
)
def test_a_pattern_that_is_wrong_is_null_with_a_reason(reason, text, why):
    assert reason(text) == why
