"""One database of each kind for all tests of a folder, emptied before each: to make one takes longer than most tests do.

For a folder whose tests leave the schema as it is, and change no Engine: its conftest.py imports the fixtures.
"""

import shutil

import pytest
from sqlalchemy import make_url

from engine.store import database, triggers
from engine.store.base import Base
from tests.conftest import make_schema

#: Neither the triggers of history nor foreign keys stand in its way; afterwards the triggers are as they were.
EMPTY = ";".join(
    [
        "SET lock_timeout = '30s'",
        "SET session_replication_role = replica",
        *(f"ALTER TABLE {name} DISABLE TRIGGER USER" for name in triggers.GUARDED),
        *(f"DELETE FROM {table.name}" for table in Base.metadata.sorted_tables),
        *(f"ALTER TABLE {name.partition('_')[0]} ENABLE ALWAYS TRIGGER {name}" for name in triggers.POSTGRESQL),
    ]
)


@pytest.fixture(scope="session")
def shared_database(postgres):
    """A PostgreSQL database for all tests."""
    url = postgres.database(make_schema)
    yield url
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
    url = request.getfixturevalue("shared_database")
    request.getfixturevalue("postgres").run(EMPTY, make_url(url).database)
    return url


@pytest.fixture(scope="session")
def engines():
    """url -> the Engine on it, which has compiled what the tests before have asked."""
    return {}


@pytest.fixture
def store_engine(store_url, engines):
    """A configured SQLAlchemy Engine on `store_url`."""
    if store_url not in engines:
        engines[store_url] = database.connect(store_url)
    yield engines[store_url]
    engines[store_url].dispose()
