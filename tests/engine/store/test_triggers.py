"""engine/store/triggers.py: each forgery is refused by the trigger against it, and a missing trigger is noticed."""

import sqlite3

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Column, Text
from sqlalchemy.exc import DBAPIError

from engine.store import triggers
from tests.chains import Chains

ALL = {"sqlite": set(triggers.SQLITE), "postgresql": set(triggers.POSTGRESQL)}
UPSERT = "ON CONFLICT (chain, seq) DO UPDATE SET body = excluded.body"
FORGED = "(chain, seq, at, actor, kind, element_id, body, hash) VALUES (1001, 2, '', '', '', '', '', '')"


@pytest.fixture
def chains(store_engine):
    made = Chains(store_engine)
    made.instance(length=3)
    made.seal()
    return made


def dump(engine):
    with engine.connect() as connection:
        return [
            connection.exec_driver_sql(statement).all()
            for statement in ("SELECT * FROM history ORDER BY chain, seq", "SELECT * FROM seal ORDER BY number")
        ]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE history SET body = '' WHERE chain = 1001 AND seq = 2",
        "UPDATE history SET seq = seq + 100",
        "DELETE FROM history WHERE chain = 1001 AND seq = 3",
        "DELETE FROM history",
        f"INSERT INTO history {FORGED} {UPSERT}",
        "UPDATE seal SET signature = ''",
        "DELETE FROM seal",
    ],
)
def test_what_was_recorded_cannot_be_changed_or_removed(chains, statement):
    before = dump(chains.engine)

    with pytest.raises(DBAPIError, match=r"Expected (history|seal) to be only added to"), chains.writing() as connection:
        connection.exec_driver_sql(statement)

    assert dump(chains.engine) == before


@pytest.mark.parametrize("table", ["history", "seal"])
@pytest.mark.parametrize("store_url", ["postgresql"], indirect=True)
def test_postgresql_does_not_truncate(chains, table):
    with pytest.raises(DBAPIError, match=f"Expected {table} to be only added to, but found TRUNCATE"), chains.writing() as connection:
        connection.exec_driver_sql(f"TRUNCATE {table}")


@pytest.mark.parametrize("store_url", ["postgresql"], indirect=True)
def test_postgresql_refuses_even_where_ordinary_triggers_are_off(chains):
    with chains.writing() as connection:
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        with pytest.raises(DBAPIError, match="Expected history"), connection.begin_nested():
            connection.exec_driver_sql("DELETE FROM history")


@pytest.mark.parametrize(
    "forgery",
    [
        f"INSERT OR REPLACE INTO history {FORGED}",
        f"REPLACE INTO history {FORGED}",
        "INSERT OR REPLACE INTO history (rowid, chain, seq, at, actor, kind, body, hash) VALUES (2, 5, 1, '', '', '', '', '')",
        "INSERT OR REPLACE INTO seal VALUES (1, 'another day', '', '', '')",
        "INSERT OR REPLACE INTO seal SELECT 2, day, '', '', '' FROM seal",
    ],
    ids=["replace", "replace-short", "through-the-rowid", "seal-by-number", "seal-by-day"],
)
@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
def test_sqlite_does_not_replace_whatever_the_connection_says(chains, forgery):
    """Not through our own connections: theirs may have recursive_triggers off, and then no trigger for DELETE fires."""
    before = dump(chains.engine)
    other = sqlite3.connect(chains.engine.url.database)

    with pytest.raises(sqlite3.IntegrityError, match="INSERT in place of a row"):
        other.execute(forgery)

    other.close()
    assert dump(chains.engine) == before


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
def test_without_the_insert_trigger_sqlite_would_replace_in_silence(chains):
    other = sqlite3.connect(chains.engine.url.database, isolation_level=None)
    other.execute("DROP TRIGGER history_no_replace")

    other.execute(f"REPLACE INTO history {FORGED}")

    assert other.execute("SELECT body FROM history WHERE chain = 1001 AND seq = 2").fetchall() == [("",)]
    other.close()


def test_new_entries_go_on_being_added(chains):
    chains.grow(1001, 2)
    chains.seal(13)

    assert len(dump(chains.engine)[1]) == 2


def test_installing_twice_changes_nothing(chains):
    with chains.writing() as connection:
        assert triggers.missing(connection) == []
        triggers.install(connection)
        assert triggers.missing(connection) == []


def test_every_missing_trigger_is_named_and_made_again(chains):
    name = chains.engine.dialect.name
    for trigger in ALL[name]:
        table = trigger.partition("_")[0]
        with chains.writing() as connection:
            connection.exec_driver_sql(f"DROP TRIGGER {trigger}" + ("" if name == "sqlite" else f" ON {table}"))
            assert triggers.missing(connection) == [trigger]
            triggers.install(connection)
            assert triggers.missing(connection) == []


def test_a_database_without_any_trigger_names_all(store_engine):
    with store_engine.connect() as connection:
        assert triggers.missing(connection) == []
    Chains(store_engine).forge()
    with store_engine.execution_options(write=True).begin() as connection:
        name = store_engine.dialect.name
        for trigger in ALL[name]:
            connection.exec_driver_sql(f"DROP TRIGGER {trigger}" + ("" if name == "sqlite" else f" ON {trigger.partition('_')[0]}"))
        assert set(triggers.missing(connection)) == ALL[name]


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
def test_a_trigger_that_only_bears_the_name_counts_as_missing_on_sqlite(chains):
    with chains.writing() as connection:
        connection.exec_driver_sql("DROP TRIGGER history_no_update")
        connection.exec_driver_sql("CREATE TRIGGER history_no_update BEFORE UPDATE ON history WHEN 0 BEGIN SELECT 1; END")

        assert triggers.missing(connection) == ["history_no_update"]


@pytest.mark.parametrize(
    ("disarm", "found"),
    [
        ("ALTER TABLE history DISABLE TRIGGER history_no_change", {"history_no_change"}),
        ("ALTER TABLE history ENABLE TRIGGER history_no_change", {"history_no_change"}),
        (
            "CREATE OR REPLACE TRIGGER seal_no_change BEFORE DELETE OR UPDATE OF day ON seal FOR EACH ROW EXECUTE FUNCTION append_only(); "
            "ALTER TABLE seal ENABLE ALWAYS TRIGGER seal_no_change",
            {"seal_no_change"},
        ),
        (
            "CREATE OR REPLACE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
            ALL["postgresql"],
        ),
    ],
    ids=["disabled", "not-always", "narrowed", "empty-function"],
)
@pytest.mark.parametrize("store_url", ["postgresql"], indirect=True)
def test_a_disarmed_trigger_counts_as_missing_on_postgresql(chains, disarm, found):
    with chains.writing() as connection:
        connection.exec_driver_sql(disarm)
        assert set(triggers.missing(connection)) == found

        triggers.install(connection)
        assert triggers.missing(connection) == []


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
def test_a_batch_migration_of_a_filled_table_drops_them_silently_and_install_brings_them_back(chains):
    with chains.writing() as connection:
        operations = Operations(MigrationContext.configure(connection))
        with operations.batch_alter_table("history", recreate="always") as batch:
            batch.add_column(Column("remark", Text, nullable=True))
        assert set(triggers.missing(connection)) == {"history_no_update", "history_no_delete", "history_no_replace"}

        triggers.install(connection)
        assert triggers.missing(connection) == []

    assert chains.findings() == []
    with pytest.raises(DBAPIError, match="Expected history to be only added to"), chains.writing() as connection:
        connection.exec_driver_sql("DELETE FROM history")
