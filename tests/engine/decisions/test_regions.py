"""How the values of a column are divided at its constants."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest

from engine.decisions.regions import divide, shown
from engine.decisions.types import ANY, Type
from engine.feel import YearsMonths


def divided(base, *constants):
    return [shown(region, region) for region in divide(Type(base, base), constants)]


def examples(base, *constants):
    return [region.example for region in divide(Type(base, base), constants)]


def test_numbers_are_divided_at_each_constant_and_between():
    assert divided("number", Decimal(5), Decimal(1), Decimal(5)) == ["< 1", "1", "(1..5)", "5", "> 5"]
    assert examples("number", Decimal(5), Decimal(1)) == [0, 1, 3, 5, 6]


def test_days_that_follow_each_other_have_nothing_between_them():
    assert divided("date", date(2025, 1, 1), date(2025, 1, 2)) == ["< 2025-01-01", "2025-01-01", "2025-01-02", "> 2025-01-02"]
    assert examples("date", date(2025, 1, 1), date(2025, 1, 3))[2] == date(2025, 1, 2)


def test_time_ends_somewhere():
    assert divided("date", date.min, date.max) == ["0001-01-01", "(0001-01-01..9999-12-31)", "9999-12-31"]
    assert divided("time", time(0)) == ["00:00:00", "> 00:00:00"]
    assert divided("time", time(23, 59, 59)) == ["< 23:59:59", "23:59:59"]


def test_the_other_ordered_values_have_examples_too():
    assert examples("time", time(10), time(12)) == [time(5), time(10), time(11), time(12), time(17, 59, 59)]
    assert examples("days and time duration", timedelta(days=2), timedelta(days=4))[2] == timedelta(days=3)
    assert divided("years and months duration", YearsMonths(1), YearsMonths(2)) == ["< P1M", "P1M", "P2M", "> P2M"]
    assert examples("date and time", datetime(2025, 1, 1), datetime(2025, 1, 3))[2] == datetime(2025, 1, 2)  # noqa: DTZ001


def test_strings_are_what_is_named_and_anything_else():
    assert divided("string", "红", "蓝", "红") == ['"红"', '"蓝"', "anything else"]
    assert examples("string", "其他")[-1] == "其他…"


def test_booleans_are_two():
    assert divided("boolean") == ["true", "false"]


def test_null_is_a_value_where_a_cell_names_it():
    assert divided("number", None) == ["null", "anything"]


def test_a_column_without_a_type_takes_it_from_its_constants():
    assert [region.example for region in divide(ANY, (Decimal(1), "a"))] == [0, 1, 2, "a", "其他"]
    assert [shown(region, region) for region in divide(ANY, ())] == ["anything"]


def test_constants_of_another_type_than_the_columns_are_no_boundaries():
    assert divided("number", "a") == ["anything"]


@pytest.mark.parametrize("first, last, expected", [(0, 1, "<= 1"), (1, 3, "[1..5]"), (2, 2, "(1..5)"), (3, 4, ">= 5"), (0, 4, "anything")])
def test_neighbours_are_shown_as_one_range(first, last, expected):
    regions = divide(Type("number", "number"), (Decimal(1), Decimal(5)))

    assert shown(regions[first], regions[last]) == expected
