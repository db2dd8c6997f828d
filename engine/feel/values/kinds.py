"""What kind of value something is, in FEEL's words, and numbers as FEEL computes with them."""

from datetime import date, datetime, time, timedelta
from decimal import Context, Decimal, DivisionByZero, InvalidOperation, Overflow

from engine.feel.values.durations import YearsMonths
from engine.feel.values.far import FarDate, FarMoment
from engine.feel.values.function import Function
from engine.feel.values.ranges import Range

#: DMN 1.5, 10.3.2.3.1: decimal128. Never the thread's context.
NUMBERS = Context(prec=34, Emin=-6143, Emax=6144, traps=[InvalidOperation, DivisionByZero, Overflow])

NUMBER, STRING, BOOLEAN, LIST, CONTEXT, RANGE, FUNCTION = "number", "string", "boolean", "list", "context", "range", "function"
DATE, TIME, DATE_TIME = "date", "time", "date and time"
DAYS, MONTHS = "days and time duration", "years and months duration"

_KINDS = {
    type(None): "null", bool: BOOLEAN, Decimal: NUMBER, int: NUMBER, float: NUMBER, str: STRING, list: LIST, tuple: LIST, dict: CONTEXT,
    date: DATE, FarDate: DATE, time: TIME, datetime: DATE_TIME, FarMoment: DATE_TIME, timedelta: DAYS, YearsMonths: MONTHS, Range: RANGE,
}  # fmt: skip
# datetime is a date and bool is an int, so the special ones are asked first.
_BASES = (bool, datetime, date, time, timedelta, str, Decimal, int, float, list, tuple, dict)


def kind(value):
    """-> the name of the value's FEEL type; "null" for None; the Python type's name for what is no FEEL value."""
    found = _KINDS.get(type(value))
    if found:
        return found
    if isinstance(value, Function):
        return FUNCTION
    return next((_KINDS[base] for base in _BASES if isinstance(value, base)), type(value).__name__)


def number(value):
    """A FEEL number as Decimal: a Decimal itself, an int or float from Python. None for anything else, NaN and infinity included."""
    if type(value) is Decimal:
        return value if value.is_finite() else None
    if type(value) is int or type(value) is float or (kind(value) == NUMBER):
        value = Decimal(repr(float(value))) if isinstance(value, float) else NUMBERS.create_decimal(value)
        return value if value.is_finite() else None
    return None


def shown(value):
    """A value as a reason for null shows it: its kind, and a short value itself."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f'"{value}"' if len(value) <= 40 else f'"{value[:40]}…"'
    name = kind(value)
    return f"{name} {value}" if name == NUMBER else f"a {name}"
