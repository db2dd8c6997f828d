"""Making durations."""

import pytest


@pytest.mark.parametrize(
    "text, value",
    [
        ('duration("P1DT2H3M4.5S")', "P1DT2H3M4.5S"),
        ('duration("-PT90M")', "-PT1H30M"),
        ('duration("P14M")', "P1Y2M"),
        ('duration("P0Y")', "P0M"),
        ('duration("PT0S")', "PT0S"),
        ('duration("P")', "null"),
        ('duration("PT")', "null"),
        ('duration("P1Y1D")', "null"),
        ('duration("P1H")', "null"),
        ('duration("P1W")', "null"),
        ('duration(@"P1D")', "P1D"),
        ('duration("P99999999999D")', "null"),
        ('duration("PT1.S")', "PT1S"),
        ('years and months duration(@"2011-12-22", @"2013-08-24")', "P1Y8M"),
        ('years and months duration(@"2013-08-24", @"2011-12-22")', "-P1Y8M"),
        ('years and months duration(@"2024-01-31", @"2024-02-29")', "P0M"),
        ('years and months duration(@"2024-01-31T23:00:00", @"2025-01-31T01:00:00")', "P1Y"),
        ('years and months duration(@"2024-01-31", 1)', "null"),
    ],
)
def test_durations(said, text, value):
    assert said(text) == value
