"""Making dates, times and moments."""

import pytest


@pytest.mark.parametrize(
    "text, value",
    [
        ('date("2024-02-29")', "2024-02-29"),
        ('date("2023-02-29")', "null"),
        ('date("2024-2-29")', "null"),
        ('date("10000-01-01")', "10000-01-01"),
        ('date("010000-01-01")', "null"),
        ('date("1000000000-01-01")', "null"),
        ("date(1000000000, 1, 1)", "null"),
        ('date("2024-02-29T10:00:00")', "null"),
        ('date(@"2024-02-29T23:00:00-08:00")', "2024-02-29"),
        ('date(@"2024-02-29")', "2024-02-29"),
        ("date(2024, 2, 29)", "2024-02-29"),
        ("date(2024, 2, 30)", "null"),
        ("date(1e9, 1, 1)", "null"),
        ("date(year: 2024, month: 2, day: 29)", "2024-02-29"),
        ('date("２０２４-01-01")', "null"),
        ('date and time("2024-02-29T10:30:00")', "2024-02-29T10:30:00"),
        ('date and time("2024-02-29")', "2024-02-29T00:00:00"),
        ('date and time("2024-02-29T10:30:00.123456789Z")', "2024-02-29T10:30:00.123456Z"),
        ('date and time("2024-02-29T24:00:00")', "2024-03-01T00:00:00"),
        ('date and time("2024-02-29T24:00:01")', "null"),
        ('date and time("2024-02-29 10:30:00")', "null"),
        ('date and time(@"2024-02-29", @"10:30:00+08:00")', "2024-02-29T10:30:00+08:00"),
        ('date and time(@"2024-02-29T01:00:00", @"10:30:00")', "2024-02-29T10:30:00"),
        ("date and time(2024, 2, 29, 10, 30, 0)", "2024-02-29T10:30:00"),
        ('date and time(2024, 2, 29, 10, 30, 0, @"PT8H")', "2024-02-29T10:30:00+08:00"),
        ('date and time(2024, 2, 29, 10, 30, 0, "Asia/Shanghai")', "2024-02-29T10:30:00@Asia/Shanghai"),
        ('date and time(@"2024-02-29T00:00:00Z", "Asia/Shanghai")', "2024-02-29T08:00:00@Asia/Shanghai"),
        ('date and time(@"2024-02-29T00:00:00Z", "Nowhere")', "null"),
        ('date and time("2024-07-01T00:00:00@Europe/Paris")', "2024-07-01T00:00:00@Europe/Paris"),
        ('time("10:30:00")', "10:30:00"),
        ('time("10:30:00+19:00")', "null"),
        ('time("10:30:00-18:00")', "10:30:00-18:00"),
        ('time("10:30")', "null"),
        ('time("25:00:00")', "null"),
        ('time("24:00:00")', "00:00:00"),
        ('time("10:30:00+08:00@Asia/Shanghai")', "null"),
        ('time(@"2024-02-29T10:30:00Z")', "10:30:00Z"),
        ('time(@"2024-02-29")', "00:00:00Z"),
        ("time(10, 30, 1.5)", "10:30:01.5"),
        ('time(10, 30, 0, @"-PT5H30M")', "10:30:00-05:30"),
        ("time(10, 30, 0, null)", "10:30:00"),
        ('time(10, 30, 0, @"PT19H")', "null"),
        ("time(10, 60, 0)", "null"),
        ('time("10:30:00+08:00:15")', "10:30:00+08:00:15"),
        ("now()", "2024-10-01T10:30:00@Asia/Shanghai"),
        ("today()", "2024-10-01"),
        ("now(1)", "null"),
        ('now() - @"2024-10-01T02:00:00Z"', "PT30M"),
        ('today() + duration("P1D")', "2024-10-02"),
        ('now() > @"2024-10-01T10:29:59+08:00"', "true"),
    ],
)
def test_dates_times_and_moments(said, text, value):
    assert said(text) == value


def test_without_a_clock_there_is_no_now():
    from engine import feel

    scope = feel.Scope({})
    assert feel.expression("[now(), today()]")(scope) == [None, None]
    assert scope.env.warnings[0] == "Expected a clock for now(), but found none"
