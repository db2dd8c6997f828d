"""Time as people say it. 2024-04-04 to 04-06 were 清明, 04-07 a Sunday of work."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from engine.feel.calendar import Calendar
from web import when

SHANGHAI = timezone(timedelta(hours=8))
HOLIDAYS = {date(2024, 4, day): False for day in (4, 5, 6)} | {date(2024, 4, 7): True}
CALENDAR = Calendar(HOLIDAYS, (2024, 2025))


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI).astimezone(UTC)


@pytest.mark.parametrize(
    ("due", "now", "words", "kind"),
    [
        ("2024-04-12T17:00", "2024-04-12T09:30", "今天 17:00 前", "today"),
        ("2024-04-12T23:59:59", "2024-04-12T09:30", "今天内", "today"),
        ("2024-04-13T00:00", "2024-04-12T23:59", "明天 00:00 前", "soon"),
        ("2024-04-16T23:59:59", "2024-04-15T09:30", "明天内", "soon"),
        ("2024-04-08T23:59:59", "2024-04-03T09:30", "还剩 2 个工作日", "soon"),
        ("2024-04-19T23:59:59", "2024-04-12T09:30", "还剩 5 个工作日", "later"),
        ("2024-04-06T12:00", "2024-04-04T09:30", "还剩 2 天", "soon"),
        ("2024-06-12T23:59:59", "2024-04-12T09:30", "2024 年 6 月 12 日前", "later"),
        ("2034-06-12T23:59:59", "2024-04-12T09:30", "2034 年 6 月 12 日前", "later"),
        ("2024-04-12T09:00", "2024-04-12T09:30", "今天 09:00 已到期", "late"),
        ("2024-04-10T23:59:59", "2024-04-12T09:30", "已超期 2 个工作日", "late"),
        ("2024-04-03T23:59:59", "2024-04-07T00:30", "已超期 1 个工作日", "late"),
        ("2024-04-12T17:00", "2024-04-14T09:30", "已超期 2 天", "late"),
    ],
)
def test_a_deadline_is_said_in_working_days_and_hours(due, now, words, kind):
    said = when.due(at(due), at(now), CALENDAR)
    assert (said.words, said.kind) == (words, kind)


def test_the_exact_moment_stands_beside_it_and_no_deadline_is_none():
    assert when.due(at("2024-04-12T17:00"), at("2024-04-01T10:00"), CALENDAR).exact == "2024 年 4 月 12 日（星期五）17:00"
    assert when.due(None, at("2024-04-01T10:00"), CALENDAR) is None


@pytest.mark.parametrize(
    ("past", "said"),
    [
        ("2024-04-12T08:05", "08:05"),
        ("2024-04-11T23:59", "昨天 23:59"),
        ("2024-04-01T10:32", "4 月 1 日 10:32"),
        ("2023-12-31T10:32", "2023 年 12 月 31 日 10:32"),
    ],
)
def test_what_is_past_is_said_as_shortly_as_it_is_clear(past, said):
    assert when.short(at(past), at("2024-04-12T09:30")) == said
