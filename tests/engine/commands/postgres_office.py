"""An office on PostgreSQL alone: for what SQLite, with its one writer and no server, cannot meet."""

from contextlib import contextmanager

from cryptography.fernet import Fernet

from engine.engine import Engine
from engine.store import database
from engine.store.clock import Clock
from engine.store.store import Store
from engine.store.vault import Vault
from tests.conftest import make_schema
from tests.engine.commands.office import Office


@contextmanager
def on_postgres(server, gate):
    """(an Office on a database of its own, an Engine on the same one whose connections call themselves "worker")."""
    url, vault = server.database(make_schema), Vault(Fernet.generate_key())
    stores = [database.connect(url), database.connect(url, connect_args={"application_name": "worker"})]
    engine, workers = (Engine(Store(store), vault, Clock(controlled=True), gate) for store in stores)
    office = Office(engine)
    try:
        yield office, workers
        office.expect_sound()
    finally:
        for store in stores:
            store.dispose()
        server.drop(url)
