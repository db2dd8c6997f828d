"""The migration scripts make the schema that the models declare; a rebuild of history keeps it closed; a failed one changes nothing."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError

from api.app import create_app
from api.config import Config
from api.migrations import newest, upgrade_schema
from engine.store import database, triggers
from engine.store.base import Base
from tests.chains import Chains
from tests.conftest import make_schema

ROOT = Path(__file__).resolve().parent.parent

SCRIPT = '''"""another"""

import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "another", "{head}", None, None


def upgrade():
{steps}
'''
REBUILD = """\
    with op.batch_alter_table("history", recreate="always") as batch:
        batch.add_column(sa.Column("remark", sa.Text(), nullable=True))
"""
HALF_WAY = """\
    op.create_table("half", sa.Column("key", sa.Integer(), primary_key=True))
    op.execute("UPDATE process_instance SET business_id = 'half'")
    with op.batch_alter_table("history", recreate="always") as batch:
        batch.add_column(sa.Column("remark", sa.Text(), nullable=True))
    op.execute("INSERT INTO no_such_table VALUES (1)")
"""
BREAKS_A_KEY = """\
    op.execute("DELETE FROM process_definition")
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def new_database(request, tmp_path):
    """new_database(name) -> the URL of a database without any table, all of one kind."""
    made = []

    def new(name):
        if request.param == "sqlite":
            return f"sqlite:///{tmp_path / name}.db"
        made.append(request.getfixturevalue("postgres").database())
        return made[-1]

    yield new
    for url in made:
        request.getfixturevalue("postgres").drop(url)


@pytest.fixture
def app(new_database, tmp_path):
    """The application on a database that the scripts have migrated."""
    (tmp_path / "keys").mkdir()
    app = create_app(Config(tmp_path, new_database("migrated"), "only for tests, and nothing else"))
    with app.app_context():
        upgrade_schema(None)
    yield app
    app.extensions["engine"].store.engine.dispose()
    app.extensions["engine"].gate.close()


@pytest.fixture
def chains(app):
    """A migrated database with history and a seal in it."""
    made = Chains(app.extensions["engine"].store.engine)
    made.instance(4)
    made.outside(500, "accounts")
    made.seal(12)
    made.instance(2)
    return made


@pytest.fixture
def migrate(app, tmp_path):
    """migrate(steps): run one more script, as env.py runs every one."""

    def run(steps):
        folder = tmp_path / "migrations"
        shutil.copytree(ROOT / "migrations", folder, ignore=shutil.ignore_patterns("__pycache__"))
        head = ScriptDirectory(str(folder)).get_current_head()
        (folder / "versions" / "another.py").write_text(SCRIPT.format(head=head, steps=steps))
        with app.app_context():
            upgrade(directory=str(folder))

    return run


def shape(engine):
    """Tables, columns, keys and indexes as the database itself knows them."""
    if engine.dialect.name == "postgresql":
        queries = (
            "SELECT table_name, column_name, data_type, is_nullable, column_default FROM information_schema.columns "
            "WHERE table_schema = 'public' AND table_name <> 'alembic_version'",
            "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename <> 'alembic_version'",
            "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint "
            "WHERE connamespace = 'public'::regnamespace AND conrelid::regclass::text <> 'alembic_version'",
        )
        with engine.connect() as connection:
            return [sorted(map(tuple, connection.execute(text(query)))) for query in queries]
    found, seen = [], inspect(engine)
    with engine.connect() as connection:
        for table in sorted(set(seen.get_table_names()) - {"alembic_version"}):
            for column in connection.exec_driver_sql(f"PRAGMA table_xinfo({table})"):
                found.append((table, "column", *column[1:]))
            for foreign in connection.exec_driver_sql(f"PRAGMA foreign_key_list({table})"):
                found.append((table, "foreign", *foreign[2:]))
            (listed,) = connection.exec_driver_sql(f"PRAGMA table_list({table})")
            found.append((table, "without rowid", listed[4]))
            indexes = connection.exec_driver_sql(f"PRAGMA index_list({table})").all()
            for _, name, unique, origin, partial in indexes:
                columns = [row[2] for row in connection.exec_driver_sql(f"PRAGMA index_info({name})")]
                found.append((table, "index", "" if origin != "c" else name, unique, origin, partial, columns))
        partials = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql LIKE '%WHERE%'"
        found += [(name, sql.partition("WHERE")[2].strip()) for name, sql in connection.exec_driver_sql(partials)]
    return sorted(found, key=repr)


def test_the_scripts_make_the_schema_that_the_models_declare(app, new_database):
    migrated, url = app.extensions["engine"].store.engine, new_database("declared")
    make_schema(url)
    declared = database.connect(url)

    with migrated.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
        assert triggers.missing(connection) == []
    assert shape(migrated) == shape(declared)
    declared.dispose()


#: An evaluation before 0016: a row with all that was made, the last of which failed; two decisions of one file, of which it asked `level`.
EVALUATED = """
    INSERT INTO deployment (key, number, deployed, actor) VALUES (1, 1, '2024-04-12T09:00:00.000000Z', 'admin');
    INSERT INTO resource (key, deployment_key, name, hash, content) VALUES (2, 1, 'level.dmn', 'a', '');
    INSERT INTO decision_requirements (key, requirements_id, version, name, deployment_key, resource_key) VALUES (3, 'g', 1, 'g', 1, 2);
    INSERT INTO decision (key, decision_id, version, name, requirements_key, deployment_key) VALUES (4, 'score', 7, 's', 3, 1);
    INSERT INTO decision (key, decision_id, version, name, requirements_key, deployment_key) VALUES (5, 'level', 8, 'l', 3, 1);
    INSERT INTO decision_instance
    (key, instance_key, root_key, number, element_id, decision_key, decision_id, version, evaluated, record)
    VALUES (90, 70, 60, 5, 'grade', 5, 'level', 8, '2024-04-12T09:00:00.000000Z', '{"decision":"level","version":8,"evaluated":['
    || '{"id":"score","type":"DECISION_TABLE","output":0.10},{"id":"level","type":"CONTEXT","output":null}],"failed":"no level"}')
"""


def test_an_evaluation_becomes_a_row_for_each_decision_that_it_made_and_one_again(app):
    # given
    engine = app.extensions["engine"].store.engine
    with app.app_context():
        downgrade(revision="0015")
    with engine.execution_options(write=True).begin() as connection:
        for statement in EVALUATED.split(";"):
            connection.execute(text(statement.replace(":", "\\:")))

    def rows():
        with engine.connect() as connection:
            return [dict(row) for row in connection.execute(text("SELECT * FROM decision_instance ORDER BY 1, 2")).mappings()]

    (before,) = rows()

    # when
    with app.app_context():
        upgrade_schema("0015")

    # then
    score, level = rows()
    of_case = {"evaluation_key": 90, "instance_key": 70, "root_key": 60, "number": 5, "element_id": "grade", "root_decision_key": 5}
    assert of_case.items() <= score.items() and of_case.items() <= level.items()
    assert score["evaluated"] == level["evaluated"] == before["evaluated"]
    told = [[each[name] for name in ("place", "decision_key", "type", "failure")] for each in (score, level)]
    assert told == [[1, 4, "DECISION_TABLE", None], [2, 5, "CONTEXT", "no level"]]
    assert score["record"] == '{"id":"score","type":"DECISION_TABLE","output":0.1}'

    # and back
    with app.app_context():
        downgrade(revision="0015")
    assert rows() == [{**before, "record": before["record"].replace("0.10", "0.1")}]


def test_the_command_line_tells_up_to_where_a_database_was_brought(app, tmp_path):
    told = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", "db", "current"],
        env={"DATABASE_URL": app.config["SQLALCHEMY_DATABASE_URI"], "DATA_DIR": str(tmp_path), "SECRET_KEY": app.config["SECRET_KEY"]},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (told.returncode, told.stdout.split()) == (0, [newest(), "(head)"]), told.stderr


def test_the_scripts_lead_back_to_nothing_and_forth_again(app, chains):
    engine = app.extensions["engine"].store.engine
    before = shape(engine)
    with app.app_context():
        downgrade(revision="0001")
        upgrade_schema("0001")

    assert shape(engine) == before
    assert chains.findings() == []


def test_a_rebuild_of_the_history_of_a_filled_database_leaves_it_closed_and_whole(chains, migrate):
    # when
    migrate(REBUILD)

    # then nothing is lost, and nothing can be forged
    with chains.engine.connect() as connection:
        assert triggers.missing(connection) == []
        assert connection.exec_driver_sql("SELECT count(*), count(remark) FROM history").one() == (9, 0)
    for forgery in ("UPDATE history SET remark = ''", "DELETE FROM history", "DELETE FROM seal"):
        with pytest.raises(DBAPIError, match="to be only added to"), chains.writing() as connection:
            connection.exec_driver_sql(forgery)
    assert chains.findings() == []

    # then history goes on
    chains.grow(1001, 2)
    chains.seal(13)
    assert chains.findings() == []


def picture(engine):
    """The shape, the triggers, and the rows of a database."""
    with engine.connect() as connection:
        rows = [
            connection.exec_driver_sql(f"SELECT * FROM {table} ORDER BY 1, 2").all()
            for table in ("history", "process_instance", "process_definition", "seal")
        ]
        version = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
        return shape(engine), triggers.missing(connection), rows, version


def test_a_migration_that_fails_half_way_leaves_everything_as_it_was(chains, migrate):
    before = picture(chains.engine)

    with pytest.raises(DBAPIError, match="no_such_table"):
        migrate(HALF_WAY)

    assert picture(chains.engine) == before
    assert chains.findings() == []


def test_a_migration_that_breaks_a_foreign_key_leaves_everything_as_it_was(chains, migrate, caplog):
    before = picture(chains.engine)

    with pytest.raises((SystemExit, DBAPIError)) as raised:
        migrate(BREAKS_A_KEY)

    assert "Expected every foreign key to hold" in caplog.text or "violates foreign key" in str(raised.value)
    assert picture(chains.engine) == before


def test_foreign_keys_are_enforced_again_after_a_migration(chains, migrate):
    migrate(REBUILD)

    with pytest.raises(DBAPIError, match=r"(?i)foreign key"), chains.writing() as connection:
        connection.exec_driver_sql("DELETE FROM process_definition")
