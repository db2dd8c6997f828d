"""The late fine, day by day: three per cent of what is unpaid, up to the fine, and not while a review or a suit runs."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from cases import term
from cases.late_fine import late_fine
from engine.domain import values
from engine.domain.errors import WrongState
from tests.cases.published import CALENDAR, rule

#: served on 18 September 2024: 15 days end on 3 October, a holiday, so on the 8th
DUE = term.compute("T11", rule("T11", "2024-09-18"), date(2024, 9, 18), CALENDAR)


def day(month, number, year=2024):
    return date(year, month, number)


def paid(on, yuan):
    return {"paid_at": on, "amount": Decimal(yuan)}


def pause(first, last=None):
    return {"from": first, "until": last, "reason": "行政复议", "document": "受理通知书 1"}


@pytest.mark.parametrize(
    "fine, as_of, payments, pauses, amount, days",
    [
        ("20000", day(10, 8), [], [], "0.00", 0),  # the last day of the term
        ("20000", day(10, 9), [], [], "600.00", 1),  # the day after
        ("20000", day(10, 10), [], [], "1200.00", 2),
        ("20000", day(10, 1), [], [], "0.00", 0),
        ("20000", day(11, 10), [], [], "19800.00", 33),  # 23 + 10 days
        ("20000", day(11, 11), [], [], "20000.00", 34),  # 102 %: the fine, and no more
        ("20000", day(12, 31), [], [], "20000.00", 34),
        ("20000", day(10, 20), [paid(day(10, 8), "20000")], [], "0.00", 0),  # paid on the last day
        ("20000", day(10, 20), [paid(day(10, 9), "20000")], [], "600.00", 1),  # a day late, and that day counts
        ("20000", day(10, 12), [paid(day(10, 10), "15000")], [], "1500.00", 4),  # 2 × 600 + 2 × 150
        ("20000", day(10, 12), [paid(day(10, 1), "15000")], [], "600.00", 4),  # 4 × 150
        ("20000", day(10, 12), [paid(day(10, 9), "5000"), paid(day(10, 10), "5000")], [], "1650.00", 4),  # 600 + 450 + 300 + 300
        ("20000", day(10, 12), [paid(day(10, 10), "5000"), paid(day(10, 9), "5000")], [], "1650.00", 4),  # in any order
        ("20000", day(10, 12), [paid(day(10, 9), "5000"), paid(day(10, 9), "5000")], [], "1500.00", 4),  # 600 + 3 × 300
        ("20000", day(10, 12), [paid(day(10, 9), "30000")], [], "600.00", 1),  # too much
        ("20000", day(10, 12), [paid(day(10, 30), "20000")], [], "2400.00", 4),  # not yet
        ("20000", day(10, 12), [], [pause(day(10, 10), day(10, 11))], "1200.00", 2),  # the 9th and the 12th
        ("20000", day(10, 12), [], [pause(day(10, 10))], "600.00", 1),
        ("20000", day(10, 12), [], [pause(day(9, 20), day(10, 9))], "1800.00", 3),  # filed before the end of the term
        ("20000", day(10, 12), [], [pause(day(9, 20), day(10, 10)), pause(day(10, 10), day(10, 11))], "600.00", 1),  # then a suit
        ("20000", day(12, 31), [], [pause(day(10, 20), day(12, 20))], "13200.00", 22),  # 9–19 October, 21–31 December
        ("20000", day(10, 12), [paid(day(10, 10), "15000")], [pause(day(10, 10), day(10, 11))], "750.00", 2),  # 600 + 150
        ("0.01", day(10, 9), [], [], "0.00", 1),  # 0.0003
        ("0.50", day(10, 9), [], [], "0.02", 1),  # 0.015, half up
        ("33.33", day(10, 11), [], [], "3.00", 3),  # 2.9997: added up first, rounded once
        ("11750.55", day(10, 11), [], [], "1057.55", 3),  # 1057.5495
        ("1", day(10, 28), [], [], "0.60", 20),
        ("1000000000.00", day(11, 10), [], [], "990000000.00", 33),
    ],
)
def test_a_worked_example(fine, as_of, payments, pauses, amount, days):
    # when
    found = late_fine(Decimal(fine), DUE, as_of, payments, pauses)

    # then
    assert (found.amount, found.days) == (Decimal(amount), days)
    assert found.amount.as_tuple().exponent == -2


def second_opinion(fine, last, as_of, payments, pauses):
    """In tenths of a thousandth of a fen, day by day."""
    total, today = 0, last + timedelta(days=1)
    while today <= as_of:
        rest = max(0, fine - sum(amount for on, amount in payments if on < today))
        if not any(first <= today <= end for first, end in pauses):
            total += rest * 3
        today += timedelta(days=1)
    return min(Decimal(total) / 100, Decimal(fine)) / 100


@pytest.mark.parametrize("seed", range(40))
def test_the_sum_is_that_of_the_second_opinion(seed):
    # given
    fine = 100_000 + seed * 7_919
    payments = [(day(10, 1) + timedelta(days=seed * k % 45), 9_973 * k) for k in range(1, 4)]
    pauses = [(day(10, 5) + timedelta(days=seed % 11), day(10, 12) + timedelta(days=seed % 17))] if seed % 3 else []
    as_of = day(10, 6) + timedelta(days=seed * 2)

    # when
    found = late_fine(
        Decimal(fine) / 100, DUE, as_of, [paid(on, Decimal(amount) / 100) for on, amount in payments], [pause(*each) for each in pauses]
    )

    # then
    assert abs(found.amount - second_opinion(fine, day(10, 8), as_of, payments, pauses)) <= Decimal("0.005")


def test_it_says_how_it_was_reckoned():
    # given
    payments, pauses = [paid(day(10, 10), "15000")], [pause(day(10, 12), day(10, 13))]

    # when
    found = late_fine(Decimal(20000), DUE, day(10, 15), payments, pauses)

    # then
    assert found.derivation == {
        "rule": "cases/late_fine.py",
        "basis": "行政处罚法第七十二条、第七十三条",
        "fine": Decimal(20000),
        "percent": Decimal(3),
        "due": day(10, 8),
        "as_of": day(10, 15),
        "calendar": 1,
        "payments": payments,
        "pauses": pauses,
        "spans": [
            {"from": day(10, 9), "until": day(10, 10), "days": 2, "unpaid": Decimal(20000), "amount": Decimal(1200)},
            {"from": day(10, 11), "until": day(10, 11), "days": 1, "unpaid": Decimal(5000), "amount": Decimal(150)},
            {"from": day(10, 14), "until": day(10, 15), "days": 2, "unpaid": Decimal(5000), "amount": Decimal(300)},
        ],
    }
    assert (found.amount, found.unpaid, found.capped_on) == (Decimal("1650.00"), Decimal(5000), None)
    assert values.read(values.write(found.derivation))["spans"][0]["until"] == "2024-10-10"


def test_it_stops_on_the_day_on_which_it_reaches_the_fine():
    found = late_fine(Decimal(20000), DUE, day(12, 31))
    assert (found.capped_on, found.derivation["spans"][-1]["until"]) == (day(11, 11), day(11, 11))


def test_a_provisional_term_of_payment_has_no_late_fine():
    last = max(CALENDAR.published)
    due = term.compute("T11", rule("T11", "2024-03-01"), date(last, 12, 31), CALENDAR)
    with pytest.raises(WrongState, match="Expected a term of payment that is certain"):
        late_fine(Decimal(20000), due, date(last + 2, 1, 1))


def test_a_term_of_payment_that_is_paused_has_no_late_fine():
    due = term.compute("T11", rule("T11", "2024-03-01"), day(9, 18), CALENDAR, pauses=[pause(day(9, 20))])
    with pytest.raises(WrongState, match="Expected a term of payment that is certain"):
        late_fine(Decimal(20000), due, day(12, 31))


def test_a_term_that_was_put_off_begins_later():
    extensions = [{"n": 3, "unit": "m", "reason": "暂缓缴纳", "document": "批准书 1"}]
    due = term.compute("T11", rule("T11", "2024-03-01"), day(9, 18), CALENDAR, extensions=extensions)
    assert due["date"] == date(2025, 1, 8)
    assert late_fine(Decimal(20000), due, date(2025, 1, 8)).amount == 0
    assert late_fine(Decimal(20000), due, date(2025, 1, 9)).amount == 600


def test_a_term_as_a_diagram_keeps_it_will_do():
    kept = values.read(values.write(DUE))
    assert late_fine(Decimal(20000), kept, "2024-10-09T10:00:00+08:00").amount == 600


def test_a_day_is_one_in_shanghai():
    assert late_fine(Decimal(20000), DUE, datetime(2024, 10, 8, 15, 59, tzinfo=UTC)).days == 0
    assert late_fine(Decimal(20000), DUE, datetime(2024, 10, 8, 16, 0, tzinfo=UTC)).days == 1
    payment = [paid(datetime(2024, 10, 8, 15, 59, tzinfo=UTC), "20000")]
    assert late_fine(Decimal(20000), DUE, day(10, 31), payment).days == 0


@pytest.mark.parametrize("fine", [20000, 20000.0, "20000", Decimal(0), Decimal(-1), Decimal("0.001"), Decimal("NaN"), Decimal("Infinity")])
def test_an_amount_that_is_none_is_refused(fine):
    with pytest.raises(ValueError, match="Expected the fine as a Decimal of yuan above 0 in whole fen"):
        late_fine(fine, DUE, day(10, 9))
    with pytest.raises(ValueError, match="Expected a payment as a Decimal"):
        late_fine(Decimal(1), DUE, day(10, 9), [{"paid_at": day(10, 9), "amount": fine}])


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="Expected a moment with a time zone"):
        late_fine(Decimal(1), DUE, datetime(2024, 10, 9))  # noqa: DTZ001
