"""The product as a program that embeds it would open it, on a store of the bench."""

from pathlib import Path

from cryptography.fernet import Fernet

from bench.workload import GROUPS
from engine.commands.deploy import deploy_accepted
from engine.domain.people import THE_SYSTEM, Actor
from engine.engine import Engine
from engine.gate.resource import Resource
from engine.store import database, deployed, models, people, records, triggers
from engine.store.base import Base
from engine.store.store import Store
from engine.store.vault import Vault
from engine.workflow import definition

W1 = Path(__file__).with_name("w1.bpmn")
SCHEMA = (deployed, models, people, records)
#: Whoever measures belongs to all queues of W1.
ACTOR = Actor("bench", "Bench", frozenset(GROUPS.values()))
PASSWORD = "bench-password"


def open_product(store):
    """(Engine, the compiled W1) on an empty `store` (bench.stores.Store), the tables made and W1 deployed."""
    engine = database.connect(store.url, store.synchronous or "FULL")
    with engine.execution_options(write=True).begin() as connection:
        Base.metadata.create_all(connection)
        triggers.install(connection)
    product = Engine(Store(engine), Vault(Fernet.generate_key()))
    (read,) = definition.read(W1.read_bytes())
    facts = {W1.name: {"kind": "bpmn", "processes": [{"id": read.id, "name": read.name, "version_tag": None}]}}
    deploy_accepted(product, THE_SYSTEM, [Resource(W1.name, W1.read_bytes())], facts)
    return product, read


def environment_of(store, folder):
    """The environment in which `wsgi:app` serves `store`; `folder` takes its keys."""
    environment = {"DATABASE_URL": store.url, "DATA_DIR": str(folder), "SECRET_KEY": "bench-secret-key-0123456789"}
    return environment | ({"SQLITE_SYNCHRONOUS": store.synchronous} if store.synchronous else {})
