"""How a row of the ledger is entered and changed: with its values before and after, for history. No row is ever deleted."""

from datetime import date
from decimal import Decimal

from sqlalchemy import Date, Integer, inspect

from cases.exact import Exact
from cases.moment import moment
from engine.store.base import Key, Moment

#: The `info` of a column that follows from others of its row: to find it by, and nothing that history has to tell.
DERIVED = {"derived": True}


def enter(session, row):
    """Add a new row, and send it to the database -> its change, as engine.history.entry takes it."""
    session.add(row)
    session.flush()
    return _change(row, None)


def amend(session, row, **values):
    """Set columns of a row -> [its change], or [] where all of them had these values. Raises AttributeError for an unknown column."""
    before = _values(row)
    for name, value in values.items():
        if name not in before:
            raise AttributeError(f"Expected a column of {row.__tablename__}, but there is no {name}")
        setattr(row, name, value)
    session.flush()
    return [] if _values(row) == before else [_change(row, before)]


def told(model, values):
    """Values as a diagram tells them (ISO texts, Decimals) as the columns of `model` keep them; names that are no column stay away."""
    columns = {column.key: column.columns[0].type for column in inspect(model).column_attrs}
    return {name: _kept(columns[name], value) for name, value in values.items() if name in columns}


def _kept(kind, value):
    if value is None:
        return None
    if isinstance(kind, Moment):
        return moment(value)
    if isinstance(kind, Date):
        return date.fromisoformat(value[:10])
    if isinstance(kind, Exact):
        return Decimal(value).quantize(Decimal(1).scaleb(-kind.places))
    if isinstance(kind, Integer | type(Key)):
        return int(value)
    return value


def _change(row, before):
    after, identity = _values(row), inspect(row).identity
    if before is not None:
        # What did not change need not be said twice: the row's key names it.
        before, after = ({name: one[name] for name in after if before[name] != after[name]} for one in (before, _values(row)))
    return {"table": row.__tablename__, "key": ":".join(map(str, identity)), "before": before, "after": after}


def _values(row):
    columns = inspect(type(row)).column_attrs
    return {column.key: getattr(row, column.key) for column in columns if not column.columns[0].info.get("derived")}
