"""A timer is due: its event happens, once."""

import orjson

from engine.commands.command import command
from engine.commands.serve import new_instance
from engine.store import definitions, waits
from engine.workflow import timers


@command
def fire_timer(step, key):
    """Fire the timer with this key if it is still there and due; otherwise do nothing. Returns whether it fired."""
    rows = step.transaction.fetch(waits.TIMER, key=key)
    if not rows:
        return False
    return _start(step, key) if rows[0]["instance_key"] is None else _trigger(step, key)


def _trigger(step, key):
    timer, case = step.timer(key)
    if timer is None or timer["due"] > step.now or not case.is_active:
        return False

    step.advance(case, "trigger", subscription=timer["subscription"], variables={})

    late = (step.now - timer["due"]).total_seconds()
    case.note("timer:fired", timer["element_id"], due=timer["due"], late=f"{late:.3f}")
    step.save()
    return True


def _start(step, key):
    step.begin_writing()
    rows = step.transaction.fetch(waits.LOCK_TIMER, key=key)
    if not rows or rows[0]["due"] > step.now:
        return False
    timer = rows[0]
    (definition,) = step.transaction.fetch(definitions.PROCESS_BY_KEY, key=timer["definition_key"])
    case = new_instance(step, definition)

    step.advance(case, "start", variables={}, at=timer["element_id"])
    due, book = timers.following(orjson.loads(timer["repetitions"]), step.local) if timer["repetitions"] else (None, None)
    if due is None:
        step.batches.append((waits.DROP_TIMER, [{"key": key}]))
    else:
        step.batches.append((waits.RESET_TIMER, [{"key_key": key, **waits.start_timer_row(due, book)}]))

    case.note("instance:started", timer["element_id"], process=definition["process_id"], version=definition["version"], due=timer["due"])
    step.save()
    return True
