"""Durations: years and months as a type of our own, days and time as timedelta, and the ISO 8601 text of both."""

import re
from datetime import timedelta
from decimal import Decimal
from functools import total_ordering

_DURATION = re.compile(
    r"(-?)P(?=.)(?:(\d{1,10})Y)?(?:(\d{1,12})M)?(?:(\d{1,12})D)?(?:T(?=.)(?:(\d{1,14})H)?(?:(\d{1,16})M)?(?:(\d{1,18})(?:\.(\d*))?S)?)?",
    re.ASCII,
)
_MOST_MONTHS = 12 * 999_999_999


@total_ordering
class YearsMonths:
    """A years and months duration, kept as a whole number of months."""

    __slots__ = ("months",)

    def __init__(self, months):
        if abs(months) > _MOST_MONTHS:
            raise OverflowError(f"Expected at most {_MOST_MONTHS} months, but found {months}")
        self.months = months

    def __eq__(self, other):
        return type(other) is YearsMonths and self.months == other.months

    def __lt__(self, other):
        return self.months < other.months

    def __hash__(self):
        return hash(("months", self.months))

    def __repr__(self):
        return f"YearsMonths({self.months})"

    def __feel_text__(self):
        """P1Y2M, -P3M, P0M."""
        years, months = divmod(abs(self.months), 12)
        text = (f"{years}Y" if years else "") + (f"{months}M" if months else "")
        return ("-" if self.months < 0 else "") + "P" + (text or "0M")


def parse(text):
    """ISO 8601 text -> timedelta (P1DT2H, PT0.5S) or YearsMonths (P1Y2M); None if it is neither, or mixes both. Raises OverflowError."""
    found = _DURATION.fullmatch(text)
    if not found:
        return None
    sign, years, months, days, hours, minutes, seconds, fraction = found.groups()
    of_days = any(part is not None for part in (days, hours, minutes, seconds))
    if (years or months) and of_days:
        return None
    factor = -1 if sign else 1
    if not of_days:
        return YearsMonths(factor * (12 * int(years or 0) + int(months or 0)))
    micro = int(((fraction or "") + "000000")[:6])
    total = timedelta(days=int(days or 0), hours=int(hours or 0), minutes=int(minutes or 0), seconds=int(seconds or 0), microseconds=micro)
    return factor * total


def microseconds(duration):
    """A timedelta as a whole number of microseconds."""
    return duration // timedelta(microseconds=1)


def scaled(duration, factor, operation):
    """A duration of either type, multiplied or divided (`operation` of a decimal context) by a Decimal; months are cut to whole ones."""
    if type(duration) is YearsMonths:
        return YearsMonths(int(operation(Decimal(duration.months), factor)))
    return timedelta(microseconds=int(operation(Decimal(microseconds(duration)), factor).to_integral_value()))
