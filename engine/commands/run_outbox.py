"""A row of the outbox is done: what a commit left for other roots."""

import orjson

from engine.commands.broadcast_signal import broadcast
from engine.commands.command import command
from engine.commands.deliver_message import deliver_message
from engine.commands.deliver_signal import deliver_signal
from engine.commands.publish_message import publish
from engine.commands.recompute_terms import find_provisional, recompute_terms
from engine.domain import values
from engine.domain.errors import Conflict
from engine.domain.people import THE_SYSTEM
from engine.store import messages


@command
def publish_thrown(step, outbox_key):
    """Publish the message, or broadcast the signal, that an instance threw. Once: the row goes in the same commit."""
    step.begin_writing()
    rows = step.transaction.fetch(messages.LOCK_OUTBOX, key=outbox_key)
    if rows:
        thrown = orjson.loads(rows[0]["payload"])
        variables, thrown_by = values.read(thrown["variables"]), {"instance": thrown["from"], "element": thrown["element"]}
        if rows[0]["kind"] == "broadcast":
            broadcast(step, thrown["name"], variables, thrown_by)
        else:
            _publish_once(step, thrown, variables, thrown_by)
        step.batches.append((messages.DONE, [{"key": outbox_key}]))
    return step.save()


def _publish_once(step, thrown, variables, thrown_by):
    try:
        publish(step, thrown["name"], thrown["correlation_key"], thrown["time_to_live"], variables, thrown["message_id"], thrown_by)
    except Conflict:
        # A diagram that throws the same message id again means the same message: it is there already, and that is all it wanted.
        step.record(f"message:{thrown['message_id']}", step.key(), "message:published", {"name": thrown["name"], "repeated": True})


KINDS = {
    "message": deliver_message,
    "signal": deliver_signal,
    "publish": publish_thrown,
    "broadcast": publish_thrown,
    "calendar": find_provisional,
    "term": recompute_terms,
}


def run_outbox(engine, key, follow_ups=None):
    """Do the row with this key, as the system; a row that is gone was done. `follow_ups` collects what that leaves in the outbox."""
    with engine.store.transaction() as transaction:
        rows = transaction.fetch(messages.OUTBOX, key=key)
    if rows:
        KINDS[rows[0]["kind"]](engine, THE_SYSTEM, key, follow_ups=follow_ups)
