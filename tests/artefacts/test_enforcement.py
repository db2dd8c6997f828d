"""立案处罚 from a clue to its end: who may act, whom the law lets be punished, and one leg per respondent that waits for no other."""

import pytest

from engine.domain import separation
from engine.domain.errors import Invalid
from engine.domain.outcome import ACTIVE, COMPLETED
from tests.artefacts.family import Family, Office
from tests.artefacts.town import Town, at
from tests.cases.published import CALENDAR
from tests.forms import filled_enforcement as filled
from tests.forms.filled import CASE, HAZARD

TOWN = Town()


def transferred(reply="立案", approval="批准"):
    """What comes of a transfer: an answer where it was approved."""
    answer = {"reply": {"outcome": reply, "content": "不属于本机关管辖。"}} if approval == "批准" else {}
    return {"transfer_out": {"approval": {"outcome": approval, "opinion": "证据不足。"}, **answer}}


TRANSFERRED = transferred()
KNOWN = {
    "case_no": CASE,
    "hazard_no": HAZARD,
    "place_name": "昆港公路 88 号 3 号厂房",
    "enterprise": "昆港五金制品有限公司",
    "matter": "安全生产",
    "zone": "村庄规划区",
    "act_date": "2024-05-06",
}


def requested(office=None, now="2024-05-07T10:00", **changes):
    """A case that another process asked for."""
    return Family(office or Office(TRANSFERRED), TOWN, "enforcement", at(now), CALENDAR, **{**KNOWN, **changes})


def filed(*respondents, case=None):
    """Filed and approved on 7 May 2024, a Tuesday."""
    case = case or requested()
    case.fill_in("file_case", **filled.file_case(*respondents))
    return case.fill_in("approve_filing", **filled.approve_filing())


def investigated(*respondents, case=None):
    return filed(*respondents, case=case).until(at("2024-05-09T10:00")).fill_in("take_statements", **filled.take_statements())


def legs(case):
    """{penalty_no: the running leg}."""
    return {leg.variables["penalty_no"]: leg for leg in case.children.values() if leg.status == ACTIVE}


def test_what_the_message_told_of_the_facts_need_not_be_typed_again():
    # given a request without a day, which has to be registered first
    facts = "整改期限于2024-04-18届满，逾期30日仍未整改。"
    case = requested(facts=facts, act_date=None)
    assert case.known("register_clue")["clue"] == facts

    # when it is told more fully
    case.fill_in("register_clue", **filled.register_clue(clue="逾期30日仍未整改，负责人知情。"))

    # then that is what the filing begins with; and where nothing was lacking, what the message said
    assert case.variables["clue"] == "逾期30日仍未整改，负责人知情。"
    assert case.known("file_case")["filing"] == {"facts": "逾期30日仍未整改，负责人知情。"}
    assert requested(facts=facts).known("file_case")["filing"] == {"facts": facts}
    assert filed(case=case).variables["filing"]["facts"] == filled.file_case()["filing"]["facts"]


def test_what_the_town_has_no_power_over_is_handed_over_without_a_decision():
    """4e: obstruction of an inspection on 2 October 2025, two days after the matter went back to the district."""
    # given
    office = Office(TRANSFERRED)

    # when
    case = requested(office, "2025-10-09T10:00", matter="妨碍检查", act_date="2025-10-02")

    # then
    assert case.status == COMPLETED
    assert case.path[-1] == "handed_over" and "file_case" not in case.path
    assert office.penalties() == []
    ((process, told),) = office.called
    assert process == "transfer_out"
    assert told["transfer_to"] == "区应急管理局" and "2025-10-01" in told["reason"] and told["hazard_no"] == HAZARD


@pytest.mark.parametrize(
    "came_of_it, handover",
    [
        (transferred(approval="不批准"), {"outcome": "不批准", "reason": "证据不足。"}),
        (transferred("退回"), {"outcome": "退回", "reason": "不属于本机关管辖。"}),
    ],
)
def test_a_transfer_that_comes_to_nothing_is_with_the_officers_again_and_ends_only_with_the_heads_consent(came_of_it, handover):
    # given
    case = requested(Office(came_of_it), "2025-10-09T10:00", matter="妨碍检查", act_date="2025-10-02")
    assert case.open == ["register_clue"] and case.variables["handover"] == handover

    # when it is taken for what it is not, and comes back again
    case.fill_in("register_clue", **filled.register_clue(pursue="继续办理", matter="消防", act_date="2025-10-02"))
    assert case.open == ["register_clue"] and len(case.office.called) == 2

    # then
    case.fill_in("register_clue", **filled.not_pursued(matter="消防", act_date="2025-10-02"))
    assert case.task("approve_dropping").candidate_groups == ("执法负责人",)
    case.fill_in("approve_dropping", **filled.approve_dropping("退回"))
    assert case.open == ["register_clue"]
    case.fill_in("register_clue", **filled.not_pursued(matter="消防", act_date="2025-10-02"))
    case.fill_in("approve_dropping", **filled.approve_dropping())
    assert case.status == COMPLETED and case.path[-1] == "dropped" and "handed_over" not in case.path


def test_what_comes_back_may_turn_out_to_be_the_towns_own():
    case = requested(Office(transferred("退回")), "2025-10-09T10:00", matter="妨碍检查", act_date="2025-10-02")
    case.fill_in("register_clue", **filled.register_clue(pursue="继续办理", act_date="2025-10-02"))
    assert case.open == ["file_case"] and case.variables["authority"]["mode"] == "委托"


def test_the_same_obstruction_two_days_earlier_is_the_towns_own():
    case = requested(now="2025-10-09T10:00", matter="妨碍检查", act_date="2025-09-30")
    assert case.open == ["file_case"]
    assert case.variables["authority"]["mode"] == "本级"


def test_a_clue_without_matter_zone_or_day_is_registered_first():
    # given
    case = Family(Office(TRANSFERRED), TOWN, "enforcement", at("2024-05-07T10:00"), CALENDAR)
    assert case.open == ["register_clue"]

    # when
    case.fill_in("register_clue", **filled.register_clue())

    # then
    assert case.open == ["file_case"]
    assert case.variables["authority"]["mode"] == "委托"


@pytest.mark.parametrize("refusal, matter", [("拒检", "妨碍检查"), ("拒不执行", None)])
def test_a_refusal_at_the_re_check_begins_a_case_with_its_day_and_facts(refusal, matter):
    # given
    told = {"case_no": CASE, "hazard_no": HAZARD, "enterprise": "昆港五金制品有限公司", "refusal": refusal}
    recheck = {"visited_at": "2024-05-21T10:00:00+08:00", "refusal_facts": "负责人锁闭大门。"}

    # when
    case = Family(Office(), TOWN, "enforcement", at("2024-05-21T11:00"), CALENDAR, begin="refusal_received", recheck=recheck, **told)

    # then
    assert case.open == ["register_clue"]
    assert case.variables["act_date"] == "2024-05-21" and case.variables["clue"] == "负责人锁闭大门。"
    assert case.variables["matter"] == matter


def test_a_case_that_is_not_worth_it_ends_and_one_that_is_not_ready_comes_back():
    # given
    case = requested().fill_in("file_case", **filled.file_case())

    # when
    case.fill_in("approve_filing", **filled.approve_filing("退回"))
    assert case.open == ["file_case"]
    case.fill_in("file_case", **filled.file_case())
    case.fill_in("approve_filing", **filled.approve_filing("不予立案"))

    # then
    assert case.status == COMPLETED and case.path[-1] == "not_filed"
    assert case.variables.get("enforcement_no") is None


def test_filing_begins_ninety_days():
    case = filed()
    assert case.variables["enforcement_no"] == "松昆安立-2024-0001"
    found = case.variables["decision_due"]
    assert (found["date"], found["n"], found["unit"], found["step"]) == ("2024-08-05", 90, "cd", "T3")
    assert (found["basis"], found["start_event"], found["pauses"]) == ("行政处罚法第六十条", "立案", [])


def test_what_is_too_long_ago_is_not_filed():
    case = requested(now="2026-06-01T10:00")
    with pytest.raises(Invalid) as refused:
        case.fill_in("file_case", **filled.file_case())
    assert list(refused.value.details["problems"]) == ["filing.limitation"]
    case.fill_in("file_case", **filled.file_case(limitation="五年"))


def test_unit_and_person_get_legs_of_their_own_with_their_own_ranges():
    """4b: art. 103(2), both at once."""
    # given
    case = investigated()

    # then
    assert list(legs(case)) == ["松昆安罚-2024-0001", "松昆安罚-2024-0002"]
    told = {leg.variables["respondent"]["kind"]: leg.variables["discretion"] for leg in case.children.values()}
    assert (told["单位"]["fine_min"], told["单位"]["fine_max"]) == (0, 15000)
    assert (told["个人"]["fine_min"], told["个人"]["fine_max"]) == (0, 3000)
    assert [each.status for each in case.office.penalties()] == ["办理中", "办理中"]


def test_a_person_has_no_leg_under_102_while_nobody_refused():
    """4c: the reason is kept, nobody is punished for it."""
    # given
    article = {"article": "安全生产法102", "first_time": False, "corrected_in_time": False}

    # when
    case = investigated(filled.unit(**article), filled.person(**article))

    # then
    assert [leg.variables["respondent"]["kind"] for leg in case.children.values()] == ["单位"]
    (dropped,) = [each for each in case.variables["opened"] if each["status"] != "办理中"]
    assert dropped["name"] == "王五" and dropped["penalty_no"] is None and "拒不执行" in dropped["reason"]
    assert [each.status for each in case.office.penalties()] == ["办理中", "依法不能处罚"]


def test_a_person_has_a_leg_under_102_after_a_refusal_and_it_can_lead_to_a_hearing():
    article = {"article": "安全生产法102", "refusal": True, "first_time": False, "corrected_in_time": False}
    case = investigated(filled.person(**article))
    (leg,) = case.children.values()
    assert (leg.variables["discretion"]["fine_min"], leg.variables["discretion"]["fine_max"]) == (50000, 100000)
    assert leg.variables["discretion"]["needs_hearing"] is True


def test_the_fire_law_punishes_the_enterprise_alone():
    """4d: 消防法 61."""
    article = {"article": "消防法61", "first_time": False, "corrected_in_time": False}
    case = investigated(filled.unit(**article), filled.person(**article))
    assert [leg.variables["respondent"]["kind"] for leg in case.children.values()] == ["单位"]
    assert case.children[next(iter(case.children))].variables["discretion"]["needs_hearing"] is True


def test_a_second_fine_for_the_same_act_is_refused_and_the_higher_one_stands():
    # given
    lesser, greater = filled.person(), filled.person(article="安全生产法94", role="主要负责人")

    # when
    case = investigated(filled.unit(), lesser, greater)

    # then
    assert {leg.variables["respondent"]["article"] for leg in case.children.values()} == {"安全生产法103(2)", "安全生产法94"}
    (refused,) = [each for each in case.variables["opened"] if each["duplicate"]]
    stands = next(leg for leg in case.children.values() if leg.variables["respondent"]["kind"] == "个人")
    assert refused["article"] == "安全生产法103(2)" and refused["earlier_no"] == stands.variables["penalty_no"]


def test_a_case_in_which_nobody_can_be_punished_is_closed_with_that():
    article = {"article": "安全生产法102"}
    case = investigated(filled.person(**article))
    assert case.open == ["report_closing"]
    assert case.children == {}


def test_alarms_come_on_days_60_75_and_85_until_all_are_decided():
    # given
    case = filed()

    # when
    case.until(at("2024-07-06T08:00"))
    assert case.open == ["take_statements"]
    case.until(at("2024-07-06T10:00"))
    assert case.open == ["heed_alarm", "take_statements"]
    case.fill_in("heed_alarm", **filled.heed_alarm())

    # then
    for moment, alarms in (("07-21T08:00", 0), ("07-21T10:00", 1), ("07-31T08:00", 1), ("07-31T10:00", 2)):
        assert case.until(at(f"2024-{moment}")).open.count("heed_alarm") == alarms, moment
    assert len(case.variables["alarms"]) == 1


def test_whoever_approves_a_case_has_no_part_in_it():
    rules = {id_: separation.rules(each.properties) for id_, each in TOWN.definitions["enforcement"].elements.items()}
    assert [rule.element_id for rule in rules["approve_filing"]] == ["file_case"]
    assert [rule.element_id for rule in rules["take_statements"]] == ["approve_filing"]
    assert [rule.element_id for rule in rules["approve_closing"]] == ["file_case", "take_statements", "report_closing"]
    two = {id_ for id_, each in TOWN.definitions["enforcement"].elements.items() if separation.officers(each.properties) == 2}
    assert two == {"file_case", "take_statements"}
