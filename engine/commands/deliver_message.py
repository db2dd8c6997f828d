"""A published message reaches the one who waits for it, in a transaction of its own that locks only their root."""

import orjson

from engine.commands.command import command
from engine.commands.serve import new_instance
from engine.domain import values
from engine.store import definitions, messages


@command
def deliver_message(step, outbox_key):
    """Do the delivery that a row of the outbox asks for, once; nothing where it was done or nobody waits any more."""
    rows = step.transaction.fetch(messages.OUTBOX, key=outbox_key)
    message = step.transaction.fetch(messages.MESSAGE, key=orjson.loads(rows[0]["payload"])["message"]) if rows else []
    if message and message[0]["delivered"] is None:
        message = message[0]
        receiver = find_receiver(step, message["name"], message["correlation_key"])
        step.begin_writing()
        (still,) = step.transaction.fetch(messages.LOCK_MESSAGE, key=message["key"])
        if receiver is not None and still["delivered"] is None:
            told = {"name": message["name"], "correlation_key": message["correlation_key"], "message": str(message["key"])}
            receive(step, receiver, values.read(message["variables"]), told | {"from": message["actor"]})
            step.batches.append((messages.DELIVERED, [{"key_key": message["key"], "delivered": step.now}]))
    step.batches.append((messages.DONE, [{"key": outbox_key}]))
    return step.save()


def find_receiver(step, name, correlation_key):
    """(subscription's row, its case) of the one who gets the message: an instance, locked, before a start event; None if nobody waits."""
    for wanted in step.transaction.fetch(messages.SUBSCRIBED, kind="message", name=name, correlation_key=correlation_key):
        if wanted["instance_key"] is None:
            return wanted, None
        row, case = step.subscription(wanted["key"])
        if row is not None:
            return row, case
    return None


def receive(step, receiver, variables, told):
    """Give `variables` to a receiver of find_receiver: its event happens, or its process starts. Returns the case."""
    row, case = receiver
    if case is None:
        (definition,) = step.transaction.fetch(definitions.PROCESS_BY_KEY, key=row["definition_key"])
        case = new_instance(step, definition)
        step.advance(case, "start", variables=variables, at=row["element_id"])
        case.note("instance:started", row["element_id"], process=definition["process_id"], version=definition["version"], **told)
    else:
        step.advance(case, "trigger", subscription=row["subscription"], variables=variables)
        case.note(f"{row['kind']}:{'correlated' if row['kind'] == 'message' else 'received'}", row["element_id"], **told)
    return case
