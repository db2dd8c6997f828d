"""Requests that were done already: the answer is kept with the change, in its commit."""

from sqlalchemy import bindparam, delete, select

from engine.store.records import Idempotency
from engine.store.statements import insert

done = Idempotency.__table__

FIND = (
    "find idempotency",
    lambda _: select(done.c.request_hash, done.c.answer).where(done.c.actor == bindparam("actor"), done.c.key == bindparam("key")),
)
KEEP = ("keep idempotency", insert(done))
SWEEP = ("sweep idempotency", lambda _: delete(done).where(done.c.at < bindparam("before", type_=done.c.at.type)))
