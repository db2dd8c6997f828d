"""A room with the ledger, on each database."""

import pytest

from tests.cases.ledger_room import LedgerRoom


@pytest.fixture
def room(store_engine):
    """A LedgerRoom on an empty ledger."""
    return LedgerRoom(store_engine)
