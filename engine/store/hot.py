"""The step path: statements written in SQLAlchemy Core, compiled once per dialect, run as text on the driver's own cursor.

This is the only file that bypasses SQLAlchemy's execution, because it doubles the steps a second; everything else uses Core or the ORM.
On PostgreSQL a step is two round trips: a pipeline that locks and reads, and a pipeline that writes and commits.
"""

from contextlib import nullcontext
from datetime import UTC, date, datetime

from sqlalchemy.dialects import postgresql, sqlite

from engine.store.base import Moment, moment_text, read_moment


class Statement:
    """One statement, ready for the driver: `text` with named parameters, and which columns of its rows are moments."""

    __slots__ = ("columns", "constants", "moments", "name", "text")

    def __init__(self, name, statement, dialect):
        compiled = statement.compile(dialect=dialect)
        self.name, self.text = name, str(compiled)
        self.constants = {key: value for key, value in compiled.params.items() if value is not None}
        selected = list(statement.selected_columns) if statement.is_select else []
        self.columns = tuple(column.key for column in selected)
        self.moments = tuple(column.key for column in selected if isinstance(column.type, Moment))


class Statements:
    """Every statement of the step path for one dialect: `statements["name"]`."""

    def __init__(self, dialect_name):
        self.is_sqlite = dialect_name == "sqlite"
        self.dialect = sqlite.dialect(paramstyle="named") if self.is_sqlite else postgresql.psycopg.dialect()
        self._made = {}

    def get(self, prepared):
        """The statement of a pair (name, make); `make(dialect_name)` writes it in Core, the first time."""
        name, make = prepared
        found = self._made.get(name)
        if found is None:
            found = self._made[name] = Statement(name, make(self.dialect.name), self.dialect)
        return found


def _sqlite_text(value):
    return moment_text(value) if isinstance(value, datetime) else value.isoformat()


class Row(dict):
    """A row by the names of its columns; attribute access for reading."""

    __slots__ = ()

    def __getattr__(self, name):
        try:
            return self[name]
        except KeyError:
            raise AttributeError(name) from None


class Cursor:
    """Runs statements on one driver connection, and counts them."""

    def __init__(self, connection, statements):
        self._raw = connection.connection.driver_connection
        self._cursor = self._raw.cursor()
        self._statements, self.executed = statements, 0
        self.is_sqlite = statements.is_sqlite

    def fetch(self, prepared, parameters):
        """All rows of a select, as Rows; moments come back as aware datetimes."""
        statement = self._statements.get(prepared)
        self.executed += 1
        rows = self._cursor.execute(statement.text, self._bind(statement, parameters)).fetchall()
        return [self._row(statement, row) for row in rows]

    def fetch_together(self, *reads):
        """Several selects, (prepared, parameters) each, in one round trip; a later one sees what an earlier one waited for."""
        if self.is_sqlite:
            return [self.fetch(*read) for read in reads]
        cursors, statements = [self._raw.cursor() for _ in reads], [self._statements.get(prepared) for prepared, _ in reads]
        with self._raw.pipeline():
            for cursor, statement, (_, parameters) in zip(cursors, statements, reads, strict=True):
                cursor.execute(statement.text, self._bind(statement, parameters))
        self.executed += len(reads)
        return [[self._row(statement, row) for row in cursor.fetchall()] for cursor, statement in zip(cursors, statements, strict=True)]

    def run(self, prepared, rows):
        """Execute once per row (one statement to us); returns how many rows it touched."""
        statement = self._statements.get(prepared)
        self.executed += 1
        rows = [self._bind(statement, row) for row in rows]
        if len(rows) == 1:
            self._cursor.execute(statement.text, rows[0])
        else:
            self._cursor.executemany(statement.text, rows)
        return self._cursor.rowcount

    def together(self):
        """A context in which PostgreSQL sends all statements without waiting for the answer of each."""
        return nullcontext() if self.is_sqlite else self._raw.pipeline()

    def restart(self, begin):
        """Leave SQLite's reading transaction and enter one that `begin` names."""
        self._cursor.execute("ROLLBACK")
        self._cursor.execute(begin)

    def commit(self):
        """Commit on the driver's connection, inside the pipeline of `together`."""
        if self.is_sqlite:
            self._cursor.execute("COMMIT")
        else:
            self._raw.commit()

    def _bind(self, statement, parameters):
        if statement.constants:
            parameters = {**statement.constants, **parameters}
        if self.is_sqlite:
            return {name: _sqlite_text(value) if isinstance(value, date) else value for name, value in parameters.items()}
        return parameters

    def _row(self, statement, row):
        made = Row(zip(statement.columns, row, strict=True))
        for name in statement.moments:
            if made[name] is not None:
                made[name] = read_moment(made[name]) if self.is_sqlite else made[name].astimezone(UTC)
        return made
