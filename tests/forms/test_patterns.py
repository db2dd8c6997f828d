"""Patterns mean what they mean in a browser, and no pattern takes longer than its text."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.patterns import SIZE, Pattern

ALIKE = [
    r"^松昆安整-\d{4}-\d{4}$",
    r"^(\w+\.)*\w+@x$",
    r"(a|ab)*c$",
    r"^[^\d\s]{2,4}$",
    r"a{0,3}b|c+?d",
    r"\bfoo\b",
    r"^[\u4e00-\u9fa5·]{2,20}$",
    r"[\]\-a]x",
    r"^$",
    r"(?:x|y){2}",
    r"^1[3-9]\d{9}$",
    "a{2",
    "[a-]",
    "^.$",
    "(a*)*b",
    "(a?){3}c",
    r"\Bo",
    r"^\S+\W$",
    r"[\s\d]{2}",
    "",
]


@pytest.mark.parametrize("text", ALIKE)
@settings(max_examples=150)
@given(st.text(alphabet="aabbcdxyo.@foo 1234松中-\n,", max_size=9))
def test_a_pattern_agrees_with_python_where_both_mean_the_same(text, sample):
    assert Pattern(text).search(sample) == bool(re.search(text.replace("$", r"\Z"), sample, re.ASCII))


def test_an_end_is_the_end_and_not_the_line_before_it():
    assert not Pattern("^a$").search("a\n")


def test_digits_and_words_are_those_of_ascii():
    assert not Pattern(r"^\d$").search("٣")
    assert not Pattern(r"^\w$").search("松")


def test_a_pattern_that_freezes_others_answers_at_once():
    # given
    started = time.perf_counter()

    # when
    found = Pattern(r"^(([a-z])+.)+[A-Z]([a-z])+$").search("a" * 2_000)

    # then
    assert not found
    assert time.perf_counter() - started < 1


@pytest.mark.parametrize(
    "text, says",
    [
        ("(?=a)b", "look-ahead"),
        ("(?!a)b", "look-ahead"),
        ("(?<=a)b", "look-behind"),
        (r"(a)\1", "back reference"),
        (r"(?<n>a)\k<n>", "back reference"),
        ("a**", "something to repeat"),
        ("*a", "something to repeat"),
        ("^*", "something to repeat"),
        ("(a", "a closing )"),
        ("a)", "without an opening"),
        ("[b-a]", "a smaller to a greater"),
        ("a{3,1}", "smaller number first"),
        ("a\\", "its end"),
        ("[abc", "its end"),
        ("(" * 60, "groups inside each other"),
        ("(a{500}){500}", f"at most {SIZE} steps"),
    ],
)
def test_what_is_no_pattern_is_refused_with_the_place(text, says):
    with pytest.raises(ValueError, match="Expected") as refused:
        Pattern(text)
    assert says in str(refused.value)


def test_a_named_group_is_a_group():
    assert Pattern(r"^(?<year>\d{4})年$").search("2024年")
