"""The handlers of a decision's execution: service, payment, the late fine, review and suit, and how it ended."""

from decimal import Decimal

from sqlalchemy import select

from cases import ledger, penalties
from cases.late_fine import late_fine
from cases.moment import day_of, moment
from cases.penalties import PenaltyPayment
from cases.punish import leg
from engine.domain import values
from engine.domain.errors import WrongState
from engine.domain.people import DESIGNER


def serve(session, call):
    """local:penalty:serve — the decision was served. In: penalty_no, decision_no, served_at, due (as FEEL's deadline gives it)."""
    told = call.variables
    row = leg(session, told["penalty_no"])
    known = {"decision_no": told["decision_no"], "served": moment(told["served_at"]), "due": day_of(told["due"]["date"])}
    return {}, ledger.amend(session, row, status=penalties.IN_EXECUTION, **known)


def accrue(session, call):
    """local:penalty:accrue — what is owed today. In: penalty_no, due, pauses. Out: fine, paid, late_fine, balance in yuan.

    A provisional term gives no late fine, nor does a fine of 0 (行政处罚法 72, 73).
    """
    row = leg(session, call.variables["penalty_no"])
    return _owed(session, row, call, call.now)


def settle(session, call):
    """local:penalty:settle — a payment came. In: as accrue, and payment {amount, paid_on, receipt_no}. Out: as accrue.

    The late fine is that of the day of the payment. A receipt that was told before changes nothing.
    Raises WrongState for a receipt of another penalty.
    """
    told = call.variables
    row, payment = leg(session, told["penalty_no"]), told["payment"]
    paid_on, amount, changes = day_of(payment["paid_on"]), Decimal(payment["amount"]), []
    known = session.get(PenaltyPayment, payment["receipt_no"])
    if known is not None and known.penalty_no != row.penalty_no:
        raise WrongState(f"Expected receipt {known.receipt_no} to be of {row.penalty_no}, but it is of {known.penalty_no}")
    if known is None:
        paid = {"penalty_no": row.penalty_no, "paid_on": paid_on, "amount": amount}
        changes = [ledger.enter(session, PenaltyPayment(receipt_no=payment["receipt_no"], **paid))]
    owed, more = _owed(session, row, call, paid_on)
    if owed["balance"] <= 0:
        more += ledger.amend(session, row, status=penalties.PAID)
    return owed, changes + more


def review(session, call):
    """local:penalty:review — a review or a suit is over. In: penalty_no, review_result 维持|变更|撤销, changed_fine. Out: fine.

    Raises WrongState for a changed fine that is not lower: nobody fares worse for having asked (行政复议法).
    """
    told = call.variables
    row = leg(session, told["penalty_no"])
    if told["review_result"] == "撤销":
        return {"fine": Decimal(0)}, ledger.amend(session, row, status=penalties.REVOKED)
    if told["review_result"] == "变更":
        changed = Decimal(told["changed_fine"])
        if not 0 <= changed < row.fine:
            raise WrongState(f"Expected a fine below {row.fine} yuan after the review, but found {changed}")
        return {"fine": changed}, ledger.amend(session, row, fine=changed)
    return {"fine": row.fine}, []


def close(session, call):
    """local:penalty:close — the execution is over. In: penalty_no, collection (申请法院强制执行, or null). Out: collection."""
    row, told = leg(session, call.variables["penalty_no"]), call.variables.get("collection")
    if told is None:
        told = penalties.PAID if row.fine else penalties.WITHOUT_FINE
    return {"collection": told}, ledger.amend(session, row, status=told)


def _owed(session, row, call, as_of):
    """({fine, paid, late_fine, balance}, changes) on a day or moment."""
    kept = session.scalars(select(PenaltyPayment).where(PenaltyPayment.penalty_no == row.penalty_no).order_by(PenaltyPayment.paid_on)).all()
    payments = [{"paid_at": each.paid_on, "amount": each.amount} for each in kept]
    due, late, derivation = call.variables["due"], row.late_fine, row.late_fine_derivation
    if row.fine and not due["provisional"]:
        found = late_fine(row.fine, due, as_of, payments, call.variables.get("pauses") or ())
        late, derivation = found.amount, values.write(found.derivation)
    paid = sum((each["amount"] for each in payments), Decimal(0))
    changes = ledger.amend(session, row, paid=paid, late_fine=late, late_fine_derivation=derivation)
    return {"fine": row.fine, "paid": paid, "late_fine": late, "balance": row.fine + late - paid}, changes


HANDLERS = {
    "local:penalty:serve": (serve, frozenset({DESIGNER})),
    "local:penalty:accrue": (accrue, frozenset({DESIGNER})),
    "local:penalty:settle": (settle, frozenset({DESIGNER})),
    "local:penalty:review": (review, frozenset({DESIGNER})),
    "local:penalty:close": (close, frozenset({DESIGNER})),
}
