"""Texts and zones of dates and times."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from engine.feel.values import temporal


@pytest.mark.parametrize(
    "text, value",
    [
        ("2024-02-29", date(2024, 2, 29)),
        ("2024-02-30", None),
        ("24-02-01", None),
        ("2024-02-01Z", None),
        ("9999-12-31T24:00:01", None),
        ("10:30:00", time(10, 30)),
        ("10:30:00.25Z", time(10, 30, 0, 250000, UTC)),
        ("2024-02-29T10:30:00+08:00", datetime(2024, 2, 29, 10, 30, tzinfo=temporal.zone("+08:00"))),
        ("P1D", timedelta(1)),
        ("-PT1H", timedelta(hours=-1)),
        ("", None),
        ("T10:30:00", None),
        ("2024-02-29T", None),
        ("2024-02-29T10:30:00@Asia/Shanghai", datetime(2024, 2, 29, 10, 30, tzinfo=ZoneInfo("Asia/Shanghai"))),
        ("10:30:00@../etc/passwd", None),
        ("10:30:00+08:60", None),
        ("1٠:30:00", None),
    ],
)
def test_what_a_text_says(text, value):
    assert temporal.parse(text) == value


@pytest.mark.parametrize(
    "text, zone",
    [
        ("Z", UTC),
        ("+00:00", UTC),
        ("+19:00", None),
        ("@Europe/Atlantis", None),
        ("@Europe", None),
        ("@Asia/Shanghai", ZoneInfo("Asia/Shanghai")),
    ],
)
def test_zones(text, zone):
    assert temporal.zone(text) == zone
