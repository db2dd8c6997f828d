"""A diagram changes what the ledger says of a place or of a hazard: its grade, its assignment, where it stands."""

from sqlalchemy import select

from cases import ledger
from cases.hazards import STATUSES as HAZARD_STATUSES
from cases.hazards import Hazard
from cases.places import STATUSES as PLACE_STATUSES
from cases.places import SUPERVISED, Place

#: What a diagram may set. Numbers, lineage, voiding, emergency stops and what they hold up have ways of their own (cases/hold_place.py).
OF_PLACES = {"risk_level", "disposition", "implementer", "industry_dept", "sponsor", "status", "supervised"}
FREE = tuple(status for status in PLACE_STATUSES if status not in ("待验收", "已销号"))
OF_HAZARDS = {"status", "rounds", "deadline", "deadline_provisional", "verified", "instance_key"}


def amend_place(session, call):
    """`local:place:amend`. Variables: place_no, `values` {column: value}. Raises ValueError for what no diagram may set."""
    values = call.variables["values"]
    if values.get("supervised", SUPERVISED[0]) not in SUPERVISED:
        raise ValueError(f"Expected a level among {'、'.join(SUPERVISED)}, but found {values['supervised']}")
    number = call.variables["place_no"]
    row = session.scalars(select(Place).where(Place.no == number).with_for_update()).one_or_none()
    if row is None:
        raise ValueError(f"Expected {number} on the ledger, but it is not there")
    return {}, _amend(session, row, values, OF_PLACES, FREE)


def amend_hazard(session, call):
    """`local:hazard:amend`. Variables: hazard_no, `values` {column: value}. Gives back entered: has this case such a hazard?

    A hazard is told of by the case of its place alone: one that is put right by itself, under whatever number, leaves the ledger as it is.
    Raises ValueError for what no diagram may set.
    """
    own = Place.root_key == call.root_key
    chosen = select(Hazard).join(Place, Place.no == Hazard.place_no).where(Hazard.no == call.variables["hazard_no"], own)
    row = session.scalars(chosen.with_for_update(of=Hazard)).one_or_none()
    values = call.variables["values"]
    if call.instance_key != call.root_key:
        values = {**values, "instance_key": call.instance_key}  # the one below the place's main process that works on it
    changes = [] if row is None else _amend(session, row, values, OF_HAZARDS, HAZARD_STATUSES)
    return {"entered": row is not None}, changes


def _amend(session, row, values, allowed, statuses):
    if not values.keys() <= allowed:
        raise ValueError(f"Expected only {', '.join(sorted(allowed))} to be set, but found {', '.join(sorted(values.keys() - allowed))}")
    if values.get("status", statuses[0]) not in statuses:
        raise ValueError(f"Expected a status among {'、'.join(statuses)}, but found {values['status']}")
    if row.voided:
        return []  # it stays as it was voided; what works on it still will hear of that, and end
    return ledger.amend(session, row, **ledger.told(type(row), values))
