"""An office on each store: what the tests of commands ask for."""

import shutil

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import make_url

from api.app import READERS
from engine.engine import Engine
from engine.gate import Gate
from engine.store import triggers
from engine.store.base import Base
from engine.store.clock import Clock
from engine.store.store import Store
from engine.store.vault import Vault
from tests.conftest import make_schema
from tests.engine.commands.office import Office

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
    """A PostgreSQL database for all tests of commands: to make one takes longer than most of them."""
    url = postgres.database(make_schema)
    yield url
    postgres.drop(url)


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request, tmp_path):
    """The URL of a database that has the schema and nothing in it."""
    if request.param == "sqlite":
        path = tmp_path / "store.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        return f"sqlite:///{path}"
    url = request.getfixturevalue("shared_database")
    request.getfixturevalue("postgres").run(EMPTY, make_url(url).database)
    return url


@pytest.fixture(scope="session")
def gate():
    """The gate with its child process, the same for all tests of a session."""
    gate = Gate(READERS)
    yield gate
    gate.close()


@pytest.fixture
def office(store_engine, gate):
    """An Office; when the test is over, rows and machine must agree, and every chain must be whole."""
    office = Office(Engine(Store(store_engine), Vault(Fernet.generate_key()), Clock(controlled=True), gate))
    yield office
    office.expect_sound()
