"""The forms of the hazard process: what is right passes, and every rule that their files state names exactly the field that breaks it."""

import json
from datetime import datetime
from pathlib import Path

import pytest

from forms.compile import compile_form
from tests.forms import filled, violations
from tests.forms.making import SHANGHAI, problems

FOLDER = Path(__file__).parents[2] / "forms" / "hazard_rectification"
FORMS = {path.stem: path.read_bytes() for path in sorted(FOLDER.glob("*.form"))}
KNOWN = {
    "case_no": filled.CASE,
    "hazard_no": filled.HAZARD,
    "found_at": "2024-04-01T09:30:00+08:00",
    "served_at": "2024-04-03T10:00:00+08:00",
    "place_lng": filled.LNG,
    "place_lat": filled.LAT,
    "clauses": ["消防法第十九条", "上海市消防条例第四十二条"],
    "risk": {"level": "重大", "colour": "红"},
    "rectify_term": {"n": 90, "unit": "日"},
    "max_days": 60,
    "rectify_deadline": {"date": "2024-06-03", "at": "2024-06-03T23:59:59+08:00"},
    "authority": {"mode": "无", "organ": "上海市松江区消防救援支队", "transfer_to": "区消防救援支队"},
    "notice_paper": {"issued_on": "2024-04-02", "kind": "隐患告知（督促）函", "number": "松昆隐告〔2024〕1号"},
}
ENTRUSTED, OWN = ({"authority": {"mode": mode, "organ": "上海市松江区应急管理局", "transfer_to": None}} for mode in ("委托", "本级"))
ITEMS = [{"requirement": "拆除三间隔间，搬离全部住宿人员"}, {"requirement": "增设一部封闭楼梯间"}]
GIVEN = {
    "report_completion": {"completion": {"items": ITEMS}},
    "recheck": {"recheck": {"items": ITEMS}},
    "leave_notice": {"refused_at": "2024-04-08T10:00:00+08:00"},
}
NOW = datetime(2024, 6, 1, 10, tzinfo=SHANGHAI)


def without(data, *names):
    return {name: value for name, value in data.items() if name not in names}


def at_category(category, **more):
    """F02 of another category, with the elements of grading that it asks for."""
    return {**without(filled.register_hazard(category=category), "exits_ok"), **more}


def served(method, **more):
    """F18 by another way than handing it over."""
    return filled.serve_notice(method=method, **more)


def announced():
    return {"service": without(served("公告送达", announced_in="镇政府公告栏")["service"], "recipient", "recipient_role", "refused")}


def absent_party():
    return {"recheck": {**without(filled.failed()["recheck"], "party_name"), "party_signed": "不在场", "witness": "陈平"}}


RIGHT = {
    "register_hazard": [
        filled.register_hazard(),
        filled.major(),
        filled.fixed(),
        {**without(filled.register_hazard(), "uscc"), "unlicensed": True, "person_id": "11010519491231002X"},
        filled.register_hazard(source="12345", ticket_no="20240401000123"),
        filled.register_hazard(n_operators=6, unified_management=False),
        at_category("H99", category_other="高处坠落风险"),
        at_category("H11", indoor_or_crowded=True, cylinders=8),
        at_category("H12", indoor_or_crowded=True, cylinders=3, gas_alarm=False, gas_supplier="某某燃气站"),
        at_category("H13", house_grade="C"),
        at_category("H16", works_stage="改建"),
        filled.register_hazard(clauses=["其他"], clause_other="沪府令第 91 号第八条"),
    ],
    "issue_notice": [
        filled.issue_notice(),
        (filled.order(), ENTRUSTED),
        ({"notice": without(filled.order()["notice"], "entrustment")}, OWN),
    ],
    "acknowledge_notice": [filled.acknowledge_notice()],
    "serve_notice": [
        filled.serve_notice(),
        filled.not_accepted(),
        served("邮寄送达", tracking_no="EMS1234567890"),
        served("委托送达", entrusted="大港村村民委员会"),
        announced(),
    ],
    "leave_notice": [filled.leave_notice(), filled.left_on_film()],
    "draft_plan": [filled.draft_plan()],
    "review_plan": [filled.review_plan(), filled.returned()],
    "report_progress": [filled.report_progress()],
    "report_completion": [filled.report_completion()],
    "recheck": [filled.recheck(), filled.failed(), filled.refused(), filled.refused("拒不执行"), absent_party()],
    "urge": [filled.urge()],
}
#: What is sent, and what the case knows beside KNOWN.
WITH_CASE = {name: [one if isinstance(one, tuple) else (one, {}) for one in several] for name, several in RIGHT.items()}
ANSWERS = [pytest.param(name, *one, id=f"{name}-{number}") for name, several in WITH_CASE.items() for number, one in enumerate(several)]
COMPILED = {name: compile_form(content) for name, content in FORMS.items()}


def known(name, more):
    return {**KNOWN, **GIVEN.get(name, {}), **more}


def said(name, data, more):
    return problems(COMPILED[name], data, known(name, more), NOW)


def test_every_form_has_its_right_answers():
    assert RIGHT.keys() == FORMS.keys()


def broken(name, valid, more):
    """Every way in which this answer can be wrong."""
    return violations.of(json.loads(FORMS[name]), valid, known(name, more))


@pytest.mark.parametrize("name, data, more", ANSWERS)
def test_what_is_right_is_accepted(name, data, more):
    assert said(name, data, more) == {}


@pytest.mark.parametrize("name, data, more", ANSWERS)
def test_every_violation_names_its_field_in_chinese(name, data, more):
    for what, wrong, path, dependents in broken(name, data, more):
        violations.expect_named(said(name, wrong, more), what, path, dependents)


def test_the_generator_covers_what_the_files_ask_for():
    """Every kind of rule in the five forms of domain.md §5 has been broken at least once."""
    told = [what for name, several in WITH_CASE.items() for valid, more in several for what, *_ in broken(name, valid, more)]
    kinds = {what.partition(": ")[2] or what for what in told}
    assert kinds >= {
        "nothing, although it is required",
        "no text",
        "too short",
        "too long",
        "not of the pattern",
        "no number",
        "too small",
        "too large",
        "too many digits",
        "no date",
        "what is not offered",
        "an option twice",
        "no file",
        "a file of another type",
        "a value where the form hides the field",
        "another value where the field is locked",
        "too few rows",
        "too many rows",
        "a row twice",
        "a row more than was given",
        "a row with a field that it does not have",
        "rows where the form hides the list",
        "a field that the form does not have",
        "the check uscc",
        "the check idcard",
        "the check mobile",
        "the check not-future",
        "the check after",
        "the check until",
        "the check all",
        "the check within-town",
        "the check taken-after",
        "the check evidence",
        "the check near",
    }


@pytest.mark.parametrize(
    "name, data, path",
    [
        ("register_hazard", filled.register_hazard(hazard_no="松昆安整-2024-0138-01"), "hazard_no"),
        ("register_hazard", {**filled.major(), "second_confirmer": "李立"}, "second_confirmer"),
        ("register_hazard", {**filled.major(), "standard_hits": ["GB35181-2025-直接"]}, "standard_hits"),
        ("register_hazard", {**filled.major(found_at="2025-11-02T09:00+08:00"), "standard_hits": ["GB35181-2017-综合"]}, "standard_hits"),
        ("recheck", {"recheck": {**filled.recheck()["recheck"], "items": filled.failed()["recheck"]["items"]}}, "recheck.items"),
        ("recheck", {"recheck": {**filled.failed()["recheck"], "items": filled.recheck()["recheck"]["items"]}}, "recheck.items"),
    ],
)
def test_what_the_forms_assert_in_feel_names_its_field(name, data, path):
    now = NOW.replace(year=2026) if "2025" in str(data.get("found_at")) else NOW
    assert list(problems(COMPILED[name], data, {**KNOWN, **GIVEN.get(name, {})}, now)) == [path]


def test_root_cause_and_long_term_measures_are_asked_of_orange_and_red_alone():
    # given
    data = {"completion": without(filled.report_completion()["completion"], "root_cause", "long_term")}

    # then
    assert sorted(said("report_completion", data, {})) == ["completion.long_term", "completion.root_cause"]
    assert said("report_completion", data, {"risk": {"level": "一般"}}) == {}


def test_identity_numbers_and_telephones_are_marked():
    assert {name: sorted(form.sensitive) for name, form in COMPILED.items() if form.sensitive} == {
        "register_hazard": ["person_id", "person_mobile"],
        "acknowledge_notice": ["receipt.mobile"],
        "draft_plan": ["plan.mobile"],
        "report_completion": ["completion.reporter_mobile"],
    }


def test_the_categories_are_those_of_the_campaign():
    # given
    fields = {component.get("key"): component for component in violations.every(json.loads(FORMS["register_hazard"])["components"])}

    # then
    assert [option["value"] for option in fields["category"]["values"]] == [*(f"H{n:02d}" for n in range(1, 18)), "H99"]
