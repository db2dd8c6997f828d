"""64-bit keys, leased to a process in blocks, so that they are known before the insert and cost no statement of their own."""

import operator
import threading

from sqlalchemy.dialects import postgresql, sqlite

from engine.store.forked import renew_in_child
from engine.store.records import KeyBlock

BLOCK = 1000
#: The first key: high enough that a key is never mistaken for a number inside an instance.
FIRST = 1 << 31


def lease(connection, size=BLOCK):
    """Take `size` keys out of the database for good, and return the first. The connection must be writing."""
    # One statement, so that two who begin a new database together do not both insert the row.
    made = {"sqlite": sqlite, "postgresql": postgresql}[connection.dialect.name].insert(KeyBlock).values(id=1, next=FIRST + size)
    grown = made.on_conflict_do_update(index_elements=["id"], set_={"next": KeyBlock.next + size})
    end = connection.execute(grown.returning(KeyBlock.next)).scalar()
    return end - size


class Keys:
    """Hands out the keys of the database behind `engine`; safe among threads, and forgotten in a forked child."""

    def __init__(self, engine):
        self._engine = engine
        self.renew()
        renew_in_child(self)

    def take(self, may_lease=True):
        """The next key, or None where a block would have to be leased and the caller holds SQLite's only write lock itself."""
        key = next(self._free, None)  # one step of the interpreter: no two threads get the same
        if key is not None:
            return key
        # Whoever holds that lock must not wait for another thread that leases: that one waits for the lock.
        if not self._lock.acquire(blocking=may_lease):
            return None
        try:
            key = next(self._free, None)
            if key is None and may_lease:
                with self._engine.connect().execution_options(write=True) as connection, connection.begin():
                    first = lease(connection)
                self._free = iter(range(first, first + BLOCK))
                key = next(self._free)
            return key
        finally:
            self._lock.release()

    def keep(self, free):
        """What is left of a block that a command leased for itself and has committed; nothing where the process has keys."""
        with self._lock:
            if not operator.length_hint(self._free):
                self._free = free

    def renew(self):
        """Forget what was leased: it is the parent's."""
        self._lock, self._free = threading.Lock(), iter(())
