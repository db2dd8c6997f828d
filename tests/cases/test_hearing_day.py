"""When a hearing may be held after its notice."""

from datetime import date, datetime, timedelta, timezone

import pytest

from cases import term
from cases.hearing_day import earliest, objections
from tests.cases.published import CALENDAR, LAST_YEAR, rule

SHANGHAI = timezone(timedelta(hours=8))


@pytest.mark.parametrize(
    "served, first",
    [
        (date(2024, 3, 1), date(2024, 3, 13)),  # 4–8, 11, 12 between
        (date(2024, 9, 25), date(2024, 10, 11)),  # 26, 27, 29 (made up), 30, 8, 9, 10 between
        (date(2024, 2, 2), date(2024, 2, 19)),  # 4 (made up), 5–9, 18 (made up) between
        (date(2025, 1, 23), date(2025, 2, 10)),  # 24, 26 (made up), 27, 5–7, 8 (made up) between
        (date(2024, 12, 25), date(2025, 1, 7)),  # 26, 27, 30, 31, 2, 3, 6 between
        (date(2024, 4, 28), date(2024, 5, 11)),  # 29, 30, 6–10 between; a Saturday that was made up
    ],
)
def test_the_first_day_for_a_hearing(served, first):
    assert earliest(served, CALENDAR) == first
    assert objections(first, served, CALENDAR) == []
    assert len(objections(first - timedelta(days=1), served, CALENDAR)) in (1, 2)


def test_the_first_day_and_the_last_day_for_the_notice_are_two_sides_of_one_rule():
    told = rule("T6", "2024-03-01")
    for step in range(900):
        served = date(2024, 3, 1) + timedelta(days=step)
        first = earliest(served, CALENDAR)
        assert term.compute("T6", told, first, CALENDAR)["date"] >= served
        before = CALENDAR.add_working_days(first, -1)
        assert term.compute("T6", told, before, CALENDAR)["date"] < served


def test_a_notice_too_short_is_told_with_the_first_day():
    (told,) = objections(datetime(2024, 10, 10, 9, 30, tzinfo=SHANGHAI), date(2024, 9, 25), CALENDAR)
    assert told == "听证通知须在举行听证的七日前送达（行政处罚法第六十四条），最早可在 2024-10-11 举行"


@pytest.mark.parametrize("day", [date(2024, 10, 19), date(2024, 10, 20), date(2025, 10, 2)])
def test_no_hearing_on_a_rest_day(day):
    assert objections(day, date(2024, 9, 25), CALENDAR) == [f"听证日 {day} 不是工作日"]


def test_a_hearing_on_a_made_up_saturday_is_one_on_a_working_day():
    assert objections(date(2024, 10, 12), date(2024, 9, 20), CALENDAR) == []


def test_a_day_in_a_year_that_is_not_published_is_not_certain():
    (told,) = objections(date(LAST_YEAR + 1, 3, 3), date(LAST_YEAR, 12, 1), CALENDAR)
    assert told == f"{LAST_YEAR + 1} 年节假日安排尚未公布，听证日不能确定"
