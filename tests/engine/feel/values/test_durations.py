"""Durations as values."""

import pytest

from engine.domain import values
from engine.feel import YearsMonths
from engine.feel.values import durations


@pytest.mark.parametrize("text, months", [("P1Y", 12), ("P1Y2M", 14), ("-P3M", -3), ("P0M", 0), ("P999999999M", 999_999_999)])
def test_years_and_months(text, months):
    assert durations.parse(text) == YearsMonths(months)


def test_years_and_months_are_ordered_and_kept_as_text():
    assert YearsMonths(12) == YearsMonths(12) != YearsMonths(13)
    assert YearsMonths(-1) < YearsMonths(0) <= YearsMonths(1)
    assert YearsMonths(12) != 12
    assert {YearsMonths(12): "a"}[YearsMonths(12)] == "a"
    assert [YearsMonths(months).__feel_text__() for months in (14, -3, 0, 24)] == ["P1Y2M", "-P3M", "P0M", "P2Y"]
    assert values.write({"term": YearsMonths(14)}) == '{"term":"P1Y2M"}'


def test_more_months_than_the_standard_has_are_refused():
    with pytest.raises(OverflowError, match="Expected at most"):
        YearsMonths(12 * 999_999_999 + 1)
