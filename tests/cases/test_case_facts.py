"""What a case is about, from its variables: titles, facts, how a deadline came about; whatever has another shape is left out."""

from datetime import UTC, datetime

import pytest

from cases import case_facts
from cases.titles import title

AT = "2024-04-17T23:59:59+08:00"
DUE = datetime(2024, 4, 17, 15, 59, 59, tzinfo=UTC)
KEPT = {
    "basis": "安全生产法第四十一条", "start_event": "送达", "start": "2024-04-07T10:00:00+08:00", "n": 10, "unit": "日", "at": AT,
    "provisional": True, "calendar": "2024r1", "pauses": [], "extensions": [{"n": 5}],
}  # fmt: skip
TERMS = [{"step": "签收", "n": 2, "code": "wd", "basis": "镇内部时限"}, {"step": "复查", "n": 3, "code": "wd", "basis": "消防监督检查规定"}]


@pytest.mark.parametrize(
    ("known", "place", "what", "number", "colour"),
    [
        ({"place_name": "昆港公路", "category": "H03", "location": "二层", "hazard_no": "A-01", "case_no": "A", "risk": {"level": "重大"}},
         "昆港公路", "存在“三合一”（二层）", "A-01", "红"),
        ({"place": {"name": "昆港公路"}, "hazards": [{"category": "H10"}], "case_no": "A"},
         "昆港公路", "设施器材管理配备不到位", "A", None),
        ({"place_name": "昆港公路", "respondent": {"name": "王五"}, "category": "H10", "risk": {"level": "低"}},
         "昆港公路", "处罚 王五", None, "蓝"),
        ({"place_name": 5, "place": "x", "category": "H77", "hazards": "many", "risk": "high", "respondent": []}, None, None, None, None),
        ({"risk": {"level": ["重大"]}}, None, None, None, None),
        ({"risk": {"level": "极大"}}, None, None, None, None),
        ({}, None, None, None, None),
    ],
)  # fmt: skip
def test_a_title_says_the_place_and_what_is_wrong_there(known, place, what, number, colour):
    made = title(known)
    assert (made.place, made.what, made.number, made.colour) == (place, what, number, colour)


def test_facts_and_the_chain_of_parties_leave_out_what_is_not_there():
    told = {
        "place_name": "昆港公路",
        "risk": {"level": "一般"},
        "assignment": None,
        "enterprise": " ",
        "parties": [{"role": "产权人", "name": "甲"}, 5],
    }

    assert case_facts.facts(told) == [("场所", "昆港公路"), ("风险", "黄（一般）")]
    assert case_facts.parties(told) == [{"role": "产权人", "name": "甲", "person": None, "from": None}]
    assert case_facts.parties({"parties": "甲"}) == []


def test_a_deadline_that_the_case_keeps_tells_how_it_came_about():
    found = case_facts.derivation(DUE, None, {"rectify_deadline": KEPT, "other": {**KEPT, "at": "2024-05-01T00:00:00+08:00", "n": 1}})

    assert (found["term"], found["start_event"], found["basis"]) == ("10 日", "送达", "安全生产法第四十一条")
    assert (found["provisional"], found["calendar"], found["pauses"], found["extensions"]) == (True, "2024r1", 0, 1)
    assert found["start"] == datetime(2024, 4, 7, 2, tzinfo=UTC)


def test_otherwise_the_term_is_the_one_that_the_diagram_names():
    found = case_facts.derivation(DUE, 'deadline(now(), terms[step = "复查"][1].n, terms[step = "复查"][1].code).at', {"terms": TERMS})

    assert (found["term"], found["basis"], found["start"]) == ("3 个工作日", "消防监督检查规定", None)


@pytest.mark.parametrize("told", [{}, {"terms": "many"}, {"terms": [5, {"step": "送达", "n": 1}]}, {"x": {**KEPT, "at": "soon"}}])
def test_what_cannot_be_told_is_not_made_up(told):
    assert case_facts.derivation(DUE, 'terms[step = "复查"][1].n', told) is None
    assert case_facts.derivation(DUE, None, told) is None


def test_what_a_form_keeps_apart_does_not_come_back_into_one():
    kept = {"hmac": "a", "ref": "b"}
    told = {"name": "王五", "mobile": kept, "people": [{"identity": kept | {"mark": "c"}, "name": "甲"}]}

    assert case_facts.without_what_is_apart(told) == {"name": "王五", "mobile": None, "people": [{"identity": None, "name": "甲"}]}
