"""Where a date stands in its week, month and year."""

import pytest


@pytest.mark.parametrize(
    "text, value",
    [
        ('day of week(@"2024-02-29")', '"Thursday"'),
        ('day of year(@"2024-12-31")', "366"),
        ('week of year(@"2023-01-01")', "52"),
        ('week of year(@"2024-12-30T10:00:00")', "1"),
        ('month of year(@"2024-02-29")', '"February"'),
        ('last day of month(@"2024-02-01")', "2024-02-29"),
        ('last day of month(@"2023-02-01T10:00:00")', "2023-02-28T10:00:00"),
        ("day of week(null)", "null"),
    ],
)
def test_where_a_date_stands(said, text, value):
    assert said(text) == value
