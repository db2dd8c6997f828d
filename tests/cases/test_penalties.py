"""The penalties in the ledger: numbers, one fine per person and act, what was decided, paid, and owed; on both databases."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from cases import collect_fines, penalties, punish
from cases.penalties import PenaltyPayment
from engine.commands.handlers import HandlerCall
from engine.domain.errors import NotFound, WrongState
from engine.domain.people import DESIGNER, ZONE, Actor
from engine.store.records import Confidential
from tests.cases.published import CALENDAR

NOW = datetime(2024, 5, 7, 10, tzinfo=ZONE)
HANDLERS = {**punish.HANDLERS, **collect_fines.HANDLERS}
RANGE = {"available": True, "fine_min": Decimal(0), "fine_max": Decimal(15000), "basis": "安全生产法第一百零三条第二款"}
CLOSED = {**RANGE, "available": False, "fine_max": Decimal(0), "basis": "只处罚单位"}
DUE = {"date": "2024-06-04", "at": "2024-06-04T23:59:59+08:00", "provisional": False, "calendar": 1}
KNOWN = {
    "enforcement_no": "松昆安立-2024-0001",
    "case_no": "松昆安整-2024-0137",
    "hazard_no": "松昆安整-2024-0137-01",
    "act_date": "2024-05-06",
    "authority": {"mode": "委托", "organ": "上海市松江区应急管理局"},
}


@pytest.fixture
def session(store_engine):
    with store_engine.connect().execution_options(write=True) as connection, Session(bind=connection) as session:
        yield session


def done(session, name, now=NOW, **variables):
    """(what the handler returns, its changes)."""
    call = HandlerCall(variables, {}, Actor("zhou"), now, CALENDAR, 1, 1, None, "made", "made")
    return HANDLERS[f"local:penalty:{name}"][0](session, call)


def unit(**changes):
    told = {"kind": "单位", "name": "昆港五金制品有限公司", "role": "单位", "article": "安全生产法103(2)", "uscc": "91350100M000100Y43"}
    return {**told, "discretion": RANGE, **changes}


def person(**changes):
    told = {"kind": "个人", "name": "王五", "role": "主要负责人", "article": "安全生产法94", "person_id": {"hmac": "aa", "ref": "bb"}}
    return {**told, "discretion": RANGE, **changes}


def opened(session, respondent, **changes):
    return done(session, "open", **{**KNOWN, "respondent": respondent, **changes})[0]["leg"]


def decided(session, fine=Decimal(11750), **changes):
    """The number of a leg that was decided on 7 May and served on 20 May 2024."""
    number = opened(session, unit())["penalty_no"]
    done(session, "decide", penalty_no=number, outcome="处罚", fine=fine, discretion=RANGE, reason="事实清楚。", **changes)
    done(session, "serve", penalty_no=number, decision_no="松应急罚单〔2024〕1号", served_at="2024-05-20T10:00:00+08:00", due=DUE)
    return number


def paid(session, number, amount, on, receipt="收据 1", **changes):
    payment = {"amount": Decimal(amount), "paid_on": on, "receipt_no": receipt}
    return done(session, "settle", **{"penalty_no": number, "due": DUE, "pauses": [], "payment": payment, **changes})


def row(session, number):
    return punish.leg(session, number)


def test_cases_and_legs_are_numbered_by_the_year_of_shanghai(session):
    assert done(session, "file")[0] == {"enforcement_no": "松昆安立-2024-0001"}
    assert done(session, "file", datetime(2024, 12, 31, 23, 59, tzinfo=ZONE))[0] == {"enforcement_no": "松昆安立-2024-0002"}
    assert done(session, "file", datetime(2025, 1, 1, 0, 1, tzinfo=ZONE))[0] == {"enforcement_no": "松昆安立-2025-0001"}
    assert [opened(session, each)["penalty_no"] for each in (unit(), person())] == ["松昆安罚-2024-0001", "松昆安罚-2024-0002"]


def test_a_leg_is_entered_with_its_change_for_history(session):
    # when
    _, (change,) = done(session, "open", **KNOWN, respondent=person())

    # then
    assert (change["table"], change["before"]) == ("penalty", None)
    assert change["after"]["penalty_no"] == "松昆安罚-2024-0001" and change["after"]["act_date"] == date(2024, 5, 6)
    assert change["after"]["reference"] == "bb" and "aa" not in str(change)


def test_whom_the_law_does_not_let_be_punished_gets_a_reason_and_no_number(session):
    leg = opened(session, person(discretion=CLOSED))
    assert (leg["penalty_no"], leg["status"], leg["reason"], leg["duplicate"]) == (None, "依法不能处罚", "只处罚单位", False)
    assert opened(session, person())["penalty_no"] == "松昆安罚-2024-0001", "nothing stands in the way of the article that does"


@pytest.mark.parametrize(
    "first, second",
    [
        (unit(), unit(article="安全生产法105")),
        (unit(), unit(name="改过名的公司")),
        (unit(), unit(uscc=None)),  # known by its name
        (unit(uscc=None), unit()),
        (person(), person(article="安全生产法103(2)")),
        (person(), person(name="王武")),
        (person(), person(person_id={"hmac": "cc", "ref": "dd"})),  # of another case tree, and erased
    ],
)
def test_nobody_is_fined_twice_for_one_act(session, first, second):
    # given
    earlier = opened(session, first)["penalty_no"]

    # when
    leg = opened(session, second, enforcement_no="松昆安立-2024-0002")

    # then
    assert (leg["penalty_no"], leg["duplicate"], leg["earlier_no"]) == (None, True, earlier)
    assert "第二十九条" in leg["reason"] and earlier in leg["reason"]


def test_a_person_is_known_by_the_mark_of_their_number_in_another_case_under_another_spelling(session):
    # given two case trees, where one number has two references
    for ref, root, mark in (("bb", 1, "M"), ("dd", 2, "M"), ("ff", 3, "N")):
        session.add(Confidential(ref=ref, root_key=root, value="sealed", mark=mark))
    earlier = opened(session, person())["penalty_no"]

    # when
    same = opened(session, person(name="王武", person_id={"hmac": "cc", "ref": "dd"}), enforcement_no="松昆安立-2024-0002")
    namesake = opened(session, person(person_id={"hmac": "ee", "ref": "ff"}), enforcement_no="松昆安立-2024-0003")

    # then
    assert (same["duplicate"], same["earlier_no"]) == (True, earlier)
    assert (namesake["duplicate"], namesake["penalty_no"]) == (False, "松昆安罚-2024-0002"), "of the same name, and somebody else"


@pytest.mark.parametrize(
    "second, changes",
    [
        (person(), {}),  # another respondent: that is what 一案双罚 means
        (unit(), {"hazard_no": "松昆安整-2024-0137-02"}),  # another hazard
        (unit(), {"act_date": "2024-06-20"}),  # another act: it went on after the first
        (unit(discretion={**RANGE, "fine_max": Decimal(0)}), {}),  # no second fine
        (unit(uscc="91310117MA1J0000XA", name="另一家"), {}),
    ],
)
def test_what_is_not_the_same_fine_is_opened(session, second, changes):
    opened(session, unit())
    assert opened(session, second, **changes)["penalty_no"] == "松昆安罚-2024-0002"


def test_a_leg_that_ended_without_a_fine_stands_in_nobodys_way(session):
    number = opened(session, unit())["penalty_no"]
    done(session, "decide", penalty_no=number, outcome="不予处罚", fine=0, discretion=RANGE, reason="轻微。")
    assert opened(session, unit())["duplicate"] is False


def test_a_warning_stands_in_no_fines_way(session):
    opened(session, unit(discretion={**RANGE, "fine_max": Decimal(0)}))
    assert opened(session, unit())["duplicate"] is False


def test_without_a_hazard_the_case_tells_the_act(session):
    opened(session, unit(), hazard_no=None)
    assert opened(session, unit(), hazard_no=None)["duplicate"] is True
    assert opened(session, unit(), hazard_no=None, enforcement_no="松昆安立-2024-0002")["duplicate"] is False


@pytest.mark.parametrize("outcome, status", [("处罚", "已决定"), ("不予处罚", "不予处罚"), ("移送", "已移送")])
def test_a_decision_is_kept_once(session, outcome, status):
    # given
    number, fine = opened(session, unit())["penalty_no"], Decimal(11750) if outcome == "处罚" else Decimal(0)
    told = {"penalty_no": number, "outcome": outcome, "fine": fine, "discretion": RANGE, "reason": "见决定。"}

    # when
    _, (change,) = done(session, "decide", **told)

    # then
    assert (row(session, number).status, row(session, number).fine, row(session, number).decided) == (status, fine, NOW)
    assert change["before"]["status"] == "办理中" and change["after"]["status"] == status
    with pytest.raises(WrongState):
        done(session, "decide", **told)


@pytest.mark.parametrize("outcome, fine", [("处罚", "15000.01"), ("处罚", "-1"), ("不予处罚", "100"), ("移送", "100")])
def test_a_fine_outside_of_the_law_is_refused(session, outcome, fine):
    number = opened(session, unit())["penalty_no"]
    with pytest.raises(WrongState):
        done(session, "decide", penalty_no=number, outcome=outcome, fine=Decimal(fine), discretion=RANGE)


def test_an_unknown_number_is_refused(session):
    with pytest.raises(NotFound):
        done(session, "decide", penalty_no="松昆安罚-2024-0404", outcome="处罚", fine=Decimal(1), discretion=RANGE)


def test_service_begins_the_term_of_payment(session):
    found = row(session, decided(session))
    assert (found.status, found.due, found.decision_no) == ("执行中", date(2024, 6, 4), "松应急罚单〔2024〕1号")
    assert found.served == datetime(2024, 5, 20, 10, tzinfo=ZONE)


def test_what_is_paid_in_time_costs_nothing_more(session):
    # given
    number = decided(session)

    # when
    owed, _ = paid(session, number, "11750", "2024-06-04")

    # then
    assert owed == {"fine": 11750, "paid": 11750, "late_fine": 0, "balance": 0}
    assert row(session, number).status == penalties.PAID


def test_a_late_payment_leaves_its_days_to_be_paid(session):
    # given
    number = decided(session)

    # when
    owed, _ = paid(session, number, "11750", "2024-06-06")

    # then
    assert owed == {"fine": 11750, "paid": 11750, "late_fine": Decimal("705.00"), "balance": Decimal("705.00")}
    assert row(session, number).status == penalties.IN_EXECUTION
    assert '"spans"' in row(session, number).late_fine_derivation
    owed, _ = paid(session, number, "705", "2024-06-20", "收据 2")
    assert owed["balance"] == 0 and row(session, number).status == penalties.PAID


def test_the_late_fine_never_passes_the_fine_and_stands_still_during_a_review(session):
    # given
    number, day = decided(session), datetime(2024, 12, 1, 10, tzinfo=ZONE)

    # then
    assert done(session, "accrue", day, penalty_no=number, due=DUE, pauses=[])[0]["late_fine"] == 11750
    pauses = [{"from": "2024-06-05", "until": "2024-11-29", "reason": "复议、诉讼"}]
    assert done(session, "accrue", day, penalty_no=number, due=DUE, pauses=pauses)[0]["late_fine"] == Decimal("705.00")


def test_a_provisional_term_gives_no_late_fine(session):
    number = decided(session)
    owed, _ = done(
        session, "accrue", datetime(2024, 12, 1, 10, tzinfo=ZONE), penalty_no=number, due={**DUE, "provisional": True}, pauses=[]
    )
    assert owed["late_fine"] == 0 and owed["balance"] == 11750


def test_a_receipt_counts_once_and_for_one_penalty(session):
    # given
    number = decided(session)
    paid(session, number, "5000", "2024-06-01")

    # when
    owed, changes = paid(session, number, "5000", "2024-06-01")

    # then
    assert owed["paid"] == 5000 and changes == []
    assert session.query(PenaltyPayment).count() == 1
    other = opened(session, person())["penalty_no"]
    with pytest.raises(WrongState):
        paid(session, other, "5000", "2024-06-01")


def test_a_review_lowers_a_fine_or_revokes_it_and_never_raises_it(session):
    # given
    number = decided(session)

    # then
    for wrong in ("11750", "12000", "-1"):
        with pytest.raises(WrongState):
            done(session, "review", penalty_no=number, review_result="变更", changed_fine=Decimal(wrong))
    assert done(session, "review", penalty_no=number, review_result="维持") == ({"fine": 11750}, [])
    assert done(session, "review", penalty_no=number, review_result="变更", changed_fine=Decimal(8000))[0] == {"fine": 8000}
    assert done(session, "review", penalty_no=number, review_result="撤销")[0] == {"fine": 0}
    assert row(session, number).status == penalties.REVOKED
    assert opened(session, unit())["duplicate"] is False


@pytest.mark.parametrize(
    "fine, told, status",
    [(Decimal(11750), None, "已缴清"), (Decimal(0), None, "无罚款"), (Decimal(11750), "申请法院强制执行", "申请法院强制执行")],
)
def test_an_execution_ends_as_it_was(session, fine, told, status):
    number = decided(session, Decimal(fine))
    assert done(session, "close", penalty_no=number, collection=told)[0] == {"collection": status}
    assert row(session, number).status == status


def test_money_is_exact(session):
    number = decided(session, Decimal("0.30"))
    for receipt in ("1", "2", "3"):
        owed, _ = paid(session, number, "0.10", "2024-06-01", receipt)
    assert owed["balance"] == 0


def test_only_designers_may_deploy_what_changes_the_ledger():
    assert {roles for _, roles in HANDLERS.values()} == {frozenset({DESIGNER})}
    assert all(name.startswith("local:penalty:") for name in HANDLERS)
