"""Pages of a search: from an offset, or before and after a cursor, which holds the values that the order is by.

A cursor needs no offset to be counted through, and nothing is shown twice or left out when rows come and go in between.
"""

import base64
import binascii
from dataclasses import dataclass
from datetime import datetime

import orjson
from sqlalchemy import and_, false, literal, or_, tuple_

from engine.domain.errors import Invalid
from engine.store.base import moment_text


@dataclass(frozen=True)
class Page:
    """`start` rows are left out, or those up to the cursor `after`, or those from the cursor `before` on; `limit` rows at most."""

    start: int = 0
    limit: int = 100
    after: str | None = None
    before: str | None = None


@dataclass(frozen=True)
class By:
    """One criterion of an order: the name of a field, the Value, the direction. Rows without a value come last, descending too."""

    name: str
    field: object
    ascending: bool = True

    def order(self, reverse):
        """What stands in ORDER BY; `reverse`: the page before a cursor is read backwards."""
        column = self.field.column
        own = column.asc() if self.ascending is not reverse else column.desc()
        if not self.field.nullable:
            return [own]
        return [column.is_(None).desc() if reverse else column.is_(None).asc(), own]

    def beyond(self, value, reverse):
        """Is the field further on than `value`?"""
        column = self.field.column
        if value is None:
            return column.is_not(None) if reverse else false()
        further = column > value if self.ascending is not reverse else column < value
        return or_(further, column.is_(None)) if self.field.nullable and not reverse else further


def order_by(criteria, reverse=False):
    """The expressions of ORDER BY."""
    return [expression for by in criteria for expression in by.order(reverse)]


def beyond(criteria, found, reverse):
    """The predicate of the rows that come after (`reverse`: before) the one with the values `found`."""
    if len({by.ascending for by in criteria}) == 1 and not any(by.field.nullable for by in criteria):
        # One comparison of rows is one range of an index; the general form below is not.
        columns = tuple_(*(by.field.column for by in criteria))
        bounds = tuple_(*(literal(value, by.field.column.type) for by, value in zip(criteria, found, strict=True)))
        return columns > bounds if criteria[0].ascending is not reverse else columns < bounds
    alternatives, same = [], []
    for by, value in zip(criteria, found, strict=True):
        alternatives.append(and_(*same, by.beyond(value, reverse)))
        same.append(by.field.column.is_(None) if value is None else by.field.column == value)
    return or_(*alternatives)


def cursor(criteria, row):
    """The cursor of a row, as opaque text."""
    found = [row[by.name] for by in criteria]
    plain = [moment_text(value) if isinstance(value, datetime) else value for value in found]
    return base64.b64encode(orjson.dumps([_told(criteria), plain])).decode()


def read_cursor(criteria, text, name):
    """The values in a cursor. Raises Invalid, naming the field, unless it was made by `cursor` for the same order."""
    try:
        told, found = orjson.loads(base64.b64decode(text, validate=True))
    except (binascii.Error, ValueError, TypeError) as error:
        raise _no_cursor(name, "it is none") from error
    if told != _told(criteria):
        raise _no_cursor(name, "it belongs to another order")
    if not isinstance(found, list) or len(found) != len(criteria):
        raise _no_cursor(name, "it is none")
    return [_value(by.field, value, name) for by, value in zip(criteria, found, strict=True)]


def _told(criteria):
    return ",".join(("" if by.ascending else "-") + by.name for by in criteria)


def _value(field, value, name):
    if value is None and field.nullable:
        return None
    if field.kind == "moment" and isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError as error:
            raise _no_cursor(name, "it is none") from error
        if value.utcoffset() is not None and not value.utcoffset():
            return value
    elif field.kind in ("key", "number"):
        bits = 63 if field.kind == "key" else 31
        if type(value) is int and -(1 << bits) <= value < 1 << bits:
            return value
    elif (field.kind == "flag" and isinstance(value, bool)) or (field.kind == "text" and isinstance(value, str) and "\0" not in value):
        return value
    raise _no_cursor(name, "it is none")


def _no_cursor(name, found):
    sentence = f"Expected {name} to be a cursor that this search gave out for the same order, but {found}"
    return Invalid(sentence, problems={name: [sentence]})
