"""The calendar as a start fills it from the published holidays, the table of statutory terms, and a slow second opinion on counting."""

from datetime import date, timedelta

import chinese_calendar
import chinese_calendar.constants as published

from engine import decisions
from engine.feel.calendar import Calendar
from tests.artefacts.town import ROOT, at, environment

#: as api.prepare takes them over: from the first year of the campaign on
YEARS = range(2024, max(published.holidays).year + 1)
DAYS = {day: False for day in published.holidays if day.year in YEARS} | {day: True for day in published.workdays if day.year in YEARS}
CALENDAR = Calendar(DAYS, YEARS, 1)
#: from here on nothing is published, whatever is installed
LAST_YEAR = YEARS[-1]
(TABLE,) = decisions.read((ROOT / "bpmn/enforcement/statutory_terms.dmn").read_bytes())


def rule(term, act_date):
    """What the table answers, as a diagram would ask it. A decision that fails, fails the test."""
    made = decisions.evaluate(TABLE, "statutory_term", {"term": term, "act_date": act_date}, environment(at("2026-01-05T10:00")))
    assert made.failed is None, made.failed
    return made.result


def works(day):
    """Whether a day is a working day, asked of the library itself; unpublished years have weekends and fixed holidays only."""
    if day.year in YEARS:
        return chinese_calendar.is_workday(day)
    return day.weekday() < 5 and (day.month, day.day) not in {(1, 1), (5, 1), (10, 1), (10, 2), (10, 3)}


def counted(start, n, unit, rolls=True):
    """The last day of a term, one day after the other: slow, and without a line of the product."""
    day, n = start, int(n)
    if unit in ("m", "y"):
        month = start.year * 12 + start.month - 1 + (n * 12 if unit == "y" else n)
        number = start.day
        while True:
            try:
                day = date(month // 12, month % 12 + 1, number)
                break
            except ValueError:
                number -= 1
    else:
        passed = 0
        while passed < n:
            day += timedelta(days=1)
            passed += 1 if unit == "cd" or works(day) else 0
    while rolls and not works(day):
        day += timedelta(days=1)
    return day
