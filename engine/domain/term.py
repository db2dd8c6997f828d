"""A term as a variable keeps it: {rule, basis, start_event, start, n, unit, pauses, extensions, date, at, provisional, calendar}.

The last four are what FEEL's deadline() gives; the others are its derivation, which a page shows, and by which it can be computed again.
"""

from datetime import date, datetime

#: As tables of terms write a unit -> as calendars do.
UNITS = {"日": "cd", "工作日": "wd", "cd": "cd", "wd": "wd", "m": "m", "y": "y"}


def provisional_end(value):
    """The last day, a date, of a provisional term; None of anything else."""
    try:
        return date.fromisoformat(value["date"]) if isinstance(value, dict) and value.get("provisional") is True else None
    except (KeyError, TypeError, ValueError):
        return None


def end(value, calendar):
    """The feel.calendar.Deadline of a term under a calendar; None where its derivation does not tell it.

    An extended term ends on the day that was granted last, or on the first working day after it. A pause is for a person to count.
    """
    try:
        if value.get("pauses"):
            return None
        if value.get("extensions"):
            return calendar.deadline(_day_or_moment(value["extensions"][-1]["to"]), 0, "cd")
        return calendar.deadline(_day_or_moment(value["start"]), value["n"], UNITS[value["unit"]])
    except (KeyError, TypeError, ValueError):
        return None


def recomputed(value, before, now):
    """A provisional term as it is under the calendar `now`; None where there is nothing to compute.

    `before`: the calendar of which its derivation has to give the day that it has: else it came about in a way that it does not tell.
    """
    day = provisional_end(value)
    known, found = (end(value, each) for each in (before, now)) if day else (None, None)
    if known is None or known.date != day:
        return None
    return {**value, "date": found.date, "at": found.at, "provisional": found.provisional, "calendar": found.version}


def _day_or_moment(text):
    return date.fromisoformat(text) if len(text) == len("2026-01-01") else datetime.fromisoformat(text)
