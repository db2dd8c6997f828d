"""Messages, signals and their deliveries: who waits for what, and which message waits for whom.

Opening a subscription and publishing a message take the same lock of (name, correlation key) before they look: otherwise each can look
before the other has committed, and the message is missed by both.
"""

from sqlalchemy import Text, bindparam, cast, exists, func, literal, select

from engine.store.models import Message, MessageSubscription
from engine.store.records import Outbox
from engine.store.statements import change, insert, remove

messages, subscriptions, outbox = Message.__table__, MessageSubscription.__table__, Outbox.__table__

PUBLISH = ("insert message", insert(messages))
DELIVERED = ("message delivered", change(messages, ["key"], ["delivered"]))
SUBSCRIBE = ("insert start subscriptions", insert(subscriptions))
UNSUBSCRIBE = (
    "delete start subscriptions",
    lambda _: subscriptions.delete().where(subscriptions.c.instance_key.is_(None), subscriptions.c.process_id == bindparam("process_id")),
)
DONE = ("delete outbox", remove(outbox, ["key"]))

_SAME = (messages.c.name == bindparam("name")) & (messages.c.correlation_key == bindparam("correlation_key"))
WAITING = (
    "waiting message",
    lambda _: (
        select(messages.c.key)
        .where(_SAME, messages.c.delivered.is_(None), messages.c.expires > bindparam("now", type_=messages.c.expires.type))
        .order_by(messages.c.key)
        .limit(1)
    ),
)
SAME_ID = (
    "message with id",
    lambda _: select(messages.c.key, messages.c.expires).where(_SAME, messages.c.message_id == bindparam("message_id")),
)
#: An expired message that is not swept yet gives its id up, and keeps its delivery if that is still under way.
FORGET_ID = ("forget id of message", change(messages, ["key"], ["message_id"]))
#: Instances before start events, the oldest first; a start event has no correlation key.
SUBSCRIBED = (
    "subscribed",
    lambda _: (
        select(subscriptions)
        .where(
            subscriptions.c.kind == bindparam("kind"),
            subscriptions.c.name == bindparam("name"),
            (subscriptions.c.correlation_key == bindparam("correlation_key")) | subscriptions.c.instance_key.is_(None),
        )
        .order_by(subscriptions.c.instance_key.is_(None), subscriptions.c.key)
    ),
)


def _for_update(table):
    def make(dialect):
        chosen = select(table).where(table.c.key == bindparam("key"))
        return chosen if dialect == "sqlite" else chosen.with_for_update()

    return make


MESSAGE = ("message", lambda _: select(messages).where(messages.c.key == bindparam("key")))
OUTBOX = ("outbox", lambda _: select(outbox).where(outbox.c.key == bindparam("key")))
_PAYLOAD = literal('{"message":') + cast(messages.c.key, Text) + literal("}")
#: A message and a subscription of an instance that belong together, and no delivery of it is under way.
UNMATCHED = (
    "unmatched messages",
    lambda _: select(messages.c.key).where(
        messages.c.delivered.is_(None),
        messages.c.expires > bindparam("now", type_=messages.c.expires.type),
        exists().where(
            subscriptions.c.kind == "message",
            subscriptions.c.name == messages.c.name,
            subscriptions.c.correlation_key == messages.c.correlation_key,
            subscriptions.c.instance_key.is_not(None),
        ),
        ~exists().where(outbox.c.kind == "message", outbox.c.payload == _PAYLOAD),
    ),
)
SWEEP = (
    "sweep messages",
    lambda _: messages.delete().where(
        messages.c.expires < bindparam("now", type_=messages.c.expires.type),
        ~exists().where(outbox.c.kind == "message", outbox.c.payload == _PAYLOAD),
    ),
)
START = (
    "start subscription",
    lambda _: select(subscriptions).where(subscriptions.c.key == bindparam("key"), subscriptions.c.instance_key.is_(None)),
)
LOCK_MESSAGE = ("lock message", _for_update(messages))
LOCK_OUTBOX = ("lock outbox", _for_update(outbox))
LOCK_NAME = (
    "lock name of message",
    lambda _: select(func.pg_advisory_xact_lock(func.hashtextextended(bindparam("name"), 0)).label("locked")),
)


def lock_names(transaction, pairs):
    """Take the locks of the (name, correlation key) pairs, always in the same order. SQLite's one writer needs none."""
    if transaction.store.is_sqlite:
        return
    for name, key in sorted(pairs):
        transaction.fetch(LOCK_NAME, name=f"{name}\x1f{key}")
