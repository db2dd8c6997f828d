"""What fits a type, what is converted to fit, and what becomes null with the reason."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest

from engine import feel
from engine.decisions.types import ANY, Allowed, Type, coerce
from tests.engine.decisions.written import environment

NUMBER, STRING, DATE = Type("number", "number"), Type("string", "string"), Type("date", "date")
GRADE = Type("grade", "string", limits=(Allowed('"A","B"', feel.unary_tests('"A","B"')),))
PERSON = Type("person", "context", parts=(("name", STRING), ("age", NUMBER)))


def numbers(*limits):
    return Type("numbers", "list", items=NUMBER, limits=limits)


def fit(type_, value, door=False):
    """-> (the value, the reasons for null)."""
    env = environment()
    return coerce(type_, value, env, "x", door), env.warnings


@pytest.mark.parametrize(
    "base, value",
    [
        ("number", Decimal(1)), ("string", "a"), ("boolean", False), ("date", date(2025, 1, 1)), ("time", time(10)),
        ("date and time", datetime(2025, 1, 1, tzinfo=UTC)), ("days and time duration", timedelta(1)),
        ("years and months duration", feel.YearsMonths(3)), ("list", [Decimal(1), "a"]), ("context", {"a": Decimal(1)}),
        ("range", feel.Range(Decimal(1), True, Decimal(2), True)), ("function", feel.Function((), lambda env, values: None)),
    ],
)  # fmt: skip
def test_a_value_of_its_kind_fits(base, value):
    assert fit(Type(base, base), value) == (value, [])


@pytest.mark.parametrize(
    "base, value", [("number", True), ("boolean", Decimal(1)), ("date", datetime(2025, 1, 1, tzinfo=UTC)), ("string", 1)]
)
def test_kinds_that_python_takes_for_the_same_do_not_fit(base, value):
    assert fit(Type(base, base), value)[0] is None


def test_numbers_of_python_become_decimals():
    assert [type(fit(NUMBER, value)[0]) for value in (1, 0.5, Decimal(2))] == [Decimal] * 3
    assert fit(NUMBER, 0.1)[0] == Decimal("0.1")


def test_null_fits_everywhere():
    for type_ in (NUMBER, GRADE, PERSON, numbers()):
        assert fit(type_, None) == (None, [])


def test_a_value_that_does_not_fit_is_null_with_the_reason():
    assert fit(NUMBER, "7") == (None, ['Expected x to be number, but found "7"'])


def test_a_list_of_one_item_fits_where_the_item_does():
    assert fit(NUMBER, [Decimal(7)]) == (7, [])
    assert fit(NUMBER, ["7"])[0] is None
    assert fit(NUMBER, [Decimal(7), Decimal(8)])[0] is None
    assert fit(NUMBER, [None]) == (None, [])


def test_a_single_value_fits_where_a_list_of_it_does():
    assert fit(numbers(), Decimal(7)) == ([7], [])


def test_a_list_fits_if_all_its_items_do():
    assert fit(numbers(), [Decimal(1), None])[0] == [1, None]
    assert fit(numbers(), [Decimal(1), "a"]) == (None, ['Expected x to be number, but found "a"'])


def test_a_date_is_the_midnight_of_its_day_where_a_moment_is_wanted():
    assert fit(Type("t", "date and time"), date(2025, 1, 1))[0] == datetime(2025, 1, 1, tzinfo=UTC)


def test_allowed_values_limit_a_type():
    assert fit(GRADE, "A") == ("A", [])
    assert fit(GRADE, "C") == (None, ['Expected x to be one of "A","B", but found "C"'])


def test_a_limit_of_a_list_asks_the_whole():
    short = numbers(Allowed("count(?) < 3", feel.unary_tests("count(?) < 3")))

    assert fit(short, [Decimal(1), Decimal(2)])[0] == [1, 2]
    assert fit(short, [Decimal(1)] * 3)[0] is None


def test_a_context_needs_its_parts_and_may_have_more():
    assert fit(PERSON, {"name": "a", "age": Decimal(1), "more": True})[0] == {"name": "a", "age": 1, "more": True}
    assert fit(PERSON, {"name": "a"}) == (None, ["Expected x to be person, but found a context without age"])
    assert fit(PERSON, {"name": "a", "age": "b"})[0] is None


def test_from_outside_missing_parts_are_null():
    assert fit(PERSON, {"name": "a"}, door=True)[0] == {"name": "a", "age": None}


@pytest.mark.parametrize(
    "base, text, value",
    [
        ("date", "2025-03-01", date(2025, 3, 1)), ("time", "10:30:00", time(10, 30)),
        ("date and time", "2025-03-01T10:00:00Z", datetime(2025, 3, 1, 10, tzinfo=UTC)),
        ("days and time duration", "P1DT2H", timedelta(days=1, hours=2)), ("years and months duration", "P1Y", feel.YearsMonths(12)),
    ],
)  # fmt: skip
def test_from_outside_texts_are_read_as_dates_and_durations(base, text, value):
    assert fit(Type(base, base), text, door=True) == (value, [])
    assert fit(Type(base, base), text)[0] is None


@pytest.mark.parametrize("base, text", [("date", "2025-02-30"), ("days and time duration", "P1Y"), ("time", "soon")])
def test_from_outside_other_texts_do_not_fit(base, text):
    assert fit(Type(base, base), text, door=True)[0] is None


def test_from_outside_texts_inside_lists_and_contexts_are_read_too():
    dates = Type("dates", "list", items=DATE)

    assert fit(Type("case", "context", parts=(("due", dates),)), {"due": ["2025-03-01"]}, door=True)[0] == {"due": [date(2025, 3, 1)]}


def test_any_takes_everything_as_it_is():
    value = {"a": [Decimal(1), "b"]}

    assert fit(ANY, value)[0] is value


def test_a_value_is_never_changed_in_place():
    value = {"name": ["a"], "age": Decimal(1)}

    assert fit(PERSON, value)[0]["name"] == "a"
    assert value == {"name": ["a"], "age": Decimal(1)}
