"""A year's holidays as lines that an office writes and reads: `10月1日至7日 休 国庆节`, `9月28日 班 国庆节`."""

import re
from datetime import date, timedelta
from itertools import pairwise

from engine.domain.errors import Invalid

#: What the package chinesecalendar calls them, and what they are called (全国年节及纪念日放假办法).
NAMES = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "Mid-autumn Festival": "中秋节",
    "National Day": "国庆节",
}
OFF, ON = "休", "班"
_WORDS = {"休": False, "放假": False, "休息": False, "班": True, "上班": True}
_DAY = r"(?:(\d{4})[-年])?\s*(\d{1,2})[-月]\s*(\d{1,2})日?"
_LINE = re.compile(
    rf"{_DAY}(?:\s*(?:至|到|~|～|—|–)\s*(?:{_DAY}|(\d{{1,2}})日?))?\s*[，, 　]?\s*(放假|休息|上班|休|班)\s*[，, 　:：]?\s*(.*)"
)
#: Longer is no holiday.
LONGEST = 20
MOST_LINES = 100


def read(text, year):
    """[(date, is it a working day, name)] of the lines of `text`. Raises Invalid, naming the line, for one that cannot be read."""
    found, lines = [], [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) > MOST_LINES:
        raise _wrong(f"最多 {MOST_LINES} 行，但有 {len(lines)} 行。")
    for number, line in enumerate(lines, 1):
        told = _LINE.fullmatch(line)
        if told is None:
            raise _wrong(f"第 {number} 行“{line[:40]}”应写成“10月1日至7日 休 国庆节”或者“9月28日 班 国庆节”这样。")
        found += _days(told.groups(), year, number)
    return sorted(found)


def _days(told, year, number):
    first_year, month, day, last_year, last_month, last_day, same_month, word, name = told
    try:
        first = date(int(first_year or year), int(month), int(day))
        last = first
        if last_day:
            last = date(int(last_year or first.year), int(last_month), int(last_day))
        elif same_month:
            last = first.replace(day=int(same_month))
    except ValueError as error:
        raise _wrong(f"第 {number} 行的日期不存在。") from error
    if not first <= last <= first + timedelta(days=LONGEST):
        raise _wrong(f"第 {number} 行的末日应不早于首日，且不超过 {LONGEST} 天。")
    if not name.strip() or len(name.strip()) > 20:
        raise _wrong(f"第 {number} 行应写明节日名称，不超过 20 个字。")
    return [(first + timedelta(days=step), _WORDS[word], name.strip()) for step in range((last - first).days + 1)]


def _wrong(sentence):
    return Invalid("Expected lines of days, but one cannot be read", problems={"days": [sentence]})


def write(days):
    """The lines of [(date, is it a working day, name)], in order; days of one kind and name that follow each other make one line."""
    runs = []
    for day, working, name in days:
        told = (working, NAMES.get(name, name))
        if runs and runs[-1][2] == told and runs[-1][1] + timedelta(days=1) == day:
            runs[-1][1] = day
        else:
            runs.append([day, day, told])
    return [_line(first, last, *told) for first, last, told in runs]


def _line(first, last, working, name):
    until = "" if first == last else f"至{last.day}日" if first.month == last.month else f"至{last.month}月{last.day}日"
    return f"{first.month}月{first.day}日{until} {ON if working else OFF} {name}"


def differences(before, after):
    """[(date, what it was, what it is)] of two lists of days, each "休", "班" or "按周"."""
    was, now = ({day: ON if working else OFF for day, working, _ in days} for days in (before, after))
    return [(day, was.get(day, "按周"), now.get(day, "按周")) for day in sorted(was | now) if was.get(day) != now.get(day)]


def picture(year, days):
    """[[week of a month]]: twelve months, each week seven of None or (date, kind, name); kind: off, on, weekend, work."""
    told, months = {day: (ON if working else OFF, NAMES.get(name, name)) for day, working, name in days}, []
    firsts = [date(year, month, 1) for month in range(1, 13)] + [date(year + 1, 1, 1)]
    for first, following in pairwise(firsts):
        cells = [None] * first.weekday()
        cells += [_cell(first + timedelta(days=step), told) for step in range((following - first).days)]
        cells += [None] * (-len(cells) % 7)
        months.append([cells[at : at + 7] for at in range(0, len(cells), 7)])
    return months


def _cell(day, told):
    mark, name = told.get(day, (None, ""))
    kind = {OFF: "off", ON: "on"}.get(mark) or ("weekend" if day.weekday() >= 5 else "work")
    return day, kind, name
