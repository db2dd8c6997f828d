"""Values: what form-js sends becomes a Python value, and what it never sends is refused with what was found."""

from datetime import date, datetime, time
from decimal import Decimal

import pytest

from tests.forms.making import SHANGHAI, field, form, load, options, problems


@pytest.mark.parametrize(
    "component, sent, value",
    [
        (field("textfield"), "  厂房 ", "厂房"),
        (field("textfield"), "a\tb\r\nc", "a b  c"),
        (field("textarea"), "a\nb\n", "a\nb"),
        (field("textfield"), "", None),
        (field("number"), 12, Decimal(12)),
        (field("number"), 0.1, Decimal("0.1")),
        (field("number"), Decimal("1.50"), Decimal("1.50")),
        (field("number"), "", None),
        (field("number", serializeToString=True), "12.50", "12.5"),
        (field("number", serializeToString=True), 7, "7"),
        (field("datetime"), "2024-04-01", date(2024, 4, 1)),
        (field("datetime", subtype="date"), "1985-07-01", date(1985, 7, 1)),
        (field("datetime", subtype="time"), "09:30", time(9, 30)),
        (field("datetime", subtype="time"), "09:30+08:00", time(9, 30, tzinfo=SHANGHAI)),
        (field("datetime", subtype="datetime"), "2024-04-01T09:30", datetime(2024, 4, 1, 9, 30, tzinfo=SHANGHAI)),
        (field("datetime", subtype="datetime"), "2024-04-01T01:30Z", datetime(2024, 4, 1, 9, 30, tzinfo=SHANGHAI)),
        (field("datetime", subtype="datetime"), "2024-04-01T10:30+09:00", datetime(2024, 4, 1, 9, 30, tzinfo=SHANGHAI)),
        (field("checkbox"), True, True),
        (field("checkbox"), None, False),
        (field("checklist", values=options("甲", "乙")), ["乙"], ["乙"]),
        (field("checklist", values=options("甲")), None, []),
        (field("select", values=options("甲")), "甲", "甲"),
    ],
)
def test_a_value_is_taken_as_what_it_means(component, sent, value):
    found = load(form(component), {"x": sent})["x"]
    assert (found, type(found)) == (value, type(value))


def test_a_moment_is_kept_in_the_zone_of_people():
    found = load(form(field("datetime", subtype="datetime")), {"x": "2024-03-31T17:00Z"})["x"]
    assert found.isoformat() == "2024-04-01T01:00:00+08:00"


@pytest.mark.parametrize(
    "component, sent, says",
    [
        (field("textfield"), 5, "「字段」应为文字，但填写的是「5」。"),
        (field("textfield"), ["a"], "「字段」应为文字，但填写的是「a」。"),
        (field("textfield"), "a\x00b", "「字段」应为可见的文字，但含有控制字符。"),
        (field("textfield"), "a\ud800", "「字段」应为可见的文字，但含有控制字符。"),
        (field("textfield"), "字" * 2_001, "「字段」最多 2000 个字，但有 2001 个字。"),
        (field("textarea"), {"a": 1}, "「字段」应为文字，但填写的是「一组数据」。"),
        (field("number"), "12", "「字段」应为数字，但填写的是「12」。"),
        (field("number"), True, "「字段」应为数字，但填写的是「是」。"),
        (field("number"), [1], "「字段」应为数字，但填写的是「1」。"),
        (field("number"), float("nan"), "「字段」最多 34 位数字，但填写的更多。"),
        (field("number"), Decimal("1E+99"), "「字段」最多 34 位数字，但填写的更多。"),
        (field("number"), Decimal("1." + "1" * 40), "「字段」最多 34 位数字，但填写的更多。"),
        (field("number", serializeToString=True), "一", "「字段」应为数字，但填写的是「一」。"),
        (field("number", serializeToString=True), "٣", "「字段」应为数字，但填写的是「٣」。"),
        (field("number", decimalDigits=2), 1.234, "「字段」最多保留 2 位小数，但填写的是「1.234」。"),
        (field("number", decimalDigits=0), 1.5, "「字段」应为整数，但填写的是「1.5」。"),
        (field("number", increment=5), 12, "「字段」应为 5 的倍数，但填写的是「12」。"),
        (field("datetime"), "2024-02-30", "「字段」应为日期（如 2024-03-01），但填写的是「2024-02-30」。"),
        (field("datetime"), "2024-04-01T09:30", "「字段」应为日期（如 2024-03-01），但填写的是「2024-04-01T09:30」。"),
        (field("datetime"), 20240401, "「字段」应为日期（如 2024-03-01），但填写的是「20240401」。"),
        (field("datetime"), "0024-04-01", "「字段」应为日期（如 2024-03-01），但填写的是「0024-04-01」。"),
        (field("datetime", subtype="time"), "25:00", "「字段」应为时间（如 09:30），但填写的是「25:00」。"),
        (field("datetime", subtype="datetime"), "2024-04-01", "「字段」应为日期和时间（如 2024-03-01T09:30），但填写的是「2024-04-01」。"),
        (
            field("datetime", subtype="datetime"),
            "9999-12-31T23:59-12:00",
            "「字段」应为日期和时间（如 2024-03-01T09:30），但填写的是「9999-12-31T23:59-12:00」。",
        ),
        (field("checkbox"), "on", "「字段」应为勾选或不勾选，但填写的是「on」。"),
        (field("checklist", values=options("甲")), "甲", "「字段」应为所选各项的列表，但填写的是「甲」。"),
        (field("checklist", values=options("甲")), ["甲", "甲"], "「字段」每项只选一次，但「甲」重复。"),
        (field("filepicker"), "files::1", "「字段」应为已上传的附件，但填写的是「files::1」。"),
    ],
)
def test_what_the_browser_never_sends_is_refused_with_what_was_found(component, sent, says):
    assert problems(form(component), {"x": sent}) == {"x": [says]}


def test_a_number_with_its_trailing_zeros_has_no_more_digits_than_it_shows():
    assert problems(form(field("number", decimalDigits=2)), {"x": Decimal("1.5000")}) == {}


def test_what_is_sensitive_is_never_repeated():
    # given
    made = form(field("textfield", label="手机", minLength=11, properties={"sensitive": "true", "check": "mobile"}))

    # then
    for sent in ("138", "12345678901", 13800138000, ["13800138000"]):
        (sentence,) = problems(made, {"x": sent})["x"]
        assert "手机" in sentence and "138" not in sentence and "12345" not in sentence


def test_a_long_value_is_cut_in_the_sentence():
    (sentence,) = problems(form(field("textfield", pattern="^a")), {"x": "长" * 300})["x"]
    assert "长" * 40 + "……" in sentence and len(sentence) < 90
