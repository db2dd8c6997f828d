"""销号 from its application to its ends: who is asked, what a refusal says, and who may not approve."""

import pytest

from engine.domain import separation
from engine.domain.errors import Invalid, Separated
from engine.domain.outcome import COMPLETED
from engine.domain.people import Actor
from tests.artefacts.issuing import Issuing
from tests.artefacts.test_hazard_rectification import CALENDAR
from tests.artefacts.town import Town, at
from tests.forms import filled, filled_acceptance

TOWN = Town()
OPINION = {"stage": "居村初验", "group": "居村@陈坊村", "who": "周七", "conclusion": "通过", "at": "2024-06-05T10:00:00+08:00"}


def begun(level="重大", disposition="整治", relapse_days=30, **variables):
    """The closure of a place with two hazards, on Monday 2024-06-03."""
    given = {
        "case_no": filled.CASE, "place_name": "昆港公路 88 号 3 号厂房", "place_address": "昆港公路 88 号 3 幢二层",
        "hazards": filled_acceptance.HAZARDS, "opinions": [OPINION], "acceptance_paper": {"key": "7", "number": "松昆验〔2024〕8号"},
        "risk": {"level": level, "colour": {"重大": "红", "较大": "橙"}.get(level, "黄"), "priority": 90},
        "disposition": {"disposition": disposition}, "assignment": {"implementer": "陈坊村", "industry_dept": "房管所", "leader": "钱镇长"},
        "chain": {"relapse_days": relapse_days},
    }  # fmt: skip
    return Issuing(TOWN, "closure", at("2024-06-03T09:00"), CALENDAR, **(given | variables))


def applied(case, **changes):
    """The application, without root cause where the level asks for none."""
    data = filled_acceptance.apply_closure(**changes)
    if case.variables["risk"]["level"] not in ("较大", "重大"):
        del data["application"]["root_cause"]
    return case.fill_in("apply_closure", **data)


def checked(case):
    return applied(case).fill_in("check_closure", **filled_acceptance.check_closure())


def approved(case):
    return checked(case).fill_in("approve_closure", **filled_acceptance.approve_closure())


def test_a_red_place_is_struck_off_by_the_safety_office_and_the_leader():
    # given
    case, asked = begun(), []

    # when
    for element, data in (
        ("apply_closure", filled_acceptance.apply_closure()),
        ("check_closure", filled_acceptance.check_closure()),
        ("approve_closure", filled_acceptance.approve_closure()),
        ("approve_closure_leader", filled_acceptance.approve_closure("钱镇长")),
    ):
        asked.append((case.open, case.task(element).candidate_groups))
        case.fill_in(element, **data)

    # then
    assert asked == [
        (["apply_closure"], ("实施主体@陈坊村",)),
        (["check_closure"], ("应急管理中心",)),
        (["approve_closure"], ("安委办",)),
        (["approve_closure_leader"], ("分管领导", "主要领导")),
    ]
    assert case.status == COMPLETED and case.path[-1] == "closure_granted"
    assert case.variables["closure"] == {
        "outcome": "同意",
        "reasons": None,
        "approved_by": ["应急管理中心 李立：通过。材料齐全，同意。", "安委办 吴主任：同意。同意销号。", "领导 钱镇长：同意。同意销号。"],
        "relapse_check": "2024-07-01",
    }


@pytest.mark.parametrize(
    "level, disposition, asked", [("重大", "整治", True), ("一般", "拔点", True), ("较大", "改造", False), ("低", "腾退", False)]
)
def test_the_leader_is_asked_about_red_places_and_those_that_are_pulled_down(level, disposition, asked):
    case = approved(begun(level, disposition))
    assert case.open == (["approve_closure_leader"] if asked else [])
    assert asked or case.path[-1] == "closure_granted"


def test_missing_papers_are_filed_and_checked_again():
    # given
    case = applied(begun())

    # when
    case.fill_in("check_closure", **filled_acceptance.not_checked())
    assert case.open == ["apply_closure"]
    assert case.known("apply_closure")["closure_check"]["reasons"] == "缺第二项隐患的复查意见书。"
    applied(case)

    # then
    assert case.open == ["check_closure"]
    assert case.known("check_closure")["closure_check"] is None


@pytest.mark.parametrize(
    "refuse, reasons",
    [
        (lambda case: applied(case).fill_in("check_closure", **filled_acceptance.not_checked("退回")), "缺第二项隐患的复查意见书。"),
        (
            lambda case: checked(case).fill_in("approve_closure", **filled_acceptance.disapprove_closure()),
            "长效措施没有落实到责任人。",
        ),
        (
            lambda case: approved(case).fill_in("approve_closure_leader", **filled_acceptance.disapprove_closure("钱镇长")),
            "长效措施没有落实到责任人。",
        ),
    ],
    ids=["checked", "approved", "leader"],
)
def test_a_refusal_returns_with_its_reasons_and_without_a_paper(refuse, reasons):
    case = refuse(begun())
    assert case.status == COMPLETED and case.path[-1] == "closure_refused"
    assert (case.variables["closure"]["outcome"], case.variables["closure"]["reasons"]) == ("退回", reasons)
    assert case.papers == []


def test_what_an_earlier_application_met_does_not_decide_a_later_one():
    old = {"closure_check": {"conclusion": "退回"}, "approval": {"conclusion": "退回"}, "leader_approval": {"conclusion": "退回"}}
    case = approved(begun("较大", **old))
    assert case.variables["closure"]["outcome"] == "同意"
    refused = applied(begun("较大", **old)).fill_in("check_closure", **filled_acceptance.not_checked("退回"))
    assert len(refused.variables["closure"]["approved_by"]) == 1


def test_the_paper_tells_the_application_and_every_approval():
    # when
    case = approved(begun()).fill_in("approve_closure_leader", **filled_acceptance.approve_closure("钱镇长"))

    # then
    ((kind, told),) = case.papers
    assert kind == "销号审批表" and case.variables["closure_paper"]["number"] == "松昆销〔2024〕1号"
    assert [(each["role"], each["name"]) for each in told["approvals"]] == [
        ("应急管理中心", "李立"),
        ("安委办", "吴主任"),
        ("领导", "钱镇长"),
    ]
    assert told["materials"] == ["复查意见书2份", "验收单1份"] and told["acceptance_number"] == "松昆验〔2024〕8号"


@pytest.mark.parametrize("relapse_check, right", [("2024-06-02", False), ("2024-06-03", True), ("2024-07-03", True), ("2024-07-04", False)])
def test_the_check_for_relapse_is_not_later_than_its_table_says(relapse_check, right):
    case = begun()
    if right:
        assert applied(case, relapse_check=relapse_check).open == ["check_closure"]
        return
    with pytest.raises(Invalid) as refused:
        applied(case, relapse_check=relapse_check)
    assert list(refused.value.details["problems"]) == ["application.relapse_check"]


def test_the_root_cause_is_asked_of_orange_and_red_alone():
    with pytest.raises(Invalid) as refused:
        begun("较大").fill_in("apply_closure", **filled_acceptance.apply_closure(root_cause=None))
    assert list(refused.value.details["problems"]) == ["application.root_cause"]
    assert applied(begun("一般")).open == ["check_closure"]


def test_a_place_that_is_listed_names_the_paper_that_delisted_it():
    with pytest.raises(Invalid) as refused:
        applied(begun(listed="镇级"))
    assert list(refused.value.details["problems"]) == ["application.delisting_no"]
    assert applied(begun(listed="镇级"), delisting_no="松昆安委〔2024〕12 号").open == ["check_closure"]


def test_each_step_is_due_by_its_table():
    case = begun()
    assert case.task("apply_closure").due == at("2024-06-11T23:59:59"), "5 working days, over the Dragon Boat festival"
    assert checked(case).task("approve_closure").due == at("2024-06-06T23:59:59")


REMOTE = [("hazard_rectification", "recheck"), ("graded_acceptance", "sign_opinion")]
FIRM = [("hazard_rectification", "draft_plan"), ("hazard_rectification", "report_completion")]


@pytest.mark.parametrize("task", ["approve_closure", "approve_closure_leader"])
@pytest.mark.parametrize("place", [(None, "apply_closure"), (None, "check_closure"), *REMOTE, *FIRM])
def test_closure_is_refused_to_whoever_rectified_re_checked_accepted_applied_or_checked(task, place):
    declared = TOWN.definitions["closure"].separations[task]
    with pytest.raises(Separated):
        separation.check(declared, Actor("wu"), {place: [("wu", frozenset())]})


@pytest.mark.parametrize("task", ["check_closure", "approve_closure", "approve_closure_leader"])
@pytest.mark.parametrize("place", FIRM)
def test_nobody_of_the_firm_that_rectified_has_a_say(task, place):
    declared = TOWN.definitions["closure"].separations[task]
    with pytest.raises(Separated):
        separation.check(declared, Actor("wu", units=frozenset({"昆港五金"})), {place: [("wang", frozenset({"昆港五金"}))]})


def test_the_leader_is_not_whoever_approved_for_the_safety_office():
    declared = TOWN.definitions["closure"].separations["approve_closure_leader"]
    assert (None, "approve_closure") in {rule.place for rule in declared}
