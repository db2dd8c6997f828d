"""JSON at the door: numbers come in as exact decimals and go out as they are; text that no database can keep is refused."""

import re
from datetime import datetime

from flask.json.provider import JSONProvider

from engine.domain import values
from engine.domain.errors import Invalid

#: A NUL, or half of a surrogate pair: legal in JSON text, and in no UTF-8 column.
_UNKEEPABLE = re.compile(r"\\u(?:0000|[dD][89a-fA-F][0-9a-fA-F]{2})")


class ExactJSON(JSONProvider):
    """Flask's JSON, by the values that the engine keeps."""

    def dumps(self, obj, **kwargs):
        """JSON text of answers: keys in the order they were written."""
        return values.write(obj)

    def loads(self, s, **kwargs):
        """A request's body. Raises ValueError for malformed text, Invalid for characters that cannot be kept."""
        text = s.decode("utf-8") if isinstance(s, bytes) else s
        found = values.read(text)
        if _UNKEEPABLE.search(text):
            _expect_keepable(found)
        return found


def _expect_keepable(value):
    todo = [value]
    while todo:
        value = todo.pop()
        if isinstance(value, str):
            if "\x00" in value or any("\ud800" <= char <= "\udfff" for char in value):
                raise Invalid("Expected text of Unicode characters without NUL, but found one that cannot be kept")
        elif isinstance(value, dict):
            todo += [*value.keys(), *value.values()]
        elif isinstance(value, list):
            todo += value


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
