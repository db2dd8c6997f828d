"""The worker: rounds of due timers and deliveries, the sweep once a minute, the seal once a day, until it is told to stop."""

import logging
import time

from engine.commands.make_seal import make_seal
from engine.commands.run_due import run_due
from engine.commands.sweep import sweep
from engine.domain.errors import EngineError

log = logging.getLogger(__name__)

#: How long a worker sleeps at most: so late may be what somebody else wrote in between. Seconds.
NAP = 0.5
SWEEP_EVERY = 60


def work(engine, name, stop, signing_key=None):
    """Run rounds as worker `name` until `stop` (a threading.Event) is set."""
    swept = 0.0
    while not stop.is_set():
        done = _quietly(run_due, engine, name)
        if time.monotonic() - swept >= SWEEP_EVERY:
            _quietly(sweep, engine)
            if signing_key is not None:
                _quietly(make_seal, engine, signing_key)
            swept = time.monotonic()
        if done is None or done.done == 0:
            nap = None if done is None else _quietly(engine.nap, NAP)
            stop.wait(NAP if nap is None else nap)


def _quietly(act, *arguments):
    """The worker outlives a database that is busy or restarts; what it could not do is still due in the next round."""
    try:
        return act(*arguments)
    except EngineError as error:
        log.warning("%s: %s", act.__name__, error)
    except Exception:
        # A connection that the database has closed is known only to the store by its name.
        log.exception("%s could not be done", act.__name__)
    return None
