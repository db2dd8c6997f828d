"""What nobody needs any more is cleared away, and a message that met nobody although somebody waits is reported as a fault."""

import logging
from datetime import timedelta

from engine.commands.step import Step
from engine.domain.people import THE_SYSTEM
from engine.store import drafts, idempotency, messages

log = logging.getLogger(__name__)

#: So long an idempotency key is remembered.
REMEMBERED = timedelta(days=7)


def sweep(engine):
    """Delete expired messages and old idempotency keys; deliver what matches and was not delivered. Returns how many such there were."""

    def attempt(transaction):
        step = Step(engine, transaction, THE_SYSTEM)
        step.begin_writing()
        unmatched = [row["key"] for row in transaction.fetch(messages.UNMATCHED, now=step.now)]
        for key in unmatched:
            log.error("message %s waits although its subscription is open: a delivery was lost; it is made up for now", key)
            step.send("message", {"message": key})
        step.batches.append((messages.SWEEP, [{"now": step.now}]))
        step.batches.append((drafts.SWEEP, [{}]))
        step.batches.append((idempotency.SWEEP, [{"before": step.now - REMEMBERED}]))
        step.save()
        return len(unmatched)

    return engine.store.write(attempt)
