"""The export that `verify_history.py` reads: history, the heads kept beside the state, and all seals, as one stream of JSON lines.

The lines, in this order: one `header` (format, version, scope, its chains, the public keys), every `seal`, then for each chain one `chain`
line (the length and head that stand beside the state) followed by its `entry` lines, and one `end` with the counts, so that a file that
was cut off is seen. Bodies are exported as the text that was hashed.
"""

import itertools
from contextlib import contextmanager
from heapq import merge
from operator import itemgetter

import orjson
from sqlalchemy import select

from engine import history
from engine.store.records import History, Seal
from engine.store.seals import Made, heads

FORMAT, VERSION = "bihuan-history", 1

_CHAIN = ("chain", "length", "head")
_ENTRY = ("chain", "seq", "at", "actor", "kind", "element", "body", "hash")

#: How many rows are read at a time.
_BATCH = 2_000


@contextmanager
def snapshot(engine):
    """A Connection that sees one moment of the database for as long as it is open; people go on working meanwhile."""
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection = connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        with connection.begin():
            yield connection


def export_lines(connection, public_keys, chains=None):
    """Yield the lines, as text without line ends. `connection` comes from `snapshot`, `public_keys` are hexadecimal.

    `chains`: the keys of the chains wanted (an instance and its children), to which the chain of the seals is added; None for all. The
    seals list other chains too, of which a verifier learns by the scope "instance" that they are not meant to be here.
    """
    scope = {"scope": "all"} if chains is None else {"scope": "instance", "chains": [str(chain) for chain in chains]}
    wanted = None if chains is None else [*chains, history.SEALS]
    counts = dict.fromkeys(("seal", "chain", "entry"), 0)
    yield _line("header", format=FORMAT, version=VERSION, **scope, public_keys=list(public_keys))
    for kind, columns in itertools.chain(_seals(connection), _chains_with_entries(connection, wanted)):
        counts[kind] += 1
        yield _line(kind, **columns)
    yield _line("end", seals=counts["seal"], chains=counts["chain"], entries=counts["entry"])


def _seals(connection):
    for row in _stream(connection, select(*(getattr(Seal, name) for name in Made._fields)).order_by(Seal.number)):
        yield "seal", dict(zip(Made._fields, row, strict=True))


def _chains_with_entries(connection, wanted):
    """Two streams merged by chain, because either side of a chain may be missing: that is what an auditor looks for."""
    head = heads().subquery("head")
    chosen_heads = select(*(head.c[name] for name in _CHAIN)).order_by(head.c.chain)
    chosen_entries = select(*(getattr(History, name) for name in history.Entry._fields)).order_by(History.chain, History.seq)
    if wanted is not None:
        chosen_heads, chosen_entries = chosen_heads.where(head.c.chain.in_(wanted)), chosen_entries.where(History.chain.in_(wanted))
    merged = merge(
        ((row[0], "chain", _CHAIN, row) for row in _stream(connection, chosen_heads)),
        ((row[0], "entry", _ENTRY, row) for row in _stream(connection, chosen_entries)),
        key=itemgetter(0),  # stable: the head of a chain comes before its entries
    )
    for chain, kind, names, row in merged:
        yield kind, {**dict(zip(names, row, strict=True)), "chain": str(chain)}


def _stream(connection, query):
    return connection.execute(query, execution_options={"yield_per": _BATCH})


def _line(sort, /, **columns):
    return orjson.dumps({"type": sort, **columns}).decode()
