"""Dates and times as form-js writes them; what comes without a zone is Shanghai's."""

import re
from datetime import date, datetime, time, timedelta, timezone

PLACE = timezone(timedelta(hours=8))  # Shanghai has had no summer time since 1991: moments before 1992 are refused, days are not
EARLIEST_DAY, EARLIEST_MOMENT, LATEST = 1900, 1992, 2200  # years
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}\Z", re.ASCII)
_CLOCK = r"\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})?\Z"
_TIME = re.compile(_CLOCK, re.ASCII)
_DATETIME = re.compile(r"\d{4}-\d{2}-\d{2}T" + _CLOCK, re.ASCII)


def read(subtype, text):
    """The text of a date, time or datetime -> date, time, or aware datetime in Shanghai's zone. Raises ValueError for anything else."""
    if subtype == "date":
        return _in_reach(_parsed(_DATE, date, text), EARLIEST_DAY)
    if subtype == "time":
        return _parsed(_TIME, time, text)
    found = _parsed(_DATETIME, datetime, text)
    found = found.replace(tzinfo=PLACE) if found.tzinfo is None else found
    return _in_reach(found, EARLIEST_MOMENT).astimezone(PLACE)


def _parsed(pattern, kind, text):
    if not isinstance(text, str) or not pattern.match(text):
        raise ValueError("not of this form")
    return kind.fromisoformat(text)


def _in_reach(found, earliest):
    if not earliest <= found.year <= LATEST:
        raise ValueError("not within reach")
    return found


def any_of(value):
    """A variable that holds a date or a moment, or its text -> date or aware datetime; None for anything else."""
    if isinstance(value, datetime):
        return value.astimezone(PLACE) if value.tzinfo else value.replace(tzinfo=PLACE)
    if isinstance(value, date):
        return value
    for subtype in ("date", "datetime"):
        try:
            return read(subtype, value)
        except ValueError:
            continue
    return None


def earlier(one, other):
    """Is `one` before `other`? Where one of them is a day without a time, the days are compared."""
    if isinstance(one, datetime) and isinstance(other, datetime):
        return one < other
    return day(one) < day(other)


def day(moment):
    """The day in Shanghai."""
    return moment.astimezone(PLACE).date() if isinstance(moment, datetime) else moment
