"""A signal reaches one of those who waited for it."""

import orjson

from engine.commands.command import command
from engine.commands.deliver_message import receive
from engine.domain import values
from engine.store import messages


@command
def deliver_signal(step, outbox_key):
    """Do the delivery that a row of the outbox asks for, once; nothing where it was done or nobody waits any more."""
    rows = step.transaction.fetch(messages.OUTBOX, key=outbox_key)
    payload = orjson.loads(rows[0]["payload"]) if rows else {}
    receiver = _receiver(step, payload["subscription"]) if rows else None
    step.begin_writing()
    if receiver and step.transaction.fetch(messages.LOCK_OUTBOX, key=outbox_key):
        receive(step, receiver, values.read(payload["variables"]), {"name": payload["name"], "from": payload["from"]})
    step.batches.append((messages.DONE, [{"key": outbox_key}]))
    return step.save()


def _receiver(step, key):
    row, case = step.subscription(key)
    if row is not None:
        return row, case
    start = step.transaction.fetch(messages.START, key=key)
    return (start[0], None) if start else None
