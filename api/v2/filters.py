"""Filters of a search: a plain value, or an object of operators; both become {operator: value} as engine.store.search takes them."""

from marshmallow import ValidationError, fields

from api.v2.fields import INT32, NOTHING, TENANT, Flag, Key, Many, Moment, Part, Tag, Text, Whole, Word, expected, shown
from api.v2.schemas import Request

#: Values in one $in or $notIn, and alternatives in one $or.
MANY = 1000
ALTERNATIVES = 50

_ORDERED = ("$eq", "$neq", "$exists", "$in", "$gt", "$gte", "$lt", "$lte")
BASIC = ("$eq", "$neq", "$exists", "$in", "$notIn")


class Filter(fields.Raw):
    """By a field of one kind: `value` reads one of its values, `operators` are those that it knows beside a plain value."""

    default_error_messages = NOTHING

    def __init__(self, value, operators, **named):
        told = f"A value, or an object of {', '.join(operators)}" if operators else "A value"
        super().__init__(metadata={"description": told}, **named)
        self.value, self.operators = value, operators

    def _deserialize(self, value, attr, data, **named):
        if not isinstance(value, dict) or not self.operators:
            return {"eq": self.value.deserialize(value)}
        unknown = sorted(set(value) - set(self.operators))
        if unknown:
            raise ValidationError(f"Expected operators among {', '.join(self.operators)}, but found {shown(', '.join(unknown))}")
        return {_inside(operator): self._operand(operator, operand) for operator, operand in value.items()}

    def _operand(self, operator, operand):
        if operator == "$exists":
            return Flag().deserialize(operand)
        if operator == "$like":
            return Text(most=1000).deserialize(operand)
        if operator not in ("$in", "$notIn"):
            return self.value.deserialize(operand)
        if not isinstance(operand, list) or len(operand) > MANY:
            raise expected(f"a list of at most {MANY} values for {operator}", operand)
        return [self.value.deserialize(item) for item in operand]


def _inside(operator):
    return {"$notIn": "not_in"}.get(operator, operator[1:])


def by_text(like=True):
    """By text."""
    return Filter(Text(), (*BASIC, "$like") if like else BASIC)


def by_key():
    """By a 64-bit key."""
    return Filter(Key(), BASIC)


def by_number():
    """By a whole number."""
    return Filter(Whole(-INT32 - 1), _ORDERED)


def by_moment():
    """By a date and time."""
    return Filter(Moment(), _ORDERED)


def by_word(words):
    """By one of a set of words."""
    return Filter(Word(words), ("$eq", "$neq", "$exists", "$in", "$notIn", "$like"))


def exactly(value):
    """By a plain value only."""
    return Filter(value, ())


def by_flag():
    """By true or false."""
    return exactly(Flag())


def by_tenant():
    """By the tenant: there is only one, so everything belongs to it."""
    return Filter(Text(metadata={"example": TENANT}), (*BASIC, "$like"))


class ByTags(Many):
    """By tags: all of them are asked for."""

    def __init__(self):
        super().__init__(Tag(), ALTERNATIVES)

    def _deserialize(self, value, attr, data, **named):
        return {"has": super()._deserialize(value, attr, data, **named)}


class _VariableFilter(Request):
    name = Text(1, required=True)
    value = Filter(Text(), (*BASIC, "$like"), required=True)


class ByVariables(Many):
    """By variables: [{name, value}], where the value is JSON text, or operators on it; all of them are asked for."""

    def __init__(self):
        super().__init__(Part(_VariableFilter), ALTERNATIVES)

    def _deserialize(self, value, attr, data, **named):
        found = super()._deserialize(value, attr, data, **named)
        return {"has": [(one["name"], one["value"]) for one in found]}


class Alternatives(Many):
    """$or: a list of filters, of which at least one must hold."""

    def __init__(self, filter_schema):
        super().__init__(Part(filter_schema), ALTERNATIVES, data_key="$or")
