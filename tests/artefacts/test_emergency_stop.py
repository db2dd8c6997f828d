"""紧急处置 (P19): anybody in a role stops a danger at any moment; work resumes after an inspection and consent, and not before."""

from engine.domain import separation
from engine.domain.outcome import ACTIVE, COMPLETED
from tests.artefacts.adhoc import CASE, TOWN, Story, at
from tests.forms import filled_adhoc as filled


def reported(**changes):
    return Story("emergency_stop", "2024-09-30T09:10", **CASE).by("2024-09-30T09:15", "report_danger", filled.report_danger(**changes))


def ordered(**changes):
    return reported(**changes).by("2024-09-30T10:10", "order_stop", filled.order_stop())


def stopped():
    story = ordered().by("2024-09-30T11:10", "evacuate", filled.evacuate())
    return story.by("2024-09-30T17:00", "write_order", filled.write_order())


def applied():
    """On the first day after the festival."""
    return stopped().by("2024-10-08T10:00", "apply_resume", filled.apply_resume())


def inspected():
    return applied().by("2024-10-10T11:00", "inspect_resume", filled.inspect_resume())


def test_anybody_in_a_role_may_start_it_and_report():
    # given
    definition = TOWN.definitions["emergency_stop"]
    story = Story("emergency_stop", "2024-09-30T09:10")

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
    assert [(thrown.name, thrown.correlation_key) for thrown in story.thrown] == [
        ("emergency", filled.CASE),
        ("emergency.lifted", filled.CASE),
    ]


def test_the_order_falls_on_the_same_day_and_its_paper_within_24_hours():
    assert reported().task("order_stop").due == at("2024-09-30T23:59:59")
    assert ordered().task("write_order").due == at("2024-10-01T10:00")


def test_people_leave_while_the_paper_is_written_and_both_are_waited_for():
    story = ordered()
    assert story.open == ["evacuate", "write_order"]
    assert story.by("2024-09-30T11:10", "evacuate", filled.evacuate()).open == ["write_order"]
    assert story.by("2024-09-30T17:00", "write_order", filled.write_order()).open == ["apply_resume"]


def test_the_village_of_the_place_evacuates_it():
    report, order = filled.report_danger(), filled.order_stop()
    for village, group in ((None, "居村"), ("陈坊村", "居村@陈坊村")):
        story = Story("emergency_stop", "2024-09-30T09:10", village=village).by("2024-09-30T09:15", "report_danger", report)
        assert story.by("2024-09-30T10:10", "order_stop", order).groups("evacuate") == (group,)


def test_a_danger_that_is_removed_at_once_stops_nothing():
    story = reported().by("2024-09-30T10:10", "order_stop", filled.order_stop(measure="当场排除"))
    assert story.status == COMPLETED and story.path[-1] == "removed" and story.thrown == []


def test_the_table_tells_in_whose_name_the_order_is_written():
    assert ordered().variables["authority"]["organ"] == "上海市松江区应急管理局"
    assert ordered(matter="消防").known("write_order")["authority"]["mode"] == "无"


def test_without_authority_the_report_to_the_organ_takes_the_place_of_the_order():
    # given
    story = ordered(matter="消防").by("2024-09-30T11:10", "evacuate", filled.evacuate())
    report = {name: value for name, value in filled.write_order()["written"].items() if name not in ("doc_no", "power_cut")}

    # then
    story.by("2024-09-30T17:00", "write_order", {"written": {**report, "reported_to": "松江区消防救援支队，10 时 20 分，电话报告。"}})
    assert story.open == ["apply_resume"]


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
    assert story.open == ["apply_resume"] and len(story.thrown) == 1
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
