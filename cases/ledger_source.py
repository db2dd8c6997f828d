"""What the ledger is read from: the rows of hazards and places alone: diagrams write into them while they work (cases/amend_entry.py)."""

from dataclasses import dataclass

from sqlalchemy import and_, func, literal, select

from cases.hazards import Hazard
from cases.ledger_sight import HAZARDS, own_parties
from cases.places import Place
from engine.store.base import NEVER, Moment

#: In a place with one of these no deadline runs.
AT_REST = ("已销号", "中止", "移送部门", "误录撤销")
_NEVER = literal(NEVER, Moment())


@dataclass(frozen=True, slots=True)
class Source:
    """`table`: of the rows of a kind; `model`: Place or Hazard; `due`: the deadline that runs, or NEVER, and never NULL.

    `late(now)`: the condition that it is past, wherever the place stands.
    """

    kind: str
    table: object
    model: object
    status: object
    deadline: object
    due: object
    instance_key: object
    provisional: object
    late: object

    @property
    def runs(self):
        """The condition that a deadline runs."""
        return and_(self.due < _NEVER, Place.status.not_in(AT_REST))

    def overdue(self, now):
        """The condition that it is past: of the hazard; of a place, of one of its hazards."""
        return and_(self.late(now), Place.status.not_in(AT_REST))


def source(kind, actor):
    """The Source of a kind. A party's place has the deadlines of the party's own hazards."""
    if kind == HAZARDS:
        table = Hazard.__table__.join(Place.__table__, Place.no == Hazard.place_no)
        key = func.coalesce(Hazard.instance_key, Place.root_key)
        return Source(
            kind, table, Hazard, Hazard.status, Hazard.deadline, Hazard.due, key, Hazard.deadline_provisional, lambda now: Hazard.due < now
        )
    own = Hazard.__table__.alias("of_the_place")
    mine = own.c.party_no.in_(own_parties(actor)) if actor.is_party else None
    first = select(func.min(own.c.due, type_=Moment())).where(own.c.place_no == Place.no).correlate(Place)
    late = select(own.c.place_no)
    if mine is not None:
        first, late = first.where(mine), late.where(mine)
    due = func.coalesce(first.scalar_subquery(), _NEVER, type_=Moment())
    deadline = func.nullif(due, _NEVER, type_=Moment())
    return Source(
        *(kind, Place.__table__, Place, Place.status, deadline, due, Place.root_key, literal(None)),
        lambda now: Place.no.in_(late.where(own.c.due < now)),
    )
