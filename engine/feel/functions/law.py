"""Working days and the ends of legal terms, counted by the environment's calendar. Additions of our own."""

from datetime import datetime
from decimal import Decimal

from engine.feel.calendar import LONGEST, PLACE, UNPUBLISHED
from engine.feel.functions.registry import built_in
from engine.feel.values.far import FAR
from engine.feel.values.kinds import number


def _day(value):
    if type(value) in FAR:
        raise ValueError(f"Expected a day in the years 1 to 9999 to count from, but found {value.__feel_text__()}")
    if not isinstance(value, datetime):
        return value
    return (value.astimezone(PLACE) if value.tzinfo else value).date()


@built_in("is working day(date: day)", pure=False)
def is_working_day(env, day):
    return (env.calendar or UNPUBLISHED).is_working(_day(day))


@built_in("next working day(date: day)", pure=False)
def next_working_day(env, day):
    """The first working day after a date."""
    return (env.calendar or UNPUBLISHED).add_working_days(_day(day), 1)


@built_in("add working days(date: day, n: number)", pure=False)
def add_working_days(env, day, n):
    env.spend(min(abs(int(n)), LONGEST))
    return (env.calendar or UNPUBLISHED).add_working_days(_day(day), int(n))


@built_in("working days between(from: day, to: day)", pure=False)
def working_days_between(env, start, end):
    """How many working days lie after `from` up to and including `to`."""
    start, end = _day(start), _day(end)
    env.spend(abs((end - start).days))
    return Decimal((env.calendar or UNPUBLISHED).working_days_between(start, end))


@built_in("deadline(start: day, n: number, unit: string)", pure=False)
def deadline(env, start, n, unit):
    """The end of a term -> {date, at, provisional, calendar}; see `Calendar.deadline`."""
    _day(start)  # refuses what the calendar cannot count from
    env.spend(min(int(n), LONGEST) if unit == "wd" and n > 0 else 1)
    end = (env.calendar or UNPUBLISHED).deadline(start, n, unit)
    version = number(end.version) if isinstance(end.version, int) else end.version
    return {"date": end.date, "at": end.at, "provisional": end.provisional, "calendar": version}
