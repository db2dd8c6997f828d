"""History and its seals are only added to: the triggers that refuse everything else, even to the product itself.

They stop mistakes and whoever has only the product's rights. Whoever owns the database can drop them: that is found by
`verify_history.py`, and a start without them is refused (`missing`). Alembic's batch mode rebuilds a SQLite table and drops them without a
word, so `install` runs after every migration.
"""

#: Table -> when, on SQLite, an insert would push out a row. SQLite deletes such a row for INSERT OR REPLACE without asking a trigger for
#: DELETE (unless recursive_triggers is on, which is the forger's own choice). Every unique key can do it, and so can the hidden rowid,
#: which is -1 in the trigger unless the statement names it.
GUARDED = {
    "history": "EXISTS (SELECT 1 FROM history WHERE chain = NEW.chain AND seq = NEW.seq) "
    "OR EXISTS (SELECT 1 FROM history WHERE rowid = NEW.rowid)",
    "seal": "EXISTS (SELECT 1 FROM seal WHERE number = NEW.number OR day = NEW.day)",
}

_FUNCTION = "append_only"
_FUNCTION_BODY = "BEGIN RAISE EXCEPTION USING MESSAGE = 'Expected ' || TG_TABLE_NAME || ' to be only added to, but found ' || TG_OP; END"


def _sqlite(table, pushed_out):
    for name, moment, condition, refused in (
        ("no_update", "UPDATE", "", "UPDATE"),
        ("no_delete", "DELETE", "", "DELETE"),
        ("no_replace", "INSERT", f"WHEN {pushed_out} ", "INSERT in place of a row"),
    ):
        yield (
            f"{table}_{name}",
            f"CREATE TRIGGER {table}_{name} BEFORE {moment} ON {table} {condition}"
            f"BEGIN SELECT RAISE(ABORT, 'Expected {table} to be only added to, but found {refused}'); END",
        )


def _postgresql(table):
    """Each statement is written exactly as pg_get_triggerdef says it, so that `missing` can compare."""
    for name, moment, each in (("no_change", "DELETE OR UPDATE", "ROW"), ("no_truncate", "TRUNCATE", "STATEMENT")):
        yield (
            f"{table}_{name}",
            f"CREATE TRIGGER {table}_{name} BEFORE {moment} ON {table} FOR EACH {each} EXECUTE FUNCTION {_FUNCTION}()",
        )


SQLITE = {name: statement for table, pushed_out in GUARDED.items() for name, statement in _sqlite(table, pushed_out)}
POSTGRESQL = {name: statement for table in GUARDED for name, statement in _postgresql(table)}


def install(connection):
    """Create each trigger that is missing, disabled or different from the one in this file. Idempotent; the caller commits."""
    absent = missing(connection)
    if connection.dialect.name == "sqlite":
        for name in absent:
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}")
            connection.exec_driver_sql(SQLITE[name])
        return
    if absent:
        connection.exec_driver_sql(f"CREATE OR REPLACE FUNCTION {_FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $${_FUNCTION_BODY}$$")
    for name in absent:
        connection.exec_driver_sql(POSTGRESQL[name].replace("CREATE", "CREATE OR REPLACE", 1))
        # ALWAYS: fires also where session_replication_role says that ordinary triggers shall not.
        connection.exec_driver_sql(f"ALTER TABLE {name.partition('_')[0]} ENABLE ALWAYS TRIGGER {name}")


def missing(connection):
    """The names of the triggers that do not stand as this file would have made them; a server refuses to start while there are any."""
    if connection.dialect.name == "sqlite":
        found = dict(connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").all())
        return [name for name, statement in SQLITE.items() if found.get(name) != statement]
    found = connection.exec_driver_sql(
        "SELECT tgname, pg_get_triggerdef(pg_trigger.oid, true), prosrc FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid "
        "WHERE tgrelid IN (to_regclass('history'), to_regclass('seal')) AND tgenabled = 'A'"
    ).all()
    standing = {name for name, statement, source in found if (statement, source) == (POSTGRESQL.get(name), _FUNCTION_BODY)}
    return [name for name in POSTGRESQL if name not in standing]
