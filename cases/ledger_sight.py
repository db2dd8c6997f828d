"""Who sees which rows of the ledger. It is the office's shared register: whoever holds a role in the town's cases sees all of it.

A party (企业) sees the places that it holds and the hazards that are its own to put right; of a place with three tenants each sees its
own hazards. Auditors and administrators see everything; who only designs diagrams, or holds no role, sees nothing.
"""

from sqlalchemy import exists, false, or_, select, true

from cases.hazards import Hazard
from cases.parties import Party, Tenure
from cases.places import Place
from engine.domain.people import PARTY

PLACES, HAZARDS = "places", "hazards"
#: Roles that look at what lies in their own unit first: where the place is, or who has to see to it.
LOCAL = {"居村": "village", "实施主体": "implementer"}


def sees_any(actor):
    """Is there anything on the ledger that the actor may see?"""
    return actor.sees_everything or (bool(actor.groups) and not actor.only_watches)


def seen(kind, actor):
    """The predicate over Place (PLACES), or over Hazard and its Place (HAZARDS)."""
    if not sees_any(actor):
        return false()
    if actor.sees_everything or not actor.is_party:
        return true()
    # Its own tables under names of their own: a search for a party's name reads the same ones.
    mine = own_parties(actor)
    if kind == HAZARDS:
        return Hazard.party_no.in_(mine)
    tenure, hazard = Tenure.__table__.alias("own_tenure"), Hazard.__table__.alias("own_hazard")
    return or_(
        exists().where(tenure.c.place_no == Place.no, tenure.c.party_no.in_(mine)),
        exists().where(hazard.c.place_no == Place.no, hazard.c.party_no.in_(mine)),
    )


def own_parties(actor):
    """A select of the numbers of the parties that an enterprise's account stands for. A person's name is nobody's alone, so units only."""
    names = [unit for role, _, unit in (group.partition("@") for group in actor.groups) if role == PARTY and unit]
    party = Party.__table__.alias("own_party")
    return select(party.c.no).where(party.c.kind == "单位", party.c.name.in_(names))


def own_units(actor):
    """{"village": [units], "implementer": [units]} of whoever works for nothing else than units of the town; {} for everybody else."""
    held = {}
    for role, _, unit in (group.partition("@") for group in sorted(actor.groups)):
        if role not in LOCAL:
            return {}
        if unit:
            held.setdefault(LOCAL[role], []).append(unit)
    return held
