"""紧急处置 (P19) holds a place: while a stop was ordered and not lifted, the place goes neither to acceptance nor off the ledger.

A place may be stopped more than once at a time; each stop is lifted on its own. Source: 安全生产法 art. 65 (经审查同意，方可恢复).
"""

from sqlalchemy import select

from cases import ledger
from cases.hazards import Hazard
from cases.places import Place

#: Why a place is voided with the last of its hazards.
NOTHING_LEFT = "隐患全部作为误录撤销，场所没有别的隐患，随之核销。"


def stop_place(session, call):
    """`local:place:stop`: a stop was ordered. Variables: case_no, or null where the danger is at no place of the ledger.

    Gives back held: {no, address, village, zone} of the place, or null: who reports a danger need not know a number, nor get it right.
    """
    place = _standing(session, call.variables["case_no"])
    if place is None:
        return {"held": None}, []
    held = {"no": place.no, "address": place.address, "village": place.village, "zone": place.zone}
    return {"held": held}, ledger.amend(session, place, stopped=place.stopped + 1)


def lift_stop(session, call):
    """`local:place:lift`: work may resume. Variables: held, as `stop_place` gave it. Raises ValueError where no stop is open."""
    held = call.variables["held"]
    if held is None:
        return {}, []
    place = _locked(session, held["no"])
    if not place.stopped:
        raise ValueError(f"Expected an emergency stop of {place.no} to be open, but there is none")
    return {}, ledger.amend(session, place, stopped=place.stopped - 1)


def offer_place(session, call):
    """`local:place:offer`: all hazards are verified, and the place is 待验收 unless it is stopped. Variables: place_no.

    Gives back offered (boolean), voided: the numbers of its hazards that were voided and are not to be accepted, and nothing_left: are
    these all of them? Then there is no place to be accepted either: two persons have agreed to each, and it is voided with the last.
    """
    place = _locked(session, call.variables["place_no"])
    hazards = session.execute(select(Hazard.no, Hazard.voided).where(Hazard.place_no == place.no).order_by(Hazard.no)).all()
    told = {"voided": [no for no, voided in hazards if voided], "nothing_left": all(voided for _, voided in hazards)}
    told["offered"] = not place.stopped and not told["nothing_left"]
    if told["nothing_left"] and not place.voided:
        return told, ledger.amend(session, place, status="误录撤销", voided=True, void_reason=NOTHING_LEFT)
    return told, ledger.amend(session, place, status="待验收") if told["offered"] else []


def close_place(session, call):
    """`local:place:close`: the place is 已销号 unless it is stopped. Variables: place_no. Gives back closed (boolean)."""
    place = _locked(session, call.variables["place_no"])
    if place.stopped:
        return {"closed": False}, []
    return {"closed": True}, ledger.amend(session, place, status="已销号", closed=call.now)


def _standing(session, number):
    # Whoever orders a stop and whoever closes the place wait for each other here.
    return session.scalars(select(Place).where(Place.no == number, ~Place.voided).with_for_update()).one_or_none()


def _locked(session, number):
    return session.scalars(select(Place).where(Place.no == number).with_for_update()).one()
