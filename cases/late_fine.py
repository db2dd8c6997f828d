"""The late fine: three per cent of the unpaid fine a day, never more than the fine (行政处罚法 72, 73).

How days are counted, where the law leaves it open: the first is the day after the term of payment ends, and the day of a payment still
counts, on what was unpaid before it. A payment goes to the fine first. Days of a review or a suit do not count, from the day it is filed to
the day it is closed, both inside. The exact amounts of all days are added up, and the sum is rounded to the fen once, half up.
Of a fine that may be paid by instalments (art. 66), each instalment is a fine with a term of its own here.
"""

from dataclasses import dataclass
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal

from cases.moment import day_of
from cases.pause import intervals, stands_still
from engine.domain.errors import WrongState

_DAY = timedelta(days=1)
_FEN = Decimal("0.01")
BASIS = "行政处罚法第七十二条、第七十三条"


@dataclass(frozen=True, slots=True)
class LateFine:
    """`amount` in yuan; `days`: how many were counted; `capped_on`: the day that reached the fine, or None; `unpaid`: of the fine itself.

    `derivation`: {rule, basis, fine, percent, due, as_of, calendar, payments, pauses, spans}, spans: [{from, until, days, unpaid, amount}]
    with the exact amounts before the cap.
    """

    amount: Decimal
    days: int
    capped_on: object
    unpaid: Decimal
    derivation: dict


def late_fine(fine, due, as_of, payments=(), pauses=(), percent=Decimal(3)):
    """-> LateFine up to and including the day `as_of` (date, or moment with a zone).

    fine: Decimal yuan; due: the term of payment as cases/term.py or a diagram derives it (its `date`, `provisional`, `calendar` are used);
    payments: [{paid_at, amount}]; pauses: reviews and suits, see cases/pause.py; percent: per day, of the table's T12.
    Raises WrongState for a term that is provisional or has no end: no late fine may follow from it; ValueError for amounts that are no
    Decimal in whole fen.
    """
    fine = _yuan(fine, "the fine")
    paid = sorted(((day_of(each["paid_at"]), _yuan(each["amount"], "a payment")) for each in payments), key=lambda each: each[0])
    if due["provisional"] or due["date"] is None:
        raise WrongState("Expected a term of payment that is certain, but it is provisional or paused")
    last, as_of, stopped = day_of(due["date"]), day_of(as_of), intervals(pauses)
    exact, days, capped_on, spans, day = Decimal(0), 0, None, [], last
    while day < as_of and capped_on is None:
        day += _DAY
        unpaid = _unpaid(fine, paid, day - _DAY)
        if not unpaid:
            break
        if stands_still(day, stopped):
            continue
        exact, days = exact + unpaid * percent / 100, days + 1
        _add(spans, day, unpaid, percent)
        capped_on = day if exact >= fine else None
    derivation = {"rule": "cases/late_fine.py", "basis": BASIS, "fine": fine, "percent": percent, "due": last, "as_of": as_of}
    derivation |= {"calendar": due["calendar"], "payments": list(payments), "pauses": list(pauses), "spans": spans}
    amount = min(exact, fine).quantize(_FEN, ROUND_HALF_UP)
    return LateFine(amount, days, capped_on, _unpaid(fine, paid, as_of), derivation)


def _yuan(amount, what):
    if not isinstance(amount, Decimal) or not amount.is_finite() or amount <= 0 or amount != amount.quantize(_FEN):
        raise ValueError(f"Expected {what} as a Decimal of yuan above 0 in whole fen, but found {amount!r}")
    return amount


def _unpaid(fine, paid, day):
    """What of the fine is unpaid at the end of a day."""
    return max(fine - sum((amount for on, amount in paid if on <= day), Decimal(0)), Decimal(0))


def _add(spans, day, unpaid, percent):
    """Count a day to the last span, or begin a new one where the unpaid amount changed or days were left out."""
    if not spans or spans[-1]["unpaid"] != unpaid or spans[-1]["until"] != day - _DAY:
        spans.append({"from": day, "until": day, "days": 0, "unpaid": unpaid, "amount": Decimal(0)})
    span = spans[-1]
    span["until"], span["days"], span["amount"] = day, span["days"] + 1, span["amount"] + unpaid * percent / 100
