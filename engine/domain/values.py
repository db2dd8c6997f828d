"""Values as they are stored: JSON text with exact numbers, so that 0.1 + 0.2 is 0.3 after save, load, gateway and API."""

import json
from datetime import date, datetime, time, timedelta
from decimal import Decimal

_READ = json.JSONDecoder(parse_float=Decimal, parse_int=Decimal).decode
_string = json.encoder.encode_basestring


class Stored(str):
    """A value that is still the JSON text which `write` made of it."""

    __slots__ = ()


def read(text):
    """JSON text -> None, bool, Decimal, str, list or dict."""
    return _READ(text)


def write(value):
    """A value -> JSON text; decimals without exponent, dates and durations as their ISO 8601 strings.

    Raises TypeError, naming the type, for a value that cannot be kept (a function, say).
    """
    if value is None:
        return "null"
    if value is True:
        return "true"
    if value is False:
        return "false"
    kind = type(value)
    if kind is str:
        return _string(value)
    if kind is Decimal:
        return number(value)
    if kind is int:
        return str(value)
    if kind is list or kind is tuple:
        return "[" + ",".join([write(item) for item in value]) + "]"
    if kind is dict:
        return "{" + ",".join([_string(str(name)) + ":" + write(item) for name, item in value.items()]) + "}"
    if isinstance(value, (datetime, date, time)):
        return _string(value.isoformat())
    if isinstance(value, timedelta) or hasattr(value, "__feel_text__"):
        return _string(plain(value))
    if isinstance(value, float):
        return number(Decimal(repr(value)))
    raise TypeError(f"Expected a value that can be kept as JSON, but found {kind.__name__}")


def plain(value):
    """A duration, or a value of FEEL's own that knows its text (`__feel_text__`), as that text."""
    if isinstance(value, timedelta):
        return duration_text(value)
    return value.__feel_text__()


def number(value):
    """A Decimal in plain digits: no exponent, no trailing zeros. 100 stays 100, 1.50 becomes 1.5, 1E+3 becomes 1000."""
    if not value.is_finite():
        return "null"
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def duration_text(value):
    """A timedelta as an ISO 8601 days-and-time duration: P1DT2H, -PT0.5S, PT0S."""
    sign, value = ("-", -value) if value < timedelta(0) else ("", value)
    minutes, seconds = divmod(value.seconds, 60)
    hours, minutes = divmod(minutes, 60)
    fraction = f"{seconds}.{value.microseconds:06d}".rstrip("0").rstrip(".") if value.microseconds else str(seconds)
    parts = "".join(f"{amount}{unit}" for amount, unit in ((hours, "H"), (minutes, "M"), (fraction, "S")) if amount and amount != "0")
    days = f"{value.days}D" if value.days else ""
    return f"{sign}P{days}T{parts}" if parts else f"{sign}P{days}" if days else "PT0S"
