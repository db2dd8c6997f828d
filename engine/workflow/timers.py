"""When a timer is due: dates, durations and cycles, as ISO 8601 text, as cron expressions, or as values of FEEL.

Moments without a zone, and cron expressions, are read in the zone of the engine's `now`. Months are added as calendars do it: the 31st
of January and a month is the last of February.
"""

import calendar
import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from engine import feel
from engine.domain import values
from engine.domain.cron import MACROS, Cron
from engine.workflow.failures import Failure, shown

_DURATION = re.compile(
    r"(?P<sign>[+-]?)P(?:(?P<years>\d+)Y)?(?:(?P<months>\d+)M)?(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?"
    r"(?:T(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+(?:[.,]\d+)?)S)?)?",
    re.IGNORECASE,
)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_ZONE = re.compile(r"(?P<moment>[^\[@]+)(?:\[(?P<bracket>[^\]]+)\]|@(?P<at>.+))?")


def duration(text):
    """(months, timedelta) of an ISO 8601 duration. ValueError with a sentence where it is none."""
    found = _DURATION.fullmatch(text.strip())
    if found is None or text.strip()[-1:].upper() in ("P", "T", ""):
        raise ValueError(f"Expected a duration like P3D or PT1H30M, but found '{text}'")
    parts = {name: float(value.replace(",", ".")) for name, value in found.groupdict().items() if value and name != "sign"}
    sign = -1 if found["sign"] == "-" else 1
    months = int(parts.pop("years", 0)) * 12 + int(parts.pop("months", 0))
    try:
        return sign * months, sign * timedelta(**parts)
    except OverflowError as problem:
        raise ValueError(f"Expected a duration that a calendar can hold, but found '{text}'") from problem


def moment(text, zone):
    """An aware datetime of an ISO 8601 text, with an offset, a named zone ([Europe/Berlin] or @Europe/Berlin) or neither."""
    found = _ZONE.fullmatch(text.strip())
    try:
        if found is None:
            raise ValueError(text)
        value = datetime.fromisoformat(found["moment"])
        named = found["bracket"] or found["at"]
        if named:
            value = value.astimezone(ZoneInfo(named)) if value.tzinfo else value.replace(tzinfo=ZoneInfo(named))
    except (ValueError, ZoneInfoNotFoundError, OSError) as problem:
        raise ValueError(f"Expected a date and time like 2026-03-01T09:00:00+08:00, but found '{text}'") from problem
    return value if value.tzinfo else value.replace(tzinfo=zone)


def plus(start, months, rest):
    """start + so many months + a timedelta, in start's zone."""
    try:
        if months:
            number = start.year * 12 + start.month - 1 + months
            year, month = divmod(number, 12)
            start = start.replace(year=year, month=month + 1, day=min(start.day, calendar.monthrange(year, month + 1)[1]))
        return start + rest
    except (OverflowError, ValueError) as problem:
        raise ValueError("Expected a time that a calendar can hold, but it is too far away") from problem


def due(timer, expression, scope, now):
    """(due, bookkeeping) of a timer that is opened, see `read`. Raises Failure where its value is none."""
    try:
        return read(timer, expression(scope), now)
    except ValueError as problem:
        text = expression.text if len(expression.text) <= 200 else expression.text[:200] + "…"
        reason = f" ({scope.env.warnings[-1]})" if scope.env.warnings else ""
        raise Failure("EXTRACT_VALUE_ERROR", f"{problem} from '{text}'{reason}") from problem


def first(start, now, calendar=None):
    """(due, bookkeeping) of the timer start event of a process, as it is scheduled at `now`, without variables."""
    return due(start.timer, start.when, feel.Scope({}, None, feel.Environment(now, calendar)), now)


def read(timer, value, now):
    """(due, bookkeeping) of a value that is a date, duration or cycle (`timer`), counted from now.

    The bookkeeping is for `following`: None where it fires once. Raises ValueError with a sentence.
    """
    if timer == "cycle":
        return _cycle(value, now)
    if timer == "date":
        return date_time(value, now), None
    return plus(now, *_span(value)), None


def following(book, now):
    """(due, bookkeeping) of a cycle's next time after now, (None, None) when it has fired for the last time.

    It never drifts, and what was missed while nothing ran fires once: the next time is counted from the first, and lies after now.
    """
    text, left, origin, zone, count = book
    if left == 1:
        return None, None
    first = (_EPOCH + timedelta(microseconds=origin)).astimezone(ZoneInfo(zone) if zone else now.tzinfo)
    left -= left > 0
    if _is_period(text):
        try:
            found, count = _next_of_series(first, *duration(text), count, now)
        except ValueError:  # past the end of the calendar
            return None, None
        return found, [text, left, origin, zone, count]
    found = Cron(text).after(max(first, now.astimezone(first.tzinfo)))
    return (found, _book(text, left, found)) if found else (None, None)


def date_time(value, now):
    """An aware datetime of text or of a FEEL date or date and time. Raises ValueError with a sentence."""
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=now.tzinfo)
    if isinstance(value, date):
        return datetime.combine(value, time(), now.tzinfo)
    if isinstance(value, str):
        return moment(value, now.tzinfo)
    raise ValueError(f"Expected a date and time, but found {shown(value)}")


def _span(value):
    if isinstance(value, timedelta):
        return 0, value
    if isinstance(value, str):
        return duration(value)
    if hasattr(value, "__feel_text__"):
        return duration(values.plain(value))
    raise ValueError(f"Expected a duration, but found {shown(value)}")


def _cycle(value, now):
    """R3/PT1H, R/2026-01-01T00:00:00Z/P1D, a cron expression, or (a duration of FEEL) without end."""
    if isinstance(value, timedelta):
        value = "R/" + values.plain(value)
    if not isinstance(value, str):
        raise ValueError(f"Expected a cycle like R3/PT1H or a cron expression, but found {shown(value)}")
    value = value.strip()
    if not value.upper().startswith("R") or value.lower() in MACROS:
        first = Cron(value).after(now)
        if first is None:
            raise ValueError(f"Expected a cron expression that has a next time, but '{value}' has none")
        return first, _book(value, -1, first)
    times, *begin, period = value.split("/")
    if len(begin) > 1 or (times[1:] and not times[1:].isdecimal()) or times[1:] == "0":
        raise ValueError(f"Expected a cycle like R3/PT1H or R/PT1H, but found '{value}'")
    months, rest = duration(period)
    if plus(now, months, rest) <= now:
        raise ValueError(f"Expected a cycle whose period is above zero, but found '{value}'")
    first = moment(begin[0], now.tzinfo) if begin else plus(now, months, rest)
    return first, _book(period, int(times[1:]) if times[1:] else -1, first)


def _book(text, left, first):
    """[period or cron expression, firings left (-1: without end), first time in microseconds since 1970, zone name or "", times since]."""
    return [text, left, (first - _EPOCH) // timedelta(microseconds=1), getattr(first.tzinfo, "key", ""), 0]


def _is_period(text):
    return text[:1].upper() in ("P", "+", "-")


def _next_of_series(first, months, rest, count, now):
    """The first time after now of first, first + period, first + 2 periods …, later than number `count`; and its number."""
    if months:
        passed = ((now.year - first.year) * 12 + now.month - first.month - 1) // months
    else:
        passed = (now - first) // rest
    count = max(count, passed)
    while True:
        count += 1
        found = plus(first, months * count, rest * count)
        if found > now:
            return found, count
