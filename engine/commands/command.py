"""How a command is run: tried until it is through, done once per idempotency key, its handlers' failures turned into incidents.

A command is a function of a Step in four paragraphs: load, check, change, save with history. Decorated, it is called with the engine and
the actor instead: `claim_task(engine, actor, key, idempotency_key=None)`.
"""

import functools
import hashlib
import logging

import orjson

from engine.commands.step import Step
from engine.domain.errors import EngineError, HandlerFailed

log = logging.getLogger(__name__)

#: One step may meet this many failing handlers; each leaves an incident.
FAILURES = 20

#: So many deliveries to other roots are done before a command answers.
FOLLOW_UPS = 50


def command(function):
    """Make a function of a Step into a command of the engine."""

    @functools.wraps(function)
    def run(engine, actor, *arguments, idempotency_key=None, follow_ups=None, **named):
        request = (idempotency_key, _fingerprint(function, arguments, named)) if idempotency_key else None
        failed = {}
        for _ in range(FAILURES):
            left = []

            def attempt(transaction, left=left):
                step = Step(engine, transaction, actor, failed, request)
                done = step.done_before()
                if done is not None:
                    return orjson.loads(done)
                try:
                    answer = function(step, *arguments, **named)
                except EngineError:
                    # The same request may have been under way before us, and committed while we waited for its locks.
                    done = step.done_before()
                    if done is None:
                        raise
                    return orjson.loads(done)
                left[:] = step.follow_ups
                return answer

            try:
                answer = engine.store.write(attempt)
            except HandlerFailed as error:
                if error.number in failed:
                    raise
                failed[error.number] = error.sentence
                continue
            if follow_ups is None:
                _follow_up(engine, left)
            else:
                follow_ups += left
            return answer
        raise EngineError(f"Expected at most {FAILURES} handlers of one step to fail, but {', '.join(failed.values())}")

    return run


def _fingerprint(function, arguments, named):
    told = orjson.dumps([function.__name__, arguments, named], default=_plain, option=orjson.OPT_SORT_KEYS)
    return hashlib.sha256(told).hexdigest()


def _plain(value):
    if isinstance(value, bytes):
        return hashlib.sha256(value).hexdigest()
    return sorted(value) if isinstance(value, set | frozenset) else str(value)


def _follow_up(engine, keys):
    """Do at once what was left in the outbox, and what that leaves; the rest, and what does not succeed, is the worker's."""
    from engine.commands.run_outbox import run_outbox  # it is a command itself

    for at in range(FOLLOW_UPS):
        if at >= len(keys):
            return
        try:
            run_outbox(engine, keys[at], follow_ups=keys)
        except EngineError as error:
            log.warning("outbox row %s is left to the worker: %s", keys[at], error)
