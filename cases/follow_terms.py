"""The ledger follows where a term of rectification was computed again, because a year's holidays are known now."""

from sqlalchemy import select

from cases import ledger
from cases.hazards import Hazard


def follow_terms(session, call):
    """`local:terms:recomputed`: the hazard that the instance puts right has its new deadline. Others of the case only hold a copy of it."""
    if "rectify_deadline" not in call.headers["terms"].split(","):
        return {}, []
    chosen = select(Hazard).where(Hazard.no == call.variables.get("hazard_no"), Hazard.instance_key == call.instance_key)
    hazard = session.scalars(chosen.with_for_update()).one_or_none()
    if hazard is None or hazard.voided:
        return {}, []
    term = call.variables["rectify_deadline"]
    values = {"deadline": term["at"], "deadline_provisional": term["provisional"] is True}
    return {}, ledger.amend(session, hazard, **ledger.told(Hazard, values))
