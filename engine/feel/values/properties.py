"""The properties of a value: entries of a context, parts of a date or duration, ends of a range, and the same of every item of a list."""

from datetime import timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from engine.feel.values import temporal
from engine.feel.values.durations import microseconds
from engine.feel.values.kinds import CONTEXT, DATE, DATE_TIME, DAYS, LIST, MONTHS, RANGE, TIME, kind, shown


def _count(of):
    return lambda value: Decimal(of(value))


def _of_days(unit, within):
    """How many whole `unit`s a duration has beyond the next larger unit, with the duration's sign."""

    def run(value):
        amount = abs(microseconds(value)) // microseconds(unit)
        amount = amount % within if within else amount
        return Decimal(-amount if value < timedelta(0) else amount)

    return run


def _of_months(part):
    return lambda value: Decimal(-part(-value.months) if value.months < 0 else part(value.months))


def _timezone(value):
    return value.tzinfo.key if isinstance(value.tzinfo, ZoneInfo) else None


_DAY_PARTS = {
    "year": _count(lambda value: value.year),
    "month": _count(lambda value: value.month),
    "day": _count(lambda value: value.day),
    "weekday": _count(lambda value: value.isoweekday()),
}
_CLOCK_PARTS = {
    "hour": _count(lambda value: value.hour),
    "minute": _count(lambda value: value.minute),
    "second": _count(lambda value: value.second),
    "time offset": temporal.offset_of,
    "timezone": _timezone,
}
_PROPERTIES = {
    DATE: _DAY_PARTS,
    TIME: _CLOCK_PARTS,
    DATE_TIME: _DAY_PARTS | _CLOCK_PARTS,
    DAYS: {
        "days": _of_days(timedelta(days=1), None),
        "hours": _of_days(timedelta(hours=1), 24),
        "minutes": _of_days(timedelta(minutes=1), 60),
        "seconds": _of_days(timedelta(seconds=1), 60),
    },
    MONTHS: {"years": _of_months(lambda months: months // 12), "months": _of_months(lambda months: months % 12)},
    RANGE: {
        "start": lambda value: value.start,
        "end": lambda value: value.end,
        "start included": lambda value: value.start_included,
        "end included": lambda value: value.end_included,
    },
}  # fmt: skip


def read(value, name, env):
    """`value`.`name` -> the property, of a list the list of its items' properties; null with a reason where there is none."""
    of = kind(value)
    if of == CONTEXT:
        return value[name] if name in value else env.warn(f"Expected a context with {name}, but found one without")
    if of == LIST:
        env.spend(len(value))
        return [item[name] if type(item) is dict and name in item else read(item, name, env) for item in value]
    part = _PROPERTIES.get(of, {}).get(name)
    return part(value) if part else env.warn(f"Expected a value with {name}, but found {shown(value)}")
