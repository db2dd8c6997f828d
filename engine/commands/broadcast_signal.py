"""A signal reaches everybody who waits for it: each in a transaction of its own."""

from engine.commands.command import command
from engine.commands.publish_message import expect_integration
from engine.domain import values
from engine.store import messages


@command
def broadcast_signal(step, name, variables=None):
    """Broadcast a signal to every instance and start event that waits for it now. Returns {"key"}."""
    expect_integration(step, f"broadcast signal {name!r}")
    return step.save({"key": broadcast(step, name, variables or {})})


def broadcast(step, name, variables, thrown_by=None):
    """Add a delivery per subscription to what the step saves; returns the signal's key.

    `thrown_by`: {"instance", "element"} of a throwing event. What waited in its own instance heard it when it was thrown, and what has
    begun to wait there since then is too late (engine.workflow.events.broadcast).
    """
    step.begin_writing()
    key, given = step.key(), values.write(variables)
    waiting = step.transaction.fetch(messages.SUBSCRIBED, kind="signal", name=name, correlation_key="")
    if thrown_by:
        waiting = [row for row in waiting if str(row["instance_key"]) != thrown_by["instance"]]
    for row in waiting:
        step.send("signal", {"subscription": row["key"], "name": name, "variables": given, "from": step.actor.username})
    step.record(
        f"signal:{key}", key, "signal:broadcast", {"name": name, "variables": variables, "waiting": len(waiting), "thrown_by": thrown_by}
    )
    return key
