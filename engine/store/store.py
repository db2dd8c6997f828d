"""The store: one database, the compiled statements of its dialect, its keys, and how a command's transaction is tried."""

import sqlite3
from contextlib import contextmanager

import psycopg
import sqlalchemy

from engine.domain.errors import Busy
from engine.store.hot import statements
from engine.store.keys import Keys
from engine.store.transaction import Lost, Transaction
from engine.store.writers import Writers

#: How often a command is tried: on SQLite the second attempt holds the lock, on PostgreSQL a deadlock ends one of two.
ATTEMPTS = 5

GONE = "Expected the database to answer, but the connection was lost; nothing is known of this request, please send it again"

#: What another attempt may not meet again: two who waited for each other, and two who inserted the same thing at once.
PASSING = (psycopg.errors.DeadlockDetected, psycopg.errors.SerializationFailure, psycopg.errors.UniqueViolation, sqlite3.IntegrityError)


class Store:
    """What commands and queues are given: `engine` is a configured SQLAlchemy Engine (see database.py)."""

    def __init__(self, engine):
        self.engine = engine
        self.is_sqlite = engine.dialect.name == "sqlite"
        self.statements = statements(engine.dialect.name)
        self.keys = Keys(engine)
        self.writers = Writers()

    @contextmanager
    def read(self):
        """A Connection in a transaction that only reads. Raises Busy where the database is gone."""
        with self._told_if_gone(), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def transaction(self, begin="BEGIN"):
        """A Transaction on a connection of the pool; what it does not commit is undone. Raises Busy where the database is gone."""
        with self._told_if_gone():
            transaction = Transaction(self, self.engine.raw_connection())
            try:
                transaction.begin(begin)
                yield transaction
            finally:
                transaction.close()

    def look_up(self):
        """The same to ask one thing with: each statement stands alone, which on PostgreSQL costs a single round trip."""
        return self.transaction(None)

    @contextmanager
    def _told_if_gone(self):
        try:
            yield
        except (psycopg.OperationalError, sqlalchemy.exc.DBAPIError) as error:
            if not _is_gone(error):
                raise
            # Every other connection of the pool is as old, and as dead.
            self.engine.dispose()
            raise Busy(GONE) from error

    def write(self, attempt):
        """Run `attempt(transaction)` until it is through, and return its answer.

        It may run several times and must not keep anything from one to the next. Raises Busy where another writer took too long.
        """
        for turn in range(ATTEMPTS):
            try:
                return self._attempt(attempt, locked=turn > 0)
            except Lost:
                continue
            except (sqlite3.Error, psycopg.Error, sqlalchemy.exc.DBAPIError) as error:
                if not _again(getattr(error, "orig", None) or error, turn):
                    raise
        raise Busy("Expected to write within a few attempts, but other writers were faster each time; please send the request again")

    def _attempt(self, attempt, locked):
        if not self.is_sqlite:
            return self._try(attempt, "BEGIN")
        with self.writers.turn():
            return self._try(attempt, "BEGIN IMMEDIATE" if locked else "BEGIN")

    def _try(self, attempt, begin):
        with self.transaction(begin) as transaction:
            answer = attempt(transaction)
            transaction.commit()
            return answer


def _is_gone(error):
    """Was the connection lost, or can none be made? What the server itself refuses comes with its code."""
    found = getattr(error, "orig", None) or error
    lost = isinstance(found, psycopg.OperationalError) and (found.sqlstate is None or found.sqlstate.startswith(("57P", "08")))
    return lost or getattr(error, "connection_invalidated", False)


def _again(error, turn):
    """Is it worth another attempt? Raises Busy for a lock that was waited for in vain."""
    if isinstance(error, psycopg.errors.LockNotAvailable) or (isinstance(error, sqlite3.OperationalError) and "locked" in str(error)):
        raise Busy("Expected to write within ten seconds, but another writer did not finish; please send the request again") from error
    return isinstance(error, PASSING) and turn < ATTEMPTS - 1
