"""分级验收 from its start to its ends: the stages of DMN-7, each department's own opinion, and the list with which a refusal returns."""

import pytest

from engine.domain.errors import Invalid
from engine.domain.outcome import ACTIVE, COMPLETED, State
from engine.workflow import runner
from tests.artefacts.issuing import Issuing
from tests.artefacts.test_hazard_rectification import CALENDAR
from tests.artefacts.town import Town, at, environment
from tests.forms import filled, filled_acceptance

TOWN = Town()
JOINT = ["应急管理中心", "复查组@城管中队", "复查组@消防救援站", "复查组@派出所"]


def begun(level="重大", disposition="整治", **variables):
    """The acceptance of a place with two hazards, on Monday 2024-06-03."""
    given = {
        "case_no": filled.CASE, "place_name": "昆港公路 88 号 3 号厂房", "place_address": "昆港公路 88 号 3 幢二层", "village": "陈坊村",
        "place_lng": filled.LNG, "place_lat": filled.LAT, "found_at": "2024-04-01T09:30:00+08:00", "hazards": filled_acceptance.HAZARDS,
        "risk": {"level": level, "colour": {"重大": "红", "较大": "橙"}.get(level, "黄"), "priority": 90},
        "disposition": {"disposition": disposition}, "assignment": {"implementer": "陈坊村", "industry_dept": "房管所", "leader": "钱镇长"},
    }  # fmt: skip
    return Issuing(TOWN, "graded_acceptance", at("2024-06-03T09:00"), CALENDAR, **(given | variables))


def queues(case):
    """The queues of the opinions that are waited for, sorted."""
    return sorted(group for task in case.tasks.values() for group in task.candidate_groups)


def sign(case, group, data=None, name=None):
    """A group signs: it passes, or says what `data` says; its person is named like the group unless a name is given."""
    (task,) = (each for each in case.tasks.values() if each.candidate_groups == (group,))
    case.until(at("2024-06-05T11:00"))
    data = data or filled_acceptance.sign_opinion
    cleaned = case.town.forms[task.form_id].load(
        data(signed_by=name or f"人员{group}"), known(case, task), environment(case.now, case.calendar)
    )
    return case.do("complete_user_task", number=task.number, variables=cleaned)


def known(case, task):
    return runner.visible_variables(case.definition, State(case.raw, case.rows), task.number)


def passed(**more):
    return lambda **given: filled_acceptance.sign_opinion(**given, **more)


def village_and_departments(case):
    """The village and the joint stage pass."""
    sign(case, "居村@陈坊村")
    sign(case, JOINT[0], passed(**filled_acceptance.expert()))
    for group in JOINT[1:]:
        sign(case, group)
    return case


def test_a_red_place_is_accepted_by_the_village_by_four_departments_and_by_the_leader():
    # given
    case = begun()
    assert queues(case) == ["居村@陈坊村"]

    # when
    sign(case, "居村@陈坊村")
    assert queues(case) == sorted(JOINT)
    sign(case, JOINT[0], passed(**filled_acceptance.expert()))
    for group in JOINT[1:]:
        sign(case, group)
    assert queues(case) == ["分管领导"]
    sign(case, "分管领导", filled_acceptance.decide)

    # then
    assert case.status == COMPLETED and case.path[-1] == "acceptance_passed"
    assert case.variables["outcome"] == "通过" and case.variables["findings"] == []
    said = [(each["group"], each["who"], each["conclusion"]) for each in case.variables["opinions"]]
    assert said == [(group, f"人员{group}", "通过") for group in ["居村@陈坊村", *[s["group"] for s in chain(case)[1:5]], "分管领导"]]
    assert all(each["at"].startswith("2024-06-05T11:00") for each in case.variables["opinions"])


def chain(case):
    return case.variables["chain"]["stages"]


def test_one_refusal_returns_the_case_with_its_list_when_the_whole_stage_has_signed():
    # given
    case = begun()
    sign(case, "居村@陈坊村")
    sign(case, "复查组@消防救援站", filled_acceptance.refuse)

    # when
    assert case.status == ACTIVE and len(case.open) == 3, "the others of the stage give their opinion all the same"
    sign(case, JOINT[0], lambda **given: filled_acceptance.refuse(**given, **filled_acceptance.expert()))
    sign(case, "复查组@城管中队")
    sign(case, "复查组@派出所")

    # then
    assert case.status == COMPLETED and case.path[-1] == "acceptance_returned"
    assert case.variables["outcome"] == "退回"
    assert [(each["hazard_no"], each["group"]) for each in case.variables["findings"]] == [
        (filled.HAZARD, "应急管理中心"),
        (filled.HAZARD, "复查组@消防救援站"),
    ]
    assert all(each["what"] and each["measure"] for each in case.variables["findings"])
    assert len(case.variables["opinions"]) == 5, "the leader was not asked any more"


def test_a_refusal_of_the_village_ends_it_before_the_town_comes():
    case = sign(begun("较大"), "居村@陈坊村", filled_acceptance.refuse)
    assert case.status == COMPLETED and case.variables["outcome"] == "退回"


def test_an_orange_place_is_accepted_by_the_department_of_its_industry():
    case = sign(begun("较大"), "居村@陈坊村")
    assert queues(case) == ["应急管理中心", "行业部门@房管所"]


@pytest.mark.parametrize("case_no, groups", [("松昆安整-2024-0137", []), ("松昆安整-2024-0140", ["安委办"])])
def test_every_tenth_yellow_place_is_checked_by_the_safety_office(case_no, groups):
    # when
    case = sign(begun("一般", case_no=case_no), "居村@陈坊村")

    # then
    assert queues(case) == groups
    if groups:
        sign(case, "安委办", passed(**filled_acceptance.spot_check()))
    assert case.status == COMPLETED and case.variables["outcome"] == "通过"


@pytest.mark.parametrize("listed, level", [("区级", "区级验收"), ("市级", "市级验收")])
def test_what_is_listed_above_waits_for_the_result_from_above(listed, level):
    # given
    case = sign(begun("一般", listed=listed), "居村@陈坊村")
    sign(case, "应急管理中心")
    sign(case, "行业部门@房管所")
    assert case.open == ["record_external_acceptance"] and queues(case) == ["安委办"]
    assert case.task("record_external_acceptance").due == at("2024-06-27T23:59:59"), "15 working days, over the Dragon Boat festival"

    # when
    case.until(at("2024-06-10T10:00")).fill_in("record_external_acceptance", **filled_acceptance.external_acceptance("不通过"))

    # then
    assert case.status == COMPLETED and case.path[-1] == "acceptance_returned"
    assert case.variables["outcome"] == "退回"
    assert [each["group"] for each in case.variables["findings"]] == ["松江区应急管理局"]
    assert (case.variables["opinions"][-1]["stage"], case.variables["opinions"][-1]["conclusion"]) == (level, "不通过")


def test_what_is_accepted_above_has_passed():
    case = sign(begun("一般", listed="区级"), "居村@陈坊村")
    sign(sign(case, "应急管理中心"), "行业部门@房管所")
    case.until(at("2024-06-10T10:00")).fill_in("record_external_acceptance", **filled_acceptance.external_acceptance())
    assert case.path[-1] == "acceptance_passed" and case.variables["findings"] == []


def test_an_opinion_is_due_ten_working_days_later_and_five_in_special_periods():
    assert begun().task("sign_opinion").due == at("2024-06-18T23:59:59")
    assert begun(special_period=True).task("sign_opinion").due == at("2024-06-11T23:59:59")


def test_a_second_acceptance_shows_what_the_first_found_and_forgets_it_when_all_pass():
    # given
    first = sign(begun("较大"), "居村@陈坊村", filled_acceptance.refuse)

    # when
    case = begun("较大", findings=first.variables["findings"], outcome="退回")
    shown = case.known("sign_opinion")["returned_findings"]
    sign(sign(sign(case, "居村@陈坊村"), "应急管理中心"), "行业部门@房管所")

    # then
    assert [each["what"] for each in shown] == ["封闭楼梯间未装防火门"]
    assert case.variables["outcome"] == "通过" and case.variables["findings"] == []


@pytest.mark.parametrize(
    "change, field",
    [
        ({"members": [{"name": "人员居村@陈坊村", "position": ""}]}, "opinion.members"),
        ({"signed_by": "没有到场"}, "opinion.signed_by"),
        ({"conclusion": "不通过", "findings": []}, "opinion.findings"),
        ({"photos": []}, "opinion.photos"),
    ],
)
def test_an_opinion_names_enough_people_its_signer_and_what_it_finds(change, field):
    with pytest.raises(Invalid) as refused:
        sign(begun(), "居村@陈坊村", lambda **given: _changed(given, change))
    assert field in refused.value.details["problems"]


def _changed(given, change):
    found = filled_acceptance.sign_opinion(**given)
    return {"opinion": found["opinion"] | change}


def test_a_hazard_that_does_not_pass_must_be_found_and_cannot_be_passed_over():
    case = begun()
    items = filled_acceptance.refuse()["opinion"]["items"]
    with pytest.raises(Invalid) as refused:
        sign(case, "居村@陈坊村", passed(items=items))
    assert list(refused.value.details["problems"]) == ["opinion.items"]
    other = [{"hazard_no": filled_acceptance.OTHER, "what": "另一项问题", "measure": "另一项措施"}]
    with pytest.raises(Invalid) as refused:
        sign(case, "居村@陈坊村", lambda **given: _changed(given, {"conclusion": "不通过", "items": items, "findings": other}))
    assert list(refused.value.details["problems"]) == ["opinion.findings"]


def test_nobody_signs_for_two_groups_of_one_round():
    # given
    case = sign(begun(), "居村@陈坊村", name="李立")

    # then
    with pytest.raises(Invalid) as refused:
        sign(case, "复查组@派出所", name="李立")
    assert list(refused.value.details["problems"]) == ["opinion.signed_by"]
    sign(case, "复查组@派出所", name="赵敏")
    with pytest.raises(Invalid):
        sign(case, "复查组@城管中队", name="赵敏")


def test_a_place_that_was_vacated_needs_the_records_of_it():
    with pytest.raises(Invalid) as refused:
        sign(begun(disposition="腾退"), "居村@陈坊村")
    assert sorted(refused.value.details["problems"]) == ["opinion.clearance_records", "opinion.follow_up_use"]
    case = sign(begun(disposition="拔点"), "居村@陈坊村", passed(**filled_acceptance.cleared()))
    assert queues(case) == sorted(JOINT)


def test_the_expert_is_heard_by_the_first_of_the_joint_stage():
    case = sign(begun(), "居村@陈坊村")
    with pytest.raises(Invalid) as refused:
        sign(case, JOINT[0])
    assert sorted(refused.value.details["problems"]) == ["opinion.expert_name", "opinion.expert_opinion", "opinion.expert_title"]


def test_the_form_of_a_later_stage_brings_the_standard_of_the_first_with_it():
    case = sign(begun(), "居村@陈坊村")
    assert {each["standard"] for each in case.known("sign_opinion")["opinion"]["items"]} == {"消防法第十九条：住宿与生产场所分开"}


def test_the_paper_tells_each_hazard_the_expert_and_everybody_who_was_there():
    # when
    case = sign(village_and_departments(begun()), "分管领导", filled_acceptance.decide)

    # then
    ((kind, told),) = case.papers
    assert kind == "验收单" and case.variables["acceptance_paper"]["number"] == "松昆验〔2024〕1号"
    assert [each["result"] for each in told["results"]] == ["合格", "合格"]
    assert told["conclusion"] == "各组一致同意，验收通过" and told["expert_opinion"].startswith("周工：")
    assert len(told["members"]) == 12 and told["members"][0]["unit"] == "居村@陈坊村"


def test_the_paper_of_a_return_tells_what_remains():
    case = sign(begun(), "居村@陈坊村", filled_acceptance.refuse)
    ((_, told),) = case.papers
    assert told["results"][0]["result"] == "不合格" and "防火门" in told["remaining"] and "居村@陈坊村不同意" in told["conclusion"]


def test_nobody_accepts_who_rectified_or_re_checked_and_nobody_for_two_groups():
    rules = {(each.place, each.whole_unit) for each in TOWN.definitions["graded_acceptance"].separations["sign_opinion"]}
    assert rules == {
        (("hazard_rectification", "draft_plan"), True),
        (("hazard_rectification", "report_completion"), True),
        (("hazard_rectification", "recheck"), False),
        ((None, "sign_opinion"), False),
    }
