"""No enforcement at night or on holidays."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from cases.enforcement_hours import objections
from tests.cases.published import CALENDAR, LAST_YEAR

SHANGHAI = timezone(timedelta(hours=8))


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    "start, end, night, rest_days",
    [
        ("2024-10-08T09:00", "2024-10-08T17:00", False, []),
        ("2024-10-08T06:00", "2024-10-08T22:00", False, []),  # from the end of the night to the next
        ("2024-10-08T05:59", "2024-10-08T09:00", True, []),
        ("2024-10-08T20:00", "2024-10-08T22:01", True, []),
        ("2024-10-08T09:00", "2024-10-09T10:00", True, []),
        ("2024-10-08T23:00", "2024-10-09T00:00", True, []),
        ("2024-10-08T01:00", "2024-10-08T02:00", True, []),
        ("2024-10-12T09:00", "2024-10-12T17:00", False, []),  # a Saturday that was made up
        ("2024-02-18T09:00", "2024-02-18T17:00", False, []),  # a Sunday that was made up
        ("2024-02-09T09:00", "2024-02-09T17:00", False, []),  # 除夕 2024
        ("2025-01-28T09:00", "2025-01-28T17:00", False, ["2025-01-28"]),  # 除夕 2025
        ("2024-10-07T09:00", "2024-10-07T17:00", False, ["2024-10-07"]),
        ("2024-05-01T09:00", "2024-05-01T17:00", False, ["2024-05-01"]),
        ("2024-10-19T09:00", "2024-10-19T17:00", False, ["2024-10-19"]),  # a plain Saturday
        ("2024-09-30T09:00", "2024-10-02T17:00", True, ["2024-10-01", "2024-10-02"]),
        ("2024-09-30T20:00", "2024-10-01T00:00", True, []),  # the first moment of a holiday is not inside
    ],
)
def test_a_worked_example(start, end, night, rest_days):
    # when
    found = objections(at(start), at(end), CALENDAR)

    # then
    expected = [f"{day} 是休息日或者法定节假日，不得实施行政强制执行（行政强制法第四十三条）" for day in rest_days]
    expected += ["含有夜间时段（22:00 至次日 06:00），不得实施行政强制执行（行政强制法第四十三条）"] if night else []
    assert found == expected


def test_what_is_urgent_may_be_enforced_for_a_reason():
    times = at("2024-10-01T23:00"), at("2024-10-02T02:00")
    assert objections(*times, CALENDAR, urgent="三层外墙随时可能坍塌") == []
    assert len(objections(*times, CALENDAR, urgent="  ")) == 3


def test_hours_are_those_of_shanghai():
    assert objections(datetime(2024, 10, 8, 1, tzinfo=UTC), datetime(2024, 10, 8, 9, tzinfo=UTC), CALENDAR) == []
    assert len(objections(datetime(2024, 10, 7, 16, tzinfo=UTC), datetime(2024, 10, 7, 23, tzinfo=UTC), CALENDAR)) == 1


def test_a_day_that_may_yet_become_a_holiday_is_refused():
    (told,) = objections(at(f"{LAST_YEAR + 1}-03-03T09:00"), at(f"{LAST_YEAR + 1}-03-03T17:00"), CALENDAR)
    assert told.startswith(f"{LAST_YEAR + 1} 年节假日安排尚未公布")


@pytest.mark.parametrize("end", ["2024-10-08T09:00", "2024-10-08T08:00"])
def test_enforcement_ends_after_it_begins(end):
    with pytest.raises(ValueError, match="Expected enforcement to begin"):
        objections(at("2024-10-08T09:00"), at(end), CALENDAR)


def test_a_day_without_a_time_is_no_time_to_enforce():
    with pytest.raises(ValueError, match="Expected enforcement to begin"):
        objections(at("2024-10-08T09:00").date(), at("2024-10-09T09:00").date(), CALENDAR)
