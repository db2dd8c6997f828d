"""A database that loses nothing: how SQLite and PostgreSQL are opened, and why each setting is there."""

import sqlalchemy
from sqlalchemy import event
from sqlalchemy.orm import Session

#: Longer than this no writer waits for another one; then it answers Busy and changes nothing. Seconds.
PATIENCE = 10


def connect(url, synchronous="FULL", **options):
    """An Engine on `url`, configured. `synchronous` (SQLite): FULL survives a power cut, NORMAL only a crash of the program."""
    if sqlalchemy.make_url(url).get_backend_name() == "sqlite":
        options.setdefault("pool_size", 20)
        options.setdefault("max_overflow", 40)
    engine = sqlalchemy.create_engine(url, **options)
    configure(engine, synchronous)
    return engine


def configure(engine, synchronous="FULL"):
    """Give every connection of `engine` the settings without which acknowledged updates are lost (see design of the store in docs)."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", lambda connection, _record: _open_sqlite(connection, synchronous))
        event.listen(engine, "begin", _begin_sqlite)


def _open_sqlite(connection, synchronous):
    # The driver's own transactions begin late, at the first write, and a reader that turns writer then fails whatever its timeout.
    connection.isolation_level = None
    for setting in (
        f"busy_timeout={PATIENCE * 1000}",
        "journal_mode=WAL",
        f"synchronous={synchronous}",
        "foreign_keys=ON",
        "recursive_triggers=ON",  # INSERT OR REPLACE fires the delete trigger of history only so
    ):
        connection.execute("PRAGMA " + setting)


def _begin_sqlite(connection):
    options = connection.get_execution_options()
    if not options.get("begun"):  # by the transaction of a command: see transaction.py
        connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("write") else "BEGIN")


def guard(session_class=Session):
    """A flush outside of a command raises: only commands write, and a command's session says so in `session.info["command"]`."""

    @event.listens_for(session_class, "before_flush")
    def refuse(session, _context, _instances):
        if not session.info.get("command"):
            raise RuntimeError("Expected only commands to write, but a session was flushed outside of one; write a command instead")
