"""What the tests of messages, jobs, timers and accounts look at: what a command left in the store, and that a refused one left nothing."""

import time
from contextlib import contextmanager
from datetime import timedelta

import orjson
from sqlalchemy import select

from engine.commands.move_clock import move_clock
from engine.store.base import Base
from engine.store.records import History, HistoryChain, KeyBlock
from tests.engine.commands.office import ADMIN

#: Seconds after which a test gives up waiting for what another thread has to do.
PATIENCE = 60


def rows(office, table, *conditions):
    """The rows of a table (a model), by its primary key."""
    return office.db(select(table.__table__).where(*conditions).order_by(*table.__table__.primary_key.columns))


def row(office, table, *conditions):
    """The one row of a table that meets the conditions."""
    (found,) = rows(office, table, *conditions)
    return found


def execute(office, *statements):
    """What happens to the rows behind the back of every command: a lost delivery, a worker that was killed, a row from an older version."""
    with office.engine.store.engine.execution_options(write=True).begin() as connection:
        for statement in statements:
            connection.execute(statement)


def later(office, **span):
    """Let the engine's clock go on by a timedelta."""
    move_clock(office.engine, ADMIN, office.engine.time() + timedelta(**span))


def subject(office, name):
    """The bodies of the chain that belongs to no instance but to `name` ("account:li"), in order."""
    return office.history(row(office, HistoryChain, HistoryChain.subject == name)["chain"])


def until(happened):
    """Wait until something is so."""
    end = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)


@contextmanager
def unchanged(office):
    """Whatever is tried inside leaves every table as it was. Only leased keys, which nobody can see, may be used up."""
    tables = [table for table in Base.metadata.sorted_tables if table is not KeyBlock.__table__]

    def picture():
        with office.engine.store.read() as connection:
            return {table.name: sorted(map(repr, connection.execute(select(table)))) for table in tables}

    before = picture()
    yield
    assert picture() == before


@contextmanager
def recorded(office):
    """A list that holds, when the block is over, the bodies of all entries of history that came about in it."""
    known = {(one["chain"], one["seq"]) for one in rows(office, History)}
    told = []
    yield told
    told += [orjson.loads(one["body"]) for one in rows(office, History) if (one["chain"], one["seq"]) not in known]
    told.sort(key=lambda body: (body["at"], body["chain"], body["seq"]))
