"""Kinds of values, and numbers from outside."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest

from engine import feel
from engine.feel.values.kinds import kind, number, shown


@pytest.mark.parametrize(
    "value, name",
    [
        (None, "null"),
        (True, "boolean"),
        (1, "number"),
        (1.5, "number"),
        (Decimal(1), "number"),
        ("a", "string"),
        ([], "list"),
        ((), "list"),
        ({}, "context"),
        (date(2024, 1, 1), "date"),
        (datetime(2024, 1, 1, tzinfo=UTC), "date and time"),
        (time(1), "time"),
        (timedelta(1), "days and time duration"),
        (feel.YearsMonths(1), "years and months duration"),
        (feel.Range(1, True, 2, True), "range"),
        (feel.Function((), None), "function"),
        (object(), "object"),
        (b"", "bytes"),
    ],
)
def test_the_kind_of_a_value(value, name):
    assert kind(value) == name


def test_a_subclass_counts_as_what_it_is_made_from():
    class Text(str):
        pass

    assert kind(Text("a")) == "string"


@pytest.mark.parametrize(
    "value, found",
    [
        (1, Decimal(1)),
        (0.1, Decimal("0.1")),
        (Decimal("1.50"), Decimal("1.5")),
        (True, None),
        ("1", None),
        (None, None),
        (Decimal("NaN"), None),
        (float("inf"), None),
    ],
)
def test_numbers(value, found):
    assert number(value) == found


def test_a_reason_shows_a_value_shortly():
    assert [shown(value) for value in (None, True, "a", "a" * 50, Decimal("1.5"), [1], {})] == [
        "null",
        "true",
        '"a"',
        f'"{"a" * 40}…"',
        "number 1.5",
        "a list",
        "a context",
    ]
