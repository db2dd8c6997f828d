"""What a closing report says of an enterprise's penalties (安全生产法 113): counted from the ledger, with the major hazards."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from cases.count_penalties import count
from cases.hazards import Hazard
from cases.parties import Party
from cases.penalties import Penalty
from cases.places import Place
from engine.commands.handlers import HandlerCall
from engine.domain.people import ZONE, Actor
from tests.cases.published import CALENDAR

USCC, NAME = "91350100M000100Y43", "昆港五金制品有限公司"
FIRST = datetime(2024, 1, 10, 10, tzinfo=ZONE)
PLACE_NO, THIS = "松昆安整-2024-0137", "松昆安立-2024-0009"
PLACE = {
    "no": PLACE_NO, "name": "3 号厂房", "address": "昆港公路 88 号", "lng": 121, "lat": 31, "datum": "WGS-84", "village": "陈坊村",
    "zone": "村庄规划区", "programme": "工业区", "area_types": [], "place_types": [], "owner_nature": "民营", "status": "整改中",
    "listed": FIRST,
}  # fmt: skip


@pytest.fixture
def session(store_engine):
    with store_engine.connect().execution_options(write=True) as connection, Session(bind=connection) as session:
        session.add_all([Place(**PLACE), Party(no=1, kind="单位", name=NAME, uscc=USCC)])
        session.flush()
        yield session


def decided(session, days, number, **changes):
    """A penalty of the enterprise, decided so many days after the first."""
    told = {"enforcement_no": THIS if number == 3 else f"松昆安立-2024-{number:04d}", "penalty_no": f"松昆安罚-2024-{number:04d}"}
    told |= {"act_date": date(2024, 1, 1), "kind": "单位", "name": NAME, "uscc": USCC, "role": "单位", "article": "安全生产法102"}
    told |= {"mode": "委托", "organ": "上海市松江区应急管理局", "fined": True, "status": "已缴清", "decided": FIRST + timedelta(days=days)}
    session.add(Penalty(**told | changes))
    session.flush()


def hazard(session, **changes):
    told = {"no": f"{PLACE_NO}-01", "place_no": PLACE_NO, "category": "H03", "location": "二层", "description": "三间宿舍", "grade": "重大"}
    told |= {"standard_hits": [], "found": FIRST, "found_by": "张三", "source": "排查", "status": "整改中", "party_no": 1}
    session.add(Hazard(**told | changes))
    session.flush()


def found(session, days=180):
    call = HandlerCall({"enforcement_no": THIS}, {}, Actor("ma.li"), FIRST + timedelta(days=days), CALENDAR, 1, 1, None, "made", "made")
    variables, changes = count(session, call)
    assert changes == []
    return variables["repeats"]


def test_the_third_in_180_days_with_a_major_hazard_has_to_be_proposed_for_closing(session):
    # given
    for number, days in enumerate((0, 90, 180), 1):
        decided(session, days, number)
    hazard(session)

    # then
    (told,) = found(session)
    assert (told["name"], told["in_180_days"], told["in_a_year"], told["windows"], told["close"]) == (NAME, 3, 3, ["180日3次"], True)
    assert told["decisions"] == [f"松昆安罚-2024-{number:04d}" for number in (1, 2, 3)]
    assert told["major_hazards"] == [f"{PLACE_NO}-01"] and told["finding"].endswith("应当提请区人民政府予以关闭")


def test_on_the_181st_day_the_first_no_longer_counts(session):
    for number, days in enumerate((0, 90, 181), 1):
        decided(session, days, number)
    hazard(session)
    (told,) = found(session, 181)
    assert (told["in_180_days"], told["close"], told["windows"]) == (2, False, [])
    assert told["finding"].endswith("没有达到安全生产法第一百一十三条第一项的次数")


@pytest.mark.parametrize(
    "changes, close",
    [
        ({"grade": "一般"}, False),
        ({"voided": True}, False),
        ({"verified": FIRST}, False),  # put right since
        ({"verified": FIRST, "no": f"{PLACE_NO}-02"}, True),  # put right since, but it is what it was punished for
        ({"party_no": None}, False),  # somebody else's
    ],
)
def test_without_a_major_hazard_nothing_is_proposed(session, changes, close):
    for number, days in enumerate((0, 90, 180), 1):
        decided(session, days, number, hazard_no=f"{PLACE_NO}-02" if number == 2 else None)
    hazard(session, **changes)
    (told,) = found(session)
    assert told["close"] is close and told["windows"] == ["180日3次"]
    assert told["finding"].endswith("没有重大事故隐患") is not close


@pytest.mark.parametrize(
    "changes",
    [{"status": "已撤销"}, {"status": "不予处罚"}, {"article": "消防法60"}, {"kind": "个人"}, {"uscc": "91310117MA1J0000XA"}],
)
def test_what_is_no_penalty_in_force_of_this_enterprise_under_this_law_does_not_count(session, changes):
    decided(session, 0, 1)
    decided(session, 90, 2, **changes)
    decided(session, 180, 3)
    hazard(session)
    (told,) = found(session)
    assert (told["in_180_days"], told["close"]) == (2, False)


def test_a_window_that_others_filled_is_no_finding_of_this_case(session):
    for number, days in ((1, 0), (2, 10), (4, 20), (3, 400)):
        decided(session, days, number)
    hazard(session)
    (told,) = found(session, 400)
    assert (told["in_180_days"], told["windows"], told["close"]) == (1, [], False)


def test_an_enterprise_is_told_once_and_a_case_without_one_tells_nothing(session):
    assert found(session) == []
    decided(session, 0, 3)
    decided(session, 0, 5, enforcement_no=THIS, article="安全生产法105")
    (told,) = found(session)
    assert told["in_180_days"] == 2
