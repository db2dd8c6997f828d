"""One transaction of a command: it reads, it is told what to write, it commits; the second attempt cannot lose.

SQLite has one writer. A first attempt reads and computes without the lock, takes it only to write, and checks each instance's revision in
its UPDATE; if somebody was faster, the second attempt does everything inside the write transaction. PostgreSQL locks the root first.
"""

from sqlalchemy import Connection, event
from sqlalchemy.orm import Session

from engine.store import instances, keys
from engine.store.hot import Cursor


class Lost(Exception):
    """The first attempt computed from what is no longer so."""


def _refuse(_connection):
    raise RuntimeError("Expected only the step itself to commit, but something inside of it wanted to")


class Transaction:
    """What a command sees of the store.

    `writing`: nobody can change any more what was read (SQLite: the write lock is held; PostgreSQL: rows are locked as they are loaded).
    """

    def __init__(self, store, pooled):
        self.store, self._pooled, self._raw, self._connection = store, pooled, pooled.driver_connection, None
        self.cursor, self.writing = Cursor(self._raw, store.statements), not store.is_sqlite
        self._private_keys, self._committed = None, False  # a block of keys that only this transaction has, if it had to lease one

    def begin(self, word):
        """Enter a transaction of the database by BEGIN or BEGIN IMMEDIATE; none for None."""
        if not self.store.is_sqlite:
            self._raw.autocommit = True  # we begin ourselves: psycopg would wait for the answer to its own BEGIN
        if word == "BEGIN IMMEDIATE":
            self.writing = True
        if word:
            self.cursor.begin(word)

    @property
    def connection(self):
        """SQLAlchemy's Connection inside of this transaction, for what is not on the step path."""
        if self._connection is None:
            self.cursor.send_begin()
            self._connection = Connection(self.store.engine, self._pooled).execution_options(begun=True)
            self._connection.begin()
            event.listen(self._connection, "commit", _refuse)
        return self._connection

    def load(self, prepared, table, key):
        """(row, its instance, the instance's variables) of the row `key` of `table`, locked; (None, None, []) where there is none."""
        (rows, variables) = self.cursor.fetch_together((prepared, {"key": key}), (instances.variables_beside(table), {"key": key}))
        if not rows:
            return None, None, []
        return rows[0], rows[0].instance, variables

    def load_instance(self, key):
        """(instance, its variables), locked; (None, []) where there is none."""
        (rows, variables) = self.cursor.fetch_together((instances.BY_KEY, {"key": key}), (instances.VARIABLES_OF, {"instance_key": key}))
        return (rows[0], variables) if rows else (None, [])

    def load_child(self, parent_key, number):
        """(instance, its variables) of the child that the call activity `number` of `parent_key` started; (None, [])."""
        rows = self.cursor.fetch(instances.BY_PARENT, {"parent_key": parent_key, "parent_number": number})
        return (rows[0], self.cursor.fetch(instances.VARIABLES_OF, {"instance_key": rows[0].key})) if rows else (None, [])

    def fetch(self, prepared, **parameters):
        """The rows of one more select."""
        return self.cursor.fetch(prepared, parameters)

    @property
    def is_open(self):
        """Is it still under way? A session that is rolled back, or fails to flush, ends it."""
        return self._connection is None or self._connection.in_transaction()

    def session(self):
        """A Session of SQLAlchemy's inside of this transaction, for handlers: it may flush, and cannot commit."""
        return Session(bind=self.connection, join_transaction_mode="rollback_only", info={"command": True})

    def key(self):
        """A new 64-bit key."""
        found = self.store.keys.take(may_lease=not (self.writing and self.store.is_sqlite))
        if found is None:
            found = next(self._private_keys or iter(()), None)
        if found is None:
            # We hold the only write lock, so the block is leased inside of it and is ours alone: a rollback gives it back.
            first = keys.lease(self.connection)
            self._private_keys = iter(range(first, first + keys.BLOCK))
            found = next(self._private_keys)
        return found

    def begin_writing(self, instances_read=()):
        """From here on nobody else writes. Raises Lost if one of `instances_read` (rows) has changed since it was read."""
        if self.writing:
            return
        self.cursor.restart()
        self.cursor.begin("BEGIN IMMEDIATE")
        self.writing = True
        for instance in instances_read:
            self._still(instance)

    def _still(self, instance):
        found = self.cursor.fetch(instances.REVISION, {"key": instance.key})
        if not found or found[0].revision != instance.revision:
            raise Lost

    def write(self, batches, steps=()):
        """Run `batches`, (prepared, rows) each, and `steps`, the updates of instances; Lost where one of these was overtaken.

        Everything goes in one pipeline on PostgreSQL, the commit with it.
        """
        self.begin_writing()
        self._committed = True
        with self.cursor.together():
            if steps and self.cursor.run(instances.STEP, steps) != len(steps) and self.store.is_sqlite:
                raise Lost
            for prepared, rows in batches:
                if rows:
                    self.cursor.run(prepared, rows)
            self.cursor.commit()
        if self._private_keys is not None:
            self.store.keys.keep(self._private_keys)

    def commit(self):
        """Commit what was not written by `write`; nothing is left to do after it."""
        if not self._committed:
            self._committed = True
            self.cursor.commit()

    def close(self):
        """Undo what was not committed, and give the connection back to the pool as it was."""
        try:
            if not self.store.is_sqlite and not self._raw.closed:
                self._raw.rollback()
                self._raw.autocommit = False
        finally:
            self._pooled.close()
