"""Overlaps and gaps of decision tables: what is found is true, and shown by an input; what is not looked at is said."""

from decimal import Decimal
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import decisions
from engine.decisions import uncovered
from engine.decisions.analysis import MOST, analyse
from tests.engine.decisions.written import data, decision, environment, evaluation, item, literal, read, table

HERE = Path(__file__).parent


def findings(*rules, inputs="x: number", outputs="y", **arguments):
    """-> [(kind, rules, example)] of a table."""
    return [(found.kind, found.rules, found.example) for found in found_in(*rules, inputs=inputs, outputs=outputs, **arguments)]


def found_in(*rules, inputs="x: number", outputs="y", **arguments):
    return analyse(read(decision("d", table(inputs, outputs, *rules, **arguments))).decisions["d"])


def test_a_complete_table_without_overlaps_has_no_findings():
    assert findings("< 0 >> 1", "[0..10] >> 2", "> 10 >> 3") == []


def test_an_overlap_is_shown_by_an_input_that_both_rules_match():
    (found,) = found_in("<= 5 >> 1", ">= 5 >> 2")

    assert (found.kind, found.rules, found.example) == ("overlap", (1, 2), {"x": 5})
    assert found.sentence == "Expected at most one rule of d to match, or all to agree, but rules 1 and 2 both match x 5"


def test_a_gap_is_shown_by_an_input_that_no_rule_matches():
    (found,) = found_in("< 5 >> 1", "> 7 >> 2")

    assert (found.kind, found.rules, found.example) == ("gap", (), {"x": 5})
    assert found.sentence == "Expected a rule of d for every input, but none matches x [5..7]"


def test_gaps_are_told_as_ranges():
    sentences = [found.sentence.rpartition("matches ")[2] for found in found_in("(1..2) >> 1", "3 >> 2")]

    assert sentences == ["x <= 1", "x [2..3)", "x > 3"]


def test_a_gap_of_two_inputs_names_both():
    found = found_in("true | < 10 >> 1", "false | - >> 2", inputs="a: boolean; x: number")

    assert [(each.kind, each.example) for each in found] == [("gap", {"a": True, "x": 10})]
    assert found[0].sentence.endswith("none matches a true, x >= 10")


def test_strings_that_no_cell_names_are_a_gap_unless_the_allowed_values_exclude_them():
    assert findings('"a" >> 1', '"b" >> 2', inputs="x: string") == [("gap", (), {"x": "其他"})]
    assert findings('"a" >> 1', '"b" >> 2', inputs='x: string ["a","b"]') == []
    assert findings('"a" >> 1', inputs='x: string ["a","b"]') == [("gap", (), {"x": "b"})]


def test_negated_cells_are_understood():
    assert findings('"a" >> 1', 'not("a") >> 2', inputs="x: string") == []
    assert findings('"a" >> 1', 'not("a","b") >> 2', inputs="x: string") == [("gap", (), {"x": "b"})]


def test_dates_are_divided_by_the_day():
    days = ('<= date("2025-01-31") >> 1', '>= date("2025-02-01") >> 2')

    assert findings(*days, inputs="x: date") == []
    assert findings('<= date("2025-01-30") >> 1', '>= @"2025-02-01" >> 2', inputs="x: date")[0][0] == "gap"


def test_durations_and_times_are_divided_too():
    assert findings('< duration("P1D") >> 1', '>= duration("P1D") >> 2', inputs="x: dayTimeDuration") == []
    assert [each[0] for each in findings('< duration("P1Y") >> 1', '> duration("P1Y") >> 2', inputs="x: yearMonthDuration")] == ["gap"]
    assert [each[0] for each in findings('<= time("12:00:00") >> 1', '> time("13:00:00") >> 2', inputs="x: time")] == ["gap"]


def test_numbers_are_dense():
    assert findings("<= 1 >> 1", ">= 2 >> 2") == [("gap", (), {"x": Decimal("1.5")})]


def test_null_counts_only_where_a_cell_names_it():
    assert findings("< 0 >> 1", ">= 0 >> 2") == []
    assert findings("< 0 >> 1", ">= 0 >> 2", "null >> 3") == []
    assert findings("< 0 >> 1", ">= 0, null >> 2", "null >> 3") == [("overlap", (2, 3), {"x": None})]


def test_two_columns_over_the_same_value_are_one():
    assert findings("> 5 | < 3 >> 1", "- | >= 3 >> 2", "<= 5 | < 3 >> 3", inputs="x: number; x: number") == []


def test_any_tables_may_overlap_where_the_outputs_agree():
    assert findings("< 5 >> 1", "- >> 1.0 // 默认", policy="ANY") == []
    assert findings("< 5 >> 1", "- >> 2 // 默认", policy="ANY") == [("overlap", (1, 2), {"x": 4})]


def test_any_tables_whose_outputs_show_only_at_run_time_are_not_analysed():
    assert findings("< 5 >> 1", "- >> z // 默认", policy="ANY") == [("unanalysed", (1, 2), {"x": 4})]
    assert findings("< 5 >> z", "- >> z // 默认", policy="ANY") == []


@pytest.mark.parametrize("policy", ["FIRST", "RULE ORDER", "COLLECT"])
def test_other_policies_may_overlap(policy):
    assert findings("< 5 >> 1", "< 6 >> 2", ">= 6 >> 3", policy=policy) == []


def test_a_list_may_be_empty_and_a_default_fills_gaps():
    assert findings("< 5 >> 1", policy="COLLECT") == []
    assert findings("< 5 >> 1", outputs="y = 2") == []
    assert [each[0] for each in findings("< 5 >> 1", policy="COLLECT", more='aggregation="MAX"')] == ["gap"]


def test_a_rule_that_catches_everything_has_to_say_that_it_is_the_default():
    (found,) = found_in("< 5 >> 1", "- >> 2 // 其他", policy="FIRST")

    assert (found.kind, found.rules, found.example) == ("catch-all", (2,), {"x": 5})
    assert found.sentence == "Expected rule 2 of d to be annotated 默认 …, but it matches everything, such as x >= 5"
    assert findings("< 5 >> 1", "- >> 2 // 默认：一般", policy="FIRST") == []


def test_a_rule_that_catches_everything_after_all_others_did_has_no_example():
    (found,) = found_in("< 5 >> 1", ">= 5 >> 2", "- >> 3", policy="FIRST")

    assert (found.kind, found.example) == ("catch-all", {})
    assert found.sentence.endswith("but it matches everything")


def test_a_table_without_inputs_has_no_findings():
    assert findings(inputs="") == []
    assert findings(">> 1", inputs="") == []


def test_a_cell_that_asks_for_other_values_is_said_and_makes_no_finding():
    assert findings("> limit >> 1", "< 5 >> 2") == [("unanalysed", (1,), {})]
    assert findings("> limit >> 1", "< 5 >> 2", "< 6 >> 3") == [("overlap", (2, 3), {"x": 4}), ("unanalysed", (1,), {})]


@pytest.mark.parametrize("cell", ["? * 2 > 4", "today()", '< "m"', '["a".."f"]', 'contains(?, "a")', "x"])
def test_cells_that_are_more_than_a_comparison_with_fixed_values_are_not_analysed(cell):
    assert [each[:2] for each in findings(f"{cell} >> 1", inputs="x")] == [("unanalysed", (1,))]


def test_a_column_of_values_without_an_order_among_them_is_not_analysed():
    mixed = '< date and time("2025-01-01T00:00:00") >> 1', '> date and time("2025-01-01T00:00:00Z") >> 2'

    (found,) = found_in(*mixed, inputs="x: dateTime")

    assert (found.kind, found.rules) == ("unanalysed", ())
    assert found.sentence == "Input x of d cannot be divided (2025-01-01T00:00:00Z beside 2025-01-01T00:00:00): not analysed"


def test_the_input_datas_own_allowed_values_count():
    typed = item("grade", "string", '"A","B"'), data("x", "grade")
    graded = decision("d", table("x", "y", '"A" >> 1'), ["input:x"])

    assert [found.example for found in analyse(read(*typed, graded).decisions["d"])] == [{"x": "B"}]


def test_a_decision_that_is_no_table_has_no_findings():
    assert analyse(read(decision("d", literal("1"))).decisions["d"]) == []


def test_many_findings_are_cut_and_said_to_be():
    found = findings(*["- >> 1 // 默认"] * 15)

    assert len([each for each in found if each[0] == "overlap"]) == MOST
    assert found[MOST][0] == "unanalysed"


def test_a_table_with_too_many_combinations_says_so_instead_of_hanging(monkeypatch):
    monkeypatch.setattr(uncovered, "STEPS", 3)
    rules = ("< 5 | < 5 >> 1", "> 5 | < 5 >> 2", "- | - >> 3")

    found = found_in(*rules, inputs="a: number; b: number", policy="FIRST")
    gaps = found_in(*rules[:2], inputs="a: number; b: number", policy="FIRST")

    assert [(each.kind, each.rules, each.example) for each in found] == [("catch-all", (3,), {"a": 5, "b": 4})]
    assert [(each.kind, each.sentence) for each in gaps][-1] == (
        "unanalysed", "d has too many combinations of inputs to find all its gaps",
    )  # fmt: skip


def test_the_towns_tables_have_neither_gaps_nor_overlaps():
    for name in ("risk_level.dmn", "deadlines.dmn"):
        (requirements,) = decisions.read((HERE / name).read_bytes())
        assert [found for each in requirements.decisions.values() for found in analyse(each)] == []


BOUND = st.integers(0, 4)
CELL = st.one_of(
    st.just("-"),
    BOUND.map(str),
    st.builds("{} {}".format, st.sampled_from(["<", "<=", ">", ">=", "!="]), BOUND),
    st.builds("{}{}..{}{}".format, st.sampled_from("[("), st.integers(0, 2), st.integers(2, 4), st.sampled_from("])")),
    st.builds("not({}, > {})".format, BOUND, BOUND),
)
GRID = [Decimal(half) / 2 for half in range(-1, 10)]


@settings(max_examples=100)
@given(st.lists(st.tuples(CELL, CELL), min_size=1, max_size=5))
def test_every_finding_is_true_and_nothing_is_overlooked(cells):
    rules = [f"{first} | {second} >> {number} // 默认" for number, (first, second) in enumerate(cells)]
    collecting = read(decision("d", table("a: number; b: number", "y", *rules, policy="COLLECT")))
    found = found_in(*rules, inputs="a: number; b: number")

    def hits(values):
        return {index for _, index, _ in decisions.evaluate(collecting, "d", values, environment()).evaluated[0].rules}

    for each in found:
        assert hits(each.example) >= set(each.rules) if each.kind == "overlap" else not hits(each.example)
    grid = [hits({"a": first, "b": second}) for first, second in product(GRID, GRID)]
    assert any(each.kind == "gap" for each in found) == any(not matched for matched in grid)
    pairs = {pair for matched in grid for pair in product(matched, matched) if pair[0] < pair[1]}
    assert {each.rules for each in found if each.kind == "overlap"} == pairs


def test_examples_can_be_evaluated():
    found = found_in("<= 5 >> 1", ">= 5 >> 2")

    assert evaluation(table("x: number", "y", "<= 5 >> 1", ">= 5 >> 2"), found[0].example, env=environment()).failed
