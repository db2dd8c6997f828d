"""Which of the matching rules count, and what is refused rather than guessed."""

from decimal import Decimal

import pytest

from tests.engine.decisions.written import decision, evaluation, result, table

OVERLAPPING = ("< 10 >> 1", "> 5 >> 2", "> 20 >> 3")
LEVELS = ('> 0 >> "蓝"', '> 10 >> "红"', '> 5 >> "橙"')


def numbers(policy, more="", rules=OVERLAPPING):
    return table("x", "y", *rules, policy=policy, more=more)


def levels(policy):
    return table("x", 'y ["红","橙","蓝"]', *LEVELS, policy=policy)


def test_unique_answers_the_one_rule_that_matches():
    assert result(numbers("UNIQUE"), {"x": 3}) == 1


def test_unique_fails_with_the_numbers_of_the_rules_if_several_match():
    found = evaluation(numbers("UNIQUE", rules=(*OVERLAPPING, "7 >> 4")), {"x": 7})

    assert found.failed == "Expected one rule of d to match (hit policy UNIQUE), but rules 1, 2 and 4 do"
    assert found.failed_decision_id == "d"
    assert found.result is None


def test_unique_is_the_hit_policy_of_a_table_that_names_none():
    without = table("x", "y", *OVERLAPPING).replace('hitPolicy="UNIQUE"', "")

    assert "hit policy UNIQUE" in evaluation(without, {"x": 7}).failed


def test_any_answers_what_all_matching_rules_agree_on():
    agreeing = table("x", "y; z", '< 10 >> 1 | "a"', '> 5 >> 1.0 | "a"', policy="ANY")

    assert result(agreeing, {"x": 7}) == {"y": Decimal(1), "z": "a"}


def test_any_fails_if_the_outputs_of_matching_rules_differ():
    found = evaluation(numbers("ANY"), {"x": 7})

    assert found.failed == "Expected all rules of d that match to agree (hit policy ANY), but the outputs of rules 1 and 2 differ"


def test_any_does_not_take_true_for_one():
    assert "differ" in evaluation(table("x", "y", "- >> 1", "- >> true", policy="ANY")).failed


def test_any_lets_empty_outputs_agree():
    assert result(table("x", "y", "- >> ", "- >> null", policy="ANY")) is None


def test_priority_answers_the_output_that_stands_first_among_the_output_values():
    assert result(levels("PRIORITY"), {"x": 7}) == "橙"
    assert result(levels("PRIORITY"), {"x": 11}) == "红"


def test_priority_of_several_outputs_compares_them_from_the_left():
    several = table("x", 'y ["高","低"]; z ["甲","乙"]', '- >> "低" | "甲"', '- >> "高" | "乙"', '- >> "高" | "甲"', policy="PRIORITY")

    assert result(several) == {"y": "高", "z": "甲"}


def test_priority_takes_the_order_from_the_type_of_the_output_if_it_lists_none():
    item = '<itemDefinition name="t"><typeRef>string</typeRef><allowedValues><text>"红","橙","蓝"</text></allowedValues></itemDefinition>'
    typed = table("x", "y: t", *LEVELS, policy="PRIORITY")

    assert result([item, decision("d", typed)], {"x": 7}) == "橙"


def test_first_answers_the_first_rule_and_asks_no_further():
    found = evaluation(numbers("FIRST"), {"x": 7})

    assert found.result == 1
    assert [index for _, index, _ in found.evaluated[0].rules] == [1]


def test_output_order_lists_all_by_priority():
    assert result(levels("OUTPUT ORDER"), {"x": 11}) == ["红", "橙", "蓝"]


def test_output_order_keeps_the_order_of_rules_among_equals():
    equals = table("x", 'y ["高","低"]; z', '- >> "低" | 1', '- >> "高" | 2', '- >> "高" | 3', policy="OUTPUT ORDER")

    assert [each["z"] for each in result(equals)] == [2, 3, 1]


@pytest.mark.parametrize("policy", ["RULE ORDER", "COLLECT"])
def test_rule_order_and_collect_list_all_in_the_order_of_rules(policy):
    assert result(levels(policy), {"x": 11}) == ["蓝", "红", "橙"]


def test_collect_lists_contexts_if_there_are_several_outputs():
    several = table("x", "y; z", "- >> 1 | 2", "- >> 3 | 4", policy="COLLECT")

    assert result(several) == [{"y": 1, "z": 2}, {"y": 3, "z": 4}]


@pytest.mark.parametrize("aggregation, expected", [("SUM", Decimal("3.0")), ("MIN", 1), ("MAX", 2), ("COUNT", 2)])
def test_collect_aggregates(aggregation, expected):
    assert result(numbers("COLLECT", f'aggregation="{aggregation}"'), {"x": 7}) == expected


def test_sum_is_exact():
    decimals = table("x", "y", "- >> 0.1", "- >> 0.2", policy="COLLECT", more='aggregation="SUM"')

    assert result(decimals) == Decimal("0.3")


def test_max_compares_dates_too():
    days = table("x", "y", '- >> date("2025-01-31")', '- >> date("2025-02-01")', policy="COLLECT", more='aggregation="MAX"')

    assert result(days).isoformat() == "2025-02-01"


@pytest.mark.parametrize(
    "policy, more, expected",
    [
        ("UNIQUE", "", None), ("ANY", "", None), ("FIRST", "", None), ("RULE ORDER", "", []), ("COLLECT", "", []),
        ("COLLECT", 'aggregation="SUM"', None), ("COLLECT", 'aggregation="MIN"', None), ("COLLECT", 'aggregation="MAX"', None),
        ("COLLECT", 'aggregation="COUNT"', 0),
    ],
)  # fmt: skip
def test_without_a_match_there_is_no_value_an_empty_list_or_a_count_of_zero(policy, more, expected):
    assert result(numbers(policy, more, rules=("> 5 >> 1",)), {"x": 1}) == expected


@pytest.mark.parametrize("policy, expected", [("PRIORITY", None), ("OUTPUT ORDER", [])])
def test_without_a_match_the_ordered_policies_do_the_same(policy, expected):
    assert result(levels(policy), {"x": -1}) == expected


def test_without_a_match_the_defaults_stand_in():
    several = table("x", 'y = "无"; z', "> 5 >> 1 | 2")

    assert result(table("x", 'y = "无"', "> 5 >> 1"), {"x": 1}) == "无"
    assert result(several, {"x": 1}) == {"y": "无", "z": None}


def test_without_a_match_a_list_policy_lists_the_default():
    assert result(table("x", "y = 9", "> 5 >> 1", policy="COLLECT"), {"x": 1}) == [9]
    assert result(table("x", "y = 9", "> 5 >> 1", policy="COLLECT", more='aggregation="SUM"'), {"x": 1}) == 9


def test_a_default_does_not_stand_in_for_a_match():
    assert result(table("x", "y = 9", "> 5 >> 1"), {"x": 6}) == 1
