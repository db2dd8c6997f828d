"""engine/store/audit_seals.py: the list of the seals, and how far a case's chains stand under which."""

import pytest
from sqlalchemy import update

from engine.store import audit_seals, seals
from engine.store.records import Seal
from tests.chains import Chains


@pytest.fixture
def chains(store_engine):
    """1001 sealed at 2 and at 5 entries, of which it has 6; 1002 sealed once; 1003 not yet."""
    made = Chains(store_engine)
    made.instance(2)
    made.instance(3)
    made.seal(12)
    made.grow(1001, 3)
    made.seal(13)
    made.grow(1001)
    made.instance(1)
    return made


def test_the_seals_are_listed_the_last_first(chains):
    with chains.engine.connect() as connection:
        listed, before = audit_seals.page(connection, limit=1)
        older, end = audit_seals.page(connection, before)
        last = audit_seals.last(connection)

    (second,), (first,) = listed, older
    assert (before, end) == (2, None)
    assert [(one["number"], one["day"], one["count"], one["grown"]) for one in (second, first)] == [
        (2, "2024-04-13", 3, 2),
        (1, "2024-04-12", 2, 2),
    ]
    assert second["previous"] == first["hash"] and second["key"] == seals.fingerprint(chains.public)
    assert len(second["signature"]) == 128 and second["at"].startswith("2024-04-12T01:30")
    assert last == (2, "2024-04-13", second["hash"])


def test_how_far_a_chain_is_sealed_and_by_which(chains):
    with chains.engine.connect() as connection:
        covering = audit_seals.covering(connection, [1001, 1002, 1003], "2024-04-12")
        later = audit_seals.covering(connection, [1001], "2024-04-13")
        (told,) = audit_seals.chains(connection, 1001)

    assert covering == {1001: [(2, 1, "2024-04-12"), (5, 2, "2024-04-13")], 1002: [(3, 1, "2024-04-12")], 1003: []}
    assert later == {1001: [(5, 2, "2024-04-13")]}
    assert (told["chain"], told["length"], told["sealed"]) == (1001, 6, 5)


def test_a_seal_that_was_spoilt_is_listed_as_far_as_it_can_be_read(chains):
    chains.forge(update(Seal).where(Seal.number == 2).values(body='{"at":"x"}'))

    with chains.engine.connect() as connection:
        (spoilt, sound), _ = audit_seals.page(connection)

    assert (spoilt["number"], spoilt["count"], spoilt["key"], spoilt["at"]) == (2, None, None, None)
    assert sound["count"] == 2
