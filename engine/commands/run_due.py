"""The worker's round: due timers and deliveries are leased, done one by one in their own transactions, and counted."""

import logging
import time
from dataclasses import dataclass, field

from engine.commands.fire_timer import fire_timer
from engine.commands.run_outbox import run_outbox
from engine.domain.people import THE_SYSTEM
from engine.store import leases

log = logging.getLogger(__name__)


@dataclass
class Round:
    """What a round did: rows that were done, rows that failed, and by how many seconds each done timer was late."""

    done: int = 0
    failed: int = 0
    late: list = field(default_factory=list)


def run_due(engine, worker, limit=leases.BATCH):
    """Do up to `limit` due rows of each queue. A row that raises waits for its next attempt, and never stops the others.

    Inside the database each row takes effect exactly once: its command reads it again, under the lock of its root, and deletes or
    reschedules it in the same commit. A row that was not begun when its lease ran out is done by whoever comes next: a worker begins
    the first one in any case, and no other one late, so a slow row makes nobody wait for the rows behind it.
    """
    done = Round()
    for queue, command in (("outbox", lambda key: run_outbox(engine, key)), ("timer", lambda key: fire_timer(engine, THE_SYSTEM, key))):
        leased = _lease(engine, queue, worker, limit)
        end = time.monotonic() + leases.LEASE
        for place, (key, due) in enumerate(leased):
            if place and time.monotonic() >= end:
                break
            try:
                command(key)
            except Exception as error:
                log.exception("%s %s could not be done", queue, key)
                _postpone(engine, queue, key, error)
                done.failed += 1
            else:
                done.done += 1
                if queue == "timer":
                    done.late.append((engine.time() - due).total_seconds())
    return done


def _lease(engine, queue, worker, limit):
    def attempt(transaction):
        transaction.begin_writing()  # it may wait for another writer, and the lease begins when it is ours
        now = engine.clock.now(transaction.cursor)
        return leases.lease(transaction.connection, queue, worker, limit, now)

    return engine.store.write(attempt)


def _postpone(engine, queue, key, error):
    def attempt(transaction):
        now = engine.clock.now(transaction.cursor)
        transaction.begin_writing()
        return leases.postpone(transaction.connection, queue, key, f"{type(error).__name__}: {error}", now)

    if engine.store.write(attempt):
        log.error("%s %s is dead after %d attempts: a person has to look at it", queue, key, len(leases.BACK_OFF) + 1)
