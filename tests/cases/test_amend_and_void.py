"""What a diagram may change on the ledger, and that nothing on it is ever deleted."""

from datetime import UTC, datetime

import pytest

from cases.amend_entry import amend_hazard, amend_place
from cases.hazards import Hazard
from cases.list_place import list_place
from cases.places import Place
from cases.void_entry import void_entry
from tests.cases.test_list_place import told

PLACE, HAZARD = "松昆安整-2024-0001", "松昆安整-2024-0001-01"


@pytest.fixture
def listed(room):
    room.ask(list_place, **told())
    return room


def test_a_change_is_told_with_what_was_there_before(listed):
    _, changes = listed.ask(amend_place, place_no=PLACE, values={"status": "整改中", "implementer": "陈坊村居委会"})

    assert changes == [
        {
            "table": "place",
            "key": PLACE,
            "before": {"status": "已上账", "implementer": None},
            "after": {"status": "整改中", "implementer": "陈坊村居委会"},
        }
    ]
    assert listed.row(Place).status == "整改中"


def test_what_changes_nothing_is_not_told(listed):
    assert listed.ask(amend_place, place_no=PLACE, values={"status": "已上账"}) == ({}, [])


def test_a_moment_comes_as_text_and_is_kept_as_a_moment(listed):
    verified = "2024-05-21T11:00:00+08:00"

    listed.ask(amend_hazard, hazard_no=HAZARD, values={"status": "复查合格", "rounds": 2, "verified": verified, "deadline": None})

    row = listed.row(Hazard, Hazard.no == HAZARD)
    assert (row.status, row.rounds, row.verified) == ("复查合格", 2, datetime(2024, 5, 21, 3, tzinfo=UTC))


@pytest.mark.parametrize(
    "values, said",
    [
        ({"no": "松昆安整-2024-0099"}, "but found no"),
        ({"voided": True}, "but found voided"),
        ({"status": "罚款已缴"}, "Expected a status among"),
        ({"colour": "红"}, "but found colour"),
    ],
)
def test_numbers_voiding_and_unknown_words_are_not_for_a_diagram_to_set(listed, values, said):
    with pytest.raises(ValueError, match=said):
        listed.ask(amend_place, place_no=PLACE, values=values)
    assert (listed.row(Place).status, listed.row(Place).voided) == ("已上账", False)


def test_an_entry_that_is_not_there_cannot_be_changed(listed):
    with pytest.raises(ValueError, match="Expected 松昆安整-2024-0002 on the ledger, but it is not there"):
        listed.ask(amend_place, place_no="松昆安整-2024-0002", values={"status": "整改中"})


def test_a_place_is_voided_with_its_hazards_and_all_rows_stay(listed):
    # when
    answer, changes = listed.ask(void_entry, table="place", number=PLACE, reason="地址录错，另行登记。")

    # then
    assert answer["voided"] == [PLACE, HAZARD, "松昆安整-2024-0001-02"]
    assert [change["after"] for change in changes] == [{"status": "误录撤销", "voided": True, "void_reason": "地址录错，另行登记。"}] * 3
    assert len(listed.rows(Place)) == 1 and len(listed.rows(Hazard)) == 2


def test_a_hazard_is_voided_alone(listed):
    answer, _ = listed.ask(void_entry, table="hazard", number=HAZARD, reason="重复登记。")

    assert answer["voided"] == [HAZARD]
    assert not listed.row(Place).voided


def test_what_was_voided_stays_so(listed):
    listed.ask(void_entry, table="hazard", number=HAZARD, reason="重复登记。")

    with pytest.raises(ValueError, match="but it was voided before: 重复登记"):
        listed.ask(void_entry, table="hazard", number=HAZARD, reason="再次撤销。")
    with pytest.raises(ValueError, match="but it was voided: 重复登记"):
        listed.ask(amend_hazard, hazard_no=HAZARD, values={"status": "整改中"})
    with pytest.raises(ValueError, match="but there is none"):
        listed.ask(void_entry, table="hazard", number="松昆安整-2024-0009-01", reason="没有这一条。")


def test_a_diagram_may_say_of_what_was_voided_only_that_it_was(listed):
    listed.ask(void_entry, table="hazard", number=HAZARD, reason="重复登记。")

    assert listed.ask(amend_hazard, hazard_no=HAZARD, values={"status": "误录撤销", "rounds": 0}) == ({}, [])
