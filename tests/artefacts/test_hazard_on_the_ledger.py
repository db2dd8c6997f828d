"""What the ledger is told of a hazard while it is being put right: where it stands, and until when."""

import pytest

from engine.domain.errors import Invalid
from tests.artefacts.test_hazard_rectification import begun, ordinary, rechecked, red, reported, served
from tests.artefacts.town import at
from tests.forms import filled

DUE, LATER = "2024-06-03T23:59:59+08:00", "2024-08-02T23:59:59+08:00"


def test_the_ledger_hears_of_the_term_of_the_report_and_of_a_re_check_that_fails():
    # given
    case = red()
    assert case.ledger == [("record_deadline", {"status": "整改中", "deadline": DUE, "deadline_provisional": False})]

    # when
    rechecked(reported(case), "2024-05-21", filled.failed)

    # then
    assert case.ledger[1:] == [("record_awaiting", {"status": "待复查"}), ("record_failed", {"status": "复查不合格", "rounds": 1})]
    assert case.inspections == [{"at": "2024-05-21T10:00:00+08:00", "check_code": "SH-2024-000137", "result": "部分合格"}]
    served(case, 20, issued="2024-05-22", signed="2024-05-23")
    assert (case.ledger[-1][1]["status"], case.ledger[-1][1]["deadline"]) == ("整改中", "2024-06-12T23:59:59+08:00")


def test_an_extension_moves_the_term_on_the_ledger_and_nothing_else():
    # given
    case = red().until(at("2024-05-10T09:00"))
    (waits,) = [id_ for id_, each in case.subscriptions.items() if each.name == "extension.granted"]

    # when
    granted = {**case.variables["rectify_deadline"], "at": LATER, "date": "2024-08-02", "provisional": True}
    case.do("trigger", subscription=waits, variables={"rectify_deadline": granted})

    # then
    assert case.ledger[1:] == [("record_extension", {"deadline": LATER, "deadline_provisional": True})]
    assert case.open == ["report_completion"] and case.task("report_completion").due == at(LATER[:19])


def test_whoever_reports_nothing_waits_for_the_officers_too():
    assert served(ordinary(), 3).until(at("2024-04-08T08:00")).ledger[-1] == ("record_awaiting", {"status": "待复查"})
    assert begun().fill_in("register_hazard", **filled.fixed()).ledger == [("record_awaiting", {"status": "待复查"})]


def test_what_passes_is_for_the_place_to_say():
    case = rechecked(reported(red()), "2024-05-21")
    assert [element for element, _ in case.ledger] == ["record_deadline", "record_awaiting"]


def test_a_hazard_of_the_ledger_keeps_its_number():
    case = begun(case_no=filled.CASE, hazard_no=filled.HAZARD)
    with pytest.raises(Invalid) as refused:
        case.fill_in("register_hazard", **filled.register_hazard(hazard_no=filled.HAZARD[:-1] + "9"))
    assert refused.value.details["problems"] == {"hazard_no": ["「隐患编号」应以「案件号」开头，台账上已有编号的不得改动，但填写的不是。"]}
