"""The holiday table as a calendar of working days; cached under the revisions of its years, which are read each time."""

from sqlalchemy import select

from engine.feel.calendar import Calendar
from engine.store.records import Holiday, HolidayYear

years, days = HolidayYear.__table__, Holiday.__table__

YEARS = ("holiday years", lambda _: select(years.c.year, years.c.revision).order_by(years.c.year))
DAYS = ("holidays", lambda _: select(days.c.day, days.c.working))


class Calendars:
    """Hands out the Calendar that is in force; an unchanged table is not read again."""

    def __init__(self):
        self._made = (None, None)

    def current(self, cursor):
        """The Calendar of the published years, its version being their revisions."""
        revisions = tuple((row.year, row.revision) for row in cursor.fetch(YEARS, {}))
        known, calendar = self._made
        if known != revisions:
            working = {row.day: row.working for row in cursor.fetch(DAYS, {})}
            version = "+".join(f"{year}r{revision}" for year, revision in revisions) or "unpublished"
            calendar = Calendar(working, [year for year, _ in revisions], version)
            self._made = (revisions, calendar)
        return calendar
