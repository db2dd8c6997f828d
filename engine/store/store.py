"""The store: one database, the compiled statements of its dialect, its keys, and how a command's transaction is tried."""

import sqlite3
from contextlib import contextmanager

import psycopg
import sqlalchemy

from engine.domain.errors import Busy
from engine.store.hot import Statements
from engine.store.keys import Keys
from engine.store.transaction import Lost, Transaction

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
        self.statements = Statements(engine.dialect.name)
        self.keys = Keys(engine)

    @contextmanager
    def read(self):
        """A Connection in a transaction that only reads. Raises Busy where the database is gone."""
        try:
            with self.engine.connect() as connection:
                yield connection
        except sqlalchemy.exc.DBAPIError as error:
            if not error.connection_invalidated:
                raise
            raise Busy(GONE) from error

    @contextmanager
    def transaction(self, locked=False):
        """A Transaction on a connection of the pool; what it does not commit is undone. `locked`: it holds SQLite's write lock throughout.

        Raises Busy where the database is gone.
        """
        pooled = self._connection()
        try:
            yield Transaction(self, pooled, locked)
        except psycopg.OperationalError as error:
            if not pooled.driver_connection.closed:
                raise
            # Every other connection of the pool is as old, and as dead.
            self.engine.dispose(close=False)
            raise Busy(GONE) from error
        finally:
            pooled.close()

    def _connection(self):
        try:
            return self.engine.raw_connection()
        except sqlalchemy.exc.OperationalError as error:
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
        with self.transaction(locked) as transaction:
            answer = attempt(transaction)
            transaction.commit()
            return answer


def _again(error, turn):
    """Is it worth another attempt? Raises Busy for a lock that was waited for in vain."""
    if isinstance(error, psycopg.errors.LockNotAvailable) or (isinstance(error, sqlite3.OperationalError) and "locked" in str(error)):
        raise Busy("Expected to write within ten seconds, but another writer did not finish; please send the request again") from error
    return isinstance(error, PASSING) and turn < ATTEMPTS - 1
