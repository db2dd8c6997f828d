"""Nothing that a designer writes hangs or exhausts the server."""

import itertools
import time

import pytest

from engine import feel
from engine.feel import limits


@pytest.mark.parametrize(
    "text",
    [
        "for i in 1..1000000000000 return i",
        "some i in 1..1000000000000 satisfies i < 0",
        "every i in 1..100000, j in 1..100000 satisfies true",
        "count(for i in 1..100000, j in 1..100000 return 1)",
        "{f: function(n) f(n + 1), r: f(1)}.r",
        "{f: function(g) g(g), r: f(f)}.r",
        "(for i in 1..100 return [partial[-1], partial[-1]])[-1]",
        "string((for i in 1..40 return [partial[-1], partial[-1]])[-1])",
        "(for i in 1..40 return [partial[-1], partial[-1]]) = (for i in 1..40 return [partial[-1], partial[-1]])",
        "distinct values([(for i in 1..40 return [partial[-1], partial[-1]])])",
        "flatten(for i in 1..40 return [partial[-1], partial[-1]])",
        "(for i in 1..5000 return [partial[-1]])[-1]",
        'string length((for i in 1..40 return if i = 1 then "ab" else partial[-1] + partial[-1])[-1])',
        'string join(for i in 1..1000 return (for j in 1..18 return if j = 1 then "ab" else partial[-1] + partial[-1])[-1])',
        '{s: (for j in 1..15 return if j = 1 then "ab" else partial[-1] + partial[-1])[-1], r: replace(s, ".", s)}.r',
        'matches((for j in 1..10 return if j = 1 then "aa" else partial[-1] + partial[-1])[-1] + "!", "^(a+)+\\1$")',
        "sort(for i in 1..9000 return modulo(i * 7919, 9001), function(a, b) a < b)",
        "(for i in 1..100 return if i = 1 then [1] else concatenate(partial[-1], partial[-1]))[-1]",
        "{" + "a: [1, 1], " + ", ".join(f"{one}: [{other}, {other}]" for other, one in itertools.pairwise("abcdefghijklmnopqrstu")) + "}",
        "string((= (for i in 1..40 return [partial[-1], partial[-1]])))",
        "(= (for i in 1..40 return [partial[-1], partial[-1]]))",
    ],
)
def test_an_endless_computation_ends(text):
    begun = time.thread_time()
    with pytest.raises(feel.FeelBudget):
        feel.expression(text)(feel.Scope({}))
    assert time.thread_time() - begun < 3


@pytest.mark.parametrize(
    "text",
    [
        'matches((for j in 1..12 return if j = 1 then "aa" else partial[-1] + partial[-1])[-1] + "!", "^(a+)+$")',
        'matches((for j in 1..10 return if j = 1 then "aa" else partial[-1] + partial[-1])[-1], "^(a|a)*b$")',
        'matches((for j in 1..10 return if j = 1 then "aa" else partial[-1] + partial[-1])[-1], "(a*)*(a*)*b")',
    ],
)
def test_a_pattern_that_makes_other_engines_hang_is_answered(text):
    begun = time.thread_time()
    assert feel.expression(text)(feel.Scope({})) is False
    assert time.thread_time() - begun < 1


@pytest.mark.parametrize(
    "text, sentence",
    [
        ("1" + " + 1" * limits.LENGTH, "Expected at most 20000 characters of FEEL, but found 80001"),
        ("[" * 101 + "]" * 101, "Expected at most 100 expressions inside each other, but found more"),
        ("-" * 200 + "1", "Expected at most 100 expressions inside each other, but found more"),
        ("if a then b else " * 200 + "c", "Expected at most 100 expressions inside each other, but found more"),
        ("a" + ".b" * 200, "Expected at most 100 expressions inside each other, but found more"),
        ("{" + ",".join(f"a {i}x: 1" for i in range(400)) + "}", "Expected at most 300 names with spaces or symbols, but found more"),
    ],
)
def test_a_text_that_is_too_large_or_too_deep_is_refused(text, sentence):
    with pytest.raises(feel.FeelError) as caught:
        feel.expression(text)
    assert caught.value.sentence == sentence


@pytest.mark.parametrize(
    "text, value",
    [
        ("1" + " + 1" * 4000, 4001),
        ("(" * 5000 + "1" + ")" * 5000, 1),
        ("true" + " and true" * 2000, True),
        ("count([" + ",".join(["1"] * 9000) + "])", 9000),
    ],
)
def test_what_is_only_long_is_computed(text, value):
    assert feel.expression(text)(feel.Scope({})) == value


def test_the_budget_is_the_environments_and_shared_by_its_expressions():
    # given
    env = feel.Environment(steps=1000)
    hundred = feel.expression("count(for i in 1..100 return i)")
    # when
    answers = [hundred(feel.Scope({}, env=env)) for _ in range(4)]
    # then
    assert answers == [100] * 4
    with pytest.raises(feel.FeelBudget, match="Expected the expression to end within its steps"):
        [hundred(feel.Scope({}, env=env)) for _ in range(10)]


def test_a_plain_condition_costs_no_steps():
    scope = feel.Scope({"a": 5, "b": "x"}, env=feel.Environment(steps=0))
    assert feel.expression('a > 3 and b in ["x", "y"] and (if a = 5 then true else false)')(scope) is True


def test_calls_inside_each_other_are_bounded_and_leave_the_environment_usable():
    scope = feel.Scope({})
    with pytest.raises(feel.FeelBudget, match="Expected at most 60 calls inside each other"):
        feel.expression("{f: function(n) 1 + f(n), r: f(1)}.r")(scope)
    assert scope.env.calls == 0
    assert feel.expression("{f: function(n) if n = 0 then 0 else 1 + f(n - 1), r: f(50)}.r")(scope) == 50
