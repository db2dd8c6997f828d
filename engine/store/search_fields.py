"""The fields of a search: what a row shows under a name, and how a filter on that name reads in SQL.

Operators are Camunda's without their dollar: eq, neq, exists, in, not_in, like, gt, gte, lt, lte. What is absent is different from every
value, so `neq` and `not_in` also find the rows that have none.
"""

from dataclasses import dataclass

from sqlalchemy import and_, exists, func, literal, not_, or_, select

from engine.domain import values
from engine.store.models import ProcessInstance, Variable

#: The operators that say what a thing is not: of a field with many values they mean that none of them is so.
NEGATIVE = {"neq": "eq", "not_in": "in"}

variables = Variable.__table__
instances = ProcessInstance.__table__.alias("named_instance")


@dataclass(frozen=True)
class Value:
    """A field that is one column, or one expression, of a row. `kind`: text, key, number, moment, flag, or json (text to be decoded)."""

    column: object
    kind: str = "text"
    nullable: bool = True

    def condition(self, operator, value, dialect):
        """The predicate that `operator` with `value` means for this field."""
        return compare(self.column, operator, value, dialect)


@dataclass(frozen=True)
class OfInstance(Value):
    """The key of the process instance that a row belongs to. The tables are ordered by their root, so the root is said too."""

    root: object = None

    def condition(self, operator, value, dialect):
        """As Value."""
        found = compare(self.column, operator, value, dialect)
        if operator not in ("eq", "in"):
            return found
        return and_(found, self.root.in_(select(instances.c.root_key).where(compare(instances.c.key, operator, value, dialect))))


@dataclass(frozen=True)
class JsonText(Value):
    """A field that holds JSON text: a filter's value is written as the store writes it, so that 1.50 finds 1.5."""

    def condition(self, operator, value, dialect):
        """As Value."""
        return compare(self.column, operator, _stored(value), dialect)


def column(source, kind="text"):
    """The Value of a table's column."""
    return Value(source, kind, bool(source.nullable))


def of_instance(table):
    """The OfInstance of a table with instance_key and root_key."""
    return OfInstance(table.c.instance_key, "key", False, table.c.root_key)


def constant(value, type_, kind="text"):
    """A field that is the same in every row: what this engine does not have. It can be filtered by, and sorting by it changes nothing."""
    return Constant(literal(value, type_), kind, value is None)


@dataclass(frozen=True)
class Constant(Value):
    """See `constant`."""


@dataclass(frozen=True)
class Member:
    """A field with many values: `rows` is a select, correlated to the row, and `column` what its rows hold."""

    rows: object
    column: object

    def condition(self, operator, value, dialect):
        """The predicate: some value is so; for the negative operators: none is the opposite."""
        if operator == "exists":
            return self.rows.exists() if value else not_(self.rows.exists())
        found = self.rows.where(compare(self.column, NEGATIVE.get(operator, operator), value, dialect)).exists()
        return not_(found) if operator in NEGATIVE else found


@dataclass(frozen=True)
class Tags:
    """A JSON list of tags as text; `has` asks for all of a list of them."""

    column: object

    def condition(self, operator, value, dialect):
        """The predicate. A tag has no quotation mark in it, so looking for it with its quotation marks finds it and nothing else."""
        return and_(*(compare(self.column, "like", f'*"{_literally(tag)}"*', dialect) for tag in value))


@dataclass(frozen=True)
class Variables:
    """Variables of the scope `scope` (a number, or a column) of the instance `instance_key`; `has` takes [(name, {operator: value})]."""

    instance_key: object
    scope: object

    def condition(self, operator, value, dialect):
        """The predicate: each named variable is there and its value, as JSON text, is so."""
        return and_(*(self._one(name, wanted, dialect) for name, wanted in value))

    def _one(self, name, wanted, dialect):
        named = exists().where(variables.c.instance_key == self.instance_key, variables.c.scope == self.scope, variables.c.name == name)
        if wanted.get("exists") is False:
            return not_(named)
        return named.where(*(compare(variables.c.value, operator, _stored(value), dialect) for operator, value in wanted.items()))


def compare(column, operator, value, dialect):
    """The predicate of one operator on one column, as `dialect` (sqlite or postgresql) writes it."""
    match operator:
        case "eq":
            return column == value
        case "neq":
            return column.is_distinct_from(value)
        case "exists":
            return column.is_not(None) if value else column.is_(None)
        case "in":
            return column.in_(value)
        case "not_in":
            return or_(column.is_(None), column.not_in(value))
        case "like":
            return _like(column, value, dialect)
        case "gt":
            return column > value
        case "gte":
            return column >= value
        case "lt":
            return column < value
        case "lte":
            return column <= value
    raise ValueError(f"Expected an operator of a search, but found {operator!r}")


def _like(column, pattern, dialect):
    """`*` any characters, `?` one, a backslash before either takes it literally. GLOB, because SQLite's LIKE does not tell a from A."""
    wild, escape = ({"*": "*", "?": "?"}, "*?[") if dialect == "sqlite" else ({"*": "%", "?": "_"}, "%_!")
    written, characters = [], iter(pattern)
    for character in characters:
        if character in wild:
            if not (character == "*" and written and written[-1] == wild["*"]):
                written.append(wild[character])
            continue
        if character == "\\":
            character = next(characters, "\\")
        if character not in escape:
            written.append(character)
        else:
            written.append(f"[{character}]" if dialect == "sqlite" else "!" + character)
    text = "".join(written)
    return func.glob(text, column) == 1 if dialect == "sqlite" else column.like(text, escape="!")


def _literally(text):
    return "".join("\\" + character if character in "*?\\" else character for character in text)


def _stored(value):
    """JSON text in a filter as the store writes it. A pattern, or what is no JSON, stays as it is."""
    if isinstance(value, list):
        return [_stored(item) for item in value]
    if not isinstance(value, str):
        return value
    try:
        return values.write(values.read(value))
    except (ValueError, RecursionError):
        return value
