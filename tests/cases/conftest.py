"""A room with the ledger, on each database."""

import pytest

from tests.cases.ledger_room import LedgerRoom
from tests.shared_store import engines, shared_database, shared_file, store_engine, store_url

__all__ = ["engines", "shared_database", "shared_file", "store_engine", "store_url"]


@pytest.fixture
def room(store_engine):
    """A LedgerRoom on an empty ledger."""
    return LedgerRoom(store_engine)
