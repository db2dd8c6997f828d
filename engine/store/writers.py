"""SQLite's writers of one process stand in a line, each for the whole of its command.

SQLite lets one write at a time, and whoever finds it busy sleeps and looks again, up to a tenth of a second: with eight threads most of
them sleep while nobody writes. In a line the next one is woken at once, and only the first of each process asks SQLite. They stand in it
from before they read: threads that compute beside the one that holds SQLite's lock take the interpreter from it at every statement,
which made a step hold that lock three times as long.
"""

import threading
from contextlib import contextmanager

from engine.domain.errors import Busy
from engine.store.database import PATIENCE
from engine.store.forked import renew_in_child


class Writers:
    """The line. A forked child has one of its own."""

    def __init__(self):
        self.renew()
        renew_in_child(self)

    @contextmanager
    def turn(self):
        """Wait for one's turn, and let the next one have it afterwards. Raises Busy where it does not come in time."""
        first = self._first
        if not first.acquire(timeout=PATIENCE):
            raise Busy(f"Expected to write within {PATIENCE} seconds, but other writers did not finish; please send the request again")
        try:
            yield
        finally:
            first.release()

    def renew(self):
        """A line in which nobody stands."""
        self._first = threading.Lock()
