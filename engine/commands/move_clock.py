"""The engine's clock is moved, for tests and demonstrations: only where CLOCK_CONTROL allows it, and recorded."""

from engine.commands.command import command
from engine.domain.errors import NotPermitted
from engine.store import clock


@command
def move_clock(step, moment):
    """Let the engine's clock stand at `moment` (an aware datetime) now, and go on from there. None resets it."""
    if not step.actor.is_administrator:
        raise NotPermitted(f"Expected an administrator to move the clock, but {step.actor.username} is not one")
    if not step.engine.clock.controlled:
        raise NotPermitted("Expected CLOCK_CONTROL=1 in order to move the clock, but it is not set")

    step.begin_writing()
    found = step.transaction.fetch(clock.OFFSET)
    before = found[0]["microseconds"] if found else 0
    by = 0 if moment is None else before + round((moment - step.now).total_seconds() * 1_000_000)
    step.batches.append((clock.MOVE, [{"id": 1, "microseconds": by}]))

    kind = "clock:reset" if moment is None else "clock:moved"
    step.record("clock", step.key(), kind, {"from": step.now, "to": moment})
    return step.save()
