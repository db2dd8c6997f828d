"""Terms of running cases that a year's holidays could move: those that are provisional, and what they would be under another calendar."""

import re
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from cases.moment import moment
from cases.titles import titles
from engine.domain import values
from engine.domain.outcome import ACTIVE
from engine.store.models import ProcessInstance, Variable

#: So many are listed.
MOST = 200
#: A term of `statutory_term`, and how its units are said.
_CODE = re.compile(r"T\d+.*")
_WORDS = {"cd": "日", "wd": "个工作日", "m": "个月", "y": "年"}
#: As `step_term` (deadlines.dmn) and `statutory_term` write a unit.
_UNITS = {"日": "cd", "工作日": "wd", "cd": "cd", "wd": "wd", "m": "m", "y": "y"}


@dataclass(frozen=True, slots=True)
class Term:
    """`title` of the case (titles.Title), its `instance_key`, the `step` of the term, its last day `now`.

    `then`: what it would be; None where that cannot be told from its derivation.
    """

    title: object
    instance_key: int
    step: str
    basis: str
    now: date
    then: date | None

    @property
    def moves(self):
        """Would it end on another day?"""
        return self.then is not None and self.then != self.now


def provisional(connection, actor, current, other=None):
    """[Term], the first to end first, at most MOST: the provisional terms of cases under way.

    `other`: the Calendar under which `then` is derived; `current`: the one in force, which has to give the day that the term has, or
    else nothing is told of what would become of it.
    """
    chosen = (
        select(Variable.name, Variable.value, ProcessInstance.key, ProcessInstance.root_key)
        .join(ProcessInstance, ProcessInstance.key == Variable.instance_key)
        .where(ProcessInstance.status == ACTIVE, Variable.scope == 1, Variable.value.contains('"provisional":true'))
        .order_by(Variable.value)
    )
    told, rows = {}, connection.execute(chosen).all()
    for name, text, key, root_key in rows:
        value = values.read(text)
        day = _day(value)
        # A child is handed the term of its caller under the same name: it is told once.
        if day is not None:
            told.setdefault((root_key, name, day, value.get("start")), (day, key, root_key, value))
    first = sorted(told.values(), key=lambda each: each[:2])[:MOST]
    named = titles(connection, actor, [{"key": key, "instance_key": key, "root_key": root} for _, key, root, _ in first])
    return [
        Term(named[key], key, _name(value), _text(value.get("basis")), day, other and _under(value, day, current, other))
        for day, key, _, value in first
    ]


def _day(value):
    try:
        return date.fromisoformat(value["date"]) if isinstance(value, dict) and value.get("provisional") is True else None
    except (KeyError, TypeError, ValueError):
        return None


def _under(value, day, current, other):
    """The last day under another calendar; None where the derivation is not one of a start and a number of days alone."""
    unit = _UNITS.get(value.get("unit"))
    if unit is None or value.get("pauses") or value.get("extensions") or not value.get("start"):
        return None
    try:
        start, n = moment(value["start"]), value["n"]
        return other.deadline(start, n, unit).date if current.deadline(start, n, unit).date == day else None
    except (KeyError, TypeError, ValueError):
        return None


def _name(value):
    """办案 as its diagram calls a step; T3 of the table of terms by what it runs from."""
    step, event = _text(value.get("step")), _text(value.get("start_event"))
    if not _CODE.fullmatch(step) or not event:
        return step
    return f"自{event}起 {value.get('n')} {_WORDS.get(value.get('unit'), value.get('unit'))}（{step}）"


def _text(value):
    return value if isinstance(value, str) else ""
