"""A term of the law with its derivation: from which rule, event and day it follows, and what stopped or lengthened it on the way.

The answer has the shape that the diagrams compose in FEEL (`rectify_deadline`), so that pages, forms and history read both alike.
"""

from datetime import datetime, time, timedelta

from cases.moment import day_of, moment
from cases.pause import intervals, stands_still
from engine.domain.people import DESIGNER
from engine.feel.calendar import LONGEST, PLACE, months_later

_DAY = timedelta(days=1)
_TABLE = "statutory_terms.dmn/statutory_term"
_MONTHS = {"m": 1, "y": 12}


def derive(session, call):
    """local:term:compute — a term with its derivation. In: step, rule (as `statutory_term` answers), start, pauses, extensions.

    Out: term, as `compute` gives it.
    """
    told = call.variables
    more = {name: told.get(name) or () for name in ("pauses", "extensions")}
    return {"term": compute(told["step"], told["rule"], told["start"], call.calendar, **more)}, []


def compute(step, rule, start, calendar, pauses=(), extensions=()):
    """-> {rule, step, basis, start_event, start, n, unit, kind, pauses, extensions, date, at, provisional, calendar}.

    step: the term's name ("T3"); rule: what the decision `statutory_term` answers for it; start: the day or moment of the event, which
    itself does not count; calendar: engine.feel.calendar.Calendar; pauses: see cases/pause.py, their days do not count, and while one
    has no end, neither `date` nor `at` is known; extensions: [{n, unit, reason, document}], each counted from the end before it.

    Of a notice (kind 提前), `start` is the event that it announces, and `date` the last day on which it leaves the whole term in between.
    Raises ValueError for a rule without a term, and for pauses or extensions of what cannot have any: hours, and notices.
    """
    n, unit, start = rule["n"], rule["unit"], moment(start)
    if n is None or unit not in ("wd", "cd", "m", "y", "h"):
        raise ValueError(f"Expected a rule with a term for {step}, but found {rule['kind']}: {rule['basis']}")
    notice = rule["kind"] == "提前"
    if (pauses and (notice or unit == "h")) or (extensions and notice):
        raise ValueError(f"Expected neither pauses nor extensions of {step}, for it is a notice or in hours")
    if notice:
        day, at, provisional = _notice(start, int(n), unit, calendar)
    elif pauses or rule["rolls"] is False:
        day, at, provisional = _day_by_day(day_of(start), int(n), unit, calendar, intervals(pauses), rule["rolls"])
    else:
        end = calendar.deadline(start, n, unit)
        day, at, provisional = end.date, end.at, end.provisional
    for each in extensions if day else ():
        end = calendar.deadline(at if each["unit"] == "h" else day, each["n"], each["unit"])
        day, at, provisional = end.date, end.at, provisional or end.provisional
    derivation = {"rule": _TABLE, "step": step, "basis": rule["basis"], "start_event": rule["start_event"], "start": start}
    derivation |= {"n": n, "unit": unit, "kind": rule["kind"], "pauses": list(pauses), "extensions": list(extensions)}
    return derivation | {"date": day, "at": at, "provisional": provisional, "calendar": calendar.version}


def _notice(event, n, unit, calendar):
    """-> (day, moment, provisional). The days of the notice and of the event are not among the n between them."""
    if unit == "h":
        if not isinstance(event, datetime):
            raise ValueError(f"Expected a moment to count hours back from, but found the date {event}")
        at = event.astimezone(PLACE) - timedelta(hours=n)
        return at.date(), at, False
    event = day_of(event)
    last = (calendar.add_working_days(event, -n) if unit == "wd" else event - _DAY * n) - _DAY
    return last, _end_of(last), not _published(calendar, last, event)


def _day_by_day(begin, n, unit, calendar, stopped, rolls):
    """-> (day, moment, provisional); (None, None, False) where a pause without end comes first."""
    ended = [pause for pause in stopped if pause[1]]
    left, last = n, begin
    if unit in _MONTHS:
        last = months_later(begin, n * _MONTHS[unit])
        left = sum(1 for step in range((last - begin).days) if stands_still(begin + _DAY * (step + 1), ended))
    rolls = rolls is not False
    first = last
    while left or (rolls and not calendar.is_working(last)):
        last += _DAY
        if (last - begin).days > 2 * LONGEST:
            raise ValueError(f"Expected a term of at most two hundred years, but found {n} {unit}")
        if left and not stands_still(last, ended) and (unit != "wd" or calendar.is_working(last)):
            left -= 1
    if any(pause[0] <= last for pause in stopped if not pause[1]):
        return None, None, False
    # Days that count and end as they come ask no calendar.
    sure = _published(calendar, first if unit == "wd" else last, last) if rolls or unit == "wd" else True
    return last, _end_of(last), not sure


def _published(calendar, first, last):
    return all(year in calendar.published for year in range(first.year, last.year + 1))


def _end_of(day):
    return datetime.combine(day, time(23, 59, 59), PLACE)


HANDLERS = {"local:term:compute": (derive, frozenset({DESIGNER}))}
