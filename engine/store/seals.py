"""The daily seal: a signed list of every chain that grew, so that not even the owner of the database can rewrite yesterday unseen.

The signing key is a file outside of the database. A seal is canonical JSON text, its hash the SHA-256 of those bytes, its signature Ed25519
(RFC 8032) over the same bytes. What grew is found by comparing each chain's length with `sealed_chain`, once a day, so that a step pays
nothing for it. That a seal was made is itself an entry of history, in the chain of the seals: so the last seal cannot vanish alone.
"""

from array import array
from hashlib import sha256
from typing import NamedTuple

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import func, insert, literal, null, select, text, union_all

from engine import history
from engine.domain.people import SYSTEM
from engine.store.key_files import load_or_create
from engine.store.models import ProcessInstance
from engine.store.records import History, HistoryChain, Seal, SealedChain
from engine.store.statements import upsert

_entries, _chains, _seals, _sealed = History.__table__, HistoryChain.__table__, Seal.__table__, SealedChain.__table__
_instances = ProcessInstance.__table__

#: How many rows are read or written at a time.
_BATCH = 10_000


class Made(NamedTuple):
    """A row of the table `seal`. `day` is YYYY-MM-DD, `hash` and `signature` are hexadecimal."""

    number: int
    day: str
    body: str
    hash: str
    signature: str


def load_or_create_key(path):
    """The Ed25519 private key in the file `path` (PEM), made where there is none; see key_files.py."""
    return serialization.load_pem_private_key(load_or_create(path, _new_key), password=None)


def _new_key():
    return Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def public_key(signing_key):
    """The public half as 64 hexadecimal digits: what an auditor is given on paper."""
    return signing_key.public_key().public_bytes_raw().hex()


def fingerprint(public):
    """The SHA-256 of a public key (64 hexadecimal digits), hexadecimal."""
    return sha256(bytes.fromhex(public)).hexdigest()


def heads():
    """A select of (chain, length, head) over every chain: of process instances, and of what is outside of them."""
    instances = select(_instances.c.key.label("chain"), _instances.c.history_seq.label("length"), _instances.c.history_head.label("head"))
    return union_all(instances, select(_chains.c.chain, _chains.c.seq, _chains.c.head))


def make_seal(connection, signing_key, day, now):
    """Seal what grew since the last seal, and return it (Made); the seal that `day` has already is returned unchanged.

    `connection` is a writing SQLAlchemy Connection (on PostgreSQL READ COMMITTED), `day` a date, `now` an aware datetime. The caller
    commits. Memory is a few times that of the body, which takes 80 bytes for a chain that grew.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(hashtextextended('seal', 0))"))
    made = connection.execute(select(_seals).where(_seals.c.day == day.isoformat())).first()
    if made is not None:
        return Made(*made)
    last = connection.execute(select(_seals.c.number, _seals.c.hash).order_by(_seals.c.number.desc()).limit(1)).first()
    number, previous = (last.number + 1, last.hash) if last else (1, history.GENESIS)
    count, listed, chains, lengths = _grown(connection)
    body = (
        f'{{"at":"{history.timestamp(now)}","chains":[{listed}],"count":{count},"day":"{day.isoformat()}",'
        f'"key":"{fingerprint(public_key(signing_key))}","number":{number},"previous":"{previous}"}}'
    )
    written = body.encode()
    seal = Made(number, day.isoformat(), body, sha256(written).hexdigest(), signing_key.sign(written).hex())
    connection.execute(insert(_seals), seal._asdict())
    _remember(connection, chains, lengths)
    _record(connection, seal, now)
    return seal


def _grown(connection):
    """(number of all chains, the JSON items of those that grew, their keys, their lengths), from one statement: so of one moment."""
    head = heads().cte("head")
    grown = (
        select(literal(1).label("part"), head.c.chain, head.c.length, head.c.head)
        .outerjoin_from(head, _sealed, _sealed.c.chain == head.c.chain)
        .where(_sealed.c.seq.is_distinct_from(head.c.length))
    )
    counted = select(literal(0).label("part"), func.count().label("chain"), null().label("length"), null().label("head")).select_from(head)
    rows = connection.execute(union_all(counted, grown).order_by("part", "chain"), execution_options={"yield_per": _BATCH})
    _, count, _, _ = rows.fetchone()
    chains, lengths, listed = array("q"), array("q"), []
    for batch in rows.partitions():
        chains.extend([chain for _, chain, _, _ in batch])
        lengths.extend([length for _, _, length, _ in batch])
        listed.append(",".join([f'["{chain}",{length},"{head}"]' for _, chain, length, head in batch]))
    return count, ",".join(listed), chains, lengths


def _remember(connection, chains, lengths):
    remember = upsert(_sealed, ["chain"], ["seq"])(connection.dialect.name)
    for start in range(0, len(chains), _BATCH):
        batch = zip(chains[start : start + _BATCH], lengths[start : start + _BATCH], strict=True)
        connection.execute(remember, [{"chain": chain, "seq": length} for chain, length in batch])


def _record(connection, seal, now):
    chain = connection.execute(select(_chains).where(_chains.c.chain == history.SEALS)).first()
    seq, previous = (chain.seq + 1, chain.head) if chain else (1, history.GENESIS)
    entry = history.entry(history.SEALS, seq, previous, now, SYSTEM, "seal:made", data={"number": seal.number, "hash": seal.hash})
    connection.execute(insert(_entries), entry._asdict())
    advance = upsert(_chains, ["chain"], ["seq", "head"])(connection.dialect.name)
    connection.execute(advance, {"chain": history.SEALS, "seq": seq, "head": entry.hash, "subject": "seals"})
