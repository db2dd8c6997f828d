"""Terms of running cases that a year's holidays could move: those that are provisional, and what they would be under another calendar."""

import re
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from cases.titles import titles
from engine.domain import term, values
from engine.store.models import ProcessInstance, Variable
from engine.store.terms import IS_PROVISIONAL

#: So many are listed.
MOST = 200
#: A term of `statutory_term`, and how its units are said.
_CODE = re.compile(r"T\d+.*")
_WORDS = {"cd": "日", "wd": "个工作日", "m": "个月", "y": "年"}


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
        .where(IS_PROVISIONAL, Variable.scope == 1)
        .order_by(Variable.value)
    )
    told, rows = {}, connection.execute(chosen).all()
    for name, text, key, root_key in rows:
        value = values.read(text)
        day = term.provisional_end(value)
        # A child is handed the term of its caller under the same name: it is told once.
        if day is not None:
            told.setdefault((root_key, name, day, value.get("start")), (day, key, root_key, value))
    first = sorted(told.values(), key=lambda each: each[:2])[:MOST]
    named = titles(connection, actor, [{"key": key, "instance_key": key, "root_key": root} for _, key, root, _ in first])
    return [
        Term(named[key], key, _name(value), _text(value.get("basis")), day, other and _under(value, current, other))
        for day, key, _, value in first
    ]


def _under(value, current, other):
    """The last day under another calendar; None where its derivation does not tell it."""
    found = term.recomputed(value, current, other)
    return found and found["date"]


def _name(value):
    """办案 as its diagram calls a step; T3 of the table of terms by what it runs from."""
    step, event = _text(value.get("step")), _text(value.get("start_event"))
    if not _CODE.fullmatch(step) or not event:
        return step
    return f"自{event}起 {value.get('n')} {_WORDS.get(value.get('unit'), value.get('unit'))}（{step}）"


def _text(value):
    return value if isinstance(value, str) else ""
