"""The drivers' connections, subclassed so that a process ends itself at a chosen commit; the product knows nothing of it.

A commit counts where its transaction has written. "before": what was written is sent at most, the commit is not. "during" (a pipeline of
PostgreSQL's): the commit is sent, its answer unread. "after": the database has answered, and nobody was told yet.
"""

import os
import re
import signal
import sqlite3
import time
from contextlib import contextmanager

import psycopg
from sqlalchemy import Engine, event

_WRITING = re.compile(r"\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+(\w+)", re.IGNORECASE)


class Doom:
    """The end of this process: at `point` of the `number`th commit, or of the next one that has such a point, by a signal.

    Commits count after `delay` seconds, and not where they wrote into `beside` tables alone.
    """

    def __init__(self, point, number, stroke="SIGKILL", beside=(), delay=0):
        self.point, self.left, self.stroke, self.beside = point, number, signal.Signals[stroke], set(beside)
        self.begins = time.monotonic() + delay

    def reach(self, point, tables):
        """A commit of a transaction that wrote `tables` is at this point."""
        if tables - self.beside and time.monotonic() >= self.begins:
            self.left -= point == "before"
            if self.left <= 0 and point == self.point:
                os.kill(os.getpid(), self.stroke)


class _Cursor:
    """Sees what is executed: a commit, or what a transaction writes."""

    def execute(self, statement, *arguments, **named):
        if statement == "COMMIT":
            return self.connection.committing(lambda: super(_Cursor, self).execute(statement))
        self.connection.note(statement)
        return super().execute(statement, *arguments, **named)

    def executemany(self, statement, *arguments, **named):
        self.connection.note(statement)
        return super().executemany(statement, *arguments, **named)


class _SqliteCursor(_Cursor, sqlite3.Cursor):
    """A cursor of _Sqlite."""


class _PostgresCursor(_Cursor, psycopg.Cursor):
    """A cursor of _Postgres."""


class _Connection:
    """Remembers which tables its transaction has written, until that is over."""

    doom, written = None, frozenset()

    def note(self, statement):
        found = _WRITING.match(statement) if isinstance(statement, str) else None
        if found:
            self.written |= {found[1]}
        elif statement == "ROLLBACK":
            self.written = frozenset()

    def commit(self):
        return self.committing(super().commit)

    def rollback(self):
        self.written = frozenset()
        return super().rollback()


class _Sqlite(_Connection, sqlite3.Connection):
    def cursor(self, factory=_SqliteCursor):
        return super().cursor(factory)

    def committing(self, commit):
        written, self.written = self.written, frozenset()
        self.doom.reach("before", written)
        done = commit()
        self.doom.reach("after", written)
        return done


class _Postgres(_Connection, psycopg.Connection):
    sent = frozenset()

    def committing(self, commit):
        written, self.written = self.written, frozenset()
        self.doom.reach("before", written)
        done = commit()
        self.sent = written
        if self.pgconn.pipeline_status:
            self.pgconn.send_flush_request()
            self.pgconn.flush()
            self.doom.reach("during", written)
        else:
            self._answered()
        return done

    @contextmanager
    def pipeline(self):
        with super().pipeline() as pipeline:
            yield pipeline
        self._answered()

    def _answered(self):
        sent, self.sent = self.sent, frozenset()
        self.doom.reach("after", sent)


def doom_connections(doom):
    """Every connection that SQLAlchemy opens from here on, in this process, ends it as `doom` says."""

    @event.listens_for(Engine, "do_connect")
    def connect(dialect, _record, arguments, named):
        if dialect.name == "sqlite":
            connection = sqlite3.connect(*arguments, **named, factory=_Sqlite)
        else:
            connection = _Postgres.connect(*arguments, **named, cursor_factory=_PostgresCursor)
        connection.doom = doom
        return connection
