"""Equality and order of two values, three-valued: None where the two cannot be compared."""

from datetime import time, timedelta

from engine.feel.values.far import microseconds
from engine.feel.values.kinds import (
    CONTEXT,
    DATE,
    DATE_TIME,
    DAYS,
    FUNCTION,
    LIST,
    MONTHS,
    NUMBER,
    RANGE,
    STRING,
    TIME,
    kind,
    number,
    shown,
)  # fmt: skip
from engine.feel.values.temporal import since_midnight

_ORDERED = {NUMBER, STRING, DATE, TIME, DATE_TIME, DAYS, MONTHS}
_MILLISECOND = timedelta(milliseconds=1)


def comparable(left, right):
    """-> the two values in a form that Python orders as FEEL does (strings by code point, moments on the time line), or None."""
    of = kind(left)
    if of != kind(right) or of not in _ORDERED:
        return None
    if of == NUMBER:
        left, right = number(left), number(right)
        return None if left is None or right is None else (left, right)
    if of in (DATE_TIME, TIME):
        if (left.tzinfo is None) != (right.tzinfo is None):
            return None
        place = microseconds if of == DATE_TIME else since_midnight
        return place(left), place(right)
    return left, right


def compare(left, right, sign, env):
    """`left` < <= > >= `right`: True, False, or null with a reason."""
    pair = comparable(left, right)
    if pair is None:
        return env.warn(f"Expected two values that can be compared by {sign}, but found {shown(left)} and {shown(right)}")
    left, right = pair
    if sign == "<":
        return left < right
    if sign == "<=":
        return left <= right
    return left > right if sign == ">" else left >= right


def equal(left, right, env):
    """Equality of DMN 1.5, table 53: null only equals null, different types give null, lists and contexts are compared in depth."""
    if left is None or right is None:
        return left is right
    of = kind(left)
    if of != kind(right):
        return env.warn(f"Expected two values of one type to compare, but found {shown(left)} and {shown(right)}")
    if of == NUMBER:
        left, right = number(left), number(right)
        return env.warn("Expected finite numbers to compare, but found another") if None in (left, right) else left == right
    if of == LIST:
        env.spend(len(left))
        return len(left) == len(right) and _all(equal(one, other, env) for one, other in zip(left, right, strict=True))
    if of == CONTEXT:
        env.spend(len(left))
        return left.keys() == right.keys() and _all(equal(value, right[key], env) for key, value in left.items())
    if of in (DATE_TIME, TIME):
        return moment_key(left) == moment_key(right)
    if of == RANGE:
        return left.sign == right.sign and _all(equal(one, other, env) for one, other in zip(_parts(left), _parts(right), strict=True))
    if of == FUNCTION:
        return left is right
    return left == right


def _parts(interval):
    return interval.start_included, interval.end_included, interval.start, interval.end


def _all(answers):
    unknown = False
    for answer in answers:
        if answer is False:
            return False
        unknown = unknown or answer is None
    return None if unknown else True


def moment_key(value):
    """What makes two times or moments equal: the place on the time line to the millisecond, and whether there is a zone.

    The standard's seconds carry no finer part, and clocks that are read twice differ below it.
    """
    place = since_midnight(value) // _MILLISECOND if isinstance(value, time) else microseconds(value) // 1000
    return value.tzinfo is None, place


def negated(answer):
    """Three-valued not."""
    return None if answer is None else not answer


def within(value, interval, env):
    """Whether a Range holds a value: True, False, or null with a reason. A missing end that was written as null cannot be compared with."""
    if interval.sign == "=":
        return equal(value, interval.start, env)
    if interval.sign == "!=":
        return negated(equal(value, interval.start, env))
    after = before = True
    if not (interval.start is None and interval.sign):
        after = compare(value, interval.start, ">=" if interval.start_included else ">", env)
    if not (interval.end is None and interval.sign):
        before = compare(value, interval.end, "<=" if interval.end_included else "<", env)
    if after is False or before is False:
        return False
    return None if after is None or before is None else True
