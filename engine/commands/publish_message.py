"""A message is published: whoever waits for it gets it, and where nobody does, it waits itself."""

from datetime import timedelta

from engine.commands.command import command
from engine.domain import values
from engine.domain.errors import Conflict, NotPermitted
from engine.store import messages


@command
def publish_message(step, name, correlation_key="", time_to_live=0, variables=None, message_id=None):
    """Publish a message. `time_to_live` in milliseconds: so long it is kept for a subscription that is yet to come.

    Returns {"key"}. Raises Conflict where a message of this name, key and `message_id` is still kept.
    """
    expect_integration(step, f"publish message {name!r}")
    return step.save({"key": publish(step, name, correlation_key, time_to_live, variables or {}, message_id)})


def publish(step, name, correlation_key, time_to_live, variables, message_id, thrown_by=None):
    """Add the message to what the step saves, and its delivery if somebody waits for it; returns its key."""
    # The lock of the name comes before the look: whoever opens a subscription at this moment sees the message, or we see them.
    step.begin_writing()
    messages.lock_names(step.transaction, [(name, correlation_key)])
    same = {"name": name, "correlation_key": correlation_key}
    for known in step.transaction.fetch(messages.SAME_ID, **same, message_id=message_id) if message_id else ():
        if known["expires"] > step.now:
            raise Conflict(f"Expected message id {message_id!r} to be new, but message {name!r} with this id was published already")
        step.batches.append((messages.FORGET_ID, [{"key_key": known["key"], "message_id": None}]))

    key = step.key()
    row = {**same, "key": key, "message_id": message_id or None, "variables": values.write(variables), "published": step.now}
    row |= {"expires": step.now + timedelta(milliseconds=time_to_live), "delivered": None, "actor": step.actor.username}
    step.batches.append((messages.PUBLISH, [row]))
    if step.transaction.fetch(messages.SUBSCRIBED, kind="message", **same):
        step.send("message", {"message": key})

    told = {**same, "variables": variables, "message_id": message_id, "thrown_by": thrown_by}
    step.record(f"message:{key}", key, "message:published", told)
    return key


def expect_integration(step, wish):
    """Raises NotPermitted unless the actor is a program or an administrator."""
    if not step.actor.is_integration:
        raise NotPermitted(f"Expected a program or an administrator to {wish}, but {step.actor.username} is neither")
