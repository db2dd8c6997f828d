"""History rows: appended by `save` beside the change, read by instance, and the chains that belong to no instance."""

from sqlalchemy import bindparam, select

from engine.store.records import History, HistoryChain
from engine.store.statements import insert, upsert

history, chains = History.__table__, HistoryChain.__table__

APPEND = ("insert history", insert(history))
ADVANCE_CHAIN = ("upsert history chain", upsert(chains, ["chain"], ["seq", "head"]))


def _lock_chain(dialect):
    chosen = select(chains).where(chains.c.subject == bindparam("subject"))
    return chosen if dialect == "sqlite" else chosen.with_for_update()


CHAIN_OF = ("history chain", _lock_chain)
OF_CHAINS = (
    "history of instance",
    lambda _: select(history).where(history.c.chain == bindparam("chain")).order_by(history.c.seq),
)


def row(entry):
    """The columns of an engine.history.Entry."""
    return {
        "chain": entry.chain,
        "seq": entry.seq,
        "at": entry.at,
        "actor": entry.actor,
        "kind": entry.kind,
        "element_id": entry.element_id,
        "body": entry.body,
        "hash": entry.hash,
    }
