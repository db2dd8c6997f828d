"""Working days and legal terms: weekends, published holidays and make-up days (调休), and what is only provisional.

The rules are those of 行政处罚法 and 行政强制法: day 1 is the day after the event; a term in calendar days whose last day is no working day
ends on the next working day; hours run in real time. A term in months or years ends on the day of its last month that has the number of
the day of the event, or on the last of that month (民法典 202), then as above. Where no table of a year is published, weekends and the
holidays with a fixed date stand in for it, and whatever needed that year is provisional.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from fractions import Fraction
from zoneinfo import ZoneInfo

PLACE = ZoneInfo("Asia/Shanghai")
_OFFSET = timezone(timedelta(hours=8))
_END_OF_DAY = time(23, 59, 59, tzinfo=_OFFSET)
_DAY = timedelta(days=1)
#: 全国年节及纪念日放假办法 art. 2: the holidays whose date in the solar calendar does not move
_FIXED = {(1, 1), (5, 1), (10, 1), (10, 2), (10, 3)}
#: the longest term that is counted: a hundred years of days
LONGEST = 36_600
_MONTHS = {"m": 1, "y": 12}
_LONGEST_IN_MONTHS = 1_200


@dataclass(frozen=True, slots=True)
class Deadline:
    """The end of a term: its last day, the moment it ends (+08:00), whether it may still move, and by which calendar it was counted."""

    date: date
    at: datetime
    provisional: bool
    version: str | int


class Calendar:
    """`days`: {date: is it a working day}, only where that differs from the week; `published`: the years of which the table is known."""

    def __init__(self, days, published, version=0):
        self.days, self.published, self.version = dict(days), frozenset(published), version

    def is_working(self, day):
        """Whether `day` (date) is a working day."""
        told = self.days.get(day)
        if told is not None:
            return told
        if day.weekday() >= 5:
            return False
        return day.year in self.published or (day.month, day.day) not in _FIXED

    def add_working_days(self, day, n):
        """The n-th working day after `day`, or before it for a negative n; `day` itself for 0. Raises ValueError past a hundred years."""
        return self._walk(day, n)[0]

    def working_days_between(self, start, end):
        """How many working days lie after `start` up to and including `end`; negative backwards. Raises ValueError past a hundred years."""
        if end < start:
            return -self.working_days_between(end, start)
        if (end - start).days > LONGEST:
            raise ValueError(f"Expected at most {LONGEST} days between two dates, but found {(end - start).days}")
        return sum(1 for step in range((end - start).days) if self.is_working(start + _DAY * (step + 1)))

    def deadline(self, start, n, unit):
        """The end of a term of n "wd" (working days), "cd" (calendar days), "m", "y" or "h" after `start` (date or datetime) -> Deadline.

        A datetime counts by its day in Shanghai; one without a zone is taken as Shanghai's. Days end at 23:59:59. Raises ValueError for an
        unknown unit, a negative or broken number of days, months or years, more than a hundred years, or hours from a date without a time.
        """
        if n < 0 or n > LONGEST * 24 or (unit != "h" and n != int(n)):
            raise ValueError(f"Expected a term of a whole number of days, or of hours, but found {n} {unit}")
        if unit == "h":
            return self._hours(start, n)
        day = _day(start)
        if unit == "wd":
            last, sure = self._walk(day, int(n))
        elif unit == "cd":
            last, sure = self._roll(day + _DAY * int(n))
        elif unit in _MONTHS:
            last, sure = self._roll(months_later(day, int(n) * _MONTHS[unit]))
        else:
            raise ValueError(f'Expected the unit of a term to be "wd", "cd", "m", "y" or "h", but found {unit}')
        return Deadline(last, datetime.combine(last, _END_OF_DAY), not sure, self.version)

    def _hours(self, start, n):
        if not isinstance(start, datetime):
            raise ValueError(f"Expected a moment to count hours from, but found the date {start}")
        start = start if start.tzinfo else start.replace(tzinfo=PLACE)
        at = start.astimezone(_OFFSET) + timedelta(microseconds=int(Fraction(n) * 3_600_000_000))
        return Deadline(at.date(), at, False, self.version)

    def _walk(self, day, n):
        """-> (the n-th working day, whether every day on the way is in a published year)."""
        if abs(n) > LONGEST:
            raise ValueError(f"Expected at most {LONGEST} working days, but found {n}")
        step, sure = _DAY if n > 0 else -_DAY, True
        for _ in range(abs(n)):
            day += step
            while not self.is_working(day):
                sure = sure and day.year in self.published
                day += step
            sure = sure and day.year in self.published
        return day, sure

    def _roll(self, day):
        """-> (the first working day from `day` on, whether every day that was looked at is in a published year)."""
        sure = day.year in self.published
        while not self.is_working(day):
            day += _DAY
            sure = sure and day.year in self.published
        return day, sure


def months_later(day, n):
    """The day n months after `day` that has its number, or the last of a shorter month. Raises ValueError past a hundred years."""
    if n > _LONGEST_IN_MONTHS:
        raise ValueError(f"Expected at most {_LONGEST_IN_MONTHS} months, but found {n}")
    years, month = divmod(day.month - 1 + n, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _day(start):
    if not isinstance(start, datetime):
        return start
    return (start.astimezone(PLACE) if start.tzinfo else start).date()


#: what counts where nobody gave a calendar: weekends and fixed holidays, all of it provisional
UNPUBLISHED = Calendar({}, (), "none")
