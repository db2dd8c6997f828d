"""Counting what a step asks of the database, at the driver: every statement on every cursor, and how often psycopg waits for an answer."""

import sqlite3

import psycopg
from sqlalchemy import event

from engine.store import database

#: What begins and ends transactions is counted apart.
_CONTROL = ("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA")


class Counter:
    """`statements`: each that was executed, as text, once for all rows that it was given; `control`: those of transactions.

    `round_trips`: how often PostgreSQL had to be waited for: in a pipeline once for all that was sent, however early answers come in.
    psycopg sends BEGIN by itself with the first statement of a transaction, and both count as one.
    """

    def __init__(self):
        self.forget()

    def forget(self):
        """Begin to count anew."""
        self.statements, self.control, self.round_trips = [], [], 0

    def saw(self, statement):
        """One more."""
        (self.control if statement.startswith(_CONTROL) else self.statements).append(statement)


def counting_engine(url):
    """(a configured Engine on `url`, the Counter of all that its connections are asked)."""
    counter = Counter()
    if url.startswith("postgresql"):
        connection_class, on_cursor = _waiting(counter), _counting(psycopg.Cursor, counter)
        store_engine = database.connect(url, connect_args={"cursor_factory": on_cursor})
        event.listen(store_engine, "do_connect", lambda _dialect, _record, _, named: connection_class.connect(**named))
        return store_engine, counter
    on_cursor = _counting(sqlite3.Cursor, counter)

    class Connection(sqlite3.Connection):
        def cursor(self, factory=on_cursor):
            return super().cursor(factory)

    return database.connect(url, connect_args={"factory": Connection}), counter


def _counting(cursor_class, counter):
    class Counting(cursor_class):
        def execute(self, statement, *arguments, **named):
            counter.saw(statement)
            return super().execute(statement, *arguments, **named)

        def executemany(self, statement, *arguments, **named):
            counter.saw(statement)
            return super().executemany(statement, *arguments, **named)

    return Counting


def _waiting(counter):
    class Connection(psycopg.Connection):
        def wait(self, generator, *arguments, **named):
            # Within a pipeline a statement is only sent, and takes up what happens to have come: what waits is its end.
            if self.pgconn.pipeline_status and generator.__name__.startswith("_execute"):
                return super().wait(generator, *arguments, **named)
            return super().wait(_watched(generator, counter), *arguments, **named)

    return Connection


def _watched(generator, counter):
    """Passes on what psycopg's generator asks its connection to wait for; counts one that asks at all."""
    ready, has_waited = None, False
    try:
        while True:
            wanted = generator.send(ready)
            if not has_waited:
                has_waited = True
                counter.round_trips += 1
            ready = yield wanted
    except StopIteration as end:
        return end.value
