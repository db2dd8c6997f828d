"""A table as its analysis sees it: regions per input, and the rules that match in each."""

from decimal import Decimal

from engine.decisions.columns import columns
from engine.decisions.regions import shown
from tests.engine.decisions.written import decision, read, table


def seen(inputs, *rules):
    return columns(read(decision("d", table(inputs, "y", *rules))).decisions["d"].table)


def test_rules_are_bits_per_region():
    ((column,), problems) = seen("x: number", "< 5 >> 1", "- >> 2")

    assert [shown(region, region) for region in column.regions] == ["< 5", "5", "> 5"]
    assert column.certain == column.possible == [0b11, 0b10, 0b10]
    assert problems == []


def test_a_cell_that_is_not_understood_is_possible_everywhere_and_certain_nowhere():
    ((column,), problems) = seen("x: number", "< y >> 1", "< 5 >> 2")

    assert (column.certain, column.possible) == ([0b10, 0, 0], [0b11, 0b01, 0b01])
    assert problems == [(1, "Rule 1 of d asks x for more than a comparison with fixed values: not analysed")]


def test_inputs_of_one_expression_are_one_column():
    ((column,), _) = seen("x: number; x: number", "> 1 | < 3 >> 1")

    assert [region.example for region, bits in zip(column.regions, column.certain, strict=True) if bits] == [Decimal(2)]


def test_regions_outside_of_the_allowed_values_are_left_out():
    ((column,), _) = seen("x: number [[0..10]]", "< 5 >> 1")

    assert [region.example for region in column.regions] == [0, Decimal("2.5"), 5, Decimal("7.5"), 10]
