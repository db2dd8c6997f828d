"""The values of a column, divided into regions inside which every cell answers the same, with an example of each."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cmp_to_key

from engine.decisions.cells import NotUnderstood
from engine.feel.values.durations import YearsMonths
from engine.feel.values.far import FAR
from engine.feel.values.kinds import NUMBERS, kind
from engine.feel.values.order import comparable
from engine.feel.values.text import inside

DAY = timedelta(days=1)
#: kind -> (a value of it, how far beyond the last known value an example lies)
ORDERED = {
    "number": (Decimal(0), Decimal(1)),
    "date": (date(2025, 1, 1), DAY),
    "time": (time(12), None),
    "date and time": (datetime(2025, 1, 1), DAY),  # noqa: DTZ001  without a zone, as such columns are written
    "days and time duration": (DAY, DAY),
    "years and months duration": (YearsMonths(1), 1),
}


@dataclass(frozen=True, slots=True)
class Region:
    """From `low` to `high` (None: without end), or a value that stands alone (`low` is `high`), or `else_`: whatever is not named."""

    example: object
    low: object = None
    high: object = None
    included: bool = False  # the two ends
    else_: bool = False

    @property
    def stands_in_line(self):
        """Whether it can be joined with its neighbours."""
        return not self.else_ and kind(self.example) in ORDERED


def divide(type_, constants):
    """-> [Region] for a column of that Type. `constants`: what its cells and allowed values compare with. Raises NotUnderstood."""
    if far := next((value for value in constants if type(value) in FAR), None):
        raise NotUnderstood(f"{inside(far)}, outside of the years 1 to 9999")
    kinds = {type_.base} if type_.base in (*ORDERED, "string", "boolean") else {kind(value) for value in constants} - {"null"}
    found = [Region(None, included=True)] if None in constants else []
    for of in sorted(kinds):
        values = [value for value in constants if kind(value) == of]
        if of == "boolean":
            found += [Region(True, True, True, True), Region(False, False, False, True)]
        elif of == "string":
            found += [Region(value, value, value, True) for value in dict.fromkeys(values)] + [Region(_other(values), else_=True)]
        else:
            found += _in_order(of, values)
    return found or [Region(None, else_=True)]


def shown(first, last):
    """How the regions from `first` to `last` of one line read: [1..5), > 10, "red", anything else."""
    if first.else_:
        return "anything else" if first.example is not None else "anything"
    if first.low is None and last.high is None:
        return "anything" if first.example is not None else "null"
    if first.low is None:
        return f"{'<=' if last.included else '<'} {inside(last.high)}"
    if last.high is None:
        return f"{'>=' if first.included else '>'} {inside(first.low)}"
    if first is last and first.included:
        return inside(first.low)
    return f"{'[' if first.included else '('}{inside(first.low)}..{inside(last.high)}{']' if last.included else ')'}"


def _in_order(of, values):
    sample, step = ORDERED[of]
    points = []
    for value in sorted(values, key=cmp_to_key(_order)):
        if not points or _order(points[-1], value):
            points.append(value)
    if not points:
        return [Region(sample)]
    found = [Region(example, None, points[0]) for example in _beyond(points[0], step, -1)]
    for index, point in enumerate(points):
        found.append(Region(point, point, point, True))
        if index + 1 < len(points):
            found += [Region(example, point, points[index + 1]) for example in _between(point, points[index + 1])]
    return found + [Region(example, points[-1], None) for example in _beyond(points[-1], step, 1)]


def _order(left, right):
    pair = comparable(left, right)
    if pair is None:
        raise NotUnderstood(f"{inside(left)} beside {inside(right)}")
    return (pair[0] > pair[1]) - (pair[0] < pair[1])


def _beyond(value, step, sign):
    """An example before or after the outermost point, in a list; nothing where time itself ends."""
    try:
        if isinstance(value, YearsMonths):
            return [YearsMonths(value.months + sign * step)]
        if isinstance(value, Decimal):
            return [NUMBERS.add(value, step * sign)]
        if isinstance(value, time):
            end = value.replace(hour=0, minute=0, second=0) if sign < 0 else value.replace(hour=23, minute=59, second=59)
            return _between(*sorted((end, value)))
        return [value + step * sign]
    except OverflowError:
        return []


def _between(low, high):
    """An example strictly between two points, in a list; nothing where there is none (two days that follow each other)."""
    if isinstance(low, YearsMonths):
        middle = YearsMonths((low.months + high.months) // 2)
    elif isinstance(low, time):
        seconds = [60 * (60 * each.hour + each.minute) + each.second for each in (low, high)]
        hours, rest = divmod(sum(seconds) // 2, 3600)
        middle = low.replace(hour=hours, minute=rest // 60, second=rest % 60)
    elif isinstance(low, Decimal):
        middle = NUMBERS.divide(NUMBERS.add(low, high), Decimal(2))
    else:
        middle = low + (high - low) // 2
    return [middle] if _order(low, middle) and _order(middle, high) else []


def _other(values):
    """A string that none of the cells names."""
    example = "其他"
    while example in values:
        example += "…"
    return example
