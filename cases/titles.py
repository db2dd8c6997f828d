"""What a task is about, in the words of the campaign: the place, what is wrong there, how dangerous it is."""

from dataclasses import dataclass

from sqlalchemy import select

from cases.hazards import CATEGORIES
from engine.domain import values
from engine.store.models import Variable

#: The variables that a title is made of, all in the scope of a process instance.
NAMES = ("place_name", "place", "case_no", "hazard_no", "category", "location", "hazards", "respondent", "risk", "reported")

#: By what a place is called, as long as nothing better is known.
_PLACE = ("name", "address", "village")

COLOURS = {"低": "蓝", "一般": "黄", "较大": "橙", "重大": "红"}


@dataclass(frozen=True, slots=True)
class Title:
    """`place`, `what`: either may be None; `number`: of the hazard, the case or the report; `level`: 低 to 重大, None where not graded."""

    place: str | None
    what: str | None
    number: str | None
    level: str | None

    @property
    def colour(self):
        """蓝, 黄, 橙 or 红."""
        return COLOURS.get(self.level)


def titles(connection, actor, rows):
    """{task key: Title} for rows of user_task; one statement. What an instance does not know, its root may; a party is not told by that."""
    wanted = {row["instance_key"] for row in rows}
    if not actor.is_party:
        wanted |= {row["root_key"] for row in rows}
    if not wanted:
        return {}
    chosen = select(Variable.instance_key, Variable.name, Variable.value).where(
        Variable.instance_key.in_(wanted), Variable.scope == 1, Variable.name.in_(NAMES)
    )
    known = {}
    for instance_key, name, text in connection.execute(chosen):
        value = values.read(text)
        if value is not None:
            known.setdefault(instance_key, {})[name] = value
    return {row["key"]: title({**known.get(row["root_key"], {}), **known.get(row["instance_key"], {})}) for row in rows}


def title(known):
    """The Title that variables {name: value} make; what has another shape than the campaign's is left out."""
    level = _of(known.get("risk"), "level")
    return Title(
        _text(known.get("place_name")) or next(filter(None, (_of(known.get("place"), name) for name in _PLACE)), None),
        _what(known),
        _text(known.get("hazard_no")) or _text(known.get("case_no")) or _of(known.get("reported"), "number"),
        level if level in COLOURS else None,
    )


def _what(known):
    respondent = _of(known.get("respondent"), "name")
    if respondent:
        return f"处罚 {respondent}"
    if known.get("category"):
        return _hazard(known)
    hazards = known.get("hazards")
    if isinstance(hazards, list) and hazards:
        return _hazard(hazards[0]) if len(hazards) == 1 else f"{len(hazards)} 处隐患"
    return None


def _hazard(told):
    category = CATEGORIES.get(_of(told, "category"))
    location = _of(told, "location")
    return f"{category}（{location}）" if category and location else category


def _of(value, name):
    return _text(value.get(name)) if isinstance(value, dict) else None


def _text(value):
    return value.strip() or None if isinstance(value, str) else None
