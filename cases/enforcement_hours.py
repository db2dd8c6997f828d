"""When the town may enforce: neither at night nor on statutory holidays, unless matters are urgent (行政强制法 43).

The law does not say when night is; here it is from 22:00 to 06:00. Weekends are taken for holidays too, make-up days are none.
"""

from datetime import datetime, time, timedelta

from cases.moment import moment
from engine.feel.calendar import PLACE

NIGHT, MORNING = time(22), time(6)
_DAY = timedelta(days=1)


def objections(start, end, calendar, urgent=None):
    """-> [sentences in Chinese] why not to enforce from `start` until before `end` (moments with a zone), [] if nothing is against it.

    urgent: the reason why it cannot wait (情况紧急), which lifts every objection; blank is none. Raises ValueError unless start < end.
    """
    start, end = moment(start), moment(end)
    if not isinstance(start, datetime) or not isinstance(end, datetime) or not start < end:
        raise ValueError(f"Expected enforcement to begin at one moment and end at a later one, but found {start} and {end}")
    if urgent and urgent.strip():
        return []
    start, end = start.astimezone(PLACE), end.astimezone(PLACE)
    days = [start.date() + _DAY * step for step in range(((end - timedelta(microseconds=1)).date() - start.date()).days + 1)]
    found = [f"{day} 是休息日或者法定节假日" for day in days if not calendar.is_working(day)]
    found += [f"{day.year} 年节假日安排尚未公布，{day} 是否节假日不能确定" for day in days if day.year not in calendar.published]
    if any(_overlaps_night(start, end, day) for day in [days[0] - _DAY, *days]):
        found.append(f"含有夜间时段（{NIGHT:%H:%M} 至次日 {MORNING:%H:%M}）")
    return [f"{each}，不得实施行政强制执行（行政强制法第四十三条）" for each in found]


def _overlaps_night(start, end, day):
    """Whether [start, end) shares a moment with the night that begins on a day."""
    return start < datetime.combine(day + _DAY, MORNING, PLACE) and datetime.combine(day, NIGHT, PLACE) < end
