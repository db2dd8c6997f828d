"""An office on SQLite for what happens between instances: the stores are compared elsewhere, here the diagrams count."""

import shutil

import pytest

from engine.commands.deploy import deploy as deploy_resources
from engine.gate.resource import Resource
from tests.engine.bpmn.events.beside import diagram
from tests.engine.commands.conftest import gate, office
from tests.engine.commands.office import ADMIN
from tests.shared_store import engines, shared_file, store_engine

__all__ = ["engines", "gate", "office", "shared_file", "store_engine"]


@pytest.fixture
def store_url(shared_file, sqlite_template):
    """The URL of a SQLite database that has the schema and nothing in it."""
    for left in shared_file.parent.iterdir():
        left.unlink()
    shutil.copy(sqlite_template, shared_file)
    return f"sqlite:///{shared_file}"


@pytest.fixture
def deploy(office):
    """Deploys diagrams of this folder by their names."""

    def these(*names):
        return deploy_resources(office.engine, ADMIN, [Resource(f"{name}.bpmn", diagram(name)) for name in names])

    return these
