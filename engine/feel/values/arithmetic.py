"""Plus, minus, times, divided by and to the power of, for every pair of types that the standard allows (DMN 1.5, tables 58 to 61)."""

from datetime import timedelta
from decimal import DecimalException

from engine.feel.errors import FeelBudget
from engine.feel.values import far, temporal
from engine.feel.values.durations import YearsMonths, microseconds, scaled
from engine.feel.values.kinds import DATE, DATE_TIME, DAYS, MONTHS, NUMBER, NUMBERS, STRING, TIME, kind, number, shown
from engine.feel.values.size import room

_DURATIONS = (timedelta, YearsMonths)


def _join(left, right, env):
    room(len(left) + len(right), env)
    return left + right


def _numbers(operation):
    def run(left, right, env):
        return operation(_finite(left), _finite(right))

    return run


def _finite(value):
    found = number(value)
    if found is None:
        raise ValueError("one that is not finite")
    return found


def _moments(left, right, env):
    """Two dates or moments -> the time between them; a date counts as its midnight in UTC, unless both are dates."""
    left, right = (far.midnight(value) if kind(value) == DATE else value for value in (left, right))
    if (left.tzinfo is None) != (right.tzinfo is None):
        return env.warn("Expected two moments with a zone or two without to subtract, but found one of each")
    return timedelta(microseconds=far.microseconds(left) - far.microseconds(right))


def _times(left, right, env):
    if (left.tzinfo is None) != (right.tzinfo is None):
        return env.warn("Expected two times with a zone or two without to subtract, but found one of each")
    return temporal.since_midnight(left) - temporal.since_midnight(right)


def _divide_durations(left, right, env):
    left, right = (value.months if type(value) is YearsMonths else microseconds(value) for value in (left, right))
    return NUMBERS.divide(left, right)


def _sum(left, right, env):
    return YearsMonths(left.months + right.months) if type(left) is YearsMonths else left + right


def _difference(left, right, env):
    return YearsMonths(left.months - right.months) if type(left) is YearsMonths else left - right


def _after(left, right, env):
    value, duration = (right, left) if isinstance(left, _DURATIONS) else (left, right)
    return temporal.plus(value, duration)


def _before(left, right, env):
    return temporal.plus(left, negative(right))


def negative(duration):
    """A duration of either type, turned round."""
    return YearsMonths(-duration.months) if type(duration) is YearsMonths else -duration


_PLUS = {(NUMBER, NUMBER): _numbers(NUMBERS.add), (STRING, STRING): _join, (DAYS, DAYS): _sum, (MONTHS, MONTHS): _sum}
_MINUS = {(NUMBER, NUMBER): _numbers(NUMBERS.subtract), (DAYS, DAYS): _difference, (MONTHS, MONTHS): _difference, (TIME, TIME): _times}
for _one in (DATE, DATE_TIME):
    for _other in (DATE, DATE_TIME):
        _MINUS[_one, _other] = _moments
for _one, _other in ((DATE, DAYS), (DATE, MONTHS), (DATE_TIME, DAYS), (DATE_TIME, MONTHS), (TIME, DAYS)):
    _PLUS[_one, _other] = _PLUS[_other, _one] = _after
    _MINUS[_one, _other] = _before
_TIMES = {(NUMBER, NUMBER): _numbers(NUMBERS.multiply)}
_DIVIDE = {(NUMBER, NUMBER): _numbers(NUMBERS.divide), (DAYS, DAYS): _divide_durations, (MONTHS, MONTHS): _divide_durations}
for _one in (DAYS, MONTHS):
    _TIMES[_one, NUMBER] = lambda left, right, env: scaled(left, _finite(right), NUMBERS.multiply)
    _TIMES[NUMBER, _one] = lambda left, right, env: scaled(right, _finite(left), NUMBERS.multiply)
    _DIVIDE[_one, NUMBER] = lambda left, right, env: scaled(left, _finite(right), NUMBERS.divide)
_POWER = {(NUMBER, NUMBER): _numbers(NUMBERS.power)}
TABLES = {"+": _PLUS, "-": _MINUS, "*": _TIMES, "/": _DIVIDE, "**": _POWER}


def calculate(sign, left, right, env):
    """`left` + - * / ** `right` -> a value, or null with a reason."""
    operation = TABLES[sign].get((kind(left), kind(right)))
    if operation is None:
        return env.warn(f"Expected two values that {sign} takes, but found {shown(left)} and {shown(right)}")
    try:
        return operation(left, right, env)
    except FeelBudget:
        raise
    except (DecimalException, OverflowError, ValueError) as problem:
        return env.warn(f"Expected {shown(left)} {sign} {shown(right)} to have a result, but found {_reason(problem)}")


def negate(value, env):
    """-value of a number or duration, null with a reason for anything else."""
    of = kind(value)
    if of in (DAYS, MONTHS):
        return negative(value)
    if of == NUMBER and number(value) is not None:
        return NUMBERS.minus(number(value))
    return env.warn(f"Expected a number or a duration after -, but found {shown(value)}")


def _reason(problem):
    return type(problem).__name__ if isinstance(problem, DecimalException) else str(problem)
