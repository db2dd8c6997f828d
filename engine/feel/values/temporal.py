"""Dates, times and moments: their texts, their zones, and arithmetic on them in real time."""

import re
from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import lru_cache
from zoneinfo import ZoneInfo

from engine.feel.values import durations, far

_DATE = r"(-?\d{4,9})-(\d\d)-(\d\d)"
_TIME = r"(\d\d):(\d\d):(\d\d)(?:\.(\d+))?(Z|[+-]\d\d:\d\d(?::\d\d)?|@[\w/+-]+)?"
_IS_DATE = re.compile(_DATE, re.ASCII)
_IS_TIME = re.compile(_TIME, re.ASCII)
_IS_DATE_TIME = re.compile(f"{_DATE}T{_TIME}", re.ASCII)
_MOST_OFFSET = timedelta(hours=18)
_DAY = timedelta(days=1)
#: the day that stands for every day where a time of day with a named zone needs an offset
_SOME_DAY = date(1970, 1, 1)


def parse_date(text):
    """YYYY-MM-DD -> date, or FarDate where the year has a sign or more than four digits; else None."""
    found = _IS_DATE.fullmatch(text)
    return _date(found.groups()) if found else None


def parse_time(text):
    """hh:mm:ss, with decimals and a zone (Z, +08:00, @Asia/Shanghai) if wanted -> time, else None."""
    found = _IS_TIME.fullmatch(text)
    return _time(found.groups()) if found else None


def parse_date_time(text):
    """A date, T and a time -> datetime or FarMoment, local without a zone; a date alone is its midnight. None for anything else."""
    found = _IS_DATE_TIME.fullmatch(text)
    if not found:
        day = parse_date(text)
        return day and far.moment(day, time())
    parts = found.groups()
    day, clock = _date(parts[:3]), _time(parts[3:])
    if day is None or clock is None:
        return None
    # 24:00:00 is the next day's midnight (XML Schema 3.3.7).
    return far.moment(far.later(day, _DAY) if parts[3] == "24" else day, clock)


def parse(text):
    """What an @"…" literal says -> date, time, datetime (or a far one), timedelta or YearsMonths, else None. Raises OverflowError."""
    if "P" in text[:2]:
        return durations.parse(text)
    if "T" in text[1:]:
        return parse_date_time(text)
    return parse_time(text) if ":" in text else parse_date(text)


def _date(parts):
    year, month, day = parts
    digits = year.lstrip("-")
    if len(digits) > 4 and digits[0] == "0":
        return None  # XML Schema: no leading zeros past four digits
    try:
        return far.day(int(year), int(month), int(day))
    except ValueError:
        return None


def _time(parts):
    hour, minute, second, fraction, where = parts
    if hour == "24":
        if minute != "00" or second != "00" or int(fraction or 0):
            return None
        hour = "00"
    tz = zone(where) if where else None
    if where and tz is None:
        return None
    try:
        return time(int(hour), int(minute), int(second), int(((fraction or "") + "000000")[:6]), tz)
    except ValueError:
        return None


@lru_cache(maxsize=1024)
def zone(text):
    """Z, +08:00, -05:30:15 or @Asia/Shanghai -> tzinfo; None if there is no such zone."""
    if text == "Z":
        return UTC
    if text.startswith("@"):
        try:
            return ZoneInfo(text[1:])
        except (ValueError, OSError, KeyError):
            return None
    hours, minutes, *seconds = (int(part) for part in text[1:].split(":"))
    distance = timedelta(hours=hours, minutes=minutes, seconds=seconds[0] if seconds else 0)
    return offset_zone(-distance if text[0] == "-" else distance) if minutes < 60 and (not seconds or seconds[0] < 60) else None


def offset_zone(offset):
    """A timedelta of at most 18 hours -> tzinfo, else None."""
    if abs(offset) > _MOST_OFFSET or offset.microseconds:
        return None
    return timezone(offset) if offset else UTC


def since_midnight(clock):
    """A time of day as a timedelta since midnight, in UTC where it has a zone."""
    past = timedelta(hours=clock.hour, minutes=clock.minute, seconds=clock.second, microseconds=clock.microsecond)
    return past if clock.tzinfo is None else past - offset_of(clock)


def offset_of(value):
    """The offset from UTC as timedelta, None for a local time. A time of day in a named zone takes that zone's offset of 1 January 1970."""
    if value.tzinfo is None:
        return None
    if not isinstance(value, time):
        return value.utcoffset()
    return value.tzinfo.utcoffset(datetime.combine(_SOME_DAY, value.replace(tzinfo=None)))


def plus(value, duration):
    """A date, time or moment plus a timedelta or YearsMonths. Raises OverflowError past 999,999,999 years; None if the two do not fit."""
    if type(duration) is durations.YearsMonths:
        return None if type(value) is time else plus_months(value, duration.months)
    if type(value) is time:
        later = datetime.combine(_SOME_DAY, value.replace(tzinfo=None)) + duration % _DAY
        return later.time().replace(tzinfo=value.tzinfo)
    if isinstance(value, (datetime, far.FarMoment)) and isinstance(value.tzinfo, ZoneInfo):
        return far.elsewhere(far.later(far.elsewhere(value, UTC), duration), value.tzinfo)
    return far.later(value, duration)


def plus_months(value, months):
    """A date or moment that many months later; the 31st becomes the last day of a shorter month. Raises OverflowError."""
    years, month = divmod(value.year * 12 + value.month - 1 + months, 12)
    return far.in_year(value, years, month + 1, min(value.day, monthrange(years % far.CYCLE + far.CYCLE, month + 1)[1]))


def months_between(start, end):
    """Whole months from one date or moment to another, negative backwards; only the local dates count, not the time of day."""
    if (end.year, end.month, end.day) < (start.year, start.month, start.day):
        return -months_between(end, start)
    months = (end.year - start.year) * 12 + end.month - start.month
    return months - 1 if end.day < start.day else months
