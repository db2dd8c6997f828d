"""An office on a store, without the gate's child process, for tests of the store that need cases on which people really work."""

import time

from cryptography.fernet import Fernet
from sqlalchemy import text

from engine.commands.deploy import deploy_accepted
from engine.domain.people import THE_SYSTEM
from engine.engine import Engine
from engine.gate.resource import Resource
from engine.store.clock import Clock
from engine.store.store import Store
from engine.store.vault import Vault
from engine.workflow import definition
from tests.engine.commands.office import Office

#: Seconds that a test gives another thread or process before it calls it stuck.
PATIENCE = 60


def open_engine(store_engine, controlled=False):
    """An Engine on a configured SQLAlchemy Engine; `controlled`: its clock can be moved."""
    return Engine(Store(store_engine), Vault(Fernet.generate_key()), Clock(controlled))


def open_office(store_engine, *diagrams, controlled=False):
    """An Office where `diagrams`, the bytes of BPMN files, are deployed."""
    office = Office(open_engine(store_engine, controlled))
    deploy_drawn(office.engine, *diagrams)
    return office


def deploy_drawn(engine, *diagrams):
    """Deploy diagrams as the gate lets them in: what it would say of each is read from the diagram itself."""
    resources, facts = [], {}
    for content in diagrams:
        processes = [{"id": one.id, "name": one.name, "version_tag": None} for one in definition.read(content)]
        resources.append(Resource(f"{processes[0]['id']}.bpmn", content))
        facts[resources[-1].name] = {"kind": "bpmn", "processes": processes}
    if resources:
        deploy_accepted(engine, THE_SYSTEM, resources, facts)


def until_somebody_waits(store_engine, count=1):
    """Return once `count` connections to this PostgreSQL database wait for a lock that another one holds."""
    waiting = text("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")
    end = time.monotonic() + PATIENCE
    while True:
        with store_engine.connect() as connection:
            if connection.execute(waiting).scalar() >= count:
                return
        assert time.monotonic() < end, f"Expected {count} to wait for a lock, but they do not"
        time.sleep(0.01)
