"""The step path: statements written in SQLAlchemy Core, compiled once per dialect, run as text on the driver's own cursor.

This is the only file that bypasses SQLAlchemy's execution, because it doubles the steps a second; everything else uses Core or the ORM.
On PostgreSQL a step is two round trips: a pipeline that locks and reads, and a pipeline that writes and commits.
"""

import functools
import re
from contextlib import contextmanager
from datetime import UTC, datetime

from sqlalchemy import Date
from sqlalchemy.dialects import postgresql, sqlite

from engine.store.base import Moment, moment_text, read_moment

#: An insert of up to so many rows is one statement to PostgreSQL, which costs it and the driver a fraction; its texts are few.
MANY = 16

_PARAMETER = re.compile(r"%\((\w+)\)s")

#: The columns of the instance that stand beside those of the thing that is loaded are named so.
PREFIX = "its_"


class Statement:
    """One statement, ready for the driver: `text` with named parameters; which columns of its rows are moments, which parameters dates."""

    __slots__ = ("_many", "columns", "constants", "dates", "its", "moments", "name", "parameters", "text")

    def __init__(self, name, statement, dialect):
        compiled = statement.compile(dialect=dialect)
        self.name, self.text = name, str(compiled)
        self.constants = {key: value for key, value in compiled.params.items() if value is not None}
        self.parameters = tuple(dict.fromkeys(_PARAMETER.findall(self.text)))
        #: number of rows -> the insert for all of them at once; None for what is no insert, or needs no such thing
        self._many = {} if statement.is_insert and dialect.name == "postgresql" else None
        self.dates = tuple(key for key, bind in compiled.binds.items() if isinstance(bind.type, (Moment, Date)))
        selected = list(statement.selected_columns) if statement.is_select else []
        own = [column.key for column in selected if not column.key.startswith(PREFIX)]
        #: the thing's own columns come first, then those of the instance beside it
        self.columns, self.its = tuple(own), tuple(column.key.removeprefix(PREFIX) for column in selected[len(own) :])
        self.moments = tuple(place for place, column in enumerate(selected) if isinstance(column.type, Moment))

    def many(self, rows):
        """(text, parameters) of one insert for all `rows`; None where it has to be executed once for each."""
        if self._many is None or len(rows) > MANY:
            return None
        text = self._many.get(len(rows))
        if text is None:
            head, _, rest = self.text.partition(" VALUES (")
            end = _closing(rest)
            groups = ["(" + _PARAMETER.sub(rf"%(\1_{place})s", rest[:end]) + ")" for place in range(len(rows))]
            text = self._many[len(rows)] = f"{head} VALUES {', '.join(groups)}{rest[end + 1 :]}"
        return text, {f"{name}_{place}": row[name] for place, row in enumerate(rows) for name in self.parameters}


def _closing(text):
    """Where the parenthesis closes that was open before `text`."""
    depth = 1
    for place, character in enumerate(text):
        depth += (character == "(") - (character == ")")
        if not depth:
            return place
    raise ValueError(f"Expected a closing parenthesis, but found none in {text!r}")


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


@functools.cache
def statements(dialect_name):
    """The Statements of a dialect, the same for every store of this process."""
    return Statements(dialect_name)


class Row(dict):
    """A row by the names of its columns; attribute access for reading. `instance`: the Row beside it, where it was loaded with one."""

    __slots__ = ("instance",)

    def __getattr__(self, name):
        try:
            return self[name]
        except KeyError:
            raise AttributeError(name) from None


class Cursor:
    """Runs statements on one driver connection, and counts them."""

    def __init__(self, raw, statements):
        self._raw = raw
        self._cursor = self._raw.cursor()
        self._statements, self.executed = statements, 0
        self.is_sqlite = statements.is_sqlite
        self._unsent = None  # PostgreSQL's BEGIN, which goes with the first statement
        self._texts = {None: None}  # moment or day -> its text: a step writes the same few again and again

    def fetch(self, prepared, parameters):
        """All rows of a select, as Rows; moments come back as aware datetimes."""
        if self._unsent:
            return self.fetch_together((prepared, parameters))[0]
        statement = self._statements.get(prepared)
        self.executed += 1
        rows = self._cursor.execute(statement.text, self._bind(statement, parameters)).fetchall()
        return [self._row(statement, row) for row in rows]

    def fetch_together(self, *reads):
        """Several selects, (prepared, parameters) each, in one round trip; a later one sees what an earlier one waited for."""
        if self.is_sqlite:
            return [self.fetch(*read) for read in reads]
        cursors, statements = [self._raw.cursor() for _ in reads], [self._statements.get(prepared) for prepared, _ in reads]
        with self.together():
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
        elif together := statement.many(rows):
            self._cursor.execute(*together)
        else:
            self._cursor.executemany(statement.text, rows)
        return self._cursor.rowcount

    @contextmanager
    def together(self):
        """A context in which PostgreSQL sends all statements without waiting for the answer of each."""
        if self.is_sqlite:
            yield
            return
        with self._raw.pipeline():
            self.send_begin()
            yield

    def begin(self, begin):
        """Enter a transaction. On PostgreSQL the word costs no round trip of its own: it waits for the first statement."""
        if self.is_sqlite:
            self._cursor.execute(begin)
        else:
            self._unsent = begin

    def send_begin(self):
        """Send the word that waits, because somebody else is about to use the driver's connection."""
        if self._unsent:
            self._cursor.execute(self._unsent)
            self._unsent = None

    def restart(self):
        """Leave SQLite's reading transaction, in order to enter another."""
        self._cursor.execute("ROLLBACK")

    def commit(self):
        """Commit on the driver's connection, inside the pipeline of `together`."""
        # As a statement: psycopg's own commit() would wait for its answer, and the end of the pipeline then for another one.
        if self._unsent is None:
            self._cursor.execute("COMMIT")

    def _bind(self, statement, parameters):
        if statement.constants:
            parameters = {**statement.constants, **parameters}
        if not (self.is_sqlite and statement.dates):
            return parameters
        return {**parameters, **{name: self._text(parameters[name]) for name in statement.dates}}

    def _text(self, value):
        found = self._texts.get(value)
        if found is None and value is not None:
            found = self._texts[value] = moment_text(value) if isinstance(value, datetime) else value.isoformat()
        return found

    def _row(self, statement, values):
        if statement.moments:
            values = list(values)
            for place in statement.moments:
                if values[place] is not None:
                    values[place] = read_moment(values[place]) if self.is_sqlite else values[place].astimezone(UTC)
        row = Row(zip(statement.columns, values))  # noqa: B905 - the instance's values come after them
        if statement.its:
            row.instance = Row(zip(statement.its, values[len(statement.columns) :], strict=True))
        return row
