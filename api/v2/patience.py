"""Waiting on behalf of a caller: a look at the store now and then, within bounds that leave threads for everybody else."""

import threading
import time

#: Seconds between two looks, and how long a request may hold its thread: shorter than what gunicorn grants a stopping worker.
PAUSE, LONGEST = 0.2, 9.5
#: So many requests of one process may wait at once; whoever comes then gets the answer of the first look.
PLACES = 4

_places = threading.BoundedSemaphore(PLACES)


def wait_for(look, milliseconds):
    """What `look()` gives as soon as it is true, or what it gave when the time was over. It holds no connection between two looks."""
    deadline = time.monotonic() + min(milliseconds / 1000, LONGEST)
    found = look()
    if found or time.monotonic() >= deadline or not _places.acquire(blocking=False):
        return found
    try:
        while not found and time.monotonic() < deadline:
            time.sleep(min(PAUSE, max(0.0, deadline - time.monotonic())))
            found = look()
        return found
    finally:
        _places.release()
