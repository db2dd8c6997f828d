"""上账: a place that was found and checked is entered on the ledger, with its parties, its hazards and the inspection that found them."""

from sqlalchemy import select

from cases import inspections, ledger, parties
from cases.hazards import Hazard
from cases.inspections import Inspection
from cases.moment import moment
from cases.numbers import next_number
from cases.parties import Party, Tenure
from cases.places import Place
from engine.domain.people import ZONE

#: The campaign's own mark in the number of a case.
SERIES = "松昆安整"
#: Of a place that has been closed before, until it is assigned again.
AGAIN = "回潮重开"


def list_place(session, call):
    """`local:place:list`.

    Variables: `place` (the columns of Place), `parties` [{role, kind, name, uscc, identity, person, mobile, lessor, since, until, unit,
    area, safety_agreement, consent_to_sublease}], `hazards` [{category, location, description, grade, standard_hits, party}], `inspection`
    {kind, mode, at, inspectors, check_code, plan_code, trigger}, `source`, `ticket_no`, `reopened_from`. Gives back case_no, place_no,
    `parties` with their party_no and `hazards` with their hazard_no, enterprise, uscc and person. Raises ValueError where a hazard names no
    party, an 行政检查 lacks what the law asks of one, or what is opened again was never listed.
    """
    given = call.variables
    if lacking := inspections.faults(given["inspection"]):
        raise ValueError("；".join(lacking))
    before = given.get("reopened_from")
    if before is not None and session.get(Place, before) is None:
        raise ValueError(f"回潮重开的原案件应在台账上，但台账上没有编号为{before}的场所")
    year = call.now.astimezone(ZONE).year
    number = f"{SERIES}-{year}-{next_number(session, f'{SERIES}-{year}'):04d}"
    place = Place(**ledger.told(Place, given["place"]) | {"no": number, "listed": call.now, "root_key": None})
    place.reopened_from = before
    place.status = "已上账" if before is None else AGAIN
    changes = [ledger.enter(session, place)]
    known = {}
    for told in given["parties"]:
        known[told["name"]] = _party(session, told, changes)
    for rank, told in enumerate(given["parties"], 1):
        changes.append(_tenure(session, number, rank, told, known))
    hazards = []
    for serial, told in enumerate(given["hazards"], 1):
        if told["party"] not in known:
            raise ValueError(f"隐患的责任方应是当事人之一，但填写的是{told['party']}")
        hazards.append(_hazard(session, call, f"{number}-{serial:02d}", number, told, known[told["party"]], changes))
    changes.append(_inspection(session, call, number))
    told = [{**one, "party_no": str(known[one["name"]].no)} for one in given["parties"]]
    return {"case_no": number, "place_no": number, "parties": told, "hazards": hazards}, changes


def _party(session, told, changes):
    party = parties.find(session, told)
    if party is None:
        party = Party(**ledger.told(Party, told))
        changes.append(ledger.enter(session, party))
    else:
        changes += ledger.amend(session, party, person=told.get("person") or party.person, mobile=told.get("mobile") or party.mobile)
    return party


def _tenure(session, number, rank, told, known):
    lessor = known.get(told.get("lessor"))
    link = ledger.told(Tenure, told) | {"safety_agreement": bool(told.get("safety_agreement")), "rank": rank}
    return ledger.enter(session, Tenure(**link, place_no=number, party_no=known[told["name"]].no, lessor_no=lessor.no if lessor else None))


def _hazard(session, call, number, place_no, told, party, changes):
    given = call.variables
    row = Hazard(
        **ledger.told(Hazard, told)
        | {
            "no": number,
            "place_no": place_no,
            "party_no": party.no,
            "standard_hits": told.get("standard_hits") or [],
            "found": moment(given["inspection"]["at"]),
            "found_by": "、".join(one["name"] for one in given["inspection"]["inspectors"]),
            "source": given["source"],
            "ticket_no": given.get("ticket_no"),
            "status": "已上账",
        }
    )
    changes.append(ledger.enter(session, row))
    return {**told, "hazard_no": number, "enterprise": party.name, "uscc": party.uscc, "person": party.person}


def _inspection(session, call, number):
    told = call.variables["inspection"]
    row = Inspection(**ledger.told(Inspection, told) | {"place_no": number, "root_key": call.root_key})
    return ledger.enter(session, row)


def begin_place(session, call):
    """`local:place:begin`: the main process of a place has begun; its instance stands with the row. Variables: place_no."""
    place = session.scalars(select(Place).where(Place.no == call.variables["place_no"]).with_for_update()).one()
    return {}, ledger.amend(session, place, root_key=call.root_key, status="待分派" if place.reopened_from is None else AGAIN)
