"""Which rows of the ledger are wanted: conditions over place, and over hazard joined with its place."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from sqlalchemy import or_, select

from cases.hazards import Hazard
from cases.ledger_sight import HAZARDS
from cases.parties import Party, Tenure
from cases.places import Place
from engine.domain.people import ZONE

#: The status of what was entered by mistake.
VOIDED = "误录撤销"
#: For `supervised`: listed at any level, or at none.
ANY, NONE = "任一级", "未挂牌"

#: Filters that are a column of place, and equal it.
EQUAL = ("village", "programme", "implementer", "industry_dept", "sponsor")


@dataclass(frozen=True, slots=True)
class Wanted:
    """None, False or empty: everything. `since`, `until`: days (dates) on which a place was listed, both included; `due_since`,
    `due_until`: on which a deadline that runs ends, of the hazard, or the next one of the place.

    `place`: a place's number. `units`: {"village" or "implementer": [units]}, of which one is to be the place's.
    """

    status: str | None = None
    risk_level: str | None = None
    disposition: str | None = None
    village: str | None = None
    programme: str | None = None
    implementer: str | None = None
    industry_dept: str | None = None
    sponsor: str | None = None
    supervised: str | None = None
    grade: str | None = None
    overdue: bool = False
    since: date | None = None
    until: date | None = None
    due_since: date | None = None
    due_until: date | None = None
    text: str = ""
    place: str | None = None
    units: dict = field(default_factory=dict)


def conditions(source, wanted, actor, now, with_status=True):
    """[conditions] of a Wanted over a Source. What was voided is left out unless it is asked for.

    `with_status`: False to count by status.
    """
    kind = source.kind
    found = [getattr(Place, name) == getattr(wanted, name) for name in EQUAL if getattr(wanted, name)]
    if with_status:
        found.append(source.status == wanted.status if wanted.status else ~source.model.voided)
    for name in ("risk_level", "disposition"):
        value = getattr(wanted, name)
        if value:
            found.append(getattr(Place, name).is_(None) if value == "未定" else getattr(Place, name) == value)
    if wanted.supervised:
        found.append(_supervised(wanted.supervised))
    if wanted.grade and kind == HAZARDS:
        found.append(Hazard.grade == wanted.grade)
    if wanted.overdue:
        found.append(source.overdue(now))
    if wanted.since:
        found.append(Place.listed >= _begin(wanted.since))
    if wanted.until:
        found.append(Place.listed < _begin(wanted.until + timedelta(days=1)))
    if wanted.due_since or wanted.due_until:
        found.append(source.runs)
    if wanted.due_since:
        found.append(source.due >= _begin(wanted.due_since))
    if wanted.due_until:
        found.append(source.due < _begin(wanted.due_until + timedelta(days=1)))
    if wanted.place:
        found.append((Hazard.place_no if kind == HAZARDS else Place.no) == wanted.place)
    if wanted.units:
        found.append(or_(*(getattr(Place, name).in_(units) for name, units in wanted.units.items())))
    if wanted.text:
        found.append(_text(kind, wanted.text, actor))
    return found


def _supervised(level):
    if level in (ANY, NONE):
        return Place.supervised.is_not(None) if level == ANY else Place.supervised.is_(None)
    return Place.supervised == level


def _begin(day):
    return datetime.combine(day, time(), ZONE)


def _text(kind, text, actor):
    """In a number, a name, an address; and in a party's name, which a party is not told of others."""
    columns = [Place.no, Place.name, Place.address] + ([Hazard.no, Hazard.location] if kind == HAZARDS else [])
    found = [column.contains(text, autoescape=True) for column in columns]
    if not actor.is_party:
        named = select(Party.no).where(Party.name.contains(text, autoescape=True))
        found.append(Place.no.in_(select(Tenure.place_no).where(Tenure.party_no.in_(named))))
        if kind == HAZARDS:
            found.append(Hazard.party_no.in_(named))
        else:
            found.append(Place.no.in_(select(Hazard.place_no).where(Hazard.no.contains(text, autoescape=True))))
    return or_(*found)
