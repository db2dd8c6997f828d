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
#: What is due is just being done by another worker: so long until it may be over. Seconds.
BREATH = 0.01
SWEEP_EVERY = 60


def work(engine, name, stop, signing_key=None):
    """Run rounds as worker `name` until `stop` (a threading.Event) is set.

    A round waits for whoever is writing, so there is none where nothing is due: a worker without work only reads, twice a second.
    """
    swept = 0.0
    while not stop.is_set():
        nap = _quietly(engine.nap, NAP)
        done = _quietly(run_due, engine, name) if nap == 0 else None
        if time.monotonic() - swept >= SWEEP_EVERY:
            _quietly(sweep, engine)
            if signing_key is not None:
                _quietly(make_seal, engine, signing_key)
            swept = time.monotonic()
        if done is None:
            stop.wait(nap or NAP)
        elif done.done == 0:
            stop.wait(BREATH)


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
