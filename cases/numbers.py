"""Consecutive numbers, without a gap: of cases, of papers. One is taken in the transaction that uses it, and given back if that fails."""

from sqlalchemy import Integer, Text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from engine.store.base import Base


class NumberSeries(Base):
    """A row per series and year; whoever takes a number holds the row until their step is through."""

    __tablename__ = "number_series"
    name: Mapped[str] = mapped_column(Text, primary_key=True)
    last: Mapped[int] = mapped_column(Integer)


def next_number(session, series):
    """The next number of `series` (its name with the year, "松昆安整-2024"), from 1."""
    dialect = {"sqlite": sqlite, "postgresql": postgresql}[session.get_bind().dialect.name]
    taken = dialect.insert(NumberSeries).values(name=series, last=1)
    taken = taken.on_conflict_do_update(index_elements=["name"], set_={"last": NumberSeries.last + 1}).returning(NumberSeries.last)
    return session.execute(taken).scalar_one()
