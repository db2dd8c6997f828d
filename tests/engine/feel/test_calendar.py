"""Working days and the ends of terms, by the holidays of 2024 and 2025 as the State Council published them."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from engine.feel.calendar import UNPUBLISHED, Calendar

SHANGHAI = timezone(timedelta(hours=8))


def days_off(first, last):
    return {first + timedelta(days=step): False for step in range((last - first).days + 1)}


DAYS = (
    days_off(date(2024, 1, 1), date(2024, 1, 1))
    | days_off(date(2024, 2, 10), date(2024, 2, 17))
    | days_off(date(2024, 4, 4), date(2024, 4, 6))
    | days_off(date(2024, 5, 1), date(2024, 5, 5))
    | days_off(date(2024, 6, 10), date(2024, 6, 10))
    | days_off(date(2024, 9, 15), date(2024, 9, 17))
    | days_off(date(2024, 10, 1), date(2024, 10, 7))
    | days_off(date(2025, 1, 1), date(2025, 1, 1))
    | days_off(date(2025, 1, 28), date(2025, 2, 4))
    | days_off(date(2025, 4, 4), date(2025, 4, 6))
    | days_off(date(2025, 5, 1), date(2025, 5, 5))
    | days_off(date(2025, 5, 31), date(2025, 6, 2))
    | days_off(date(2025, 10, 1), date(2025, 10, 8))
    | dict.fromkeys([date(2024, 2, 4), date(2024, 2, 18), date(2024, 4, 7), date(2024, 4, 28), date(2024, 5, 11)], True)
    | dict.fromkeys([date(2024, 9, 14), date(2024, 9, 29), date(2024, 10, 12), date(2025, 1, 26), date(2025, 2, 8)], True)
    | dict.fromkeys([date(2025, 4, 27), date(2025, 9, 28), date(2025, 10, 11)], True)
)
CALENDAR = Calendar(DAYS, [2024, 2025], "2025-1")


@pytest.mark.parametrize(
    "day, working",
    [
        (date(2024, 2, 9), True),  # 除夕 2024 was a working day
        (date(2024, 2, 12), False),
        (date(2024, 2, 18), True),
        (date(2024, 5, 11), True),
        (date(2024, 5, 12), False),
        (date(2024, 10, 2), False),
        (date(2024, 10, 8), True),
        (date(2024, 10, 12), True),
        (date(2025, 1, 26), True),
        (date(2025, 1, 28), False),
        (date(2025, 10, 8), False),
        (date(2025, 10, 9), True),
        (date(2025, 10, 11), True),
        (date(2025, 10, 12), False),
        (date(2025, 3, 3), True),
        (date(2025, 3, 1), False),
    ],
)
def test_whether_a_day_is_a_working_day(day, working):
    assert CALENDAR.is_working(day) is working


@pytest.mark.parametrize(
    "start, n, end",
    [
        (date(2024, 9, 25), 7, date(2024, 10, 10)),  # 26, 27, 29 (made up), 30, 8, 9, 10
        (date(2024, 2, 8), 2, date(2024, 2, 18)),  # 9, then the Sunday that was made up
        (date(2025, 1, 25), 1, date(2025, 1, 26)),
        (date(2025, 9, 30), 3, date(2025, 10, 11)),
        (date(2024, 3, 1), 1, date(2024, 3, 4)),
        (date(2024, 3, 4), 0, date(2024, 3, 4)),
        (date(2024, 10, 10), -7, date(2024, 9, 25)),
        (date(2024, 2, 18), -1, date(2024, 2, 9)),
    ],
)
def test_the_nth_working_day(start, n, end):
    assert CALENDAR.add_working_days(start, n) == end


@pytest.mark.parametrize(
    "start, end, days",
    [
        (date(2024, 9, 25), date(2024, 10, 10), 7),
        (date(2024, 10, 10), date(2024, 9, 25), -7),
        (date(2024, 10, 1), date(2024, 10, 7), 0),
        (date(2024, 1, 1), date(2024, 12, 31), 251),
        (date(2025, 1, 1), date(2025, 12, 31), 248),
        (date(2024, 3, 4), date(2024, 3, 4), 0),
    ],
)
def test_the_working_days_between(start, end, days):
    assert CALENDAR.working_days_between(start, end) == days


def test_counting_back_and_forth_agrees():
    for n in range(60):
        end = CALENDAR.add_working_days(date(2024, 1, 31), n)
        assert CALENDAR.working_days_between(date(2024, 1, 31), end) == n


@pytest.mark.parametrize(
    "start, n, unit, last",
    [
        (date(2024, 9, 25), 7, "wd", date(2024, 10, 10)),  # day 1 is the day after the event
        (date(2024, 9, 18), 15, "cd", date(2024, 10, 8)),  # 3 October is a holiday
        (date(2024, 9, 14), 15, "cd", date(2024, 9, 29)),  # a Sunday that was made up
        (date(2024, 3, 1), 15, "cd", date(2024, 3, 18)),  # a Saturday
        (date(2024, 3, 1), 14, "cd", date(2024, 3, 15)),
        (date(2024, 3, 2), 0, "cd", date(2024, 3, 4)),
        (datetime(2024, 3, 1, 16, 30, tzinfo=UTC), 3, "wd", date(2024, 3, 6)),  # 2 March in Shanghai
        (datetime(2024, 3, 1, 23, 30), 1, "wd", date(2024, 3, 4)),  # noqa: DTZ001  without a zone it is Shanghai's
        (datetime(2024, 3, 1, 23, 59, 59, tzinfo=SHANGHAI), Decimal(1), "cd", date(2024, 3, 4)),
    ],
)
def test_a_term_of_days_ends_at_the_end_of_its_last_day(start, n, unit, last):
    deadline = CALENDAR.deadline(start, n, unit)
    assert deadline.date == last
    assert deadline.at == datetime(last.year, last.month, last.day, 23, 59, 59, tzinfo=SHANGHAI)
    assert deadline.at.isoformat().endswith("+08:00")
    assert (deadline.provisional, deadline.version) == (False, "2025-1")


@pytest.mark.parametrize(
    "start, n, unit, last",
    [
        (date(2024, 1, 15), 3, "m", date(2024, 4, 15)),
        (date(2024, 1, 31), 1, "m", date(2024, 2, 29)),  # no 31st, and 2024 is a leap year
        (date(2023, 12, 31), 2, "m", date(2024, 2, 29)),
        (date(2024, 11, 30), 3, "m", date(2025, 2, 28)),
        (date(2024, 2, 29), 1, "y", date(2025, 2, 28)),
        (date(2024, 7, 15), 6, "m", date(2025, 1, 15)),  # over the end of the year
        (date(2024, 6, 3), 4, "m", date(2024, 10, 8)),  # 3 October is a holiday
        (date(2024, 8, 12), 2, "m", date(2024, 10, 12)),  # a Saturday that was made up
        (date(2024, 7, 29), 6, "m", date(2025, 2, 5)),  # 春节
        (date(2024, 3, 1), 0, "m", date(2024, 3, 1)),
        (date(2024, 3, 1), 1, "y", date(2025, 3, 3)),  # a Saturday
        (datetime(2024, 3, 31, 16, 30, tzinfo=UTC), 1, "m", date(2024, 5, 6)),  # 1 April in Shanghai; 五一 until the 5th
    ],
)
def test_a_term_of_months_or_years_ends_on_the_day_of_the_same_number(start, n, unit, last):
    deadline = CALENDAR.deadline(start, Decimal(n), unit)
    assert (deadline.date, deadline.provisional) == (last, False)
    assert deadline.at == datetime(last.year, last.month, last.day, 23, 59, 59, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    "start, n, at",
    [
        (datetime(2024, 9, 30, 20, 0, tzinfo=SHANGHAI), 24, datetime(2024, 10, 1, 20, 0, tzinfo=SHANGHAI)),
        (datetime(2024, 9, 30, 12, 0, tzinfo=UTC), Decimal("1.5"), datetime(2024, 9, 30, 21, 30, tzinfo=SHANGHAI)),
        (datetime(2024, 9, 30, 20, 0), 2, datetime(2024, 9, 30, 22, 0, tzinfo=SHANGHAI)),  # noqa: DTZ001
        (datetime(2027, 9, 30, 20, 0, tzinfo=SHANGHAI), 2, datetime(2027, 9, 30, 22, 0, tzinfo=SHANGHAI)),
    ],
)
def test_hours_run_in_real_time_and_need_no_calendar(start, n, at):
    deadline = CALENDAR.deadline(start, n, "h")
    assert (deadline.at, deadline.date, deadline.provisional) == (at, at.date(), False)


@pytest.mark.parametrize(
    "start, n, unit, provisional",
    [
        (date(2025, 12, 26), 3, "wd", False),
        (date(2025, 12, 26), 4, "wd", True),
        (date(2025, 12, 1), 30, "cd", False),
        (date(2025, 12, 1), 31, "cd", True),
        (date(2026, 3, 1), 1, "wd", True),
        (date(2025, 12, 20), 15, "cd", True),
        (date(2025, 6, 30), 6, "m", False),
        (date(2025, 7, 1), 6, "m", True),
        (date(2024, 2, 29), 2, "y", True),
        (date(2023, 12, 29), 1, "wd", True),
    ],
)
def test_a_term_that_needs_a_year_that_is_not_published_is_provisional(start, n, unit, provisional):
    assert CALENDAR.deadline(start, n, unit).provisional is provisional


def test_in_a_year_that_is_not_published_weekends_and_fixed_holidays_stand_in():
    working = [day for day in range(1, 11) if CALENDAR.is_working(date(2026, 10, day))]
    assert working == [5, 6, 7, 8, 9]
    assert not CALENDAR.is_working(date(2026, 1, 1))
    assert not CALENDAR.is_working(date(2026, 5, 1))
    assert CALENDAR.is_working(date(2026, 2, 17))  # 春节 moves, so nobody knows it yet
    assert UNPUBLISHED.deadline(date(2024, 9, 30), 1, "wd").date == date(2024, 10, 4)


@pytest.mark.parametrize(
    "start, n, unit, sentence",
    [
        (date(2024, 1, 1), 3, "weeks", 'Expected the unit of a term to be "wd", "cd", "m", "y" or "h", but found weeks'),
        (date(2024, 1, 1), -1, "wd", "Expected a term of a whole number of days, or of hours, but found -1 wd"),
        (date(2024, 1, 1), Decimal("1.5"), "cd", "Expected a term of a whole number of days, or of hours, but found 1.5 cd"),
        (date(2024, 1, 1), 24, "h", "Expected a moment to count hours from, but found the date 2024-01-01"),
        (date(2024, 1, 1), 40_000, "wd", "Expected at most 36600 working days, but found 40000"),
        (date(2024, 1, 1), Decimal("0.5"), "m", "Expected a term of a whole number of days, or of hours, but found 0.5 m"),
        (date(2024, 1, 1), -1, "y", "Expected a term of a whole number of days, or of hours, but found -1 y"),
        (date(2024, 1, 1), 101, "y", "Expected at most 1200 months, but found 1212"),
    ],
)
def test_what_is_no_term_is_refused(start, n, unit, sentence):
    with pytest.raises(ValueError, match=r"^Expected") as caught:
        CALENDAR.deadline(start, n, unit)
    assert str(caught.value) == sentence


def test_a_calendar_keeps_what_it_was_given():
    days = {date(2024, 3, 4): False}
    calendar = Calendar(days, [2024])
    days[date(2024, 3, 5)] = False
    assert calendar.is_working(date(2024, 3, 5))
