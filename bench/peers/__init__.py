"""Who is measured, and what each of them must be able to do."""

from importlib import import_module
from typing import Protocol

#: In the order of the report: name -> where its class stands.
PEERS = {
    "floor_raw": "bench.peers.floor_raw:FloorRaw",
    "floor_core": "bench.peers.floor_core:FloorCore",
    "floor_orm": "bench.peers.floor_orm:FloorOrm",
    "spiff": "bench.peers.spiff:Spiff",
    "viewflow": "bench.peers.viewflow:Viewflow",
    "product": "bench.product:Product",
}


class NotAvailable(Exception):
    """A peer cannot be measured here; the sentence says why."""


class Peer(Protocol):
    """A workflow engine, or what takes the place of one.

    Each call of `start_case` and `complete` reads what it needs fresh from the store and has committed durably when it returns, with the
    task's row, its row in the queue of its group, and a row of history. A task is whatever the peer wants to get back.
    """

    name: str

    def setup(self, store):
        """Make the tables in the empty `store` (bench.stores.Store) and deploy W1."""

    def start_case(self, fields):
        """Start a case with its ten fields -> (case, [(task, element id)] that wait now)."""

    def complete(self, case, task, fields):
        """Complete one task with its five fields -> [(task, element id)] that this opened."""

    def counts(self):
        """What the store holds in the end -> {cases, tasks, candidates, history}: rows, the finished and closed ones too."""

    def close(self):
        """Let go of the store."""


def load(name):
    """The class of the peer called `name`. Raises NotAvailable with the reason where it, or what it stands on, is not there."""
    return load_attribute(PEERS[name])


def load_attribute(place):
    """The thing at `module:name`. Raises NotAvailable where the module or the name is missing."""
    module, _, attribute = place.partition(":")
    try:
        return getattr(import_module(module), attribute)
    except (ImportError, AttributeError) as error:
        raise NotAvailable(f"Expected {attribute} in {module}, but {error}") from error
