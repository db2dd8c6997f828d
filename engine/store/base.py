"""The one DeclarativeBase, and the column types that are the same on SQLite and PostgreSQL."""

from datetime import UTC, datetime

from sqlalchemy import BigInteger, Boolean, DateTime, Integer, MetaData, Text, TypeDecorator
from sqlalchemy.orm import DeclarativeBase

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

#: Later than any real due date: a task without one sorts last in an index that needs no NULLS LAST.
NEVER = datetime(9999, 12, 31, tzinfo=UTC)

#: 64-bit; SQLite makes only an INTEGER primary key the row's own number.
Key = BigInteger().with_variant(Integer, "sqlite")


class Base(DeclarativeBase):
    """Every table of the product hangs on this metadata; `cases` extends it."""

    metadata = MetaData(naming_convention=NAMES)


class Moment(TypeDecorator):
    """An aware datetime, in UTC: timestamptz on PostgreSQL, sortable ISO 8601 text on SQLite."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect):
        return dialect.type_descriptor(Text() if dialect.name == "sqlite" else DateTime(timezone=True))

    def process_bind_param(self, value, dialect):
        if value is None or dialect.name != "sqlite":
            return value
        return moment_text(value)

    def process_result_value(self, value, dialect):
        if value is None or dialect.name != "sqlite":
            return value and value.astimezone(UTC)
        return read_moment(value)


def moment_text(value):
    """An aware datetime -> 2024-04-12T09:00:00.000000Z: of one width, so that text order is time order."""
    return value.astimezone(UTC).isoformat(timespec="microseconds")[:26] + "Z"


def read_moment(text):
    """The reverse of `moment_text`."""
    return datetime.fromisoformat(text)


__all__ = ["NEVER", "Base", "Boolean", "Key", "Moment", "moment_text", "read_moment"]
