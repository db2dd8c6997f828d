"""The handlers of a penalty until its decision: a number for the case, a leg per respondent, what was decided about it."""

from datetime import date
from decimal import Decimal

from sqlalchemy import select

from cases import ledger, numbers, penalties
from cases.moment import day_of
from cases.penalties import Penalty
from engine.domain.errors import NotFound, WrongState
from engine.domain.people import DESIGNER
from engine.feel.calendar import PLACE
from engine.store.records import Confidential

#: What is over without a fine stands in nobody's way.
FREE = (penalties.NOT_AVAILABLE, penalties.DUPLICATE, penalties.NOT_PUNISHED, penalties.HANDED_OVER, penalties.REVOKED)
#: Words of the decision (form decide_penalty) -> the status of the leg.
DECIDED = {"处罚": penalties.DECIDED, "不予处罚": penalties.NOT_PUNISHED, "移送": penalties.HANDED_OVER}


def file(session, call):
    """local:penalty:file — a case is filed. Out: enforcement_no 松昆安立-2026-0001."""
    return {"enforcement_no": _number(session, call, "松昆安立")}, []


def open_leg(session, call):
    """local:penalty:open — the leg of one respondent, or why there is none.

    In: enforcement_no, case_no, hazard_no, act_date, authority {mode, organ}, respondent {kind, name, role, article, uscc, person_id,
    discretion}. Out: leg {penalty_no, status, reason, duplicate, earlier_no}; the penalty_no is null where the article is not available
    against this respondent, and where a fine for the same act already stands against the same person (行政处罚法 29).
    """
    told = call.variables
    respondent, authority = told["respondent"], told["authority"]
    discretion = respondent["discretion"]
    row = Penalty(
        enforcement_no=told["enforcement_no"],
        case_no=told.get("case_no"),
        hazard_no=told.get("hazard_no"),
        act_date=_day(told["act_date"]),
        kind=respondent["kind"],
        name=respondent["name"],
        role=respondent["role"],
        uscc=respondent.get("uscc"),
        reference=_reference(respondent.get("person_id")),
        article=respondent["article"],
        mode=authority["mode"],
        organ=authority["organ"],
        fined=bool(discretion["fine_max"]),
    )
    earlier = _earlier(session, row) if row.fined else None
    if discretion["available"] is not True:
        row.status, row.reason = penalties.NOT_AVAILABLE, discretion["basis"]
    elif earlier is not None:
        row.status, row.earlier_no = penalties.DUPLICATE, earlier.penalty_no
        row.reason = f"同一违法行为已对其立案罚款（{earlier.penalty_no}，{earlier.article}），不得再次罚款（行政处罚法第二十九条）"
    else:
        row.status, row.penalty_no = penalties.OPEN, _number(session, call, "松昆安罚")
    change = ledger.enter(session, row)
    leg = {"penalty_no": row.penalty_no, "status": row.status, "reason": row.reason}
    return {"leg": leg | {"duplicate": row.status == penalties.DUPLICATE, "earlier_no": row.earlier_no}}, [change]


def decide(session, call):
    """local:penalty:decide — what the head of enforcement decided. In: penalty_no, outcome 处罚|不予处罚|移送, fine, discretion, reason.

    Raises WrongState for a leg that is decided already, and for a fine outside of the article's range.
    """
    told = call.variables
    row = leg(session, told["penalty_no"])
    if row.status != penalties.OPEN:
        raise WrongState(f"Expected to decide {row.penalty_no} while it is {penalties.OPEN}, but it is {row.status}")
    fine = Decimal(told.get("fine") or 0)
    if told["outcome"] == "处罚":
        least, most = (Decimal(told["discretion"][name]) for name in ("fine_min", "fine_max"))
        if not least <= fine <= most:
            raise WrongState(f"Expected a fine from {least} to {most} yuan ({row.article}), but found {fine}")
    elif fine:
        raise WrongState(f"Expected no fine where the decision is {told['outcome']}, but found {fine}")
    return {}, ledger.amend(session, row, status=DECIDED[told["outcome"]], reason=told.get("reason"), fine=fine, decided=call.now)


def leg(session, penalty_no):
    """The row of a leg. Raises NotFound."""
    found = session.scalars(select(Penalty).where(Penalty.penalty_no == penalty_no)).one_or_none()
    if found is None:
        raise NotFound(f"Expected a penalty {penalty_no}, but there is none")
    return found


def _earlier(session, row):
    """The fine, decided or on its way, against the same person for the same act, or None.

    The same act: the same day and the same hazard, or without a hazard the same case.
    """
    act = Penalty.hazard_no == row.hazard_no if row.hazard_no else Penalty.enforcement_no == row.enforcement_no
    marked = select(Penalty, Confidential.mark).outerjoin(Confidential, Confidential.ref == Penalty.reference)
    query = marked.where(act, Penalty.act_date == row.act_date, Penalty.kind == row.kind, Penalty.fined.is_(True))
    mark = session.scalar(select(Confidential.mark).where(Confidential.ref == row.reference))
    others = session.execute(query.where(Penalty.status.not_in(FREE)).order_by(Penalty.key))
    return next((other for other, its_mark in others if _same(row, mark, other, its_mark)), None)


def _same(row, mark, other, its_mark):
    """Whether two rows are about one respondent: by the credit code or the identity number where both have one, else by the name.

    A name is enough there: an officer sees the refusal and can look, while nobody is fined twice.
    """
    for one, another in ((row.uscc, other.uscc), (mark, its_mark)):
        if one and another:
            return one == another
    return row.name == other.name or (row.reference is not None and row.reference == other.reference)


def _reference(identity):
    return identity["ref"] if isinstance(identity, dict) else identity


def _number(session, call, word):
    series = f"{word}-{call.now.astimezone(PLACE).year}"
    return f"{series}-{numbers.next_number(session, series):04d}"


def _day(value):
    return value if type(value) is date else day_of(value)


HANDLERS = {
    "local:penalty:file": (file, frozenset({DESIGNER})),
    "local:penalty:open": (open_leg, frozenset({DESIGNER})),
    "local:penalty:decide": (decide, frozenset({DESIGNER})),
}
