"""Separation of duty, as diagrams declare it: who did one element may not do the other.

`bihuan:separateFrom` names elements, comma-separated; `issue_notice/unit` keeps away everybody of the unit of whoever did it. It holds
both ways: where two elements stand side by side, or one comes again in a rework, either may be the first to be done. A bare name is an
element of the same process instance; `hazard_rectification#recheck` one of another process of the same case, in each of its instances.
`bihuan:officers` says how many officers a task takes (行政处罚法 art. 42: at least two); each confirms under their own account.
Whoever acts for somebody as a deputy is kept apart as both of them: neither joins both sides of a pair.
`bihuan:recusal` subjects a task to 回避 (行政处罚法 art. 43): who withdrew from the case, or stands too near to a party of it, may not do
it. Its value is the role that decides whether somebody has to; everybody withdraws on their own.
"""

from dataclasses import dataclass

from engine.domain.errors import Separated

SEPARATE_FROM, OFFICERS, RECUSAL = "bihuan:separateFrom", "bihuan:officers", "bihuan:recusal"


@dataclass(frozen=True, slots=True)
class Rule:
    """The actor of this element is kept apart from whoever did `element_id`; `whole_unit`: and from their units.

    `process_id`: the other process whose element it is, None for one of the same process instance.
    """

    element_id: str
    whole_unit: bool
    process_id: str | None = None

    @property
    def place(self):
        """(process id or None, element id): what is asked for."""
        return self.process_id, self.element_id


def rules(properties):
    """The rules that an element's properties declare: a list of Rule, empty without the property."""
    named = [part.strip() for part in properties.get(SEPARATE_FROM, "").split(",") if part.strip()]
    return [_rule(name) for name in named]


def _rule(name):
    process_id, elsewhere, element_id = name.removesuffix("/unit").rpartition("#")
    return Rule(element_id, name.endswith("/unit"), process_id if elsewhere else None)


def matrix(properties):
    """{element id: [Rule]} of a whole process, declared and in return, from {element id: its properties}; only elements with a rule."""
    found = {}
    for element_id, own in properties.items():
        for rule in rules(own):
            found.setdefault(element_id, []).append(rule)
            if rule.process_id is None:
                found.setdefault(rule.element_id, []).append(Rule(element_id, rule.whole_unit))
    return found


def officers(properties):
    """How many officers the element takes: 1 without the property."""
    return int(properties.get(OFFICERS, "1"))


def recusal(properties):
    """The role that decides on the recusal of others; None where the element is not subject to it."""
    return properties.get(RECUSAL, "").strip() or None


def check(declared, actor, done_by, names=None):
    """Raises Separated where a rule keeps the actor away.

    `done_by`: {rule.place: [(username, units)]}, everybody who completed or confirmed that element in this case.
    """
    for rule in declared:
        for username, units in done_by.get(rule.place, ()):
            where = (rule.process_id is None and (names or {}).get(rule.element_id)) or rule.element_id
            if username in actor.names:
                raise Separated(f"Expected somebody who took no part in {where}, but {username} did", element=rule.element_id)
            if rule.whole_unit and not actor.units.isdisjoint(units):
                shared = ", ".join(sorted(actor.units & set(units)))
                raise Separated(
                    f"Expected somebody of another unit than {username}, who did {where}, but {actor.username} belongs to {shared} too",
                    element=rule.element_id,
                )
