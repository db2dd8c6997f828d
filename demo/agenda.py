"""What is to be done when, and the hours at which people work."""

import heapq
import itertools
from datetime import UTC, datetime, time, timedelta

from demo.stories import TERM
from engine.domain.people import ZONE

_MORNING, _EVENING = time(8, 30), time(17, 30)


class Agenda:
    """`clock` is a StoryClock, `calendar` that of working days; `until` is the moment (aware) at which everything ends."""

    def __init__(self, clock, calendar, until):
        self.clock, self.calendar, self.until, self.done = clock, calendar, until, 0
        self._agenda, self._order = [], itertools.count()

    @property
    def local(self):
        """The clock, in Shanghai."""
        return self.clock.moment.astimezone(ZONE)

    def put(self, moment, act, *what):
        """Something is to be done at a moment (aware)."""
        heapq.heappush(self._agenda, (moment.astimezone(UTC), next(self._order), act, what))

    def run(self):
        """Do it all, in its order; yields (day, `done` so far) whenever a day is over."""
        day = None
        while self._agenda and self._agenda[0][0] <= self.until:
            moment, _, act, what = heapq.heappop(self._agenda)
            self.clock.stand_at(moment)
            if day not in (None, self.local.date()):
                yield day, self.done
            day = self.local.date()
            act(*what)
        if day is not None:
            yield day, self.done

    def later(self, since, days, chance):
        """The moment so many working days after `since`, at an hour at which people work; 0 is later on the same day."""
        since = since.astimezone(ZONE)
        if not days:
            soon = since + timedelta(minutes=chance.randint(9, 55))
            if _MORNING <= soon.time() <= _EVENING and self.calendar.is_working(soon.date()):
                return soon
            days = 1
        day = self.calendar.add_working_days(since.date(), days)
        return datetime.combine(day, time(8, 40), ZONE) + timedelta(minutes=chance.randint(0, 480))

    def ago(self, days, chance):
        """The morning so many working days before the end."""
        day = self.calendar.add_working_days(self.until.astimezone(ZONE).date(), -days)
        return datetime.combine(day, time(8, 40), ZONE) + timedelta(minutes=chance.randint(0, 150))

    def served_before(self, overdue):
        """How many working days before the end a notice was served whose term of so many days was over `overdue` working days before it."""
        today = self.until.astimezone(ZONE).date()
        last, days = self.calendar.add_working_days(today, -overdue), overdue
        while self.calendar.deadline(self.calendar.add_working_days(today, -days), TERM, "cd").date > last:
            days += 1
        return days
