"""SQLite's writers of one process stand in a line.

SQLite lets one write at a time, and whoever finds it busy sleeps and looks again, up to a tenth of a second: with eight threads most of
them sleep while nobody writes. In a line the next one is woken at once, and only the first of each process asks SQLite.
"""

import threading

from engine.domain.errors import Busy
from engine.store.database import PATIENCE
from engine.store.forked import renew_in_child


class Writers:
    """The line. A forked child has one of its own."""

    def __init__(self):
        self.renew()
        renew_in_child(self)

    def enter(self):
        """Wait for one's turn. Raises Busy where it does not come in time."""
        if not self._first.acquire(timeout=PATIENCE):
            raise Busy(f"Expected to write within {PATIENCE} seconds, but other writers did not finish; please send the request again")

    def leave(self):
        """Let the next one have its turn."""
        self._first.release()

    def renew(self):
        """A line in which nobody stands."""
        self._first = threading.Lock()
