"""Runs migrations on a filled database without losing anything.

SQLite: foreign keys off (a batch rebuild drops and renames tables), one IMMEDIATE transaction for the DDL of all steps, the keys checked
before it commits. The triggers that keep history append-only are put back after every migration: a rebuild drops them silently.
"""

from alembic import context
from flask import current_app

from engine.store import triggers
from engine.store.base import Base


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
                    user_module_prefix="engine.store.base.",
                )
                context.run_migrations()
                triggers.install(connection)
                if sqlite:
                    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
                    if broken:
                        raise RuntimeError(f"Expected every foreign key to hold after the migration, but {broken[:3]} do not")
        finally:
            if sqlite:
                connection.connection.driver_connection.execute("PRAGMA foreign_keys=ON")


run()
