"""The boxed expressions of DMN 1.4: conditional, filter, for, some and every."""

from decimal import Decimal

import pytest

from tests.engine.decisions.written import decision, environment, evaluation, literal, refused, result


def boxed(name, attributes="", **parts):
    inner = "".join(f"<{part.rstrip('_')}>{literal(text)}</{part.rstrip('_')}>" for part, text in parts.items())
    return f"<{name} {attributes}>{inner}</{name}>"


@pytest.mark.parametrize("value, expected", [(True, 1), (False, 2), (None, 2), (Decimal(1), 2)])
def test_a_conditional_takes_then_only_for_true(value, expected):
    assert result(boxed("conditional", if_="x", then="1", else_="2"), {"x": value}) == expected


def test_a_conditional_computes_only_the_part_that_it_takes():
    env = environment()

    assert evaluation(boxed("conditional", if_="true", then="1", else_="unknown"), env=env).result == 1
    assert env.warnings == []


def test_a_filter_keeps_the_items_that_match():
    assert result(boxed("filter", in_="[1, 2, 3]", match="item >= 2")) == [2, 3]


def test_a_filter_sees_the_entries_of_an_item_that_is_a_context():
    assert result(boxed("filter", in_="[{a: 1}, {a: 2}]", match="a > 1")) == [{"a": 2}]


def test_a_filter_drops_items_for_which_the_match_is_unknown():
    assert result(boxed("filter", in_="[1, null, 3]", match="item > 1")) == [3]


def test_a_filter_of_nothing_is_empty_and_one_of_a_single_value_a_list():
    assert result(boxed("filter", in_="null", match="true")) == []
    assert result(boxed("filter", in_="5", match="item > 1")) == [5]


def test_a_match_that_is_neither_true_nor_false_makes_the_filter_null_with_the_reason():
    env = environment()

    assert evaluation(boxed("filter", in_="[1, 2]", match='"yes"'), env=env).result is None
    assert env.warnings == ['Expected match of d to be true or false, but found "yes"']


def test_for_computes_a_value_per_item():
    assert result(boxed("for", 'iteratorVariable="n"', in_="[1, 2, 3]", return_="n * x"), {"x": Decimal(2)}) == [2, 4, 6]


def test_for_walks_a_range_and_knows_what_it_computed_so_far():
    assert result(boxed("for", 'iteratorVariable="n"', in_="[1..4]", return_="n + count(partial)")) == [1, 3, 5, 7]


@pytest.mark.parametrize(
    "name, condition, expected",
    [("some", "n > 2", True), ("some", "n > 5", False), ("every", "n > 0", True), ("every", "n > 2", False), ("every", "null", None)],
)
def test_some_and_every_ask_each_item(name, condition, expected):
    assert result(boxed(name, 'iteratorVariable="n"', in_="[1, 2, 3]", satisfies=condition)) is expected


def test_a_part_is_held_to_its_type():
    numbers = f'<return typeRef="number">{literal("if n = 1 then n else string(n)")}</return>'

    assert result(f'<for iteratorVariable="n"><in>{literal("[1, 2]")}</in>{numbers}</for>') == [1, None]


def test_a_missing_part_and_a_missing_variable_are_refused():
    assert [found.code for found in refused(decision("d", boxed("conditional", if_="true", then="1")))] == ["MISSING_ELEMENT"]
    assert [found.code for found in refused(decision("d", boxed("some", in_="[1]", satisfies="true")))] == ["MISSING_NAME"]


def test_a_loop_over_too_much_ends_at_the_budget():
    found = evaluation(boxed("for", 'iteratorVariable="n"', in_="[1..100000]", return_="count(partial)"))

    assert found.failed == "Expected the expression to end within its steps, but it computes on"
