"""The kinds of values in requests and answers, as marshmallow fields: each says what it expected and what it found."""

import re
from datetime import UTC, datetime
from decimal import Decimal

from marshmallow import ValidationError, fields, missing

from api.json import moment
from api.v2.door import read_key
from engine.domain.errors import Invalid

#: The bounds of the API's int32 and of its timespans in milliseconds: three centuries, so that no sum leaves the calendar.
INT32 = (1 << 31) - 1
TIMESPAN = 10**13

TENANT = "<default>"

NOTHING = {"required": "Expected a value, but there is none", "null": "Expected a value, but found null"}


def expected(what, found):
    """The error of a value that is something else."""
    return ValidationError(f"Expected {what}, but found {shown(found)}")


def shown(value):
    """A value as a sentence can hold it."""
    text = {True: "true", False: "false", None: "null"}.get(value) if isinstance(value, bool | None) else None
    if text is None:
        text = {dict: "an object", list: "a list"}.get(type(value)) or (repr(value) if isinstance(value, str) else str(value))
    return text if len(text) <= 80 else text[:80] + "…"


class Text(fields.String):
    """Text of `least` to `most` characters, and by `pattern` (a compiled expression that `what` describes), if there is one."""

    default_error_messages = NOTHING

    def __init__(self, least=0, most=10_000, pattern=None, what="text", **named):
        super().__init__(**named)
        self.least, self.most, self.pattern, self.what = least, most, pattern, what

    def _deserialize(self, value, attr, data, **named):
        if not isinstance(value, str):
            raise expected(self.what, value)
        if not self.least <= len(value) <= self.most:
            raise ValidationError(f"Expected {self.what} of {self.least} to {self.most} characters, but found {len(value)}")
        if self.pattern is not None and not self.pattern.fullmatch(value):
            raise expected(self.what, value)
        return value


class Word(fields.String):
    """One of `words`."""

    default_error_messages = NOTHING

    def __init__(self, words, **named):
        super().__init__(metadata={"enum": sorted(words)}, **named)
        self.words = frozenset(words)

    def _deserialize(self, value, attr, data, **named):
        if not isinstance(value, str) or value not in self.words:
            raise expected(f"one of {', '.join(sorted(self.words))}", value)
        return value


class Key(fields.String):
    """A 64-bit key: a string of digits outside, a number inside."""

    default_error_messages = NOTHING

    def _serialize(self, value, attr, obj, **named):
        return None if value is None else str(value)

    def _deserialize(self, value, attr, data, **named):
        try:
            return read_key(value, self.data_key or attr or "this")
        except Invalid as error:
            raise ValidationError(error.sentence) from error


class Whole(fields.Integer):
    """A whole number from `least` to `most`."""

    default_error_messages = NOTHING

    def __init__(self, least=0, most=INT32, **named):
        super().__init__(**named)
        self.least, self.most = least, most

    def _deserialize(self, value, attr, data, **named):
        # The bounds come first: int() of a decimal with a large exponent would not end.
        if not isinstance(value, Decimal) or not self.least <= value <= self.most or value != int(value):
            raise expected(f"a whole number from {self.least} to {self.most}", value)
        return int(value)


class Flag(fields.Boolean):
    """true or false, and nothing that looks like it."""

    default_error_messages = NOTHING

    def _deserialize(self, value, attr, data, **named):
        if not isinstance(value, bool):
            raise expected("true or false", value)
        return value


class Moment(fields.DateTime):
    """A date and time with its offset; `clearing`: the empty string stands for none."""

    default_error_messages = NOTHING

    def __init__(self, clearing=False, **named):
        super().__init__(**named)
        self.clearing = clearing

    def _serialize(self, value, attr, obj, **named):
        return moment(value)

    def _deserialize(self, value, attr, data, **named):
        if self.clearing and value == "":
            return ""
        try:
            found = datetime.fromisoformat(value)
            if found.tzinfo is not None:
                return found.astimezone(UTC)
        except (TypeError, ValueError, OverflowError) as error:
            raise expected("a date and time with its offset, such as 2024-04-12T17:00:00+08:00", value) from error
        raise expected("a date and time with its offset, such as 2024-04-12T17:00:00+08:00", value)


class Variables(fields.Dict):
    """{name: value}: a JSON object whose numbers are exact decimals."""

    default_error_messages = NOTHING

    def _deserialize(self, value, attr, data, **named):
        if not isinstance(value, dict):
            raise expected("an object of variables", value)
        if "" in value:
            raise ValidationError("Expected variables with names, but found one without")
        return value


class Tenant(Text):
    """The one tenant that there is."""

    def _deserialize(self, value, attr, data, **named):
        if value != TENANT:
            raise expected(f"the only tenant, {TENANT}", value)
        return value


class Tag(Text):
    """A tag of a process instance."""

    def __init__(self, **named):
        pattern = re.compile(r"[A-Za-z][A-Za-z0-9_\-:.]{0,99}")
        super().__init__(pattern=pattern, what="a tag (a letter, then letters, digits, _-:.)", **named)


class Unsupported(fields.Raw):
    """A documented field that this server does not act upon: sent without a value it is left out, otherwise refused with the reason."""

    def __init__(self, reason, **named):
        super().__init__(metadata={"description": f"Not supported: {reason}."}, **named)
        self.reason = reason

    def deserialize(self, value, attr=None, data=None, **named):
        """Never a value. Raises ValidationError where there is one."""
        if value is not missing and value is not None and value != []:
            raise ValidationError(f"Expected no {self.data_key}, because {self.reason}, but found {shown(value)}")
        return missing


class Many(fields.List):
    """At most `most` values of one kind."""

    default_error_messages = {**NOTHING, "invalid": "Expected a list, but found something else"}

    def __init__(self, one, most=1000, **named):
        super().__init__(one, **named)
        self.most = most

    def _deserialize(self, value, attr, data, **named):
        if isinstance(value, list) and len(value) > self.most:
            raise ValidationError(f"Expected at most {self.most} values, but found {len(value)}")
        return super()._deserialize(value, attr, data, **named)


class Part(fields.Nested):
    """An object inside of another."""

    default_error_messages = {**NOTHING, "type": "Expected an object, but found something else"}
