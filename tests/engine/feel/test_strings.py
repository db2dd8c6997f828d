"""String literals and their escapes."""

import pytest

from engine import feel
from engine.feel.strings import decode, quoted


@pytest.mark.parametrize(
    "literal, value",
    [
        (r'"a\"b"', 'a"b'),
        (r'"a\\b"', "a\\b"),
        (r'"\n\t\r\'"', "\n\t\r'"),
        (r'"\u7acb\u6848"', "立案"),
        (r'"\U01F40E"', "🐎"),
        (r'"\uD83D\uDC0E"', "🐎"),
        (r'"\d+\."', "\\d+\\."),
        ('"违建 🐎"', "违建 🐎"),
        ('""', ""),
        (r'"\\n"', "\\n"),
        (r'"a//b"', "a//b"),
    ],
)
def test_a_string_literal(literal, value):
    assert feel.expression(literal)(feel.Scope({})) == value


def test_a_string_is_quoted_so_that_it_reads_back():
    for text in ['a"b', "a\\b", "违建", ""]:
        assert decode(quoted(text)[1:-1]) == text
