"""误录撤销: a wrong entry is voided, never deleted. That two persons agreed is for the diagram to see to (P18)."""

from sqlalchemy import select

from cases import ledger
from cases.hazards import Hazard
from cases.places import Place

TABLES = {"place": Place, "hazard": Hazard}


def void_entry(session, call):
    """`local:ledger:void`. Variables: table (place or hazard), number, reason. Gives back voided: [the numbers].

    With a place its hazards are voided too. Raises ValueError where there is no such entry, or it was voided before.
    """
    given = call.variables
    model = TABLES[given["table"]]
    row = session.scalars(select(model).where(model.no == given["number"]).with_for_update()).one_or_none()
    if row is None:
        raise ValueError(f"Expected a {given['table']} with number {given['number']} on the ledger, but there is none")
    if row.voided:
        raise ValueError(f"Expected {row.no} to stand on the ledger, but it was voided before: {row.void_reason}")
    rows = [row]
    if model is Place:
        rows += session.scalars(select(Hazard).where(Hazard.place_no == row.no, ~Hazard.voided).order_by(Hazard.no).with_for_update())
    changes = [change for one in rows for change in ledger.amend(session, one, voided=True, void_reason=given["reason"], status="误录撤销")]
    return {"voided": [one.no for one in rows]}, changes
