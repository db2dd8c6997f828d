"""The forms of penalties: limits that come from decisions, and rules stated in FEEL. What every form has: test_filled_forms.py."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from forms.compile import compile_form
from tests.cases.published import LAST_YEAR
from tests.forms import filled_enforcement as filled
from tests.forms.filled_penalties import AT_ONCE, CASE_KNOWS, HEARING, NOW, UNIT
from tests.forms.making import environment, problems

FOLDERS = ("enforcement", "respondent_penalty", "penalty_hearing", "penalty_execution")
FORMS = {path.stem: path.read_bytes() for folder in FOLDERS for path in (Path(__file__).parents[2] / "forms" / folder).glob("*.form")}
COMPILED = {name: compile_form(content) for name, content in FORMS.items()}


def said(name, data, more=None):
    return problems(COMPILED[name], data, {**CASE_KNOWS, **(more or {})}, NOW)


@pytest.mark.parametrize(
    "name, data, more, path",
    [
        ("file_case", filled.file_case(ended_on="2022-06-30"), {"act_date": "2022-05-06"}, "filing.limitation"),
        ("file_case", filled.file_case(filled.unit(role="主要负责人")), {}, "filing.respondents.0.role"),
        ("file_case", filled.file_case(filled.person(role="单位")), {}, "filing.respondents.0.role"),
        (
            "take_statements",
            filled.take_statements(AT_ONCE),
            {},
            "investigation.records.0.ended_at",
        ),
        (
            "take_statements",
            filled.take_statements(appraised=True, pauses=[filled.appraised("2024-05-08", "2024-05-07")]),
            {},
            "investigation.pauses.0.until",
        ),
        ("decide_penalty", filled.decide_penalty(), {"discretion": {**UNIT, "needs_legal_review": True}}, "decision.outcome"),
        ("examine_hearing", filled.refuse_hearing(), HEARING, "examination.accepted"),
        ("examine_hearing", filled.examine_hearing("2024-07-11T09:30+08:00"), HEARING, "examination.held_at"),  # the seventh working day
        ("examine_hearing", filled.examine_hearing("2024-07-13T09:30+08:00"), HEARING, "examination.held_at"),  # a Saturday
        ("examine_hearing", filled.examine_hearing("2024-07-16T09:30+08:00", recorder="张文"), HEARING, "examination.recorder"),
        ("notify_hearing", filled.notify_hearing("2024-05-17T10:00+08:00"), {}, "convened.served_at"),
        ("hold_hearing", filled.hold_hearing(recorder="张文"), {}, "hearing.recorder"),
        ("hold_hearing", filled.hold_hearing("2024-05-13T09:30+08:00"), {}, "hearing.held_at"),
        ("demand_payment", filled.to_court(), {"demands": None}, "demand.next"),
        ("demand_payment", filled.demand_payment("2024-07-15"), {}, "demand.pay_by"),
        ("approve_instalment", filled.approve_instalment("2024-07-02"), {}, "instalment.pay_by"),
    ],
)
def test_what_the_forms_assert_in_feel_names_its_field(name, data, more, path):
    assert list(said(name, data, more)) == [path]


def test_an_officer_takes_one_record_at_a_time_and_is_told_of_the_other():
    # given two pairs of officers, and a record of 9:00 to 10:30
    four = [{"name": name, "cert_no": f"0917000{n}"} for n, name in enumerate(("李立", "赵敏", "潘岳", "陶军"), 1)]
    first = filled.record()

    def told(start, end, examiner="李立", recorder="赵敏"):
        times = {"started_at": f"2024-05-08T{start}+08:00", "ended_at": f"2024-05-08T{end}+08:00"}
        second = filled.record(kind="现场检查笔录", person="陈平", **times, examiner=examiner, recorder=recorder)
        return said("take_statements", filled.take_statements(first, second, officers=four))

    # then the other pair may ask at the same time, the same pair afterwards
    assert told("09:00", "10:30", "潘岳", "陶军") == told("10:30", "11:00") == told("08:00", "09:00") == {}
    for times in (("10:15", "11:00"), ("08:30", "09:15"), ("09:15", "09:30"), ("08:00", "12:00")):
        for pair in (("李立", "赵敏"), ("潘岳", "李立"), ("赵敏", "陶军")):
            assert list(told(*times, *pair)) == ["investigation.records.0.started_at", "investigation.records.1.started_at"]
    (at_first,), (at_second,) = told("10:15", "11:00", "潘岳", "李立").values()
    assert "与现场检查笔录（陈平，2024-05-08 10:15 至 11:00）的时间重叠" in at_first
    assert "与询问笔录（王五，2024-05-08 09:00 至 10:30）的时间重叠" in at_second

    # and the same record twice is no way around it, nor somebody who is not among the officers
    assert len(said("take_statements", filled.take_statements(first, first))) == 2
    assert list(told("11:00", "12:00", "王五", "王五")) == ["investigation.records.1.examiner", "investigation.records.1.recorder"]


def objected(now, held):
    """Whether the day of a hearing is refused to whoever examines the request for it."""
    known = {**CASE_KNOWS, **HEARING}
    data = filled.examine_hearing(f"{held}T09:30+08:00", requested_on=now)
    told = problems(COMPILED["examine_hearing"], data, known, datetime.fromisoformat(f"{now}T10:00+08:00"))
    assert told == {} or (list(told) == ["examination.held_at"] and "七个工作日前" in told["examination.held_at"][0])
    return told != {}


@pytest.mark.parametrize(
    "today, first",
    [
        ("2024-05-13", "2024-05-23"),  # 14–17, 20–22 between
        ("2024-09-25", "2024-10-11"),  # 26, 27, 29 (made up), 30, 8, 9, 10 between
        ("2024-04-28", "2024-05-11"),  # 29, 30, 6–10 between; a Saturday that was made up
        ("2024-12-25", "2025-01-07"),  # 26, 27, 30, 31, 2, 3, 6 between
    ],
)
def test_a_hearing_leaves_seven_working_days_after_its_notice(today, first):
    assert not objected(today, first)
    assert objected(today, (date.fromisoformat(first) - timedelta(days=1)).isoformat())


@pytest.mark.parametrize("day", ["2024-10-19", "2024-10-20", "2025-10-02", f"{LAST_YEAR + 1}-03-03"])
def test_no_hearing_on_a_rest_day_nor_in_a_year_whose_rest_days_nobody_knows(day):
    assert objected("2024-09-25", day)


@pytest.mark.parametrize("fine, accepted", [(499.99, False), (500, True), (15000, True), (15000.01, False)])
def test_the_fine_of_a_notice_lies_inside_the_range_of_its_article(fine, accepted):
    assert (said("draft_penalty_notice", filled.draft_penalty_notice(fine)) == {}) is accepted


@pytest.mark.parametrize("fine, accepted", [(499.99, False), (11750, True), (11750.01, False)])
def test_the_fine_of_a_decision_is_no_higher_than_its_notice(fine, accepted):
    assert (said("decide_penalty", filled.decide_penalty(fine)) == {}) is accepted


def test_identity_numbers_are_marked():
    assert {name: sorted(form.sensitive) for name, form in COMPILED.items() if form.sensitive} == {
        "file_case": ["filing.respondents.person_id"]
    }


def test_an_identity_number_never_leaves_the_form_in_a_sentence():
    broken = filled.file_case(filled.person(person_id="110105194912310020"))
    assert "110105194912310020" not in str(said("file_case", broken))


def test_money_keeps_its_fen():
    loaded = COMPILED["draft_penalty_notice"].load(filled.draft_penalty_notice(11750), CASE_KNOWS, environment(NOW))
    assert loaded["notice"]["fine"] == 11750
