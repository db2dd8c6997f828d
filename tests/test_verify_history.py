"""verify_history.py: one test per kind of forgery, on real stores whose owner is the forger."""

import json
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import delete, insert, select, update

import verify_history
from engine import history
from engine.store.models import ProcessInstance
from engine.store.records import History, HistoryChain, Seal, SealedChain
from tests.chains import NOW, Chains

A, B, OUTSIDE = 1001, 1002, 500


@pytest.fixture
def chains(store_engine):
    """A: 5 entries, sealed, then 3 more; B: 3 entries, sealed; accounts: 2, never sealed. Two seals."""
    made = Chains(store_engine)
    made.instance(5)
    made.instance(3)
    made.seal(12)
    made.seal(13)
    made.grow(A, 3)
    made.outside(OUTSIDE, "accounts")
    return made


def row(chain, seq):
    return (History.chain == chain) & (History.seq == seq)


def kept(chains, chain, seq):
    with chains.engine.connect() as connection:
        return connection.execute(select(History.__table__).where(row(chain, seq))).one()._asdict()


def forged(chains, chain, seq, previous=None, note="没有问题"):
    """A whole entry with another content; its hash is right, and it follows what the true one follows unless told otherwise."""
    previous = previous or json.loads(kept(chains, chain, seq)["body"])["previous"]
    return history.entry(chain, seq, previous, NOW, "li.na", "task:completed", "Task_9", {"note": note})._asdict()


def codes(lines):
    return [found.code for found in verify_history.verify(lines)]


def test_an_untouched_store_has_no_findings(chains):
    assert chains.findings() == []
    assert chains.findings([A]) == []
    assert chains.findings([A, B, OUTSIDE]) == []


def test_a_changed_entry(chains):
    chains.forge(update(History).where(row(A, 3)).values(body=History.body + " "))

    assert chains.findings() == [("ENTRY_CHANGED", "1001", 3, None)]


def test_a_changed_last_entry_that_no_seal_holds(chains):
    chains.forge(update(History).where(row(A, 8)).values(body="{}"))

    assert chains.findings() == [("ENTRY_CHANGED", "1001", 8, None)]


def test_a_changed_hash(chains):
    chains.forge(update(History).where(row(A, 3)).values(hash="f" * 64))

    assert chains.findings() == [("ENTRY_CHANGED", "1001", 3, None)]


@pytest.mark.parametrize("seq", [1, 3, 5, 6, 8])
def test_a_replaced_entry_whose_own_hash_is_right(chains, seq):
    chains.forge(update(History).where(row(A, seq)).values(forged(chains, A, seq)))

    assert chains.findings() == [("ENTRY_REPLACED", "1001", seq, None)]


def test_two_replaced_entries_around_one_that_a_seal_vouches_for(chains):
    chains.forge(
        update(History).where(row(A, 4)).values(forged(chains, A, 4)),
        update(History).where(row(A, 6)).values(forged(chains, A, 6, previous="b" * 64)),
    )

    assert chains.findings() == [("ENTRY_REPLACED", "1001", 4, None), ("ENTRY_REPLACED", "1001", 6, None)]


def test_a_replaced_entry_beside_a_changed_one(chains):
    chains.forge(update(History).where(row(A, 2)).values(forged(chains, A, 2)), update(History).where(row(A, 4)).values(body="{}"))

    assert chains.findings() == [("ENTRY_CHANGED", "1001", 4, None), ("ENTRY_REPLACED", "1001", 2, None)]


def test_a_chain_whose_first_entry_follows_something(chains):
    """As when its true beginning was cut away and the rest numbered anew, head and all."""
    first = kept(chains, OUTSIDE, 1)["body"].replace(history.GENESIS, "d" * 64)
    digest = sha256(first.encode()).hexdigest()
    second = forged(chains, OUTSIDE, 2, previous=digest)
    chains.forge(
        update(History).where(row(OUTSIDE, 1)).values(body=first, hash=digest),
        update(History).where(row(OUTSIDE, 2)).values(second),
        update(HistoryChain).where(HistoryChain.chain == OUTSIDE).values(head=second["hash"]),
    )

    assert chains.findings() == [("ENTRY_REPLACED", "500", 1, None)]


@pytest.mark.parametrize("seq", [2, 5, 7])
def test_a_replaced_entry_that_fits_on_neither_side(chains, seq):
    chains.forge(update(History).where(row(A, seq)).values(forged(chains, A, seq, previous="b" * 64)))

    assert chains.findings() == [("ENTRY_REPLACED", "1001", seq, None)]


def test_the_one_of_two_neighbours_is_named_that_no_seal_vouches_for(chains):
    """Entry 6 and all behind it are rewritten to follow something else: 5 is sealed, so 6 is the false one."""
    statements, previous = [], "b" * 64
    for seq in (6, 7, 8):
        entry = forged(chains, A, seq, previous=previous)
        statements.append(update(History).where(row(A, seq)).values(entry))
        previous = entry["hash"]
    chains.forge(*statements, update(ProcessInstance).where(ProcessInstance.key == A).values(history_head=previous))

    assert chains.findings() == [("ENTRY_REPLACED", "1001", 6, None)]


def test_a_text_that_is_no_entry_although_its_hash_is_right(chains):
    chains.forge(update(History).where(row(A, 3)).values(body="{}", hash=sha256(b"{}").hexdigest()))

    assert chains.findings() == [("ENTRY_REPLACED", "1001", 3, None)]


def test_a_chain_that_was_rewritten_to_its_end_with_its_head(chains):
    statements, previous = [], json.loads(kept(chains, A, 4)["body"])["previous"]
    for seq in range(4, 9):
        entry = forged(chains, A, seq, previous=previous)
        statements.append(update(History).where(row(A, seq)).values(entry))
        previous = entry["hash"]
    chains.forge(*statements, update(ProcessInstance).where(ProcessInstance.key == A).values(history_head=previous))

    assert chains.findings() == [("CHAIN_REWRITTEN", "1001", 5, 1)]
    assert "after entry 0" in verify_history.verify(chains.export())[0].english


def test_a_missing_middle_entry(chains):
    chains.forge(delete(History).where(row(A, 3)))

    assert chains.findings() == [("ENTRY_MISSING", "1001", 4, None)]


def test_missing_first_entries(chains):
    chains.forge(delete(History).where(History.chain == A, History.seq <= 2))

    assert chains.findings() == [("ENTRY_MISSING", "1001", 3, None)]
    assert "entry 1–2" in verify_history.verify(chains.export())[0].english


def test_a_missing_last_entry(chains):
    chains.forge(delete(History).where(row(A, 8)))

    assert chains.findings() == [("LAST_ENTRY_MISSING", "1001", 8, None)]


def test_a_missing_last_entry_of_a_chain_outside_of_the_instances(chains):
    chains.forge(delete(History).where(row(OUTSIDE, 2)))

    assert chains.findings() == [("LAST_ENTRY_MISSING", "500", 2, None)]


def test_missing_last_entries_whose_head_was_moved_back_too(chains):
    head = kept(chains, B, 2)["hash"]
    chains.forge(
        delete(History).where(row(B, 3)), update(ProcessInstance).where(ProcessInstance.key == B).values(history_seq=2, history_head=head)
    )

    assert chains.findings() == [("LAST_ENTRY_MISSING", "1002", 3, None)]


def test_all_entries_of_a_chain_missing(chains):
    chains.forge(delete(History).where(History.chain == A))

    assert chains.findings() == [("LAST_ENTRY_MISSING", "1001", 1, None)]


def test_a_chain_that_was_emptied_with_its_head_before_any_seal(chains):
    emptied = update(HistoryChain).where(HistoryChain.chain == OUTSIDE).values(seq=0, head=history.GENESIS)
    chains.forge(delete(History).where(History.chain == OUTSIDE), emptied)

    assert chains.findings() == [("CHAIN_EMPTY", "500", None, None)]


def test_a_missing_chain(chains):
    chains.forge(delete(History).where(History.chain == B), delete(ProcessInstance).where(ProcessInstance.key == B))

    assert chains.findings() == [("CHAIN_MISSING", "1002", None, None)]
    assert chains.findings([B]) == [("CHAIN_MISSING", "1002", None, None)]
    assert chains.findings([A]) == []


def test_a_missing_chain_that_no_seal_holds_is_missed_where_it_was_asked_for(chains):
    chains.forge(delete(History).where(History.chain == OUTSIDE), delete(HistoryChain).where(HistoryChain.chain == OUTSIDE))

    assert chains.findings([OUTSIDE]) == [("CHAIN_MISSING", "500", None, None)]


def test_a_missing_chain_makes_the_next_seal_count_less(chains):
    chains.forge(delete(History).where(History.chain == B), delete(ProcessInstance).where(ProcessInstance.key == B))
    chains.seal(14)

    assert chains.findings() == [("SEAL_COUNT", None, None, 3), ("CHAIN_MISSING", "1002", None, None)]


def test_a_missing_head(chains):
    chains.forge(delete(ProcessInstance).where(ProcessInstance.key == B))

    assert chains.findings() == [("CHAIN_HEAD_MISSING", "1002", None, None)]


def test_a_head_that_was_changed(chains):
    chains.forge(update(ProcessInstance).where(ProcessInstance.key == B).values(history_head="c" * 64))

    assert chains.findings() == [("CHAIN_HEAD_CHANGED", "1002", 3, None)]


def test_an_entry_that_was_added_without_its_head(chains):
    last = kept(chains, B, 3)
    chains.forge(insert(History).values(history.entry(B, 4, last["hash"], NOW, "li.na", "task:completed")._asdict()))

    assert chains.findings() == [("CHAIN_HEAD_BEHIND", "1002", None, None)]


def test_reordered_entries(chains):
    chains.forge(
        update(History).where(row(A, 3)).values(seq=103),
        update(History).where(row(A, 4)).values(seq=3),
        update(History).where(row(A, 103)).values(seq=4),
    )

    assert chains.findings() == [("ENTRY_MOVED", "1001", 3, None), ("ENTRY_MOVED", "1001", 4, None)]


def test_an_entry_moved_to_another_chain(chains):
    chains.forge(update(History).where(row(A, 8)).values(chain=B, seq=4))

    assert chains.findings() == [
        ("LAST_ENTRY_MISSING", "1001", 8, None), ("ENTRY_MOVED", "1002", 4, None), ("CHAIN_HEAD_BEHIND", "1002", None, None)
    ]  # fmt: skip


def test_an_entry_moved_to_the_same_place_of_another_chain(chains):
    chains.forge(update(History).where(row(A, 4)).values(chain=B))

    assert chains.findings() == [
        ("ENTRY_MISSING", "1001", 5, None), ("ENTRY_MOVED", "1002", 4, None), ("CHAIN_HEAD_BEHIND", "1002", None, None)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("column", "value"), [("at", "2020-01-01T00:00:00.000000Z"), ("actor", "wang.wu"), ("kind", "task:claimed"), ("element_id", "Task_X")]
)
def test_a_column_that_disagrees_with_the_text(chains, column, value):
    chains.forge(update(History).where(row(A, 3)).values({column: value}))

    assert chains.findings() == [("ENTRY_COLUMNS", "1001", 3, None)]
    assert verify_history.verify(chains.export())[0].english.endswith(column.removesuffix("_id"))


def test_a_missing_seal(chains):
    chains.seal(14)
    chains.forge(delete(Seal).where(Seal.number == 2))

    assert chains.findings() == [("SEAL_MISSING", None, None, 2)]


def test_a_missing_first_seal(chains):
    chains.forge(delete(Seal).where(Seal.number == 1))

    assert chains.findings() == [("SEAL_MISSING", None, None, 1)]


def test_a_missing_last_seal(chains):
    chains.forge(delete(Seal).where(Seal.number == 2))

    assert chains.findings() == [("SEAL_MISSING", None, None, 2)]
    assert chains.findings([B]) == [("SEAL_MISSING", None, None, 2)]


def test_all_seals_missing(chains):
    chains.forge(delete(Seal))

    assert chains.findings() == [("SEAL_MISSING", None, None, 1), ("SEAL_MISSING", None, None, 2)]


def test_a_last_seal_that_went_with_its_entry_is_missed_by_whoever_knows_its_hash(chains):
    with chains.engine.connect() as connection:
        digest = connection.scalar(select(Seal.hash).where(Seal.number == 2))
    first = kept(chains, 0, 1)["hash"]
    back = update(HistoryChain).where(HistoryChain.chain == 0).values(seq=1, head=first)
    chains.forge(delete(Seal).where(Seal.number == 2), delete(History).where(row(0, 2)), back)

    assert chains.findings() == []
    assert [found.code for found in verify_history.verify(chains.export(), known_seals=[digest])] == ["SEAL_UNKNOWN"]


def seal_values(text, signing_key):
    return {"body": text, "hash": sha256(text.encode()).hexdigest(), "signature": signing_key.sign(text.encode()).hex()}


def body_of(chains, number):
    with chains.engine.connect() as connection:
        return connection.scalar(select(Seal.body).where(Seal.number == number))


def test_a_changed_seal(chains):
    chains.forge(update(Seal).where(Seal.number == 2).values(body=Seal.body + " "))

    assert chains.findings() == [("SEAL_CHANGED", None, None, 2)]


def test_a_seal_with_a_changed_text_and_its_hash(chains):
    text = body_of(chains, 1).replace('"count":2', '"count":1')
    chains.forge(update(Seal).where(Seal.number == 1).values(body=text, hash=sha256(text.encode()).hexdigest()))

    assert chains.findings() == [("SEAL_FORGED", None, None, 1), ("SEAL_REPLACED", None, None, 1)]
    assert "entry 1 of chain 0 names another one" in verify_history.verify(chains.export())[1].english


def test_a_seal_that_was_signed_with_another_key(chains):
    chains.forge(update(Seal).where(Seal.number == 2).values(seal_values(body_of(chains, 2), Ed25519PrivateKey.generate())))

    assert chains.findings() == [("SEAL_FORGED", None, None, 2)]


@pytest.mark.parametrize("signature", ["", "00", "zz" * 64, "00" * 64, "ff" * 64])
def test_a_signature_that_is_none(chains, signature):
    chains.forge(update(Seal).where(Seal.number == 2).values(signature=signature))

    assert chains.findings() == [("SEAL_FORGED", None, None, 2)]


def test_seals_remade_with_the_forgers_own_key_are_known_by_the_key_on_paper(chains):
    owner = chains.public
    of_seals = delete(History).where(History.chain == 0), delete(HistoryChain).where(HistoryChain.chain == 0)
    chains.forge(delete(Seal), delete(SealedChain), *of_seals)
    chains.key = Ed25519PrivateKey.generate()
    chains.public = chains.key.public_key().public_bytes_raw().hex()
    chains.seal(12)

    assert codes(chains.export()) == []
    assert [found.code for found in verify_history.verify(chains.export(), [owner])] == ["SEAL_KEY"]


def test_a_seal_that_was_replaced_by_whoever_holds_the_key(chains):
    text = body_of(chains, 1).replace('"at":"2024', '"at":"2023')
    chains.forge(update(Seal).where(Seal.number == 1).values(seal_values(text, chains.key)))

    assert chains.findings() == [("SEAL_REPLACED", None, None, 1), ("SEAL_REPLACED", None, None, 1)]


@pytest.mark.parametrize("data", [None, ["x"], {"number": "1"}, {"number": None}])
def test_nonsense_in_the_chain_of_the_seals_is_only_another_forgery(chains, data):
    entry = history.entry(0, 3, kept(chains, 0, 2)["hash"], NOW, "system", "seal:made", data=data)
    chains.forge(insert(History).values(entry._asdict()))

    assert chains.findings() == [("CHAIN_HEAD_BEHIND", "0", None, None)]


def test_seals_in_another_order(chains):
    lines = chains.export()
    lines[1], lines[2] = lines[2], lines[1]

    assert codes(lines) == ["SEAL_MISSING", "SEAL_UNORDERED"]


def test_the_columns_of_a_seal(chains):
    chains.forge(update(Seal).where(Seal.number == 2).values(day="2024-05-01"))

    assert chains.findings() == [("SEAL_COLUMNS", None, None, 2)]
