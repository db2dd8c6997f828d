"""An office on each store: what the tests of commands ask for."""

import pytest
from cryptography.fernet import Fernet

from api.app import READERS
from engine.engine import Engine
from engine.gate import Gate
from engine.store.clock import Clock
from engine.store.store import Store
from engine.store.vault import Vault
from tests.engine.commands.office import Office
from tests.shared_store import engines, shared_database, shared_file, store_engine, store_url

__all__ = ["engines", "shared_database", "shared_file", "store_engine", "store_url"]


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
