"""One database of each kind for all tests of a folder, emptied before each: to make one takes longer than most tests do.

For a folder whose tests leave the schema as it is, and change no Engine: its conftest.py imports the fixtures.
"""

import shutil

import psycopg
import pytest
from sqlalchemy import make_url

from engine.store import database, triggers
from engine.store.base import Base
from tests.conftest import make_schema
from tests.postgres import USER

#: Neither the triggers of history nor foreign keys stand in its way; afterwards the triggers are as they were. As a function of the
#: session its statements are planned once, which is most of their time.
EMPTIED = "; ".join(
    [
        *(f"ALTER TABLE {name} DISABLE TRIGGER USER" for name in triggers.GUARDED),
        *(f"DELETE FROM {table.name}" for table in Base.metadata.sorted_tables),
        *(f"ALTER TABLE {name.partition('_')[0]} ENABLE ALWAYS TRIGGER {name}" for name in triggers.POSTGRESQL),
    ]
)
SETUP = f"""
SET lock_timeout = '30s'; SET session_replication_role = replica;
CREATE FUNCTION pg_temp.emptied() RETURNS void LANGUAGE plpgsql AS $$BEGIN {EMPTIED}; END$$
"""


@pytest.fixture(scope="session")
def shared_database(postgres):
    """emptied() -> the URL of the one PostgreSQL database, with nothing in it."""
    url = postgres.database(make_schema)
    with psycopg.connect(host=str(postgres.folder), user=USER, dbname=make_url(url).database, autocommit=True) as connection:
        connection.execute(SETUP)

        def emptied():
            connection.execute("SELECT pg_temp.emptied()")
            return url

        yield emptied
    postgres.drop(url)


@pytest.fixture(scope="session")
def shared_file(tmp_path_factory):
    """Where the one SQLite file lies: an Engine knows its statements by the address."""
    return tmp_path_factory.mktemp("shared") / "store.db"


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request):
    """The URL of a database that has the schema and nothing in it."""
    if request.param == "sqlite":
        path = request.getfixturevalue("shared_file")
        for left in path.parent.iterdir():
            left.unlink()
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        return f"sqlite:///{path}"
    return request.getfixturevalue("shared_database")()


@pytest.fixture(scope="session")
def engines():
    """url -> the Engine on it, which has compiled what the tests before have asked."""
    made = {}
    yield made
    for engine in made.values():
        engine.dispose()


@pytest.fixture
def store_engine(store_url, engines):
    """A configured SQLAlchemy Engine on `store_url`."""
    if store_url not in engines:
        engines[store_url] = database.connect(store_url)
    yield engines[store_url]
    if engines[store_url].dialect.name == "sqlite":  # whose file will be another one
        engines[store_url].dispose()
