"""Time as people say it. Days are Shanghai's; working days are those of the published calendar."""

from dataclasses import dataclass
from datetime import time, timedelta
from functools import lru_cache

from engine.domain.people import ZONE

_WEEKDAYS = "一二三四五六日"
#: Past so many working days one names the day.
FAR = 30
#: A term of days ends with the last second of one.
_END = time(23, 59, 59)


@dataclass(frozen=True, slots=True)
class Said:
    """`words` for a list; `kind`: late, today, soon (three working days), later; `exact`: the moment with its weekday."""

    words: str
    kind: str
    exact: str


def due(at, now, calendar):
    """How a deadline (aware datetime) is said at `now` -> Said; None for none."""
    if at is None:
        return None
    local, today = at.astimezone(ZONE), now.astimezone(ZONE).date()
    words, kind = _late(local, now.astimezone(ZONE), calendar) if at < now else _ahead(local, today, calendar)
    return Said(words, kind, exact(at))


def _late(local, now, calendar):
    days = _working_days_between(calendar, local.date(), now.date())
    if days:
        return f"已超期 {days} 个工作日", "late"
    if local.date() == now.date():
        return f"今天 {local:%H:%M} 已到期", "late"
    return f"已超期 {(now.date() - local.date()).days} 天", "late"


# A list says the same days again and again, and what is two years late is counted through day by day.
@lru_cache(2048)
def _working_days_between(calendar, start, end):
    return calendar.working_days_between(start, end)


def _ahead(local, today, calendar):
    hour = "" if local.time().replace(microsecond=0) == _END else f" {local:%H:%M} 前"
    if local.date() == today:
        return f"今天{hour or '内'}", "today"
    if (local.date() - today).days > 10 * FAR:
        return f"{day(local.date())}前", "later"
    days = _working_days_between(calendar, today, local.date())
    kind = "soon" if days <= 3 else "later"
    if local.date() == today + timedelta(days=1):
        return f"明天{hour or '内'}", kind
    if not days:
        return f"还剩 {(local.date() - today).days} 天", kind
    return (f"还剩 {days} 个工作日" if days <= FAR else f"{day(local.date())}前"), kind


def exact(at):
    """2024 年 4 月 12 日（星期五）17:00."""
    local = at.astimezone(ZONE)
    return f"{day(local.date())}（星期{_WEEKDAYS[local.weekday()]}）{local:%H:%M}"


def day(date):
    """2024 年 4 月 12 日."""
    return f"{date.year} 年 {date.month} 月 {date.day} 日"


def short(at, now):
    """Of something past: 10:32 today, 昨天 10:32, 4 月 1 日 10:32, or with the year."""
    local, today = at.astimezone(ZONE), now.astimezone(ZONE).date()
    if local.date() == today:
        return f"{local:%H:%M}"
    if local.date() == today - timedelta(days=1):
        return f"昨天 {local:%H:%M}"
    year = "" if local.year == today.year else f"{local.year} 年 "
    return f"{year}{local.month} 月 {local.day} 日 {local:%H:%M}"
