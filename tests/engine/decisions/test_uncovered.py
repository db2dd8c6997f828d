"""The search for inputs that no rule matches."""

import pytest

from engine.decisions import uncovered as search
from engine.decisions.columns import Column
from engine.decisions.regions import Region


def column(*possible, line=False):
    """A column whose regions are matched by these rules (as bits)."""
    regions = [Region(place if line else f"value {place}", else_=not line) for place in range(len(possible))]
    return Column("x", "x", regions, list(possible), list(possible))


def places(columns, rules):
    """Each gap as [(first region, last region)] by their numbers."""
    return [
        [(column.regions.index(first), column.regions.index(last)) for column, (first, last) in zip(columns, spans, strict=False)]
        for spans in search.uncovered(columns, rules)
    ]


def test_a_region_without_a_rule_is_a_gap():
    assert places([column(0b1, 0b0, 0b0)], 0b1) == [[(1, 1)], [(2, 2)]]


def test_neighbours_on_a_line_are_one_gap():
    assert places([column(0b0, 0b0, 0b1, 0b0, line=True)], 0b1) == [[(0, 1)], [(3, 3)]]


def test_only_neighbours_that_stand_in_line_are_one_gap():
    mixed = Column("x", "x", [Region("else", else_=True), Region(1), Region(2), Region("other", else_=True)], [0] * 4, [0] * 4)

    assert places([mixed], 0b1) == [[(0, 0)], [(1, 2)], [(3, 3)]]


def test_a_gap_may_need_several_columns():
    assert places([column(0b01, 0b10), column(0b11, 0b10)], 0b11) == [[(0, 0), (1, 1)]]


def test_rules_that_do_not_count_leave_gaps():
    assert places([column(0b11, 0b10)], 0b01) == [[(1, 1)]]


def test_what_the_same_rules_leave_is_told_once():
    assert places([column(0b1, 0b1), column(0b1, 0b0)], 0b1) == [[(0, 0), (1, 1)]]


def test_a_table_without_rules_is_one_gap():
    assert places([column(0b0)], 0b0) == [[(0, 0)]]


def test_the_search_gives_up_at_its_bound(monkeypatch):
    monkeypatch.setattr(search, "STEPS", 2)

    with pytest.raises(search.TooMany):
        list(search.uncovered([column(0b011, 0b101), column(0b011, 0b110), column(0b001, 0b110)], 0b111))
