"""误录撤销: a wrong entry is voided, never deleted. That two persons agreed is for the diagram to see to (P18).

Whoever asks for it, or agrees to it, is told at once of a number that is wrong: their task stays open, and nothing is changed.
"""

from sqlalchemy import select

from cases import ledger
from cases.hazards import Hazard
from cases.places import Place
from engine.domain.errors import Invalid

TABLES, WORDS = {"place": Place, "hazard": Hazard}, {Place: "场所", Hazard: "隐患"}


def find_entry(session, call):
    """`local:ledger:find`. Variables: table, number, and keep: the number of the one that is right, or null. Gives back found {no, status}.

    Raises Invalid, by field of request_void.form, where the one or the other is not there, or was voided before.
    """
    model, keep = TABLES[call.variables["table"]], call.variables["keep"]
    row = _standing(session, model, call.variables["number"], "void.number")
    if keep is not None:
        _standing(session, model, keep, "void.keep")
    return {"found": {"no": row.no, "status": row.status}}, []


def void_entry(session, call):
    """`local:ledger:void`. Variables: table (place or hazard), number, reason. Gives back voided: [the numbers].

    With a place its hazards are voided too. Raises Invalid where there is no such entry, or it was voided before.
    """
    given = call.variables
    row = _standing(session, TABLES[given["table"]], given["number"], "")
    rows = [row]
    if isinstance(row, Place):
        rows += session.scalars(select(Hazard).where(Hazard.place_no == row.no, ~Hazard.voided).order_by(Hazard.no).with_for_update())
    changes = [change for one in rows for change in ledger.amend(session, one, voided=True, void_reason=given["reason"], status="误录撤销")]
    return {"voided": [one.no for one in rows]}, changes


def _standing(session, model, number, field):
    if model is Hazard:
        # Whoever voids one, and whoever counts those that are left for the acceptance (cases/hold_place.py), wait for each other here.
        place_no = select(Hazard.place_no).where(Hazard.no == number).scalar_subquery()
        session.execute(select(Place.no).where(Place.no == place_no).with_for_update())
    row = session.scalars(select(model).where(model.no == number).with_for_update()).one_or_none()
    word = WORDS[model]
    if row is None:
        problem = f"台账上没有编号为「{number}」的{word}。"
        raise Invalid(
            f"Expected a {model.__tablename__} with number {number} on the ledger, but there is none", problems={field: [problem]}
        )
    if row.voided:
        problem = f"{word}「{number}」已经误录撤销：{row.void_reason}"
        raise Invalid(f"Expected {number} to stand on the ledger, but it was voided before: {row.void_reason}", problems={field: [problem]})
    return row
