"""What a diagram may change on the ledger, and that nothing on it is ever deleted."""

from datetime import UTC, datetime

import pytest

from cases.amend_entry import amend_hazard, amend_place
from cases.hazards import Hazard
from cases.list_place import begin_place, list_place
from cases.places import Place
from cases.void_entry import find_entry, void_entry
from engine.domain.errors import Invalid
from tests.cases.test_list_place import told

PLACE, HAZARD = "松昆安整-2024-0001", "松昆安整-2024-0001-01"


@pytest.fixture
def listed(room):
    room.ask(list_place, **told())
    room.ask(begin_place, place_no=PLACE)
    return room


def test_a_change_is_told_with_what_was_there_before(listed):
    _, changes = listed.ask(amend_place, place_no=PLACE, values={"status": "整改中", "implementer": "陈坊村居委会"})

    assert changes == [
        {
            "table": "place",
            "key": PLACE,
            "before": {"status": "待分派", "implementer": None},
            "after": {"status": "整改中", "implementer": "陈坊村居委会"},
        }
    ]
    assert listed.row(Place).status == "整改中"


def test_what_changes_nothing_is_not_told(listed):
    assert listed.ask(amend_place, place_no=PLACE, values={"status": "待分派"}) == ({}, [])


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
    assert (listed.row(Place).status, listed.row(Place).voided) == ("待分派", False)


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

    # whoever works on it still changes nothing, and hears of it otherwise
    assert listed.ask(amend_hazard, hazard_no=HAZARD, values={"status": "复查合格", "rounds": 1}) == ({"entered": True}, [])
    with pytest.raises(Invalid, match="but it was voided before: 重复登记"):
        listed.ask(void_entry, table="hazard", number=HAZARD, reason="再次撤销。")
    listed.ask(void_entry, table="place", number=PLACE, reason="查无此事。")
    assert listed.ask(amend_place, place_no=PLACE, values={"status": "整改中"}) == ({}, [])


@pytest.mark.parametrize(
    "table, number, keep, field, said",
    [
        ("hazard", "松昆安整-2024-0001-09", None, "void.number", "台账上没有编号为「松昆安整-2024-0001-09」的隐患。"),
        ("place", "松昆安整-2024-0009", None, "void.number", "台账上没有编号为「松昆安整-2024-0009」的场所。"),
        ("hazard", HAZARD, "松昆安整-2024-0001-09", "void.keep", "台账上没有编号为「松昆安整-2024-0001-09」的隐患。"),
        ("hazard", "松昆安整-2024-0001-02", HAZARD, "void.number", "隐患「松昆安整-2024-0001-02」已经误录撤销：重复登记。"),
    ],
)
def test_whoever_asks_for_it_is_told_which_number_is_wrong(listed, table, number, keep, field, said):
    listed.ask(void_entry, table="hazard", number="松昆安整-2024-0001-02", reason="重复登记。")

    with pytest.raises(Invalid) as refused:
        listed.ask(find_entry, table=table, number=number, keep=keep)

    assert refused.value.details["problems"] == {field: [said]}
    assert listed.ask(find_entry, table="hazard", number=HAZARD, keep=None)[0] == {"found": {"no": HAZARD, "status": "已上账"}}


def test_a_hazard_is_told_of_by_the_case_of_its_place_alone(listed):
    # given a hazard that is put right by itself under the number of one that is on the ledger
    listed.root_key = 99
    assert listed.ask(amend_hazard, hazard_no=HAZARD, values={"status": "复查合格"}) == ({"entered": False}, [])
    assert listed.ask(amend_hazard, hazard_no=None, values={"status": "整改中"}) == ({"entered": False}, [])

    # when its own case says so
    listed.root_key = 10
    due = "2024-04-18T23:59:59+08:00"
    _, (change,) = listed.ask(amend_hazard, hazard_no=HAZARD, values={"status": "整改中", "deadline": due})

    # then history has what people see of it, and the row says what is due, and which process works on it
    assert change["before"] == {"status": "已上账", "deadline": None, "instance_key": None}
    assert set(change["after"]) == {"status", "deadline", "instance_key"}
    row = listed.row(Hazard, Hazard.no == HAZARD)
    assert (row.status, row.due, row.instance_key) == ("整改中", datetime(2024, 4, 18, 15, 59, 59, tzinfo=UTC), 11)
