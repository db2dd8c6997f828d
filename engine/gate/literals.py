"""What a fixed text has to look like where the dialect asks for a number, a time or the name of a variable."""

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from engine.domain.cron import Cron

NAME = re.compile(r"[^\W\d]\w*\Z")
RESERVED = frozenset(
    {
        "null", "true", "false", "function", "if", "then", "else", "for", "in", "return", "some", "every", "satisfies", "between",
        "instance", "of", "not", "and", "or",
    }
)  # fmt: skip
DURATION = re.compile(r"-?P(?=[\dT])(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?\Z")
#: From where a cron expression is asked for its first time.
_ONCE = datetime(2000, 1, 1, tzinfo=UTC)
MOMENT = re.compile(r"(?P<moment>[^\[@]+)(\[(?P<bracket>[^\]]+)\]|@(?P<at>.+))?")


def fault(kind, text):
    """What was expected of a text of this kind (see `whitelist.KINDS`), or None if it is right. The text is no expression."""
    check, expected = CHECKS[kind]
    return None if check(text.strip()) else expected


def is_moment(text):
    """2026-03-01T09:00:00+08:00, or with a zone's name after it: [Asia/Shanghai]. A time without zone would be another one elsewhere."""
    found = MOMENT.fullmatch(text)
    try:
        if found is None:
            return False
        name = found["bracket"] or found["at"]
        if name:
            ZoneInfo(name)
        return (datetime.fromisoformat(found["moment"]).tzinfo is not None or bool(name)) and "T" in found["moment"]
    except (ValueError, OSError, ZoneInfoNotFoundError):
        return False


def is_duration(text):
    """An ISO 8601 duration with at least one part: PT15M, P1Y2M, P3W."""
    return bool(DURATION.match(text))


def is_cycle(text):
    """R[times]/[first time/]duration: R/PT1H, R3/PT10S, R3/2026-03-01T09:00:00+08:00/P1D; or a cron expression: 0 0 9 * * MON-FRI."""
    if _is_cron(text):
        return True
    times, *first, period = text.split("/") if "/" in text else (text, "")
    counted = re.fullmatch(r"R(?!0+\Z)\d*", times) is not None
    return counted and len(first) < 2 and all(map(is_moment, first)) and is_duration(period) and bool(re.match(r"P.*[1-9]", period))


def _is_cron(text):
    """Six fields, or a word such as @daily, of which there is a time: 31 February never comes."""
    try:
        return Cron(text).after(_ONCE) is not None
    except ValueError:
        return False


def is_variable(text):
    """Letters of any script, digits and _, no digit first, and no word of FEEL's own."""
    return bool(NAME.match(text)) and text not in RESERVED


def is_path(text):
    """Names of variables with dots between them. Inside a variable, FEEL's own words are allowed: answer.if."""
    first, *inner = text.split(".")
    return is_variable(first) and all(NAME.match(name) for name in inner)


def is_whole(text):
    """0, 1, 2 …"""
    return text.isascii() and text.isdigit() and len(text) < 10


CHECKS = {
    "flag": (lambda text: text in ("true", "false"), "true or false"),
    "count": (lambda text: is_whole(text) and int(text) > 0, "a whole number above zero"),
    "whole": (is_whole, "a whole number from zero"),
    "priority": (lambda text: is_whole(text) and int(text) <= 100, "a whole number from 0 to 100"),
    "moment": (is_moment, "a date and time with its zone, such as 2026-03-01T09:00:00+08:00"),
    "duration": (is_duration, "an ISO 8601 duration, such as PT15M or P3D"),
    "cycle": (is_cycle, "a repeated ISO 8601 interval, such as R3/PT1H, or a cron expression that comes, such as 0 0 9 * * MON-FRI"),
    "variable": (is_variable, "the name of a variable: letters, digits and _, no digit first"),
    "path": (is_path, "the name of a variable, or names with dots between them"),
}
