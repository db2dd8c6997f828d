"""Cron expressions with six fields, as Spring and Camunda write them: second minute hour day-of-month month day-of-week."""

import calendar
from datetime import timedelta

MACROS = {
    "@yearly": "0 0 0 1 1 *",
    "@annually": "0 0 0 1 1 *",
    "@monthly": "0 0 0 1 * *",
    "@weekly": "0 0 0 * * 0",
    "@daily": "0 0 0 * * *",
    "@midnight": "0 0 0 * * *",
    "@hourly": "0 0 * * * *",
}
MONTHS = {
    name: number for number, name in enumerate(["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"], 1)
}
DAYS = {name: number for number, name in enumerate(["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"])}
FIELDS = (("second", 0, 59, {}), ("minute", 0, 59, {}), ("hour", 0, 23, {}), ("month", 1, 12, MONTHS))

#: A rule that does not hold within so many years never will: 29 February on a given weekday needs 40 at most.
YEARS = 45


class Cron:
    """A compiled expression; `after(moment)` is the next time that it names. Raises ValueError with a sentence where it is malformed."""

    def __init__(self, text):
        self.text = text
        parts = MACROS.get(text.strip().lower(), text).split()
        if len(parts) != 6:
            raise ValueError(f"Expected six fields in the cron expression '{text}', but found {len(parts)}")
        second, minute, hour, day, month, weekday = (part.upper() for part in parts)
        values = zip(FIELDS, (second, minute, hour, month), strict=True)
        self.seconds, self.minutes, self.hours, self.months = [sorted(_numbers(part, *field)) for field, part in values]
        self.days = _days_of_month(day)
        self.weekdays = _days_of_week(weekday)

    def after(self, moment):
        """The first time strictly after an aware moment, in its zone; None if there is none."""
        day = moment.date()
        time = moment.time().replace(microsecond=0, tzinfo=None)
        for year in range(day.year, min(day.year + YEARS, 9999)):
            for month in self.months:
                if (year, month) < (day.year, day.month):
                    continue
                for date in self._dates(year, month):
                    found = self._time(None if date > day else time) if date >= day else None
                    if found:
                        hour, minute, second = found
                        return moment.replace(
                            year=date.year, month=date.month, day=date.day, hour=hour, minute=minute, second=second, microsecond=0, fold=0
                        )
        return None

    def _dates(self, year, month):
        first = calendar.datetime.date(year, month, 1)
        days = [first + timedelta(days=n) for n in range(calendar.monthrange(year, month)[1])]
        return [date for date in days if self.days(date) and self.weekdays(date)]

    def _time(self, after):
        """The first time of a day after this one (None: the first of all), as (hour, minute, second)."""
        limit = (after.hour, after.minute, after.second) if after else (-1, 0, 0)
        for hour in self.hours:
            if hour < limit[0]:
                continue
            for minute in self.minutes:
                if (hour, minute) < limit[:2]:
                    continue
                for second in self.seconds:
                    if (hour, minute, second) > limit:
                        return hour, minute, second
        return None


def _numbers(text, word, low, high, names):
    """The numbers that a field names: *, lists, ranges, steps, names."""
    found = set()
    for part in text.split(","):
        body, slash, step = part.partition("/")
        if slash and not (step.isascii() and step.isdecimal() and int(step)):
            raise ValueError(f"Expected a step above 0 in the {word} of a cron expression, but found '{part}'")
        if body in ("*", "?"):
            first, last = low, high
        else:
            start, dash, end = body.partition("-")
            first = _number(start, word, low, high, names)
            last = _number(end, word, low, high, names) if dash else high if slash else first
        span = range(first, last + 1) if first <= last else [*range(first, high + 1), *range(low, last + 1)]
        found.update(list(span)[:: int(step) if slash else 1])
    return found


def _number(text, word, low, high, names):
    value = names.get(text, int(text) if text.isascii() and text.isdecimal() else None)
    if value is None or not low <= value <= high:
        raise ValueError(f"Expected a {word} from {low} to {high} in a cron expression, but found '{text}'")
    return value


def _days_of_month(text):
    """Predicate of a date. L: the last day, L-3: three before it, LW: the last working weekday, 15W: the weekday nearest to the 15th."""
    rules, plain = [], []
    for part in text.split(","):
        if part == "LW":
            rules.append(lambda date: date.day == _nearest(date, _length(date)))
        elif part.startswith("L"):
            back = 0 if part == "L" else _number(part[2:] if part[1:2] == "-" else "", "number of days", 0, 30, {})
            rules.append(lambda date, back=back: date.day == _length(date) - back)
        elif part.endswith("W"):
            wanted = _number(part[:-1], "day", 1, 31, {})
            rules.append(lambda date, wanted=wanted: wanted <= _length(date) and date.day == _nearest(date, wanted))
        else:
            plain.append(part)
    numbers = _numbers(",".join(plain), "day", 1, 31, {}) if plain else ()
    return lambda date: date.day in numbers or any(rule(date) for rule in rules)


def _days_of_week(text):
    """Predicate of a date. 0 and 7 are Sunday; 5L: the last Friday of the month, 5#2: its second Friday."""
    rules, plain = [], []
    for part in text.split(","):
        name, nth, count = part.partition("#")
        if nth:
            wanted, n = _number(name, "weekday", 0, 7, DAYS) % 7, _number(count, "count", 1, 5, {})
            rules.append(lambda date, wanted=wanted, n=n: date.isoweekday() % 7 == wanted and (date.day - 1) // 7 + 1 == n)
        elif part.endswith("L") and part != "L":
            wanted = _number(part[:-1], "weekday", 0, 7, DAYS) % 7
            rules.append(lambda date, wanted=wanted: date.isoweekday() % 7 == wanted and date.day + 7 > _length(date))
        else:
            plain.append(part)
    numbers = {number % 7 for number in _numbers(",".join(plain), "weekday", 0, 7, DAYS)} if plain else ()
    return lambda date: date.isoweekday() % 7 in numbers or any(rule(date) for rule in rules)


def _length(date):
    return calendar.monthrange(date.year, date.month)[1]


def _nearest(date, wanted):
    """The weekday (Monday to Friday) nearest to a day of the month, inside the month."""
    weekday = date.replace(day=wanted).weekday()
    if weekday == 5:
        return wanted - 1 if wanted > 1 else wanted + 2
    if weekday == 6:
        return wanted + 1 if wanted < _length(date) else wanted - 2
    return wanted
