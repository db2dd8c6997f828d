"""The holiday table as a calendar of working days; cached under the revisions of its years, which are read each time."""

from datetime import date

from sqlalchemy import Text, bindparam, cast, select

from engine.feel.calendar import Calendar
from engine.store.records import Holiday, HolidayYear
from engine.store.statements import insert, upsert

years, days = HolidayYear.__table__, Holiday.__table__

YEARS = ("holiday years", lambda _: select(years.c.year, years.c.revision).order_by(years.c.year))
# As text, because SQLite keeps a date as text and PostgreSQL as a date.
DAYS = ("holidays", lambda _: select(cast(days.c.day, Text).label("day"), days.c.working))
CLEAR = (
    "clear holidays",
    lambda _: days.delete().where(days.c.day.between(bindparam("first", type_=days.c.day.type), bindparam("last", type_=days.c.day.type))),
)
ADD = ("insert holidays", insert(days))
PUBLISH = ("publish year", upsert(years, ["year"], ["revision", "source"]))


def bounds(year):
    """The parameters of CLEAR."""
    return {"first": date(year, 1, 1), "last": date(year, 12, 31)}


def published_years(connection):
    """[(year, revision)] of the years whose table is published."""
    return [tuple(row) for row in connection.execute(select(years.c.year, years.c.revision).order_by(years.c.year))]


def tables(connection):
    """[{"year", "revision", "source"}] of the published years."""
    return [dict(row) for row in connection.execute(select(years).order_by(years.c.year)).mappings()]


def days_of(connection, year):
    """[(date, is it a working day, name)] of a year, in order."""
    told = bounds(year)
    chosen = select(days.c.day, days.c.working, days.c.name).where(days.c.day.between(told["first"], told["last"]))
    return [tuple(row) for row in connection.execute(chosen.order_by(days.c.day))]


class Calendars:
    """Hands out the Calendar that is in force; an unchanged table is not read again."""

    def __init__(self):
        self._made = (None, None)

    def current(self, cursor):
        """The Calendar of the published years, its version being their revisions."""
        revisions = tuple((row.year, row.revision) for row in cursor.fetch(YEARS, {}))
        known, calendar = self._made
        if known != revisions:
            working = {date.fromisoformat(row.day): bool(row.working) for row in cursor.fetch(DAYS, {})}
            version = "+".join(f"{year}r{revision}" for year, revision in revisions) or "unpublished"
            calendar = Calendar(working, [year for year, _ in revisions], version)
            self._made = (revisions, calendar)
        return calendar
