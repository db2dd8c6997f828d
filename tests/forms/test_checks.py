"""The rules of the house: numbers that prove themselves, dates in order, places, photos."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms import identity, photos
from tests.forms.filled import paper, photo
from tests.forms.making import NOW, field, form, group, options, problems, refusals, rows


def checked(type_, check, key="x", **attributes):
    properties = {"check": check, **attributes.pop("properties", {})}
    return field(type_, key=key, properties=properties, **attributes)


CODE = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@given(st.text(CODE, min_size=2, max_size=2), st.text("0123456789", min_size=6, max_size=6), st.text(CODE, min_size=9, max_size=9))
def test_exactly_one_last_character_makes_a_credit_code(kind, district, body):
    assert sum(identity.uscc_fault(kind + district + body + last) is None for last in CODE) == 1


def test_the_credit_code_of_the_standard_is_accepted():
    assert identity.uscc_fault("91350100M000100Y43") is None


@pytest.mark.parametrize("place", range(18))
def test_a_credit_code_with_one_wrong_character_is_refused(place):
    """Annex B of GB 32100-2015 works modulo 31, a prime: every single error shows."""
    good = "91350100M000100Y43"
    for other in CODE:
        if other != good[place]:
            assert identity.uscc_fault(good[:place] + other + good[place + 1 :]) is not None


def test_a_credit_code_says_which_digit_it_expected():
    made = form(checked("textfield", "uscc", label="统一社会信用代码"))
    assert problems(made, {"x": "91350100M000100Y44"}) == {
        "x": ["「统一社会信用代码」的校验码（第 18 位）应正确（GB 32100-2015），但第 18 位是「4」，按前 17 位算应为「3」。"]
    }
    assert problems(made, {"x": "9135"}) == {
        "x": ["「统一社会信用代码」应为 18 位统一社会信用代码（数字和大写字母，不含 I、O、S、V、Z），但填写的是「9135」。"]
    }


@pytest.mark.parametrize("place", range(17))
def test_an_identity_number_with_one_wrong_digit_is_refused(place):
    good = "11010519491231002X"
    assert identity.citizen_fault(good, date(2024, 4, 1)) is None
    for other in "0123456789":
        if other != good[place]:
            assert identity.citizen_fault(good[:place] + other + good[place + 1 :], date(2024, 4, 1)) is not None


@pytest.mark.parametrize(
    "text, says",
    [
        ("1101051949123100", "应为 18 位"),
        ("110105194913310023", "真实日期"),
        ("110105203012310028", "不晚于今天"),
        ("110105194912310021", "校验码"),
    ],
)
def test_an_identity_number_says_what_is_wrong_and_not_what_it_is(text, says):
    (sentence,) = problems(form(checked("textfield", "idcard", label="身份证号")), {"x": text})["x"]
    assert says in sentence and text not in sentence


@pytest.mark.parametrize(
    "text, fits", [("13800138000", True), ("12800138000", False), ("1380013800", False), ("+8613800138000", False), ("١٣٨00138000", False)]
)
def test_a_mobile_number_is_one(text, fits):
    assert (problems(form(checked("textfield", "mobile")), {"x": text}) == {}) is fits


@pytest.mark.parametrize(
    "subtype, now, later", [("date", "2024-04-01", "2024-04-02"), ("datetime", "2024-04-01T10:00+08:00", "2024-04-01T10:01+08:00")]
)
def test_what_lies_in_the_future_is_refused(subtype, now, later):
    made = form(checked("datetime", "not-future", subtype=subtype))
    assert problems(made, {"x": now}, now=NOW) == {}
    (sentence,) = problems(made, {"x": later}, now=NOW)["x"]
    assert sentence.startswith("「字段」不得晚于现在，但填写的是「2024-04-0")


def test_dates_stand_in_order_within_the_form_and_with_the_case():
    # given
    made = form(
        group(
            field("datetime", key="found", label="发现日期", subtype="date"),
            checked("datetime", "after:found; until:term.end=期限", "due", label="完成日期"),
            path="g",
        )
    )
    known = {"term": {"end": "2024-06-01T23:59:59+08:00"}}

    # then
    assert problems(made, {"g": {"found": "2024-04-02", "due": "2024-06-01"}}, known) == {}
    assert problems(made, {"g": {"found": "2024-04-02", "due": "2024-04-01"}}, known) == {
        "g.due": ["「完成日期」不得早于「发现日期」2024-04-02，但填写的是「2024-04-01」。"]
    }
    assert problems(made, {"g": {"found": None, "due": "2024-06-02"}}, known) == {
        "g.due": ["「完成日期」不得晚于「期限」2024-06-01 23:59，但填写的是「2024-06-02」。"]
    }


def test_a_date_in_a_row_is_compared_with_its_own_row_first():
    made = form(
        rows(field("datetime", key="a", subtype="date"), checked("datetime", "after:a", "b")), field("datetime", key="a", subtype="date")
    )
    assert list(problems(made, {"a": "2024-01-01", "rows": [{"a": "2024-03-01", "b": "2024-02-01"}, {"b": "2024-02-01"}]})) == ["rows.0.b"]


def test_an_old_value_of_a_field_that_is_hidden_now_is_not_compared_with():
    made = form(field("checkbox", key="off"), field("datetime", key="a", hide="=off"), checked("datetime", "after:a"))
    assert problems(made, {"off": True, "x": "2024-01-01"}, {"a": "2024-03-01"}) == {}


def test_all_has_to_be_chosen_where_all_is_asked_for():
    made = form(checked("checklist", "all", label="五落实", values=options("责任", "措施", "资金")))
    assert problems(made, {"x": ["责任", "资金"]}) == {"x": ["「五落实」各项应全部落实（责任、措施、资金），但缺少「措施」。"]}
    assert problems(made, {"x": ["资金", "措施", "责任"]}) == {}


@pytest.mark.parametrize("lng, lat, fits", [(121.13, 31.03, True), (121.13, 31.2, False), (116.4, 31.03, False), (None, 31.2, True)])
def test_a_place_lies_within_the_town(lng, lat, fits):
    made = form(field("number", key="lng"), checked("number", "within-town:lng", "lat", properties={"bounds": "121.06 30.97 121.20 31.08"}))
    assert list(problems(made, {"lng": lng, "lat": lat})) == ([] if fits else ["lat"])


def test_a_photo_after_is_taken_after_every_photo_before():
    # given
    made = form(
        field("filepicker", key="before", label="整改前", multiple=True),
        checked("filepicker", "taken-after:before", multiple=True, label="整改后"),
    )
    before = [photo("前.jpg", "2024-04-01T09:00+08:00"), photo("前二.jpg", "2024-04-01T09:30+08:00"), paper()]

    # then
    assert problems(made, {"before": before, "x": [photo("后.jpg", "2024-04-01T09:31+08:00"), paper()]}) == {}
    assert problems(made, {"before": before, "x": [photo("后.jpg", "2024-04-01T09:30+08:00")]}) == {
        "x": ["「整改后」应晚于「整改前」拍摄（2024-04-01 09:30），但「后.jpg」拍摄于 2024-04-01 09:30。"]
    }


def test_a_photo_says_when_and_where_or_somebody_says_why_not():
    made = form(checked("filepicker", "evidence:why"), field("textfield", key="why", label="原因"))
    assert problems(made, {"x": [paper("照片.pdf")]}) == {"x": ["「字段」应含拍摄时间和位置，或在「原因」说明原因，但「照片.pdf」没有。"]}
    assert problems(made, {"x": [paper("照片.pdf")], "why": "监控截图"}) == {}


def test_a_photo_is_taken_near_the_place():
    # given
    made, known = form(checked("filepicker", "near:place_lng,place_lat,50")), {"place_lng": 121.13, "place_lat": 31.03}

    # then
    assert problems(made, {"x": [photo("a.jpg", "2024-04-01T09:00+08:00", lat=31.0304)]}, known) == {}
    assert problems(made, {"x": [photo("a.jpg", "2024-04-01T09:00+08:00", lat=31.031)]}, known) == {
        "x": ["「字段」应在场所 50 米以内拍摄，但「a.jpg」距场所约 111 米。"]
    }
    assert problems(made, {"x": [photo("a.jpg", "2024-04-01T09:00+08:00", lat=31.1)]}) == {}


def test_a_degree_of_latitude_is_a_hundred_and_eleven_kilometres():
    assert round(photos.metres(121, 31, 121, 32) / 1000) == 111


@pytest.mark.parametrize(
    "component, says",
    [
        (checked("textfield", "ucss"), "asks for 'ucss'"),
        (checked("number", "uscc"), "the check uscc on a textfield"),
        (checked("textfield", "uscc:1"), "Expected 0 arguments"),
        (checked("datetime", "after"), "Expected 1 arguments"),
        (checked("datetime", "after:a,b"), "Expected 1 arguments"),
        (checked("datetime", "after:,"), "Expected 1 arguments"),
        (checked("datetime", "not-future", subtype="time"), "with a date"),
        (checked("filepicker", "near:a,b,c"), "metres"),
        (checked("number", "within-town:lng"), "west, south, east and north"),
        (checked("number", "within-town:lng", properties={"bounds": "2 1 1 2"}), "west, south, east and north"),
    ],
)
def test_a_check_that_could_not_work_is_refused(component, says):
    (sentence,) = refusals(component)
    assert says in sentence
