"""What a table computes of its inputs, which cells match, and what it makes of its outputs."""

from datetime import date
from decimal import Decimal

import pytest

from tests.engine.decisions.written import data, decision, environment, evaluation, model, read, result, table


def matched(found):
    """The numbers of the rules that the last decision matched."""
    return [index for _, index, _ in found.evaluated[-1].rules]


@pytest.mark.parametrize("cell", ["-", "", "  ", " - "])
def test_a_dash_and_an_empty_cell_match_everything(cell):
    for value in (None, Decimal(1), "a", [Decimal(1)]):
        assert result(table("x; z", "y", f"{cell} | - >> 1"), {"x": value}) == 1


@pytest.mark.parametrize(
    "cell, inside, outside",
    [
        ('"a","b"', ["a", "b"], ["c", None, Decimal(1)]),
        ('not("a","b")', ["c"], ["a", "b"]),
        ("[1..5)", [Decimal(1), Decimal("4.9")], [Decimal(5), "1", None]),
        (">= 18", [Decimal(18)], [Decimal(17), None]),
        ("< 3, > 7", [Decimal(2), Decimal(8)], [Decimal(5)]),
        ("true", [True], [False, None]),
        ("null", [None], [Decimal(0), "", False]),
        ("? > limit", [Decimal(11)], [Decimal(10)]),
        ("> limit", [Decimal(11)], [Decimal(10)]),
        ('starts with(?, "沪")', ["沪A"], ["京A", None]),
        ('in_list', [Decimal(1)], [Decimal(3)]),
    ],
)  # fmt: skip
def test_a_cell_is_asked_with_the_value_of_its_input(cell, inside, outside):
    asked = table("x", "y", f"{cell} >> 1")
    variables = {"limit": Decimal(10), "in_list": [Decimal(1), Decimal(2)]}

    assert [result(asked, {"x": value, **variables}) for value in inside] == [1] * len(inside)
    assert [result(asked, {"x": value, **variables}) for value in outside] == [None] * len(outside)


def test_a_rule_matches_only_if_all_its_cells_do():
    both = table("a; b", "y", "> 1 | < 5 >> 1")

    assert result(both, {"a": Decimal(2), "b": Decimal(2)}) == 1
    assert result(both, {"a": Decimal(2), "b": Decimal(9)}) is None


def test_an_input_is_an_expression():
    assert result(table("a.b * 2", "y", "10 >> 1"), {"a": {"b": Decimal(5)}}) == 1


def test_names_with_spaces_are_read_in_inputs_cells_and_outputs():
    spaced = decision("d", table("Applicant Age", "y", "> Lower Limit >> Applicant Age + 1"), ["input:age", "input:limit"])
    inputs = data("age", "number", "Applicant Age"), data("limit", "number", "Lower Limit")

    assert result([*inputs, spaced], {"Applicant Age": Decimal(20), "Lower Limit": Decimal(18)}) == 21


def test_a_missing_variable_is_null():
    found = evaluation(table("x", "y", "null >> 1", "> 0 >> 2"))

    assert found.result == 1
    assert found.evaluated[0].inputs == [("i1", "x", None)]


def test_a_table_without_inputs_matches_every_rule():
    assert result(table("", "y", ">> 1", ">> 2", policy="COLLECT")) == [1, 2]


def test_an_empty_output_is_null():
    assert result(table("x", "y; z", "- >> | 2")) == {"y": None, "z": 2}


def test_one_output_is_a_value_and_several_are_a_context():
    assert result(table("x", "y", "- >> 1")) == 1
    assert result(table("x", "y; z", "- >> 1 | 2")) == {"y": 1, "z": 2}


def test_an_input_that_is_not_of_its_type_is_null_with_the_reason():
    env = environment()

    found = evaluation(table("x: number", "y", "null >> 1"), {"x": "seven"}, env=env)

    assert found.result == 1
    assert env.warnings == ['Expected input x of d to be number, but found "seven"']


def test_a_date_that_was_kept_as_text_is_read_where_the_column_is_of_dates():
    dated = table("due: date", "y", '< date("2025-03-01") >> "early"', '- >> "late"', policy="FIRST")

    assert result(dated, {"due": "2025-02-28"}) == "early"
    assert result(dated, {"due": date(2025, 3, 1)}) == "late"


def test_an_output_that_is_not_of_its_type_is_null_with_the_reason():
    env = environment()

    assert evaluation(table("x", "y: number", "- >> string(7)"), {"x": None}, env=env).result is None
    assert env.warnings == ['Expected output y of rule 1 of d to be number, but found "7"']


def test_an_input_outside_of_the_allowed_values_fails_the_decision():
    limited = table('x ["a","b"]', "y", "- >> 1")

    assert result(limited, {"x": "a"}) == 1
    found = evaluation(limited, {"x": "c"})
    assert found.failed == 'Expected input x of d to be one of "a","b", but found "c"'
    assert found.evaluated[0].inputs == []


def test_null_passes_the_allowed_values_and_meets_the_cells():
    assert result(table('x ["a","b"]', "y", '"a" >> 1', "null >> 2")) == 2


def test_an_output_outside_of_the_output_values_fails_the_decision():
    found = evaluation(table("x", 'y ["红","蓝"]', "- >> x"), {"x": "绿"})

    assert found.failed == 'Expected output y of rule 1 of d to be one of "红","蓝", but found "绿"'


def test_the_tables_own_type_holds_for_its_whole_result():
    listed = table("x", "y", "- >> 1", "- >> 2", policy="COLLECT", more='typeRef="string"')
    env = environment()

    assert evaluation(listed, {"x": None}, env=env).result is None
    assert env.warnings == ["Expected the result of d to be string, but found a list"]
    assert read(decision("d", listed)).decisions["d"].table


def test_matched_rules_are_told_with_their_outputs_and_annotations():
    told = evaluation(table("x", "y; z", "> 1 >> 1 | 2 // 第一条", "> 2 >> 3 | 4", policy="COLLECT"), {"x": Decimal(3)}).evaluated[0]

    assert told.rules == [("r1", 1, [("o1", "y", 1), ("o2", "z", 2)]), ("r2", 2, [("o1", "y", 3), ("o2", "z", 4)])]
    assert told.annotations == [("r1", "basis", "第一条")]


def test_a_description_of_a_rule_is_an_annotation_too():
    described = table("x", "y", "- >> 1 // 依据").replace('<rule id="r1">', '<rule id="r1"><description> 说明 </description>')

    assert evaluation(described).evaluated[0].annotations == [("r1", "", "说明"), ("r1", "basis", "依据")]


def test_rules_that_match_are_told_also_if_the_hit_policy_is_broken():
    found = evaluation(table("x", "y", "> 1 >> 1", "> 2 >> 2"), {"x": Decimal(3)})

    assert found.failed
    assert matched(found) == [1, 2]
    assert found.evaluated[0].inputs == [("i1", "x", 3)]


def test_a_table_tells_its_own_rules_and_not_those_of_a_table_that_a_cell_calls():
    inner = model("grade", "n", table("n", "g", '> 5 >> "high"', '<= 5 >> "low"').replace('id="', 'id="inner_'))
    outer = decision("d", table("x", "y", "- >> grade(x)"), ["knowledge:grade"])

    found = evaluation([inner, outer], {"x": Decimal(9)})

    assert found.result == "high"
    assert found.evaluated[0].rules == [("r1", 1, [("o1", "y", "high")])]
    assert found.evaluated[0].inputs == [("i1", "x", 9)]
