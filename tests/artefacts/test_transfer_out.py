"""移送 (P16): to departments, the police, the discipline inspection; the clocks of 国务院令第310号 run through the festival."""

import pytest

from engine.domain import separation
from engine.domain.outcome import COMPLETED
from tests.artefacts.adhoc import CASE, TOWN, Story, at
from tests.forms import filled_adhoc as filled

NUMBER = "松昆移〔2024〕1号"


def begun(proposal=filled.propose_transfer):
    return Story("transfer_out", "2024-09-30T09:00", **CASE).by("2024-09-30T10:00", "propose_transfer", proposal())


def approved():
    return begun(filled.to_the_police).by("2024-09-30T14:00", "approve_transfer_by_head", filled.approve_transfer())


def delivered():
    return approved().by("2024-09-30T15:00", "deliver_transfer", filled.deliver_transfer(police=True))


@pytest.mark.parametrize(
    "proposal, task, group",
    [
        (filled.propose_transfer, "approve_transfer", "执法负责人"),
        (filled.to_the_police, "approve_transfer_by_head", "主要领导"),
        (lambda: filled.propose_transfer("纪检监察机关", "小昆山镇纪委"), "approve_transfer_by_head", "主要领导"),
    ],
)
def test_who_approves_depends_on_the_receiver(proposal, task, group):
    story = begun(proposal)
    assert story.open == [task] and story.groups(task) == (group,)
    assert story.fill_in(task, **filled.approve_transfer()).open == ["deliver_transfer"]


def test_three_days_to_decide_are_calendar_days_and_end_after_the_festival():
    """Day 3 is 3 October; a term that ends on a day off ends on the next working day, the 8th."""
    assert begun(filled.to_the_police).task("approve_transfer_by_head").due == at("2024-10-08T23:59:59")


def test_a_case_is_handed_over_within_24_hours_festival_or_not():
    assert approved().task("deliver_transfer").due == at("2024-10-01T14:00")


def test_the_letter_says_who_what_and_with_which_papers():
    ((kind, told),) = approved().papers
    assert (kind, told["addressee"], told["crime"]) == ("案件移送书", "上海市公安局松江分局", True)
    assert told["parties"] == [{"name": filled.ENTERPRISE, "role": "经营者"}]


def test_it_ends_with_the_receipt_and_the_answer():
    story = delivered().by("2024-09-30T16:30", "record_receipt", filled.record_receipt())
    story.by("2024-10-02T10:00", "record_reply", filled.record_reply())
    assert story.status == COMPLETED and story.path[-1] == "transferred" and story.thrown == []
    assert story.variables["receipt"]["received_by"] == "周警官"


def test_the_receiver_s_own_system_may_send_the_receipt():
    story = delivered().receive("transfer.receipt", NUMBER, receipt={"received_by": "收案系统", "received_at": "2024-09-30T16:00:00+08:00"})
    assert story.open == ["record_reply"] and story.variables["receipt"]["received_by"] == "收案系统"


def test_a_receipt_that_does_not_come_is_asked_for_by_the_head_of_enforcement_and_still_waited_for():
    # given three days that end after the festival
    story = delivered()
    assert story.until(at("2024-10-08T23:59:58")).open == ["record_receipt"]

    # when
    story.until(at("2024-10-09T09:00"))
    assert story.open == ["record_receipt", "urge_receipt"] and story.groups("urge_receipt") == ("执法负责人",)
    story.fill_in("urge_receipt", **filled.urge_receipt())

    # then
    assert story.open == ["record_receipt"] and story.variables["receipt_urging"]["way"] == "电话"
    story.fill_in("record_receipt", **filled.record_receipt()).fill_in("record_reply", **filled.record_reply())
    assert story.status == COMPLETED


@pytest.mark.parametrize("electronic", [False, True])
def test_a_receipt_that_comes_first_need_not_be_asked_for_any_more(electronic):
    # given
    story = delivered().until(at("2024-10-09T09:00"))

    # when
    if electronic:
        story.receive("transfer.receipt", NUMBER, receipt={"received_by": "收案系统", "received_at": "2024-10-09T08:00:00+08:00"})
    else:
        story.fill_in("record_receipt", **filled.record_receipt())

    # then
    assert story.open == ["record_reply"] and "urging_moot" in story.path
    assert story.fill_in("record_reply", **filled.record_reply()).status == COMPLETED


def test_what_is_not_yet_a_case_is_transferred_too():
    """As discovery_intake calls it: without a case number, with the reason and the receiver."""
    story = Story(
        "transfer_out", "2024-09-30T09:00", case_no=None, reason="不属本镇处理", transfer_to="松江区房管局", place_name=filled.PLACE
    )
    assert story.known("propose_transfer")["transfer"] == {"receiver": "松江区房管局", "reason": "不属本镇处理"}
    story.fill_in("propose_transfer", **{**filled.propose_transfer(), "case_no": ""})
    story.fill_in("approve_transfer", **filled.approve_transfer())
    story.by("2024-09-30T15:00", "deliver_transfer", filled.deliver_transfer())
    assert story.open == ["record_receipt"]


def test_what_comes_back_is_told_to_the_caller():
    story = delivered().by("2024-09-30T16:30", "record_receipt", filled.record_receipt())
    story.by("2024-10-02T10:00", "record_reply", filled.record_reply("退回"))
    assert story.path[-1] == "returned" and story.variables["reply"]["outcome"] == "退回"


def test_what_is_not_approved_stays_with_its_reason():
    story = begun().fill_in("approve_transfer", **filled.approve_transfer("不批准"))
    assert story.status == COMPLETED and story.path[-1] == "not_transferred" and story.papers == []
    assert story.variables["approval"]["opinion"]


def test_two_officers_propose_and_neither_approves():
    elements = TOWN.definitions["transfer_out"].elements
    assert separation.officers(elements["propose_transfer"].properties) == 2
    for task in ("approve_transfer", "approve_transfer_by_head"):
        assert [rule.element_id for rule in separation.rules(elements[task].properties)] == ["propose_transfer"]
