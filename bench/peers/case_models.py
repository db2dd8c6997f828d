"""The same four tables for SQLAlchemy, and an engine on them as its documentation tells one to open it."""

import time

import sqlalchemy
from sqlalchemy import BigInteger, Index, Text, event, func, select, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """The metadata of the two SQLAlchemy floors."""

    type_annotation_map = {int: BigInteger, str: Text}


class HazardCase(Base):
    """A case; its version is checked by every update."""

    __tablename__ = "hazard_case"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    version: Mapped[int] = mapped_column()
    status: Mapped[str]
    state: Mapped[str]
    started: Mapped[int]
    ended: Mapped[int | None]
    __mapper_args__ = {"version_id_col": version}


class Task(Base):
    """A user task."""

    __tablename__ = "task"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    case_id: Mapped[int] = mapped_column(index=True)
    element: Mapped[str]
    created: Mapped[int]
    closed: Mapped[int | None]


class Candidate(Base):
    """A task in the queue of a group."""

    __tablename__ = "candidate"
    task_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    grp: Mapped[str] = mapped_column(primary_key=True)
    created: Mapped[int]
    open: Mapped[int]
    __table_args__ = (
        Index("candidate_inbox", "grp", "created", "task_id", sqlite_where=text("open = 1"), postgresql_where=text("open = 1")),
    )


class History(Base):
    """What happened to a case, in order."""

    __tablename__ = "history"
    case_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[int]
    actor: Mapped[str]
    kind: Mapped[str]
    element: Mapped[str | None]
    fields: Mapped[str]


def open_engine(store):
    """A pooled engine on `store`, with its tables made."""
    if store.is_sqlite:
        engine = sqlalchemy.create_engine(store.url)
        event.listen(engine, "connect", lambda connection, _record: _configure(connection, store.synchronous))
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    else:
        engine = sqlalchemy.create_engine(store.url)
    Base.metadata.create_all(engine)
    return engine


def _configure(connection, synchronous):
    connection.isolation_level = None
    for setting in ("journal_mode=WAL", f"synchronous={synchronous}", "busy_timeout=10000"):
        connection.execute("PRAGMA " + setting)


def count_rows(connection):
    """Rows of each table, as `Peer.counts` wants them."""
    tables = {"cases": HazardCase, "tasks": Task, "candidates": Candidate, "history": History}
    return {name: connection.scalar(select(func.count()).select_from(model)) for name, model in tables.items()}


def now_ms():
    """The time as the rows keep it, in milliseconds."""
    return int(time.time() * 1000)
