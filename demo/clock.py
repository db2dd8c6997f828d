"""The clock of a story: it stands where it was put, and every look at it is a millisecond later, so that no two entries are of one time."""

from datetime import UTC, timedelta

from engine.store.clock import Clock

_LOOK = timedelta(milliseconds=1)


class StoryClock(Clock):
    """Begins at `moment` (aware) and never goes back: what was told before it was moved stays before what is told after."""

    def __init__(self, moment):
        super().__init__()
        self._moment = moment.astimezone(UTC)

    @property
    def moment(self):
        """Where it stands, in UTC."""
        return self._moment

    def stand_at(self, moment):
        """Put it there, unless it is past that already."""
        self._moment = max(self._moment, moment.astimezone(UTC))

    def now(self, cursor):
        return self._look()

    def offset(self, cursor):
        return timedelta()

    def moved(self, offset):
        return self._look()

    def _look(self):
        self._moment += _LOOK
        return self._moment
