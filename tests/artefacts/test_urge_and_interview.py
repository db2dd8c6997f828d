"""督办：提醒、督促、约谈 (P10): up the ladder, over 国庆 2024 with its make-up Sunday (29 September) and Saturday (12 October)."""

import pytest

from engine.domain import separation
from engine.domain.errors import Invalid
from engine.domain.outcome import COMPLETED
from tests.artefacts.adhoc import HAZARD, TOWN, Story, at
from tests.forms import filled_urging as filled
from tests.forms.filled import CASE
from tests.forms.filled import HAZARD as HAZARD_NO


def begun(now="2024-09-28T09:00", **variables):
    return Story("urge_and_interview", now, **{**HAZARD, "overdue_since": filled.OVERDUE, **variables})


def reminded(**variables):
    story = begun(**variables).by("2024-09-28T10:00", "check_state", filled.check_state())
    return story.by("2024-09-28T11:00", "remind", filled.remind())


def lettered(**letter):
    story = reminded().by("2024-10-08T10:00", "check_state", filled.check_state("2024-10-08T09:30+08:00"))
    return story.by("2024-10-08T11:00", "draft_letter", filled.draft_letter(**letter))


def summoned():
    """No reply to the letter; on the make-up Saturday two parties are called in, for the third working day after it."""
    story = lettered().by("2024-10-12T10:00", "check_state", filled.check_state("2024-10-12T09:30+08:00"))
    return story.by("2024-10-12T11:00", "call_in", filled.call_in("2024-10-16T14:00+08:00"))


def test_the_first_day_brings_the_reminder():
    story = begun()
    assert story.open == ["check_state"]
    story.by("2024-09-28T10:00", "check_state", filled.check_state())
    assert story.open == ["remind"]


def test_three_working_days_over_the_festival_bring_the_letter():
    """29 and 30 September count, 1 to 7 October do not: the third is the 8th."""
    story = reminded()
    assert story.open == [] and story.until(at("2024-10-08T08:59")).open == []
    story.until(at("2024-10-08T09:00"))
    assert story.open == ["check_state"] and story.variables["step"]["rung"] == "督促函"


def test_the_seventh_working_day_is_the_saturday_that_makes_up_for_the_festival():
    # given
    story = lettered(reply_days=3)
    assert story.task("reply_letter").due == at("2024-10-11T23:59:59")

    # when
    story.until(at("2024-10-12T08:59"))
    assert story.open == []
    story.until(at("2024-10-12T09:00"))

    # then
    assert story.open == ["check_state"] and story.variables["step"]["rung"] == "约谈"


def test_six_working_days_for_a_reply_count_the_make_up_saturday():
    """9 to 11 October, Saturday 12, Monday 14 and Tuesday 15."""
    story = lettered(reply_days=6)
    assert story.task("reply_letter").due == at("2024-10-15T23:59:59")
    assert story.until(at("2024-10-15T23:59:58")).open == ["reply_letter"]
    assert story.until(at("2024-10-16T00:00:00")).open == ["check_state"]


def test_the_letter_is_a_paper_to_the_unit_that_replies():
    # given
    story = lettered()

    # then
    ((kind, told),) = story.papers
    assert (kind, told["addressee"], told["case_no"]) == ("督促函", filled.VILLAGE, CASE)
    assert told["cases"][0]["overdue_days"] == 11
    assert told["reply_by"] == "2024-10-11"
    assert story.groups("reply_letter") == (f"居村@{filled.VILLAGE}",)
    assert story.variables["letter_paper"]["number"].startswith("松昆安委办督〔2024〕")


def test_without_a_reply_the_ladder_goes_on():
    story = lettered().until(at("2024-10-12T09:00"))
    assert {"no_reply_raised", "next_after_silence"} <= set(story.path) and story.variables["rung"] == "督促函"


def test_a_reply_that_is_accepted_ends_it():
    story = lettered().by("2024-10-10T10:00", "reply_letter", filled.reply_letter())
    story.by("2024-10-10T15:00", "review_reply", filled.review_reply())
    assert story.status == COMPLETED and story.path[-1] == "accepted" and story.thrown == []


def test_a_reply_that_is_not_accepted_leads_to_the_next_rung():
    story = lettered().by("2024-10-10T10:00", "reply_letter", filled.reply_letter())
    story.by("2024-10-10T15:00", "review_reply", filled.review_reply("不认可"))
    assert story.open == []
    assert story.until(at("2024-10-12T10:00")).variables["step"]["rung"] == "约谈"


def test_each_party_is_called_in_and_has_minutes_of_its_own():
    # given
    story = summoned()
    assert story.open == ["hold_interview", "hold_interview"]
    summonses = [(kind, told["addressee"], told["interviewee"]["name"]) for kind, told in story.papers[1:]]
    assert summonses == [("约谈通知书", filled.ENTERPRISE, "王五"), ("约谈通知书", "昆港物业有限公司", "赵六")]

    # when: both are heard, the first reports, the second does not
    story.by("2024-10-16T15:00", "hold_interview", filled.hold_interview("2024-10-16T14:00+08:00"))
    assert story.groups("report_measures") == (f"企业@{filled.ENTERPRISE}",)
    assert story.task("report_measures").due == at("2024-10-23T23:59:59")
    story.fill_in("hold_interview", **filled.hold_interview("2024-10-16T14:30+08:00", "赵六"))
    story.fill_in("report_measures", **filled.report_measures())
    story.until(at("2024-10-24T09:00"))

    # then
    first, second = story.variables["interviews"]
    assert (first["minutes"]["attendee"], first["report"]["reporter"]) == ("王五", "王五")
    assert (second["minutes"]["attendee"], second["report"]) == ("赵六", None)
    assert story.path.count("reported") == story.path.count("no_report_raised") == 1
    assert story.open == ["review_reply"]


def test_after_the_interview_the_place_goes_to_the_public_list():
    # given
    story = summoned()
    for attendee in ("王五", "赵六"):
        story.by("2024-10-16T15:00", "hold_interview", filled.hold_interview("2024-10-16T14:00+08:00", attendee))
        story.fill_in("report_measures", **filled.report_measures())

    # when
    story.by("2024-10-17T10:00", "review_reply", filled.review_reply("不认可"))
    story.by("2024-10-17T11:00", "check_state", filled.check_state("2024-10-17T10:30+08:00"))

    # then
    assert story.status == COMPLETED and story.path[-2:] == ["listing_reached", "handed_up"]
    assert (story.variables["measure"], story.variables["rung"]) == ("通报挂牌", "通报挂牌")
    assert [thrown.name for thrown in story.thrown if thrown.kind == "message"] == []


def test_the_run_after_the_list_asks_once_for_a_case_and_a_further_one_for_nothing():
    # given: the thirtieth day after the deadline is a Sunday, so the ladder is asked again on the Monday
    told = {"matter": "消防", "zone": "城镇"}
    story = begun("2024-10-18T09:00", rung="通报挂牌", **told)
    assert story.until(at("2024-10-28T08:59")).open == []

    # when
    story.by("2024-10-28T10:00", "check_state", filled.check_state("2024-10-28T09:30+08:00"))

    # then
    (message,) = story.thrown
    assert (message.kind, message.name, message.correlation_key) == ("message", "enforce.requested", HAZARD_NO)
    sent = message.variables
    names = ("case_no", "hazard_no", "place_name", "enterprise", "matter", "zone")
    assert {name: sent[name] for name in names} == {**HAZARD, **told}
    assert str(sent["act_date"]) == "2024-09-28"
    assert sent["facts"] == ("整改期限于2024-09-27届满，逾期31日仍未整改，督办已到“通报挂牌”。核实情况：隔间没有拆除，仍住两人。")
    assert story.status == COMPLETED and (story.variables["measure"], story.variables["rung"]) == ("立案", "立案")

    # when
    again = begun("2024-12-02T09:00", rung="立案")

    # then
    assert again.status == COMPLETED and again.path[-1] == "nothing_further" and again.thrown == []
    assert again.variables.get("measure") is None


def test_a_leader_who_jumps_to_a_case_asks_for_it_too():
    story = begun().by("2024-09-28T10:00", "check_state", filled.ask_to_jump()).fill_in("jump_rung", **filled.jump_rung("立案"))
    assert [thrown.name for thrown in story.thrown] == ["enforce.requested"] and story.variables["rung"] == "立案"
    assert story.thrown[0].variables["matter"] is None, "whoever knows it later tells it in the clue"


def test_what_was_mended_in_the_meantime_is_urged_no_further():
    story = reminded().by("2024-10-08T10:00", "check_state", filled.mended("2024-10-08T09:30+08:00"))
    assert story.status == COMPLETED and story.path[-1] == "settled"
    assert (story.variables["measure"], story.variables["rung"]) == ("提醒", "提醒"), "the letter was due, but not sent"


def test_a_leader_jumps_rungs_and_says_why():
    # given
    story = begun().by("2024-09-28T10:00", "check_state", filled.ask_to_jump())
    assert story.groups("jump_rung") == ("分管领导",)

    # when
    story.fill_in("jump_rung", **filled.jump_rung("约谈"))
    assert story.open == ["call_in"]
    story.fill_in("call_in", **filled.call_in_at_once("2024-09-28T16:00+08:00"))

    # then
    assert story.open == ["hold_interview"] and story.variables["rung"] == "约谈"
    assert story.task("hold_interview").due == at("2024-09-28T16:00")


def test_a_leader_may_refuse_the_jump_but_go_no_lower():
    story = reminded().by("2024-10-08T10:00", "check_state", filled.ask_to_jump("2024-10-08T09:30+08:00"))
    with pytest.raises(Invalid, match="jump_rung"):
        story.fill_in("jump_rung", **filled.jump_rung("提醒"))
    assert story.fill_in("jump_rung", **filled.jump_rung("督促函")).open == ["draft_letter"]


def test_an_interview_is_announced_three_working_days_ahead():
    story = lettered().by("2024-10-12T10:00", "check_state", filled.check_state("2024-10-12T09:30+08:00"))
    with pytest.raises(Invalid) as refused:
        story.fill_in("call_in", **filled.call_in("2024-10-15T14:00+08:00"))
    assert list(refused.value.details["problems"]) == ["summons.at"]
    assert story.fill_in("call_in", **filled.call_in("2024-10-16T14:00+08:00")).open == ["hold_interview"] * 2


def test_who_answers_does_not_review_the_answer():
    elements = TOWN.definitions["urge_and_interview"].elements
    assert {(rule.element_id, rule.whole_unit) for rule in separation.rules(elements["review_reply"].properties)} == {
        ("reply_letter", True),
        ("report_measures", True),
    }
    assert [rule.element_id for rule in separation.rules(elements["jump_rung"].properties)] == ["check_state"]


def test_it_starts_from_its_form_too():
    story = Story("urge_and_interview", "2024-09-28T09:00", **filled.start_urging())
    assert story.open == ["check_state"] and story.variables["case_no"] == CASE


def test_the_moment_at_which_the_deadline_passed_does_as_well_as_its_day():
    """As place_case calls it, at the last second of the deadline's day."""
    story = begun("2024-09-27T23:59:59", overdue_since="2024-09-27T23:59:59+08:00", village=filled.VILLAGE)
    assert story.open == ["check_state"] and story.variables["overdue_since"] == "2024-09-27"
    story.by("2024-09-28T10:00", "check_state", filled.check_state()).by("2024-09-28T11:00", "remind", filled.remind())
    story.by("2024-10-08T10:00", "check_state", filled.check_state("2024-10-08T09:30+08:00"))
    prepared = story.known("draft_letter")["letter"]
    assert (prepared["role"], prepared["addressee"], prepared["items"][0]["due"]) == ("居村", filled.VILLAGE, "2024-09-27")
