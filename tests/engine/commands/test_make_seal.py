"""The daily seal: once a day every chain that grew is signed for, and a stranger can check it."""

import orjson
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from engine.commands.make_seal import make_seal
from engine.domain.people import ZONE
from engine.store import seals
from engine.store.records import HistoryChain
from tests.engine.commands.sealed_office import SealedOffice
from tests.engine.commands.watching import later, recorded, rows, unchanged


@pytest.fixture
def signing_key(tmp_path):
    """The key that seals are signed with, in a file outside of the database."""
    return seals.load_or_create_key(tmp_path / "seal.pem")


@pytest.fixture
def office(store_engine, gate, signing_key):
    """An office whose chains are sealed with `signing_key`."""
    office = SealedOffice(store_engine, gate, signing_key)
    yield office
    office.expect_sound()


def listed(seal):
    """{chain: length} that a seal names."""
    return {int(chain): length for chain, length, _ in orjson.loads(seal.body)["chains"]}


def test_a_seal_names_every_chain_with_its_length_and_is_recorded(office, signing_key):
    # given
    office.deploy("cooling.bpmn")
    key = office.start("cooling")
    chains = {one["chain"]: one["seq"] for one in rows(office, HistoryChain)}

    # when
    with recorded(office) as told:
        seal = make_seal(office.engine, signing_key)

    # then
    assert listed(seal) == {**chains, key: 1}
    assert (seal.number, seal.day) == (1, office.engine.time().astimezone(ZONE).date().isoformat())
    assert [(body["kind"], body["actor"], body["data"]["number"], body["data"]["hash"]) for body in told] == [
        ("seal:made", "system", 1, seal.hash)
    ]


def test_a_day_is_sealed_once(office, signing_key):
    # given
    office.deploy("cooling.bpmn")
    seal = make_seal(office.engine, signing_key)
    office.start("cooling")

    # when, then
    with unchanged(office):
        assert make_seal(office.engine, signing_key) == seal


def test_the_next_day_seals_what_grew_since_then(office, signing_key):
    # given
    office.deploy("cooling.bpmn")
    first = make_seal(office.engine, signing_key)
    later(office, days=1)
    grown = {office.start("cooling"): 1}

    # when
    second = make_seal(office.engine, signing_key)

    # then: beside the new instance, the chain of the clock and that of the seals themselves
    moved = next(one["chain"] for one in rows(office, HistoryChain) if one["subject"] == "clock")
    assert listed(second) == {**grown, moved: 1, 0: 1}
    assert (second.number, orjson.loads(second.body)["previous"]) == (2, first.hash)


def test_a_stranger_with_another_public_key_cannot_be_satisfied(office, signing_key):
    # given
    office.deploy("cooling.bpmn")
    office.start("cooling")

    # when
    make_seal(office.engine, signing_key)

    # then: with the right one nothing is amiss, as after every test of this file
    assert office.findings() == []
    assert office.findings(seals.public_key(Ed25519PrivateKey.generate())) != []
