"""What a case keeps, in words: values, the marks of its instances, the six steps of a penalty."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from cases import case_penalties
from web.case import words

APART = {"hmac": "a", "ref": "b"}


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, "—"),
        ([], "—"),
        (True, "是"),
        (Decimal("1.50"), "1.5"),
        ("2024-04-12T17:00:00+08:00", "2024 年 4 月 12 日（星期五）17:00"),
        ("2024-04-12T17:00", "2024-04-12T17:00"),
        ("文-本", "文-本"),
        (APART, "（已隐去）"),
        ({"level": "一般", "who": {"mobile": APART}}, "等级：一般，who：mobile：（已隐去）"),
        (["甲", {"n": Decimal(3)}], "甲、〔期限：3〕"),
    ],
)
def test_a_value_is_said_on_one_line_and_what_is_kept_apart_never(value, said):
    assert words.said(value) == said


def test_a_variable_keeps_its_own_names_and_each_secret_is_found_once():
    assert words.pairs({"level": "一般", "n": Decimal(1)}) == [("level", "一般"), ("n", "1")]
    assert words.pairs("甲") == [("", "甲")]
    assert words.pairs(APART) == [("", "（已隐去）")]
    assert words.concealed([APART, {"x": [APART]}, {"ref": "c"}]) == [APART]


def test_instances_are_told_apart_by_their_hazard_or_respondent():
    assert [words.mark(label) for label in ("松昆安整-2024-0137-02", "华俊", None)] == ["隐患 02", "华俊", ""]


def test_entries_stand_under_their_day_in_shanghai():
    at = [{"at": moment} for moment in ("2024-04-12T01:00:00Z", "2024-04-11T17:00:00Z", "2024-04-11T01:00:00Z", "2023-04-11T01:00:00Z")]
    days = words.by_day(at, datetime(2024, 4, 12, 2, tzinfo=UTC))
    assert [(day, [each["time"] for each in listed]) for day, listed in days] == [
        ("今天", ["09:00", "01:00"]),
        ("昨天", ["09:00"]),
        ("2023 年 4 月 11 日 周二", ["09:00"]),
    ]


NOTHING = dict.fromkeys(("decided", "served", "fine", "paid", "late_fine", "due")) | {"status": "办理中"}
TOLD = {"notice_served_at": "2024-05-10T10:00:00+08:00", "respond_by": "2024-05-17T23:59:59+08:00", "discretion": {"needs_hearing": True}}
DECIDED = NOTHING | {"decided": datetime(2024, 5, 16, 2, tzinfo=UTC), "fine": Decimal(11750), "status": "已决定"}
SERVED = DECIDED | {"served": datetime(2024, 5, 17, 2, tzinfo=UTC), "due": date(2024, 6, 1), "paid": Decimal(0), "status": "执行中"}


@pytest.mark.parametrize(
    ("row", "known", "run", "states", "texts"),
    [
        (NOTHING, {}, {}, "now ahead ahead ahead ahead ahead", {"告知": "拟告知书"}),
        (NOTHING, TOLD, {}, "done ahead now ahead ahead ahead", {"告知": "5 月 10 日送达", "听证": "可在5 月 17 日前申请"}),
        (NOTHING, TOLD | {"hearing_requested_on": "2024-05-13"}, {}, "done now ahead ahead ahead ahead", {"听证": "5 月 13 日申请"}),
        (NOTHING, TOLD | {"discretion": {"needs_hearing": False}}, {}, "done not now ahead ahead ahead", {"听证": "未达到听证标准"}),
        (DECIDED, TOLD, {}, "done not done now ahead ahead", {"决定": "5 月 16 日罚款 11,750 元", "送达": "决定书待送达"}),
        (
            DECIDED | {"fine": None, "status": "不予处罚"},
            TOLD | {"outcome": "不予处罚"},
            {},
            "done not done now not ahead",
            {"缴纳": "没有罚款"},
        ),
        (SERVED, TOLD, {}, "done not done done now ahead", {"缴纳": "已缴 0 元，应缴 11,750 元，6 月 1 日前缴清"}),
        (
            SERVED | {"late_fine": Decimal("705.5")},
            TOLD,
            {},
            "done not done done now ahead",
            {"缴纳": "已缴 0 元，应缴 11,750 元，加处 705.50 元"},
        ),
        (SERVED, TOLD, {"paused_from": "2024-05-20"}, "done not done done now now", {"复议": "5 月 20 日起复议、诉讼"}),
        (
            SERVED | {"paid": Decimal(11750), "status": "已缴清"},
            TOLD,
            {"review_result": "维持"},
            "done not done done done done",
            {"复议": "维持"},
        ),
    ],
)
def test_a_penalty_lights_up_as_far_as_it_has_come(row, known, run, states, texts):
    found = case_penalties.steps(row, known, run)

    assert [step["state"] for step in found] == states.split()
    assert {step["name"]: step["text"] for step in found}.items() >= texts.items()
