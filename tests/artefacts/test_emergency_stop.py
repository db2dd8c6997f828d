"""紧急处置 (P19): anybody in a role stops a danger at any moment; work resumes after an inspection and consent, and not before."""

import pytest

from cases.printing import moment
from engine.domain import separation
from engine.domain.errors import Invalid
from engine.domain.outcome import ACTIVE, COMPLETED
from tests.artefacts.adhoc import CASE, TOWN, Story, at
from tests.forms import filled_adhoc as filled

HELD = {"no": filled.CASE, "address": "昆港公路 88 号", "village": "陈坊村居委会", "zone": "村庄规划区"}


class Danger(Story):
    """`told`: [(job type, variables)] of what the ledger was told; it knows the place `filled.CASE` alone."""

    def __init__(self, **variables):
        self.told = []
        super().__init__("emergency_stop", "2024-09-30T09:10", **variables)

    def answer(self, call):
        if call.name not in ("local:place:stop", "local:place:lift"):
            return super().answer(call)
        self.told.append((call.name, call.variables["case_no" if call.name.endswith("stop") else "held"]))
        held = HELD if call.variables.get("case_no") == filled.CASE else None
        return {"variables": {"held": held} if call.name.endswith("stop") else {}}


def reported(**changes):
    return Danger(**CASE).by("2024-09-30T09:15", "report_danger", filled.report_danger(**changes))


def ordered(**changes):
    return reported(**changes).by("2024-09-30T10:10", "order_stop", filled.order_stop())


def stopped(written=filled.write_order):
    story = ordered().by("2024-09-30T11:10", "evacuate", filled.evacuate())
    return story.by("2024-09-30T17:00", "write_order", written())


def applied():
    """On the first day after the festival."""
    return stopped().by("2024-10-08T10:00", "apply_resume", filled.apply_resume())


def inspected():
    return applied().by("2024-10-10T11:00", "inspect_resume", filled.inspect_resume())


def test_anybody_in_a_role_may_start_it_and_report():
    # given
    definition = TOWN.definitions["emergency_stop"]
    story = Danger()

    # then
    assert definition.none_start.lane is None
    assert {"居村", "应急管理中心", "实施主体", "行业部门", "执法队", "复查组", "安委办", "分管领导", "主要领导"} == set(
        story.groups("report_danger")
    )
    assert story.task("report_danger").priority == 100


def test_from_the_danger_to_the_consent():
    # given
    story = inspected()
    assert story.open == ["consent_resume"] and story.status == ACTIVE

    # when
    story.by("2024-10-11T10:00", "consent_resume", filled.consent_resume())

    # then
    assert story.status == COMPLETED and story.path[-1] == "lifted"
    assert story.told == [("local:place:stop", filled.CASE), ("local:place:lift", HELD)]
    assert [(thrown.name, thrown.correlation_key) for thrown in story.thrown] == [("emergency.lifted", filled.CASE)]


def test_the_place_is_held_as_soon_as_the_order_is_given_before_its_paper_is_written():
    assert ordered().told == [("local:place:stop", filled.CASE)]


def test_a_danger_at_no_place_of_the_ledger_is_stopped_all_the_same():
    # given
    report = filled.report_danger()
    del report["case_no"]
    story = Danger().by("2024-09-30T09:15", "report_danger", report).by("2024-09-30T10:10", "order_stop", filled.order_stop())
    assert story.groups("evacuate") == ("居村",)

    # when
    story.by("2024-09-30T11:10", "evacuate", filled.evacuate()).by("2024-09-30T17:00", "write_order", filled.write_order())
    story.by("2024-10-08T10:00", "apply_resume", filled.apply_resume()).by("2024-10-10T11:00", "inspect_resume", filled.inspect_resume())
    story.by("2024-10-11T10:00", "consent_resume", filled.consent_resume())

    # then
    assert story.status == COMPLETED
    assert story.told == [("local:place:stop", None), ("local:place:lift", None)]
    assert [kind for kind, _ in story.papers] == ["现场处理措施决定书"]


def test_the_order_falls_on_the_same_day_and_its_paper_within_24_hours():
    assert reported().task("order_stop").due == at("2024-09-30T23:59:59")
    assert ordered().task("write_order").due == at("2024-10-01T10:00")


def test_people_leave_while_the_paper_is_written_and_both_are_waited_for():
    story = ordered()
    assert story.open == ["evacuate", "write_order"]
    assert story.by("2024-09-30T11:10", "evacuate", filled.evacuate()).open == ["write_order"]
    assert story.by("2024-09-30T17:00", "write_order", filled.write_order()).open == ["apply_resume"]


def test_the_village_of_the_place_evacuates_it_as_told_or_as_the_ledger_knows_it():
    report, order = filled.report_danger(), filled.order_stop()
    for village, group in ((None, "居村@陈坊村居委会"), ("汤村居委会", "居村@汤村居委会")):
        story = Danger(village=village).by("2024-09-30T09:15", "report_danger", report)
        assert story.by("2024-09-30T10:10", "order_stop", order).groups("evacuate") == (group,)


def test_a_danger_that_is_removed_at_once_stops_nothing():
    story = reported().by("2024-09-30T10:10", "order_stop", filled.order_stop(measure="当场排除"))
    assert story.status == COMPLETED and story.path[-1] == "removed" and story.thrown == [] and story.told == []


def test_the_order_is_issued_in_the_name_of_the_organ_that_the_table_tells():
    story = stopped()

    ((kind, told),) = story.papers
    assert kind == "现场处理措施决定书" and story.variables["order_paper"]["number"] == "松应急现决〔2024〕1号"
    assert (told["organ"], told["addressee"], told["case_no"]) == ("上海市松江区应急管理局", filled.ENTERPRISE, filled.CASE)
    assert (told["measure"], told["power_cut_at"]) == ("停产停业", None)
    assert [officer["name"] for officer in told["officers"]] == [one["name"] for one in filled.order_stop()["order"]["officers"]]


def test_the_zone_of_the_ledger_decides_who_has_authority():
    assert ordered(matter="违法建筑").variables["authority"]["mode"] == "本级"
    elsewhere = Danger(**CASE, zone="城镇").by("2024-09-30T09:15", "report_danger", filled.report_danger(matter="违法建筑"))
    assert elsewhere.by("2024-09-30T10:10", "order_stop", filled.order_stop()).variables["authority"]["mode"] == "无"


def test_without_authority_the_report_to_the_organ_takes_the_place_of_the_order():
    # given
    story = ordered(matter="消防").by("2024-09-30T11:10", "evacuate", filled.evacuate())
    assert story.known("write_order")["authority"]["mode"] == "无"

    # when
    story.by("2024-09-30T17:00", "write_order", filled.report_to_organ())

    # then
    assert story.open == ["apply_resume"] and story.papers == []


@pytest.mark.parametrize(
    "cut, hour",
    [
        (filled.cut_power, "9时"),
        (lambda: filled.cut_power("2024-10-12T21:59+08:00"), "21时59分"),  # a Saturday that is made up
        (filled.cut_power_at_once, "23时"),
    ],
)
def test_power_is_cut_in_working_hours_a_day_after_the_notice_or_at_once_where_it_is_urgent(cut, hour):
    ((_, told),) = stopped(cut).papers
    assert moment(told["power_cut_at"]).endswith(hour)


@pytest.mark.parametrize(
    "at_, notified_at, path, law",
    [
        ("2024-10-08T22:00+08:00", "2024-09-30T16:00+08:00", "written.power_cut_at", "行政强制法第四十三条"),
        ("2024-10-08T05:59+08:00", "2024-09-30T16:00+08:00", "written.power_cut_at", "行政强制法第四十三条"),
        ("2024-10-07T10:00+08:00", "2024-09-30T16:00+08:00", "written.power_cut_at", "行政强制法第四十三条"),
        ("2024-10-19T10:00+08:00", "2024-09-30T16:00+08:00", "written.power_cut_at", "行政强制法第四十三条"),
        ("2026-06-10T10:00+08:00", "2024-09-30T16:00+08:00", "written.power_cut_at", "行政强制法第四十三条"),
        ("2024-09-30T20:00+08:00", "2024-09-30T16:00+08:00", "written.power_cut_notified_at", "安全生产法第七十条"),
    ],
    ids=["night", "early", "holiday", "saturday", "unpublished", "no notice"],
)
def test_power_is_not_cut_at_night_on_holidays_in_a_year_without_them_nor_without_notice(at_, notified_at, path, law):
    with pytest.raises(Invalid) as refused:
        stopped(lambda: filled.cut_power(at_, notified_at))
    ((where, (sentence,)),) = refused.value.details["problems"].items()
    assert where == path and law in sentence


def test_the_inspection_takes_three_working_days_and_so_does_the_decision():
    """From 8 October: 9, 10, 11; from 10 October: 11, the make-up Saturday 12, Monday 14."""
    assert applied().task("inspect_resume").due == at("2024-10-11T23:59:59")
    assert inspected().task("consent_resume").due == at("2024-10-14T23:59:59")


def test_nothing_resumes_by_itself():
    story = stopped().until(at("2025-09-30T09:00"))
    assert story.open == ["apply_resume"] and story.status == ACTIVE
    assert story.groups("apply_resume") == (f"企业@{filled.ENTERPRISE}",)


def test_what_is_not_removed_or_not_consented_to_goes_back_to_the_enterprise():
    # given
    failed = filled.inspect_resume(outcome="未排除")

    # then
    assert applied().by("2024-10-10T11:00", "inspect_resume", failed).open == ["apply_resume"]
    story = inspected().by("2024-10-11T10:00", "consent_resume", filled.consent_resume("不同意"))
    assert story.open == ["apply_resume"] and story.thrown == [] and len(story.told) == 1
    assert story.by("2024-10-12T10:00", "apply_resume", filled.apply_resume("2024-10-12")).task("inspect_resume").due == at(
        "2024-10-16T23:59:59"
    )


def test_who_ordered_does_not_inspect_and_who_inspected_does_not_consent():
    elements = TOWN.definitions["emergency_stop"].elements
    assert [separation.officers(elements[task].properties) for task in ("order_stop", "inspect_resume", "consent_resume")] == [2, 2, 1]
    assert {(rule.element_id, rule.whole_unit) for rule in separation.rules(elements["inspect_resume"].properties)} == {
        ("order_stop", False),
        ("apply_resume", True),
    }
    assert {(rule.element_id, rule.whole_unit) for rule in separation.rules(elements["consent_resume"].properties)} == {
        ("inspect_resume", False),
        ("order_stop", False),
        ("apply_resume", True),
    }
