"""An 行政检查 that a diagram has made of its own, such as a re-check, is entered on the ledger with the officers who made it."""

from sqlalchemy import select

from cases import ledger, officers
from cases.hazards import Hazard
from cases.inspections import Inspection
from cases.places import Place


def enter_inspection(session, call):
    """`local:inspection:enter`. Variables: hazard_no, officers_of (the element id of the task), `inspection` {at, check_code, result}.

    The inspectors are those who did that task under their own accounts, each with the 行政执法证 of that day (行政处罚法 art. 42); what
    called for it is the hazard (国办发〔2024〕54号: an 行政检查 has its plan, or its trigger). The row stands with the place of a hazard of
    this case; one that is put right by itself, under whatever number, has none. Raises ValueError where nobody did the task.
    """
    given = call.variables
    own = select(Hazard.place_no).join(Place, Place.no == Hazard.place_no)
    place_no = session.scalar(own.where(Hazard.no == given["hazard_no"], Place.root_key == call.root_key))
    known = {"kind": "行政检查", "place_no": place_no, "root_key": call.root_key, "trigger": given["hazard_no"]}
    known["inspectors"] = officers.of_task(session, call, given["officers_of"])
    return {}, [ledger.enter(session, Inspection(**ledger.told(Inspection, given["inspection"]) | known))]
