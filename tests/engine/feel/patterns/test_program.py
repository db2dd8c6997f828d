"""Matching: the same as Python's `re` where the two languages agree, and bounded where `re` is not."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.feel.errors import FeelBudget
from engine.feel.patterns.program import compiled
from engine.feel.scope import Environment

atoms = st.sampled_from(["a", "b", ".", "[ab]", "[^a]", "[a-c]", r"\d"])
patterns = st.recursive(
    atoms,
    lambda inner: (
        st.tuples(inner, inner).map("".join)
        | st.tuples(inner, inner).map(lambda two: f"({two[0]}|{two[1]})")
        | st.tuples(atoms, st.sampled_from(["*", "+", "?", "*?", "+?", "??", "{2}", "{1,2}", "{0,3}?"])).map("".join)
        | inner.map(lambda one: f"(?:{one})")
    ),
    max_leaves=8,
)


@settings(max_examples=400)
@given(patterns, st.sampled_from(["", "^"]), st.sampled_from(["", "$"]), st.text("abc1", max_size=8))
def test_the_same_places_as_python(pattern, start, end, text):
    pattern = f"{start}{pattern}{end}"
    theirs = re.search(pattern, text)
    ours = compiled(pattern).search(text, 0, Environment())
    assert ours == (theirs and tuple(place for group in range(len(theirs.groups()) + 1) for place in theirs.span(group)))


@pytest.mark.parametrize(
    "pattern, flags, text, found",
    [
        ("(a)|b", "", "b", (0, 1, -1, -1)),
        ("", "", "abc", (0, 0)),
        ("^$", "", "", (0, 0)),
        ("b$", "", "ab\n", None),
        ("b$", "m", "ab\nc", (1, 2)),
        ("^b", "m", "ab", None),
        ("^b", "m", "a\nb", (2, 3)),
        ("(a)|\\w\\1", "", "b", (0, 1, -1, -1)),
        ("(?:a|b)+", "", "xabb", (1, 4)),
        ("(a+)b\\1", "", "aabaa", (0, 5, 0, 2)),
        ("(A)\\1", "i", "aA", (0, 2, 0, 1)),
        ("a{2,}", "", "baaa", (1, 4)),
        ("(a*)*", "", "aab", (0, 2, 0, 2)),
        ("(a?)*?b", "", "aab", (0, 3, 1, 2)),
    ],
)
def test_what_is_found(pattern, flags, text, found):
    assert compiled(pattern, flags).search(text, 0, Environment()) == found


def test_a_search_goes_on_from_a_place():
    assert compiled("a").search("aba", 1, Environment()) == (2, 3)
    assert compiled("^a").search("aba", 1, Environment()) is None


def test_what_would_take_for_ever_is_paid_for():
    env = Environment(steps=5000)
    assert compiled("^(a+)+$").search("a" * 50 + "!", 0, env) is None
    assert env.steps > 4000
    with pytest.raises(FeelBudget):
        compiled("^(a+)+\\1$").search("a" * 50 + "!", 0, env)


@pytest.mark.parametrize("pattern", ["a" * 1001, "((((a{100}){100}){100}){100}){100}", "(" * 60 + "a" + ")" * 60])
def test_a_pattern_that_is_too_large_is_refused(pattern):
    with pytest.raises(ValueError, match="Expected"):
        compiled(pattern)
