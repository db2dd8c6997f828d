"""Due rows are leased in a short transaction before they are done: any number of workers share them, and a killed one's come back.

A lease keeps workers from doing the same work side by side, and nothing else hangs on it: each row's command reads the row again under the
lock of its root. So it may be short, and it is, because the rows of a killed worker are late by as much.
"""

from datetime import timedelta

from sqlalchemy import literal_column, or_, select, update

from engine.store.models import Timer
from engine.store.records import Outbox
from engine.store.statements import change

QUEUES = {"timer": Timer, "outbox": Outbox}
#: A row that was given up is anybody's again.
_AGAIN = ["attempts", "dead", "claimed_by", "claimed_until"]
AGAIN = {queue: (f"{queue} again", change(row.__table__, ["key"], _AGAIN)) for queue, row in QUEUES.items()}

#: So long a worker has to begin the rows that it leased; then the rest is anybody's again. Seconds.
LEASE = 1

#: So many rows of a queue are leased at once: as many as are begun within the lease on a slow day. What a killed worker leaves is late.
BATCH = 10

#: The waits between attempts, in seconds; after the last the row is dead, and a person looks at it.
BACK_OFF = (1, 5, 30, 120, 600, 3600)


def _alive(row):
    # As the partial index says it: SQLAlchemy's `dead = 0` for SQLite is another condition to SQLite, which then reads the whole table.
    return literal_column(f"NOT {row.__tablename__}.dead")


def lease(connection, queue, worker, limit, now):
    """[(key, due)] of up to `limit` due rows of "timer" or "outbox", now the worker's. The connection must be writing."""
    row = QUEUES[queue]
    free = or_(row.claimed_until.is_(None), row.claimed_until < now)
    due = select(row.key).where(row.due <= now, free, _alive(row)).order_by(row.due, row.key).limit(limit)
    if connection.dialect.name != "sqlite":
        due = due.with_for_update(skip_locked=True)
    claimed = (
        update(row)
        .where(row.key.in_(due.scalar_subquery() if connection.dialect.name == "sqlite" else due))
        .values(claimed_by=worker, claimed_until=now + timedelta(seconds=LEASE))
        .returning(row.key, row.due)
        .execution_options(synchronize_session=False)
    )
    return sorted((tuple(found) for found in connection.execute(claimed)), key=lambda pair: pair[1])


def postpone(connection, queue, key, error, now):
    """A row that could not be done waits for its next attempt, or is dead. Returns whether it is."""
    row = QUEUES[queue]
    attempts = connection.execute(select(row.attempts).where(row.key == key)).scalar()
    if attempts is None:
        return False
    dead = attempts >= len(BACK_OFF)
    until = now + timedelta(seconds=0 if dead else BACK_OFF[attempts])
    connection.execute(update(row).where(row.key == key).values(attempts=attempts + 1, error=error, dead=dead, claimed_until=until))
    return dead


def next_due(connection, now):
    """When the next row of either queue falls due that nobody holds; None if there is none."""
    found = []
    for row in QUEUES.values():
        free = or_(row.claimed_until.is_(None), row.claimed_until < now)
        found.append(connection.execute(select(row.due).where(free, _alive(row)).order_by(row.due).limit(1)).scalar())
    return min((due for due in found if due is not None), default=None)
