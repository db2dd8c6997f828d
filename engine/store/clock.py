"""The engine's clock: the machine's, moved by an offset row that every process reads in its transaction, so that tests can wait years."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from engine.store.records import ClockOffset
from engine.store.statements import upsert

offset = ClockOffset.__table__

OFFSET = ("clock offset", lambda _: select(offset.c.microseconds))
MOVE = ("move clock", upsert(offset, ["id"], ["microseconds"]))


class Clock:
    """`controlled`: the offset row counts (CLOCK_CONTROL=1); otherwise it is not even read."""

    def __init__(self, controlled=False):
        self.controlled = controlled

    def now(self, cursor):
        """The time as this transaction sees it, aware, in UTC."""
        return self.moved(self.offset(cursor))

    def offset(self, cursor):
        """By how much this transaction sees the time moved."""
        rows = cursor.fetch(OFFSET, {}) if self.controlled else ()
        return timedelta(microseconds=rows[0].microseconds) if rows else timedelta()

    def moved(self, offset):
        """The machine's time, moved; asked again and again it costs no statement."""
        return datetime.now(UTC) + offset
