"""Days and moments outside of the years 1 to 9999, which are the years of Python's calendar; FEEL's have up to nine digits.

The Gregorian calendar repeats after 400 years to the day and the weekday. So a far day is a `near` one of Python's, with everything that
Python knows of it, and the number of `cycles` of 400 years from there. The near one lies where time zones have the same rules: in the years
400 to 799 for the past (local mean time), in 2400 to 2799 for the future (the zone's last known rule). Year 0 is the year before year 1
(XML Schema 1.1; the conformance suite counts so), and a value inside of 1 to 9999 is always Python's own.
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import total_ordering
from operator import attrgetter

from engine.feel.values.text import clock, zone

MOST_YEARS = 999_999_999
CYCLE = 400
_DAYS = timedelta(146_097)  # of a cycle
_PAST, _FUTURE = 400, 2400  # where the near years begin
_BEGINNING = datetime(1, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


@total_ordering
class FarDate:
    """A day in year `near.year` + 400 · `cycles`; orders and equals as dates do, Python's own included."""

    __slots__ = ("cycles", "near")

    def __init__(self, cycles, near):
        self.cycles, self.near = cycles, near

    @property
    def year(self):
        """The year, 0 and negative ones before year 1."""
        return self.near.year + CYCLE * self.cycles

    # Whatever does not depend on the year's number is the near one's.
    month, day = property(attrgetter("near.month")), property(attrgetter("near.day"))
    weekday, isoweekday = property(attrgetter("near.weekday")), property(attrgetter("near.isoweekday"))
    timetuple, isocalendar = property(attrgetter("near.timetuple")), property(attrgetter("near.isocalendar"))

    def replace(self, **parts):
        """The same with other parts, but for the year."""
        return at(self.cycles, self.near.replace(**parts))

    def __eq__(self, other):
        return type(other) is FarDate and (self.cycles, self.near) == (other.cycles, other.near)

    def __lt__(self, other):
        if type(other) is FarDate:
            return (self.cycles, self.near) < (other.cycles, other.near)
        return self.cycles < 0 if type(other) is date else NotImplemented

    def __hash__(self):
        return hash((self.cycles, self.near))

    def __repr__(self):
        return f"{type(self).__name__}({self.__feel_text__()})"

    def __feel_text__(self):
        """-2021-01-31, 12345-01-31."""
        year = self.year
        return f"{'-' if year < 0 else ''}{abs(year):04d}-{self.near.month:02d}-{self.near.day:02d}"


class FarMoment(FarDate):
    """A moment, its `near` a datetime; two of them are compared by `microseconds`."""

    __slots__ = ()
    __hash__ = FarDate.__hash__

    hour, minute = property(attrgetter("near.hour")), property(attrgetter("near.minute"))
    second, microsecond = property(attrgetter("near.second")), property(attrgetter("near.microsecond"))
    tzinfo, utcoffset = property(attrgetter("near.tzinfo")), property(attrgetter("near.utcoffset"))
    timetz = property(attrgetter("near.timetz"))

    def date(self):
        """Its day."""
        return at(self.cycles, self.near.date())

    def __eq__(self, other):
        return type(other) is FarMoment and (self.cycles, self.near) == (other.cycles, other.near)

    def __feel_text__(self):
        """-2021-01-31T10:00:00+08:00."""
        return f"{super().__feel_text__()}T{clock(self.near)}{zone(self.near.tzinfo, self.near)}"


FAR = (FarDate, FarMoment)


def at(cycles, near):
    """A date or datetime moved by 400 · `cycles` years, near or far. Raises OverflowError past 999,999,999 years."""
    year = near.year + CYCLE * cycles
    if 1 <= year <= 9999:
        return near.replace(year=year)
    if abs(year) > MOST_YEARS:
        raise OverflowError(f"Expected a year of at most nine digits, but found {year}")
    cycles, years = divmod(year - (_PAST if year < 1 else _FUTURE), CYCLE)
    near = near.replace(year=years + (_PAST if year < 1 else _FUTURE))
    return (FarMoment if isinstance(near, datetime) else FarDate)(cycles, near)


def day(year, month, day_of_month):
    """-> date or FarDate. Raises ValueError for a month or day that is none, OverflowError past 999,999,999 years."""
    cycles, years = divmod(year, CYCLE)
    return at(cycles - 5, date(2000 + years, month, day_of_month))


def moment(of, clock_time):
    """A date or FarDate and a time of day -> datetime or FarMoment."""
    if type(of) is FarDate:
        return FarMoment(of.cycles, datetime.combine(of.near, clock_time))
    return datetime.combine(of, clock_time)


def midnight(of):
    """A date or FarDate as the moment it begins, in UTC (DMN 1.5, 10.3.2.3.5)."""
    return moment(of, time(tzinfo=UTC))


def in_year(value, year, month, day_of_month):
    """A day or moment with another day, its time of day kept. Raises OverflowError past 999,999,999 years."""
    cycles, years = divmod(year, CYCLE)
    return at(cycles - 5, _near(value)[1].replace(year=2000 + years, month=month, day=day_of_month))


def elsewhere(value, tzinfo):
    """A datetime or FarMoment with a zone, the same instant by the clock of another zone."""
    if type(value) is not FarMoment:
        try:
            return value.astimezone(tzinfo)
        except OverflowError:
            pass  # past an end of Python's calendar
    cycles, near = _near(value)
    return at(cycles, near.astimezone(tzinfo))


def later(value, duration):
    """A day or moment plus a timedelta, by its own clock. Raises OverflowError past 999,999,999 years."""
    cycles, near = _near(value)
    more, rest = divmod(duration, _DAYS)
    return at(cycles + more, near + rest)


def ordinal(of):
    """The number of a day, 1 for the first of year 1."""
    cycles, near = _near(of)
    return near.toordinal() + cycles * _DAYS.days


def from_ordinal(number):
    """The day of that number -> date or FarDate."""
    cycles, days = divmod(number - 1, _DAYS.days)
    return at(cycles - 5, date.fromordinal(5 * _DAYS.days + days + 1))


def microseconds(value):
    """Where a datetime or FarMoment stands on the time line, counted from year 1: in UTC where it has a zone, else by its own clock."""
    cycles, near = (value.cycles, value.near) if type(value) is FarMoment else (0, value)
    past = near.replace(tzinfo=UTC) - _BEGINNING
    return (past if near.tzinfo is None else past - near.utcoffset()) // _MICROSECOND + cycles * (_DAYS // _MICROSECOND)


def _near(value):
    """-> (cycles, date or datetime) with 400 years of Python's calendar on either side."""
    if type(value) in FAR:
        return value.cycles, value.near
    cycles = 1 if value.year > 5000 else -1
    return cycles, value.replace(year=value.year - CYCLE * cycles)
