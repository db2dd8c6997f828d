"""What was compiled once is kept: definitions, decisions, forms, by keys that never mean anything else."""

from collections import OrderedDict
from threading import Lock


class Library:
    """Immutable things under immutable keys, at most so many bytes of them: what was not asked for longest goes first.

    May be asked from any thread. While a key is compiled, others that ask for it wait, and those that ask for other keys do not.
    """

    def __init__(self, limit_bytes):
        self.limit, self.weight = limit_bytes, 0
        self._kept = OrderedDict()  # key -> (value, weight)
        self._compiling = {}  # key -> [lock, how many threads are at it]
        self._lock = Lock()

    def get(self, key, compile):
        """The value under a key. `compile() -> (value, weight in bytes)` is called once where it is not there; what it raises is raised."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key][0]
            at_it = self._compiling.setdefault(key, [Lock(), 0])
            at_it[1] += 1
        try:
            with at_it[0]:
                with self._lock:
                    if key in self._kept:
                        return self._kept[key][0]
                value, weight = compile()
                self._keep(key, value, weight)
                return value
        finally:
            with self._lock:
                at_it[1] -= 1
                if not at_it[1]:
                    del self._compiling[key]

    def __len__(self):
        return len(self._kept)

    def _keep(self, key, value, weight):
        """Nothing that is wider than the whole shelf pushes everything else off it."""
        if weight > self.limit:
            return
        with self._lock:
            self._kept[key] = (value, weight)
            self.weight += weight
            while self.weight > self.limit:
                _, (_, gone) = self._kept.popitem(last=False)
                self.weight -= gone
