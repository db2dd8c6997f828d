"""Days and moments outside of the years 1 to 9999 behave as all others do."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from engine.feel.values import far


@pytest.mark.parametrize(
    "text, value",
    [
        # arithmetic, over either end of Python's calendar and back
        ('@"9999-12-31" + @"P1D"', "10000-01-01"),
        ('@"10000-01-01" - @"P1D"', "9999-12-31"),
        ('@"0001-01-01" - @"P1D"', "0000-12-31"),
        ('@"0000-02-29" + @"P1Y"', "0001-02-28"),
        ('@"-2021-01-31" + @"P1M"', "-2021-02-28"),
        ('@"12000-02-28" + @"P1D"', "12000-02-29"),
        ('@"-2021-01-01T10:10:10+11:00" - @"PT11H"', "-2022-12-31T23:10:10+11:00"),
        ('@"9999-12-31T23:30:00@Asia/Shanghai" + @"PT1H"', "10000-01-01T00:30:00@Asia/Shanghai"),
        ('@"999999999-12-31T24:00:00"', "null"),
        ('@"9999-12-31T24:00:00"', "10000-01-01T00:00:00"),
        ('@"10000-01-01" - @"9999-12-31"', "P1D"),
        ('@"12025-06-01T00:00:00Z" - @"12025-05-31T23:00:00Z"', "PT1H"),
        ('@"999999999-01-01" - @"-999999999-01-01"', "null"),
        # order and equality
        ('@"-0044-03-15" < @"2024-01-01"', "true"),
        ('@"2024-01-01" < @"-0044-03-15"', "false"),
        ('@"10000-01-01" > @"2024-01-01"', "true"),
        ('@"-2021-01-01" < @"-2020-01-01"', "true"),
        ('@"12000-01-01" in [@"2024-01-01"..@"13000-01-01"]', "true"),
        ('@"-2021-01-01T10:00:00+02:00" = @"-2021-01-01T08:00:00Z"', "true"),
        ('@"10000-01-01T00:30:00+01:00" > @"9999-12-31T00:00:00Z"', "true"),
        ('distinct values([@"12000-01-01", date(12000, 1, 1)])', "[12000-01-01]"),
        ('sort([@"12000-01-01", @"-0001-01-01"], function(a, b) a < b)', "[-0001-01-01, 12000-01-01]"),
        # parts, kinds, functions; a named zone has local mean time before all its rules, and its last rule for ever
        ('@"-2021-01-01T00:00:00@Asia/Shanghai".time offset', "PT8H5M43S"),
        ('@"12000-03-20T12:00:00@America/New_York".time offset', "-PT4H"),
        ('@"-2021-03-04T05:06:07Z".year', "-2021"),
        ('[@"12345-03-04"].month', "[3]"),
        ('@"12025-06-01".weekday = @"2025-06-01".weekday', "true"),
        ('@"-2021-03-04T05:06:07@Asia/Shanghai".timezone', '"Asia/Shanghai"'),
        ('@"-2021-03-04T05:06:07+02:00".time offset', "PT2H"),
        ('@"12345-03-04" instance of date', "true"),
        ('@"12345-03-04T00:00:00" instance of date and time', "true"),
        ('day of year(@"12000-12-31")', "366"),
        ('last day of month(@"12000-02-01")', "12000-02-29"),
        ('week of year(@"12025-06-01")', "22"),
        ('date(@"12345-03-04T05:06:07")', "12345-03-04"),
        ('time(@"12345-03-04T05:06:07Z")', "05:06:07Z"),
        ('date and time(@"12345-03-04", time("10:00:00"))', "12345-03-04T10:00:00"),
        ('date and time(@"9999-12-31T23:00:00-05:00", "Asia/Shanghai")', "10000-01-01T12:00:00@Asia/Shanghai"),
        ('years and months duration(@"0001-01-01", @"-0001-01-01")', "-P2Y"),
        ('for d in @"9999-12-31"..@"10000-01-01" return d', "[9999-12-31, 10000-01-01]"),
        ('string(@"-0044-03-15")', '"-0044-03-15"'),
        ('min([@"2024-01-01", @"-0044-03-15"])', "-0044-03-15"),
        ('(function(m: date and time) m)(@"12345-01-01")', "12345-01-01T00:00:00Z"),
        ('is working day(@"12345-01-01")', "null"),
        ('deadline(@"12345-01-01", 3, "wd")', "null"),
        ('@"12000-02-30"', "null"),
        ('@"-2021-02-29"', "null"),
        ('@"-2020-02-29"', "-2020-02-29"),
    ],
)
def test_years_have_up_to_nine_digits_and_a_sign(said, text, value):
    assert said(text) == value


def test_within_the_years_1_to_9999_values_are_pythons_own():
    shanghai = ZoneInfo("Asia/Shanghai")
    summer = datetime(1986, 7, 1, 12, tzinfo=shanghai)  # the summers of 1986 to 1991 had an offset of their own

    assert (type(far.day(1, 1, 1)), type(far.day(9999, 12, 31)), type(far.day(0, 1, 1))) == (date, date, far.FarDate)
    assert far.elsewhere(summer, UTC) == datetime(1986, 7, 1, 3, tzinfo=UTC)
    assert far.microseconds(summer) == (datetime(1986, 7, 1, 3) - datetime(1, 1, 1)) // timedelta(microseconds=1)  # noqa: DTZ001
    assert far.microseconds(datetime(1, 1, 1, tzinfo=shanghai)) < 0
    assert [far.from_ordinal(far.ordinal(each)) for each in (date(1, 1, 1), date(2024, 2, 29))] == [date(1, 1, 1), date(2024, 2, 29)]
