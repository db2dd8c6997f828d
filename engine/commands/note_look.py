"""留痕: somebody looked at what is not theirs. It stands in a chain of their own, so that what they looked at stays as it is."""

from engine.commands.command import command


@command
def note_look(step, subject, reason):
    """Write down that the actor looks at `subject`, and why; both are texts in which no number of anybody's stands."""
    step.begin_writing()
    step.record(f"access:{step.actor.username}", step.key(), "access:looked", {"subject": subject, "reason": reason})
    return step.save({})
