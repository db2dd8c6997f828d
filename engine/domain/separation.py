"""Separation of duty, as diagrams declare it: who did one element may not do the other.

`bihuan:separateFrom` names elements, comma-separated; `issue_notice/unit` keeps away everybody of the unit of whoever did it. It holds
both ways: where two elements stand side by side, or one comes again in a rework, either may be the first to be done.
`bihuan:officers` says how many officers a task takes (行政处罚法 art. 42: at least two); each confirms under their own account.
"""

from dataclasses import dataclass

from engine.domain.errors import Separated

SEPARATE_FROM, OFFICERS = "bihuan:separateFrom", "bihuan:officers"


@dataclass(frozen=True, slots=True)
class Rule:
    """The actor of this element is kept apart from whoever did `element_id`; `whole_unit`: and from their units."""

    element_id: str
    whole_unit: bool


def rules(properties):
    """The rules that an element's properties declare: a list of Rule, empty without the property."""
    named = [part.strip() for part in properties.get(SEPARATE_FROM, "").split(",") if part.strip()]
    return [Rule(name.removesuffix("/unit"), name.endswith("/unit")) for name in named]


def matrix(properties):
    """{element id: [Rule]} of a whole process, declared and in return, from {element id: its properties}; only elements with a rule."""
    found = {}
    for element_id, own in properties.items():
        for rule in rules(own):
            found.setdefault(element_id, []).append(rule)
            found.setdefault(rule.element_id, []).append(Rule(element_id, rule.whole_unit))
    return found


def officers(properties):
    """How many officers the element takes: 1 without the property."""
    return int(properties.get(OFFICERS, "1"))


def check(declared, actor, done_by, names=None):
    """Raises Separated where a rule keeps the actor away.

    `done_by`: {element id: [(username, units)]}, everybody who completed or confirmed that element in this case.
    """
    for rule in declared:
        for username, units in done_by.get(rule.element_id, ()):
            where = (names or {}).get(rule.element_id) or rule.element_id
            if username == actor.username:
                raise Separated(f"Expected somebody who took no part in {where}, but {actor.username} did", element=rule.element_id)
            if rule.whole_unit and not actor.units.isdisjoint(units):
                shared = ", ".join(sorted(actor.units & set(units)))
                raise Separated(
                    f"Expected somebody of another unit than {username}, who did {where}, but {actor.username} belongs to {shared} too",
                    element=rule.element_id,
                )
