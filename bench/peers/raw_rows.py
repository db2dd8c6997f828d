"""The rows of a case, written with the bare driver, a statement at a time: what the raw floor and SpiffWorkflow keep alike."""

import sqlite3
import time

TABLES = """
CREATE TABLE hazard_case (id BIGINT PRIMARY KEY, version INTEGER NOT NULL, status TEXT NOT NULL, state TEXT NOT NULL,
  started BIGINT NOT NULL, ended BIGINT);
CREATE TABLE task (id {key} PRIMARY KEY, case_id BIGINT NOT NULL, element TEXT NOT NULL, created BIGINT NOT NULL, closed BIGINT);
CREATE INDEX task_of_case ON task (case_id);
CREATE TABLE candidate (task_id {key}, grp TEXT, created BIGINT NOT NULL, open INTEGER NOT NULL, PRIMARY KEY (task_id, grp));
CREATE INDEX candidate_inbox ON candidate (grp, created, task_id) WHERE open = 1;
CREATE TABLE history (case_id BIGINT, seq INTEGER, at BIGINT NOT NULL, actor TEXT NOT NULL, kind TEXT NOT NULL, element TEXT,
  fields TEXT NOT NULL, PRIMARY KEY (case_id, seq));
"""


class LostUpdate(Exception):
    """Somebody else changed the case between the read and the write."""


class RawRows:
    """One connection and the statements of a step. `task_key`: the column type of a task's id, BIGINT or TEXT."""

    def __init__(self, store, task_key="BIGINT"):
        self._connection, self._mark = connect(store), "?" if store.is_sqlite else "%s"
        self._begin = "BEGIN IMMEDIATE" if store.is_sqlite else "BEGIN"
        self._cursor = self._connection.cursor()
        for statement in TABLES.format(key=task_key).split(";")[:-1]:
            self._cursor.execute(statement)
        lock = "" if store.is_sqlite else " FOR UPDATE"
        self._load = self._text("SELECT version, state FROM hazard_case WHERE id = ?" + lock)
        self._new = self._text("INSERT INTO hazard_case (id, version, status, state, started) VALUES (?, 1, 'open', ?, ?)")
        self._save = self._text("UPDATE hazard_case SET version = ?, status = ?, state = ?, ended = ? WHERE id = ? AND version = ?")
        self._open = self._text("INSERT INTO task (id, case_id, element, created) VALUES (?, ?, ?, ?)")
        self._offer = self._text("INSERT INTO candidate (task_id, grp, created, open) VALUES (?, ?, ?, 1)")
        self._close = self._text("UPDATE task SET closed = ? WHERE id = ?")
        self._withdraw = self._text("UPDATE candidate SET open = 0 WHERE task_id = ?")
        self._note = self._text("INSERT INTO history (case_id, seq, at, actor, kind, element, fields) VALUES (?, ?, ?, ?, ?, ?, ?)")

    def _text(self, statement):
        return statement.replace("?", self._mark)

    def begin(self):
        """Begin a writing transaction -> now, in milliseconds."""
        self._cursor.execute(self._begin)
        return int(time.time() * 1000)

    def commit(self):
        """Make the step durable."""
        self._cursor.execute("COMMIT")

    def load(self, case):
        """(version, state text) of a case, locked on PostgreSQL."""
        self._cursor.execute(self._load, (case,))
        return self._cursor.fetchone()

    def new(self, case, state, now):
        """The row of a new case, at version 1."""
        self._cursor.execute(self._new, (case, state, now))

    def save(self, case, version, state, ended):
        """Write the state over the `version` that was read. Raises LostUpdate where it is no longer that one."""
        self._cursor.execute(self._save, (version + 1, "closed" if ended else "open", state, ended, case, version))
        if self._cursor.rowcount != 1:
            raise LostUpdate(f"Expected case {case} at version {version}, but somebody else was faster")

    def open(self, task, case, element, group, now):
        """A task, and its place in the queue of its group."""
        self._cursor.execute(self._open, (task, case, element, now))
        self._cursor.execute(self._offer, (task, group, now))

    def close(self, task, now):
        """The task is done and leaves the queue."""
        self._cursor.execute(self._close, (now, task))
        self._cursor.execute(self._withdraw, (task,))

    def note(self, case, seq, now, kind, element, fields):
        """A row of history."""
        self._cursor.execute(self._note, (case, seq, now, "u001", kind, element, fields))

    def counts(self):
        """Rows of each table, as `Peer.counts` wants them."""
        tables = {"cases": "hazard_case", "tasks": "task", "candidates": "candidate", "history": "history"}
        return {name: self._cursor.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for name, table in tables.items()}

    def disconnect(self):
        """Close the connection."""
        self._connection.close()


def connect(store, **options):
    """A driver connection on `store` whose transactions are only ours: autocommit, as BEGIN and COMMIT are sent by hand."""
    if not store.is_sqlite:
        import psycopg

        return psycopg.connect(store.conninfo, autocommit=True)
    connection = sqlite3.connect(store.path, isolation_level=None, **options)
    for setting in ("journal_mode=WAL", f"synchronous={store.synchronous}", "busy_timeout=10000"):
        connection.execute("PRAGMA " + setting)
    return connection
