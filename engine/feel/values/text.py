"""A value as FEEL's own text: what string() answers, and how values read inside a list or context."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from engine.domain.values import duration_text, number
from engine.feel.names import WORD
from engine.feel.strings import quoted


def text(value):
    """-> str: a string itself, a number in plain digits, dates and durations in ISO 8601, lists and contexts as literals."""
    return value if isinstance(value, str) else inside(value)


def inside(value):
    """As `text`, but a string in quotes: the way a value is written inside a list."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, Decimal):
        return number(value)
    if isinstance(value, datetime):
        return f"{value.date().isoformat()}T{clock(value)}{zone(value.tzinfo, value)}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return clock(value) + zone(value.tzinfo, None)
    if isinstance(value, timedelta):
        return duration_text(value)
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join([inside(item) for item in value]) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join([f"{key if WORD.fullmatch(key) else quoted(key)}: {inside(item)}" for key, item in value.items()]) + "}"
    if hasattr(value, "__feel_text__"):
        return value.__feel_text__()
    return str(value)


def clock(value):
    """hh:mm:ss of a time or datetime, with as many decimals as it has."""
    plain = f"{value.hour:02d}:{value.minute:02d}:{value.second:02d}"
    return plain + f".{value.microsecond:06d}".rstrip("0") if value.microsecond else plain


def zone(tzinfo, moment):
    """The end of a time's text: nothing for a local one, Z, +08:00 or @Asia/Shanghai."""
    if tzinfo is None:
        return ""
    if isinstance(tzinfo, ZoneInfo):
        return f"@{tzinfo.key}"
    offset = tzinfo.utcoffset(moment)
    if tzinfo is UTC or not offset:
        return "Z"
    sign, offset = ("-", -offset) if offset < timedelta(0) else ("+", offset)
    minutes, seconds = divmod(offset.seconds, 60)
    return f"{sign}{minutes // 60:02d}:{minutes % 60:02d}" + (f":{seconds:02d}" if seconds else "")
