"""Whom the law does not let the town punish: a person before a refusal or under the fire law, and what was taken back from it."""

import pytest

from tests.forms import filled_adhoc
from tests.forms import filled_enforcement as filled
from tests.journeys.penalty import HEAD, OFFICER, Enforcement, clue


@pytest.mark.parametrize(
    "number, article, reason",
    [
        pytest.param(9002, "安全生产法102", "拒不执行", id="102, at the first finding"),
        pytest.param(9003, "消防法61", "消防法第六十一条", id="消防法 61, 三合一"),
    ],
)
def test_the_enterprise_alone_has_a_leg_and_why_the_person_has_none_is_kept(town, clock, number, article, reason):
    """That a refusal opens the person's leg under art. 102: test_penalty_refusal.py."""
    # when
    facts = {"article": article, "first_time": False, "corrected_in_time": False}
    case = Enforcement.asked(town, "2024-05-07T10:00", clue(number))
    case.filed(filled.unit(**facts), filled.person(**facts)).investigated("2024-05-09")

    # then
    assert set(case.legs()) == {"单位"}
    of_unit, of_person = case.ledger()
    assert (of_unit["kind"], of_unit["status"]) == ("单位", "办理中")
    assert (of_person["status"], of_person["penalty_no"]) == ("依法不能处罚", None) and reason in of_person["reason"]


def test_what_was_taken_back_from_the_towns_is_transferred_and_no_decision_can_be_printed(town, clock):
    """An inspection obstructed on 2 October 2025, a day after the matter went back to the district (安全生产法 108)."""
    # given
    told = clue(9004, matter="妨碍检查", act_date="2025-10-02")
    case = Enforcement.asked(town, "2025-10-09T10:00", told)
    (transfer,) = case.running("transfer_out", case.key)

    # when
    proposal = filled_adhoc.propose_transfer(receiver="上海市松江区应急管理局", found_on="2025-10-02")
    case.by_two("propose_transfer", proposal | {"case_no": told["case_no"]}, transfer)
    case.do(HEAD, "approve_transfer", filled_adhoc.approve_transfer(), transfer)
    case.at("2025-10-09T16:00").do(OFFICER, "deliver_transfer", filled_adhoc.deliver_transfer("2025-10-09T15:00+08:00"), transfer)
    case.do(OFFICER, "record_receipt", filled_adhoc.record_receipt("2025-10-09T15:30+08:00"), transfer)
    case.at("2025-10-14T10:00").do(OFFICER, "record_reply", filled_adhoc.record_reply(decided_on="2025-10-13"), transfer)

    # then
    auditor = town.person("jiang.audit")
    assert auditor.status(case.key) == "COMPLETED" and case.value("handover")["outcome"] == "立案"
    assert case.value("enforcement_no") is None and case.ledger() == []
    papers = town.person(HEAD).json("GET", f"/api/instances/{case.key}/papers")
    assert [paper["kind"] for paper in papers] == ["案件移送书"]

    # and whoever draws a diagram that issues one all the same is refused, for want of authority
    town.deploy("decision_without_authority.bpmn")
    wrong = town.person(OFFICER).start("decision_without_authority", told)
    asked = {"filter": {"processInstanceKey": wrong}}
    (incident,) = auditor.json("POST", "/v2/incidents/search", asked)["items"]
    assert "制发行政处罚决定书（单位）应有本级或者受委托的执法权，但没有执法权（无）" in incident["errorMessage"]
    assert auditor.json("GET", f"/api/instances/{wrong}/papers") == []
