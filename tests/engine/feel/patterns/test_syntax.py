"""The syntax of XPath's patterns: what a class holds, and what is refused with a sentence."""

import pytest

from engine.feel.patterns.program import compiled
from engine.feel.scope import Environment


@pytest.mark.parametrize(
    "pattern, holds, lacks",
    [
        (r"\d", "0٣", "a²"),
        (r"\D", "a", "0"),
        (r"\s", " \t\n\r", "\u00a0a"),
        (r"\S", "a", " "),
        (r"\w", "aé违1_"[:-1] + "+", "-. "),
        (r"\W", ".-", "a"),
        (r"\p{L}", "aé违", "1 "),
        (r"\p{Lu}", "AÉ", "a"),
        (r"\P{L}", "1", "a"),
        (r"\p{IsCJKUnifiedIdeographs}", "违建", "a"),
        (r"\p{IsBasicLatin}", "a~", "é"),
        ("[a-cx]", "abcx", "d-"),
        ("[^a-c]", "d", "abc"),
        ("[a-z-[aeiou]]", "bcd", "aeiou"),
        (r"[\d-[5-9]]", "01234", "56789"),
        ("[-a]", "-a", "b"),
        ("[a-]", "-a", "b"),
        (r"[\]\[^]", "[]^", "a"),
        (r"[\w.]", "a.", "-"),
        ("[一-龥]", "违建", "a"),
        (r"\.", ".", "a"),
        (".", "a违", "\n\r"),
        (r"\n", "\n", "n"),
        (r"\i", "a_:", "1-"),
        (r"\c", "a1-.", " "),
        ("🐎", "🐎", "a"),
        (r"[\-x]", "-x", "a"),
    ],
)
def test_what_a_class_holds(pattern, holds, lacks):
    found = compiled(f"^{pattern}$")
    assert [character for character in holds if found.search(character, 0, Environment()) is None] == []
    assert [character for character in lacks if found.search(character, 0, Environment()) is not None] == []


@pytest.mark.parametrize("pattern, text", [("k", "K"), ("\u212a", "k"), ("k", "\u212a"), ("[a-z]", "B"), ("É", "é"), ("[^a]", "b")])
def test_any_case(pattern, text):
    assert compiled(pattern, "i").search(text, 0, Environment())


def test_a_negated_class_lacks_every_case():
    assert compiled("[^a]", "i").search("A", 0, Environment()) is None


@pytest.mark.parametrize(
    "pattern, sentence",
    [
        ("(a", "Expected ) at the end of a group, but found none"),
        ("a)", "Expected a pattern, but found an unmatched )"),
        ("*a", "Expected something before *, but found nothing to repeat"),
        ("a**", "Expected one quantifier, but found another: *"),
        ("a{2,1}", "Expected a count up to 1000, the smaller number first, but found {2,1}"),
        ("a{,2}", "Expected a quantifier like {2}, {2,} or {2,5}, but found {,2"),
        ("a{9999}", "Expected a count up to 1000, the smaller number first, but found {9999}"),
        ("[z-a]", "Expected a range of characters upwards, but found z-a"),
        ("[]", "Expected \\] inside a class, but found ]"),
        ("[[a]]", "Expected \\[ inside a class, but found ["),
        (r"\b", "Expected an escape of a pattern, but found \\b"),
        (r"\1(a)", "Expected a group before \\1, but found none"),
        (r"(a\1)", "Expected a group before \\1, but found none"),
        (r"\p{Xx}", "Expected a Unicode category or block in \\p{…}, but found Xx"),
        (r"\pL", "Expected \\p{…}, but found no braces"),
        ("(?=a)", "Expected ( or (?:, but found another kind of group"),
        ("^*", "Expected something to repeat, but found an anchor"),
        ("a\\", "Expected more of the pattern, but found its end"),
        ("a}", "Expected something before }, but found nothing to repeat"),
    ],
)
def test_what_is_no_pattern_is_refused(pattern, sentence):
    with pytest.raises(ValueError, match="Expected") as caught:
        compiled(pattern)
    assert str(caught.value) == sentence
