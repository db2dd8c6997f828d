"""Where a date stands in its week, month and year (DMN 1.5, table 79)."""

from calendar import monthrange
from decimal import Decimal

from engine.feel.functions.registry import built_in

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@built_in("day of week(date: day)")
def day_of_week(env, day):
    return _DAYS[day.weekday()]


@built_in("day of year(date: day)")
def day_of_year(env, day):
    return Decimal(day.timetuple().tm_yday)


@built_in("week of year(date: day)")
def week_of_year(env, day):
    """By ISO 8601: weeks begin on Monday, and the first has the year's first Thursday."""
    return Decimal(day.isocalendar().week)


@built_in("month of year(date: day)")
def month_of_year(env, day):
    return _MONTHS[day.month - 1]


@built_in("last day of month(date: day)")
def last_day_of_month(env, day):
    """The date or moment moved to the last day of its month. Camunda's addition."""
    return day.replace(day=monthrange(day.year, day.month)[1])
