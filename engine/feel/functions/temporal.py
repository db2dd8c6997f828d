"""Making dates, times and moments (DMN 1.5, table 71), and asking the clock."""

from datetime import UTC, time

from engine.feel.calendar import PLACE
from engine.feel.functions.registry import built_in
from engine.feel.values import far, temporal
from engine.feel.values.kinds import DATE, NUMBERS, kind


def _read(parse, env, text, what):
    value = parse(text)
    return env.warn(f'Expected {what}, but found "{text[:40]}"') if value is None else value


@built_in("date(from: string)")
def date_from_text(env, text):
    return _read(temporal.parse_date, env, text, "a date like 2025-01-31")


@built_in("date(from: day)")
def date_from_moment(env, value):
    return value if kind(value) == DATE else value.date()


@built_in("date(year: number, month: number, day: number)")
def date_from_parts(env, year, month, day):
    return far.day(int(year), int(month), int(day))


@built_in("date and time(from: string)")
def moment_from_text(env, text):
    return _read(temporal.parse_date_time, env, text, "a date and time like 2025-01-31T10:00:00+08:00")


@built_in("date and time(from: date and time)")
def moment_itself(env, value):
    return value


@built_in("date and time(date: day, time: time)")
def moment_from_date_and_time(env, day, clock):
    return far.moment(date_from_moment(env, day), clock)


@built_in("date and time(date: day, timezone: string)")
def moment_elsewhere(env, moment, name):
    """The same instant by the clock of another zone; one without a zone is taken as UTC. Camunda's addition."""
    zone = temporal.zone(name if name == "Z" or name[:1] in ("+", "-") else f"@{name}")
    if zone is None:
        return env.warn(f'Expected the name of a time zone, but found "{name[:40]}"')
    moment = far.midnight(moment) if kind(moment) == DATE else moment
    return far.elsewhere(moment if moment.tzinfo else moment.replace(tzinfo=UTC), zone)


_PARTS = "year: number, month: number, day: number, hour: number, minute: number, second: number"


@built_in(f"date and time({_PARTS}, offset?: days and time duration?)")
def moment_from_parts(env, year, month, day, hour, minute, second, offset=None):
    clock = time_from_parts(env, hour, minute, second, offset)
    return clock and far.moment(date_from_parts(env, year, month, day), clock)


@built_in(f"date and time({_PARTS}, timezone: string)")
def moment_from_parts_in_zone(env, year, month, day, hour, minute, second, name):
    zone = temporal.zone(f"@{name}")
    if zone is None:
        return env.warn(f'Expected the name of a time zone, but found "{name[:40]}"')
    return moment_from_parts(env, year, month, day, hour, minute, second).replace(tzinfo=zone)


@built_in("time(from: string)")
def time_from_text(env, text):
    return _read(temporal.parse_time, env, text, "a time like 10:30:00")


@built_in("time(from: moment)")
def time_from_moment(env, value):
    if isinstance(value, time):
        return value
    return time(tzinfo=UTC) if kind(value) == DATE else value.timetz()


@built_in("time(hour: number, minute: number, second: number, offset?: days and time duration?)")
def time_from_parts(env, hour, minute, second, offset=None):
    zone = None if offset is None else temporal.offset_zone(offset)
    if offset is not None and zone is None:
        return env.warn("Expected an offset of at most 18 hours, but found more")
    seconds, micro = divmod(int(NUMBERS.scaleb(second, 6)), 1_000_000)
    return time(int(hour), int(minute), seconds, micro, zone)


@built_in("now()", pure=False)
def now(env):
    if env.now is None:
        return env.warn("Expected a clock for now(), but found none")
    return env.now.astimezone(PLACE)


@built_in("today()", pure=False)
def today(env):
    moment = now(env)
    return moment and moment.date()
