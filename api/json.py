"""JSON at the door: numbers come in as exact decimals and go out as they are; what nobody could keep or write out again is refused."""

import re
from datetime import datetime
from decimal import Decimal

from flask.json.provider import JSONProvider

from engine.domain import values
from engine.domain.errors import Invalid

#: Objects and lists inside each other: what reads and writes them does so by recursion.
DEPTH = 100
#: Digits before the point of a number, and after it: FEEL computes with 34, and 1e999999999 written out would fill the memory.
DIGITS = 200

#: What is rare enough to be looked for in the text before anything is looked at: a NUL or half of a surrogate pair, which are legal in JSON
#: and in no UTF-8 column; an exponent; a very long number; the constants that Python reads although JSON has none.
_SUSPECT = re.compile(r"\\u(?:0000|[dD][89a-fA-F][0-9a-fA-F]{2})|\d[eE][+-]?\d|\d{200}|NaN|Infinity")


class ExactJSON(JSONProvider):
    """Flask's JSON, by the values that the engine keeps."""

    def dumps(self, obj, **kwargs):
        """JSON text of answers: keys in the order they were written."""
        return values.write(obj)

    def loads(self, s, **kwargs):
        """A request's body. Raises ValueError for malformed text, Invalid for what cannot be kept."""
        text = s.decode("utf-8") if isinstance(s, bytes) else s
        try:
            found = values.read(text)
        except RecursionError as error:
            raise Invalid(f"Expected at most {DEPTH} objects and lists inside each other, but found more") from error
        if text.count("[") + text.count("{") > DEPTH or _SUSPECT.search(text):
            _expect_keepable(found)
        return found


def _expect_keepable(value):
    todo = [(value, 0)]
    while todo:
        value, depth = todo.pop()
        if depth > DEPTH:
            raise Invalid(f"Expected at most {DEPTH} objects and lists inside each other, but found more")
        if isinstance(value, str):
            if "\x00" in value or any("\ud800" <= char <= "\udfff" for char in value):
                raise Invalid("Expected text of Unicode characters without NUL, but found one that cannot be kept")
        elif isinstance(value, dict):
            todo += [(inner, depth + 1) for inner in (*value.keys(), *value.values())]
        elif isinstance(value, list):
            todo += [(inner, depth + 1) for inner in value]
        elif isinstance(value, float) or (isinstance(value, Decimal) and not _writable(value)):
            raise Invalid(f"Expected numbers of at most {DIGITS} digits before and after the point, but found {value!s:.40}")


def _writable(number):
    return number.as_tuple().exponent >= -DIGITS and number.adjusted() < DIGITS


def moment(value):
    """A moment as the API writes it: 2024-04-12T01:00:00.123Z, or None."""
    return value and value.strftime("%Y-%m-%dT%H:%M:%S.") + f"{value.microsecond // 1000:03d}Z"


def read_moment(text, name):
    """An ISO 8601 date-time with offset as an aware datetime; None stays None. Raises Invalid naming the field."""
    if text is None:
        return None
    try:
        found = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        found = None
    if found is None or found.tzinfo is None:
        sentence = f"Expected {name} to be a date and time with its offset, such as 2024-04-12T17:00:00+08:00, but found {text!r}"
        raise Invalid(sentence, problems={name: [sentence]})
    return found
