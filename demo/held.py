"""The story's way to the store: what it leaves for a worker is the story's own until the story is over, and it hears what it has opened.

A timer of nine weeks ago is due at once to a worker of today, who would write today's date into a chain that goes on nine weeks ago. So
every timer and delivery is leased in the commit that creates it, as a worker leases one; firing it asks for no lease. Whoever is killed
leaves leases that run out, and the workers go on from there.
"""

import functools
from contextlib import contextmanager
from datetime import timedelta

from sqlalchemy import select, update

from engine.store import database, instances, tasks, waits
from engine.store.models import Timer
from engine.store.records import Outbox
from engine.store.store import Store
from engine.store.transaction import Transaction

#: Whose the rows are, where others see a worker's name.
HOLDER = "seed-demo"
#: So long they are, unless they are held again. Longer than a slow machine needs between two times.
HELD = timedelta(minutes=10)
#: So many keys are named in one statement.
_BATCH = 500

_LEFT = (waits.OPEN_TIMERS, waits.SEND)


class HeldStore(Store):
    """The store behind `engine` (SQLAlchemy's). `until`: when the leases run out, by the workers' clock.

    Its commits do not wait for the disk: what a power cut takes away is told again, and the commit that says that all is told, which is
    not of this store, waits for everything before it.

    `tasks`, `timers`, `started`: rows of user_task, timer and process_instance that were written since they were last taken; `sent`: was
    there a delivery?
    """

    def __init__(self, engine, until):
        relaxed = {} if engine.dialect.name == "sqlite" else {"connect_args": {"options": "-c synchronous_commit=off"}}
        super().__init__(database.connect(engine.url, "NORMAL", **relaxed))
        self.until = until
        self.tasks, self.timers, self.started, self.sent = [], [], [], False

    @contextmanager
    def transaction(self, begin="BEGIN"):
        with super().transaction(begin) as transaction:
            transaction.write = functools.partial(self._write, transaction)
            yield transaction

    def take(self):
        """(tasks, timers, started, sent) since the last time."""
        taken = self.tasks, self.timers, self.started, self.sent
        self.tasks, self.timers, self.started, self.sent = [], [], [], False
        return taken

    def hold(self, until):
        """From now on the leases last until then, also those of a story that was killed."""
        self.until = until
        self._lease(until, HOLDER)

    def hold_all_of(self, roots):
        """The timers of these trees are the story's again, whoever has had them meanwhile."""

        def attempt(transaction):
            transaction.begin_writing()
            for start in range(0, len(roots), _BATCH):
                theirs = update(Timer).where(Timer.root_key.in_(roots[start : start + _BATCH]))
                theirs = theirs.values(claimed_by=HOLDER, claimed_until=self.until)
                transaction.connection.execute(theirs.execution_options(synchronize_session=False))

        self.write(attempt)

    def release(self):
        """The workers may have it all."""
        self._lease(None, None)

    def close(self):
        """Leave the database."""
        self.engine.dispose()

    def held(self, table):
        """The rows of Timer or Outbox that are the story's."""
        with self.read() as connection:
            return connection.execute(select(table.__table__).where(table.claimed_by == HOLDER).order_by(table.due, table.key)).all()

    def _lease(self, until, holder):
        def attempt(transaction):
            transaction.begin_writing()
            for table in (Timer, Outbox):
                mine = update(table).where(table.claimed_by == HOLDER).values(claimed_by=holder, claimed_until=until)
                transaction.connection.execute(mine.execution_options(synchronize_session=False))

        self.write(attempt)

    def _write(self, transaction, batches, steps=()):
        batches = list(batches)
        for prepared, rows in batches:
            if prepared in _LEFT:
                for row in rows:
                    row.update(claimed_by=HOLDER, claimed_until=self.until)
        Transaction.write(transaction, batches, steps)
        for prepared, rows in batches:
            if prepared == tasks.SAVE:
                self.tasks += rows
            elif prepared == waits.OPEN_TIMERS:
                self.timers += rows
            elif prepared == instances.NEW:
                self.started += rows
            elif prepared == waits.SEND:
                self.sent = True
