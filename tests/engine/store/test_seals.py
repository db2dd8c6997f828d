"""engine/store/seals.py: one seal a day, of everything that grew, with a key that only its owner may read."""

import json
import os
import threading
from datetime import date
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import func, select

from engine import history
from engine.store import seals
from engine.store.records import History, HistoryChain, Seal, SealedChain
from tests.chains import Chains


@pytest.fixture
def chains(store_engine):
    return Chains(store_engine)


def heads(engine):
    with engine.connect() as connection:
        return {chain: (length, head) for chain, length, head in connection.execute(seals.heads())}


def test_a_seal_lists_length_and_head_of_every_chain_that_grew(chains):
    first, second = chains.instance(5), chains.instance(2)
    chains.outside(500, "accounts")

    made = chains.seal()

    body, kept = json.loads(made.body), heads(chains.engine)
    assert body["chains"] == [[str(chain), *kept[chain]] for chain in (500, first, second)]
    assert (body["number"], body["day"], body["count"], body["previous"]) == (1, "2024-04-12", 3, history.GENESIS)
    assert body["key"] == sha256(bytes.fromhex(chains.public)).hexdigest()
    assert made.body == json.dumps(body, sort_keys=True, separators=(",", ":"))
    assert made.hash == sha256(made.body.encode()).hexdigest()
    Ed25519PublicKey.from_public_bytes(bytes.fromhex(chains.public)).verify(bytes.fromhex(made.signature), made.body.encode())


def test_the_next_seal_lists_only_what_grew_since_and_names_the_one_before(chains):
    chains.instance(5)
    grown = chains.instance(2)
    first = chains.seal(12)
    chains.grow(grown)

    second = json.loads(chains.seal(13).body)

    assert [(chain, length) for chain, length, _ in second["chains"]] == [("0", 1), (str(grown), 3)]
    assert (second["number"], second["previous"], second["count"]) == (2, first.hash, 3)


def test_a_day_is_sealed_once(chains):
    key = chains.instance()
    first = chains.seal(12)
    chains.grow(key)

    assert chains.seal(12) == first
    with chains.engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(Seal)) == 1
        assert connection.scalar(select(SealedChain.seq).where(SealedChain.chain == key)) == 5


def test_a_day_on_which_nothing_happened_is_sealed_too(chains):
    assert json.loads(chains.seal(12).body)["chains"] == []
    assert json.loads(chains.seal(13).body)["count"] == 1


def test_that_a_seal_was_made_is_itself_recorded(chains):
    made = chains.seal()

    with chains.engine.connect() as connection:
        kind, body = connection.execute(select(History.kind, History.body).where(History.chain == history.SEALS)).one()
        chain = connection.execute(select(HistoryChain.seq, HistoryChain.head, HistoryChain.subject)).one()
    assert (kind, json.loads(body)["data"]) == ("seal:made", {"hash": made.hash, "number": 1})
    assert chain == (1, sha256(body.encode()).hexdigest(), "seals")


def test_a_rolled_back_seal_leaves_nothing(chains):
    chains.instance()
    with chains.engine.execution_options(write=True).connect() as connection:
        seals.make_seal(connection, chains.key, date(2024, 4, 12), chains.now)
        connection.rollback()

    with chains.engine.connect() as connection:
        assert [connection.scalar(select(func.count()).select_from(table)) for table in (Seal, SealedChain)] == [0, 0]
    assert chains.findings() == []


def test_two_workers_that_seal_the_same_day_make_one_seal(chains):
    chains.instance()
    made = []
    workers = [threading.Thread(target=lambda: made.append(chains.seal())) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert len(made) == 4 and len(set(made)) == 1
    assert chains.findings() == []


def test_many_chains_are_sealed_in_batches(chains, monkeypatch):
    monkeypatch.setattr(seals, "_BATCH", 3)
    keys = [chains.instance(1) for _ in range(8)]

    listed = [int(chain) for chain, _, _ in json.loads(chains.seal().body)["chains"]]

    assert listed == keys
    assert [chain for chain, _, _ in json.loads(chains.seal(13).body)["chains"]] == ["0"]


def test_the_key_is_made_once_and_is_its_owners_alone(tmp_path):
    path = tmp_path / "seal.key"

    made = seals.load_or_create_key(path)

    assert path.stat().st_mode & 0o777 == 0o600
    assert seals.public_key(seals.load_or_create_key(path)) == seals.public_key(made)
    assert [entry.name for entry in tmp_path.iterdir()] == ["seal.key"]


def test_a_key_that_others_may_read_is_refused(tmp_path):
    path = tmp_path / "seal.key"
    seals.load_or_create_key(path)
    path.chmod(0o640)

    with pytest.raises(PermissionError, match=r"to be its owner's alone \(0600\), but its mode is 0640"):
        seals.load_or_create_key(path)


def test_processes_that_start_together_use_the_same_key(tmp_path):
    path = tmp_path / "seal.key"
    barrier, found = threading.Barrier(8), []

    def start():
        barrier.wait()
        found.append(seals.public_key(seals.load_or_create_key(path)))

    starters = [threading.Thread(target=start) for _ in range(8)]
    for starter in starters:
        starter.start()
    for starter in starters:
        starter.join()

    assert len(found) == 8 and len(set(found)) == 1
    assert os.listdir(tmp_path) == ["seal.key"]
