"""Making durations (DMN 1.5, table 71)."""

from engine.feel.functions.registry import built_in
from engine.feel.values import durations
from engine.feel.values.durations import YearsMonths
from engine.feel.values.temporal import months_between


@built_in("duration(from: string)")
def duration(env, text):
    value = durations.parse(text)
    return env.warn(f'Expected a duration like P3D or P1Y2M, but found "{text[:40]}"') if value is None else value


@built_in("duration(from: duration)")
def duration_itself(env, value):
    return value


@built_in("years and months duration(from: day, to: day)")
def years_and_months_duration(env, start, end):
    return YearsMonths(months_between(start, end))
