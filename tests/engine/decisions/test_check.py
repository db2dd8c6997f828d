"""What the gate hears of a table: an overlap and a gap are warnings, each with an input that shows it."""

import pytest

from engine import decisions
from engine.decisions.check import check
from tests.engine.decisions.written import data, decision, file, table


def told(rules, policy="UNIQUE", output="fine"):
    """[(code, element, severity, sentence, remedy)] of a table that asks for an age and a colour."""
    columns = table('age: number [>= 0]; colour: string ["red", "blue"]', output, *rules, policy=policy)
    found = check(file(data("age", "number"), data("colour", "string"), decision("d", columns, ["input:age", "input:colour"])))
    return [(each.code, each.element, each.severity, each.sentence, each.remedy) for each in found]


def test_rules_that_overlap_and_inputs_that_nobody_covers_are_warnings_with_an_example():
    overlap, gap = told(['< 18 | "red" >> 1', '[10..30] | "red" >> 2', '- | "blue" >> 3'])

    assert overlap == (
        "RULES_OVERLAP", "r2", "warning",
        "Expected at most one rule of d to match, or all to agree, but rules 1 and 2 both match age 10, colour \"red\"; "
        "for example 'age = 10, colour = \"red\"'.",
        "Change the conditions of one of them, or choose the hit policy that says which of them counts.",
    )  # fmt: skip
    assert gap[:3] == ("INPUTS_NOT_COVERED", "d", "warning")
    assert 'none matches age > 30, colour "red"; for example \'age = 31, colour = "red"\'.' in gap[3]


@pytest.mark.parametrize(
    "rules, policy, output",
    [
        (['< 18 | - >> 1', '>= 18 | - >> 2'], "UNIQUE", "fine"),
        (['< 18 | - >> 1', '- | - >> 2'], "FIRST", "fine"),
        (['< 18 | - >> 1', '< 20 | - >> 2'], "RULE ORDER", "fine"),
        (['< 18 | - >> 1'], "UNIQUE", "fine = 0"),
        (['< 18 | - >> 1'], 'COLLECT" aggregation="COUNT', "fine"),
        (['if ? > 3 then true else false | - >> 1'], "UNIQUE", "fine = 0"),
    ],
)  # fmt: skip
def test_what_is_no_flaw_is_not_told(rules, policy, output):
    assert told(rules, policy, output) == []


@pytest.mark.parametrize("rule", ['> @"12000-01-01" >> 1', '[@"-0044-03-15"..@"2024-01-01"] >> 1'])
def test_a_table_that_compares_with_a_day_outside_of_pythons_calendar_is_accepted_and_passed_over(rule):
    assert check(file(data("day", "date"), decision("d", table("day: date", "x", rule), ["input:day"]))) == []


def test_a_file_that_cannot_be_run_is_refused_and_not_analysed():
    with pytest.raises(decisions.Unreadable):
        told(["< | - >> 1"])


def test_large_tables_are_read_in_time_and_what_is_not_looked_at_is_not_told():
    # Seven hundred rules with twice as many ends: a search that compared them all would hold up whoever deploys.
    rules = [f'[{age}..{age + 50}] | "red" >> {age}' for age in range(0, 7_000, 10)]

    assert len(told(rules)) <= 100
