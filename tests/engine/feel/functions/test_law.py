"""Working days in expressions; the counting itself is tested with the calendar."""

from datetime import UTC, date, datetime

import pytest

from engine import feel
from engine.feel.calendar import Calendar

#: 国庆 2024 as published: seven days off, two make-up days
NATIONAL_DAY = {date(2024, 10, day): False for day in range(1, 8)} | {date(2024, 9, 29): True, date(2024, 10, 12): True}


def asked(text, calendar=None):
    env = feel.Environment(datetime(2024, 9, 25, tzinfo=UTC), calendar=calendar)
    return feel.values.text.inside(feel.expression(text)(feel.Scope({}, env=env)))


@pytest.mark.parametrize(
    "text, value",
    [
        ('is working day(@"2024-09-29")', "true"),
        ('is working day(@"2024-10-02")', "false"),
        ('next working day(@"2024-09-30")', "2024-10-08"),
        ('add working days(@"2024-09-25", 7)', "2024-10-10"),
        ('add working days(@"2024-10-10", -7)', "2024-09-25"),
        ('working days between(@"2024-09-25", @"2024-10-10")', "7"),
        ('working days between(@"2024-10-10", @"2024-09-25")', "-7"),
        ('deadline(@"2024-09-18", 15, "cd")', "{date: 2024-10-08, at: 2024-10-08T23:59:59+08:00, provisional: false, calendar: 3}"),
        ('deadline(@"2024-09-25T18:00:00Z", 3, "wd").date', "2024-09-30"),
        ('deadline(@"2024-12-31", 3, "wd").provisional', "true"),
        ('deadline(@"2024-09-30T10:00:00+08:00", 24, "h").at', "2024-10-01T10:00:00+08:00"),
        ('deadline(today(), 5, "wd").date', "2024-10-08"),
        ('deadline(@"2024-06-03", 4, "m").date', "2024-10-08"),
        ('deadline(@"2024-08-31", 6, "m").provisional', "true"),
        ('deadline(@"2024-02-29", 1, "y").date', "2025-02-28"),
        ('deadline(@"2024-09-30", 1.5, "m")', "null"),
        ('deadline(@"2024-09-30", 1e6, "y")', "null"),
        ('deadline(@"2024-09-30", 24, "h")', "null"),
        ('deadline(@"2024-09-30", 3, "weeks")', "null"),
        ('deadline(@"2024-09-30", 1.5, "wd")', "null"),
        ('deadline(@"2024-09-30", -1, "cd")', "null"),
        ('add working days(@"2024-09-30", 1e9)', "null"),
        ('is working day("2024-09-30")', "null"),
        ("add working days(null, 3)", "null"),
        ('add working days(@"9999-12-30", 30)', "null"),
    ],
)
def test_working_days(text, value):
    assert asked(text, Calendar(NATIONAL_DAY, [2024], 3)) == value


def test_without_a_calendar_everything_is_provisional():
    assert (
        asked('deadline(@"2024-09-30", 1, "wd")')
        == '{date: 2024-10-04, at: 2024-10-04T23:59:59+08:00, provisional: true, calendar: "none"}'
    )
