"""Runs migrations on a filled database without losing anything.

SQLite: foreign keys off (a batch rebuild drops and renames tables), one IMMEDIATE transaction for the DDL of all steps, the keys checked
before it commits. The triggers that keep history append-only are put back after every migration: a rebuild drops them silently.
"""

from alembic import context
from flask import current_app
from sqlalchemy import BigInteger, inspect
from sqlalchemy.sql.elements import False_, True_

from cases.exact import Exact
from engine.store import triggers
from engine.store.base import Base, Moment


def render(kind, found, rendering):
    """Write our own column types by their names, and truth in the word of each database."""
    if kind == "type" and isinstance(found, Exact):
        rendering.imports.add("from cases.exact import Exact")
        return f"Exact({found.impl.precision}, {found.places})"
    if kind == "type" and isinstance(found, Moment | BigInteger):
        name = "Moment" if isinstance(found, Moment) else "Key"
        rendering.imports.add(f"from engine.store.base import {name}")
        return "Moment()" if name == "Moment" else "Key"
    argument = getattr(found, "arg", None)
    if kind == "server_default" and isinstance(argument, True_ | False_):
        return "sa.true()" if isinstance(argument, True_) else "sa.false()"
    return False


def run():
    engine = current_app.extensions["migrate"].db.engine
    sqlite = engine.dialect.name == "sqlite"
    with engine.connect() as connection:
        if sqlite:
            # The pragma does nothing inside of a transaction, so it goes to the driver before one begins.
            connection.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")
        connection = connection.execution_options(write=True)
        try:
            with connection.begin():
                context.configure(
                    connection=connection,
                    target_metadata=Base.metadata,
                    render_as_batch=True,
                    compare_type=True,
                    transactional_ddl=True,
                    render_item=render,
                )
                context.run_migrations()
                if inspect(connection).has_table("history"):  # not while the very first migration is only being written
                    triggers.install(connection)
                if sqlite:
                    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
                    if broken:
                        raise RuntimeError(f"Expected every foreign key to hold after the migration, but {broken[:3]} do not")
        finally:
            if sqlite:
                connection.connection.driver_connection.execute("PRAGMA foreign_keys=ON")


run()
