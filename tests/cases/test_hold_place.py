"""紧急停止 holds a place back from acceptance and from 销号 until every stop of it is lifted."""

import pytest

from cases.amend_entry import amend_place
from cases.hazards import Hazard
from cases.hold_place import close_place, lift_stop, offer_place, stop_place
from cases.list_place import list_place
from cases.places import Place
from cases.void_entry import void_entry
from tests.cases.test_list_place import told

PLACE, HAZARD = "松昆安整-2024-0001", "松昆安整-2024-0001-01"


@pytest.fixture
def listed(room):
    room.ask(list_place, **told())
    return room


def status(room):
    return room.row(Place).status


def test_whoever_orders_a_stop_learns_where_the_place_is(listed):
    answer, changes = listed.ask(stop_place, case_no=PLACE)

    assert answer["held"] == {"no": PLACE, "address": "昆港公路 88 号 3 幢二层", "village": "陈坊村居委会", "zone": "村庄规划区"}
    assert changes == [{"table": "place", "key": PLACE, "before": {"stopped": 0}, "after": {"stopped": 1}}]


@pytest.mark.parametrize("number", [None, "松昆安整-2024-0099"])
def test_a_danger_at_no_place_of_the_ledger_changes_nothing_on_it(listed, number):
    answer, changes = listed.ask(stop_place, case_no=number)

    assert (answer, changes) == ({"held": None}, [])
    assert listed.ask(lift_stop, held=None) == ({}, [])
    assert listed.row(Place).stopped == 0


def test_a_stopped_place_is_neither_offered_for_acceptance_nor_closed(listed):
    listed.ask(stop_place, case_no=PLACE)

    assert listed.ask(offer_place, place_no=PLACE) == ({"offered": False, "voided": [], "nothing_left": False}, [])
    assert listed.ask(close_place, place_no=PLACE) == ({"closed": False}, [])
    assert (status(listed), listed.row(Place).closed) == ("已上账", None)


def test_two_stops_of_a_place_are_lifted_one_by_one(listed):
    # given
    held = listed.ask(stop_place, case_no=PLACE)[0]["held"]
    listed.ask(stop_place, case_no=PLACE)

    # when
    listed.ask(lift_stop, held=held)
    assert listed.ask(offer_place, place_no=PLACE)[0]["offered"] is False
    listed.ask(lift_stop, held=held)

    # then
    assert listed.ask(offer_place, place_no=PLACE)[0]["offered"] is True
    assert status(listed) == "待验收"
    assert listed.ask(close_place, place_no=PLACE)[0] == {"closed": True}
    assert (status(listed), listed.row(Place).closed) == ("已销号", listed.now)


def test_what_was_not_stopped_cannot_be_lifted(listed):
    with pytest.raises(ValueError, match="Expected an emergency stop of 松昆安整-2024-0001 to be open, but there is none"):
        listed.ask(lift_stop, held={"no": PLACE})


def test_a_hazard_that_was_voided_is_told_before_the_acceptance(listed):
    listed.ask(void_entry, table="hazard", number=HAZARD, reason="重复登记。")

    answer, _ = listed.ask(offer_place, place_no=PLACE)

    assert answer == {"offered": True, "voided": [HAZARD], "nothing_left": False}
    assert len(listed.rows(Hazard)) == 2


def test_a_place_is_voided_with_the_last_of_its_hazards_instead_of_being_accepted(listed):
    # given a stop, which is no reason to wait
    listed.ask(stop_place, case_no=PLACE)
    for number in (HAZARD, "松昆安整-2024-0001-02"):
        listed.ask(void_entry, table="hazard", number=number, reason="重复登记。")

    # when
    answer, (change,) = listed.ask(offer_place, place_no=PLACE)

    # then
    assert answer == {"offered": False, "voided": [HAZARD, "松昆安整-2024-0001-02"], "nothing_left": True}
    assert change["after"] == {"status": "误录撤销", "voided": True, "void_reason": "隐患全部作为误录撤销，场所没有别的隐患，随之核销。"}
    assert listed.ask(offer_place, place_no=PLACE) == (answer, [])


def test_a_place_that_was_voided_is_not_held_and_its_stop_ends_all_the_same(listed):
    # given
    held = listed.ask(stop_place, case_no=PLACE)[0]["held"]
    listed.ask(void_entry, table="place", number=PLACE, reason="查无此事。")

    # then
    assert listed.ask(stop_place, case_no=PLACE) == ({"held": None}, [])
    listed.ask(lift_stop, held=held)
    assert listed.row(Place).stopped == 0


@pytest.mark.parametrize("held_back", ["待验收", "已销号"])
def test_no_diagram_goes_round_the_stop(listed, held_back):
    with pytest.raises(ValueError, match=f"but found {held_back}"):
        listed.ask(amend_place, place_no=PLACE, values={"status": held_back})
    assert status(listed) == "已上账"


def test_a_place_is_listed_for_supervision_at_a_level_that_there_is(listed):
    listed.ask(amend_place, place_no=PLACE, values={"supervised": "镇级"})
    assert listed.row(Place).supervised == "镇级"

    with pytest.raises(ValueError, match="Expected a level among 镇级、区级、市级, but found 村级"):
        listed.ask(amend_place, place_no=PLACE, values={"supervised": "村级"})
