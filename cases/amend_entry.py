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
    return _amend(session, Place, call.variables["place_no"], values, OF_PLACES, FREE)


def amend_hazard(session, call):
    """`local:hazard:amend`. Variables: hazard_no, `values` {column: value}. Raises ValueError for what no diagram may set."""
    return _amend(session, Hazard, call.variables["hazard_no"], call.variables["values"], OF_HAZARDS, HAZARD_STATUSES)


def _amend(session, model, number, values, allowed, statuses):
    row = session.scalars(select(model).where(model.no == number).with_for_update()).one_or_none()
    if row is None:
        raise ValueError(f"Expected {number} on the ledger, but it is not there")
    if row.voided and values.get("status") == "误录撤销":
        return {}, []  # the diagram only says what the voiding has done already
    if row.voided:
        raise ValueError(f"Expected {number} to stand on the ledger, but it was voided: {row.void_reason}")
    if not values.keys() <= allowed:
        raise ValueError(f"Expected only {', '.join(sorted(allowed))} to be set, but found {', '.join(sorted(values.keys() - allowed))}")
    if values.get("status", statuses[0]) not in statuses:
        raise ValueError(f"Expected a status among {'、'.join(statuses)}, but found {values['status']}")
    return {}, ledger.amend(session, row, **ledger.told(model, values))
