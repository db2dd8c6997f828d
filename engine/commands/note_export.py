"""导出: the history of a case was taken away. It stands in a chain of whoever took it, so that what was taken stays as it is."""

from engine.commands.command import command


@command
def note_export(step, subject, reason):
    """Write down that the actor takes the history of `subject` with them, and why; both are texts without anybody's number."""
    step.begin_writing()
    step.record(f"access:{step.actor.username}", step.key(), "history:exported", {"subject": subject, "reason": reason})
    return step.save({})
