"""A message is correlated at once, or not at all."""

from engine.commands.command import command
from engine.commands.deliver_message import find_receiver, receive
from engine.commands.publish_message import expect_integration
from engine.domain.errors import NotFound


@command
def correlate_message(step, name, correlation_key="", variables=None):
    """Give the message to the one who waits for it. Returns {"key", "instance_key"}; raises NotFound where nobody does."""
    expect_integration(step, f"correlate message {name!r}")
    receiver = find_receiver(step, name, correlation_key)
    if receiver is None:
        raise NotFound(f"Expected a subscription of message {name!r} with correlation key {correlation_key!r}, but nobody waits for it")

    step.begin_writing()
    case = receive(step, receiver, variables or {}, {"name": name, "correlation_key": correlation_key})

    return step.save({"key": step.key(), "instance_key": case.row["key"]})
