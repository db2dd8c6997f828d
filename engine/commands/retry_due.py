"""A timer or a delivery that was given up after many attempts is tried again: what stood in its way has been put right."""

from engine.commands.command import command
from engine.domain.errors import NotFound, NotPermitted, WrongState
from engine.store import leases, messages, waits

AGAIN = {"attempts": 0, "dead": False, "claimed_by": None, "claimed_until": None}


@command
def retry_timer(step, key):
    """Let a timer that was given up be the worker's again. An administrator's act. Raises NotFound, and WrongState where it was not."""
    _expect_administrator(step.actor)
    rows = step.transaction.fetch(waits.TIMER, key=key)
    _expect_given_up(rows, f"timer {key}")
    timer, case = step.timer(key) if rows[0]["instance_key"] is not None else (rows[0], None)
    _expect_given_up([timer] if timer else [], f"timer {key}")

    step.begin_writing()
    step.batches.append((leases.AGAIN["timer"], [{"key_key": key, **AGAIN}]))

    if case is not None:
        case.note("timer:retried", timer["element_id"], timer=str(key), error=timer["error"])
    else:
        step.record(
            f"timer:{key}", step.key(), "timer:retried", {"element": timer["element_id"], "timer": str(key), "error": timer["error"]}
        )
    return step.save()


@command
def retry_delivery(step, key):
    """The same for a row of the outbox. Its entry stands in a chain of its own: what a delivery changes, its own command records."""
    _expect_administrator(step.actor)
    step.begin_writing()
    rows = step.transaction.fetch(messages.LOCK_OUTBOX, key=key)
    _expect_given_up(rows, f"delivery {key}")
    step.batches.append((leases.AGAIN["outbox"], [{"key_key": key, **AGAIN}]))

    told = {"delivery": str(key), "kind": rows[0]["kind"], "error": rows[0]["error"]}
    step.record(f"delivery:{key}", step.key(), "delivery:retried", told)
    return step.save()


def _expect_administrator(actor):
    if not actor.is_administrator:
        raise NotPermitted(f"Expected an administrator to try again what was given up, but {actor.username} is not one")


def _expect_given_up(rows, what):
    if not rows:
        raise NotFound(f"Expected {what} to be given up, but it is not there", problems={"": ["这一项已经执行，无需再办。"]})
    if not rows[0]["dead"]:
        raise WrongState(
            f"Expected {what} to be given up, but it is tried again by itself", problems={"": ["这一项会自动重试，无需再办。"]}
        )
