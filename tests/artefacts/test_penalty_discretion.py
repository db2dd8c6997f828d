"""DMN-4 处罚裁量: what one party may be fined under one article on the day of the act, and never beyond the statute."""

from decimal import Decimal
from itertools import product

import pytest

from engine import decisions
from tests.artefacts.tables import NOW, File
from tests.artefacts.town import environment

FILE = File("enforcement/penalty_discretion.dmn")
KEYS = {"available", "band", "fine_min", "fine_max", "kind", "needs_hearing", "needs_legal_review", "basis"}
NONE = (False, "不适用", 0, 0, "无", False)


def act(article, party_kind, *facts, day="2024-12-05"):
    """`facts`: of overdue, refusal, corrected, again; what is not named is not so. A number stands for an article of 安全生产法."""
    return {
        "article": article if "法" in article else f"安全生产法{article}",
        "party_kind": party_kind,
        "overdue": "overdue" in facts,
        "refusal": "refusal" in facts,
        "first_time": "again" not in facts,
        "corrected_in_time": "corrected" in facts,
        "act_date": day,
    }


def fined(low, high, hearing, band="一般", kind="罚款"):
    return True, band, low, high, kind, hearing


STOP = "停产停业整顿和罚款"
CASES = [
    (act("94", "单位"), NONE),
    (act("94", "单位", "overdue"), fined(0, 0, True, kind="停产停业整顿")),
    (act("94", "个人"), fined(20_000, 50_000, True)),
    (act("94", "个人", "corrected"), fined(20_000, 50_000, True, "从轻")),
    (act("94", "个人", "overdue"), fined(50_000, 100_000, True)),
    (act("94", "个人", "overdue", "again"), fined(50_000, 100_000, True, "从重")),
    (act("96", "单位"), NONE),
    (act("96", "个人"), fined(10_000, 30_000, True)),
    (act("97", "单位"), fined(0, 100_000, True)),
    (act("97", "单位", "overdue"), fined(100_000, 200_000, True, kind=STOP)),
    (act("97", "个人"), NONE),
    (act("97", "个人", "overdue"), fined(20_000, 50_000, True)),
    (act("99", "单位"), fined(0, 50_000, True)),
    (act("99", "单位", "overdue"), fined(50_000, 200_000, True)),
    (act("99", "个人"), NONE),
    (act("99", "个人", "overdue"), fined(10_000, 20_000, True)),
    (act("101", "单位"), fined(0, 100_000, True)),
    (act("101", "单位", "overdue"), fined(100_000, 200_000, True, kind=STOP)),
    (act("101", "个人"), NONE),
    (act("101", "个人", "overdue"), fined(20_000, 50_000, True)),
    (act("102", "单位"), fined(0, 50_000, True)),
    (act("102", "单位", "corrected"), fined(0, 15_000, False, "从轻")),
    (act("102", "单位", "refusal"), fined(0, 50_000, True, "从重", STOP)),
    (act("102", "个人"), NONE),
    (act("102", "个人", "overdue"), NONE),
    (act("102", "个人", "refusal"), fined(50_000, 100_000, True, "从重")),
    (act("103(1)", "单位"), fined(100_000, 200_000, True, kind="没收违法所得和罚款")),
    (act("103(1)", "个人"), fined(10_000, 20_000, True)),
    (act("103(2)", "单位", "corrected"), fined(0, 15_000, False, "从轻")),
    (act("103(2)", "单位", "corrected", "again"), fined(0, 50_000, True, "从重")),
    (act("103(2)", "单位", "overdue"), fined(0, 50_000, True, kind=STOP)),
    (act("103(2)", "个人", "corrected"), fined(0, 3_000, False, "从轻")),
    (act("103(2)", "个人"), fined(0, 10_000, True)),
    (act("104", "单位"), fined(0, 50_000, True)),
    (act("104", "单位", "overdue"), fined(0, 50_000, True, kind=STOP)),
    (act("104", "个人"), fined(0, 10_000, True)),
    (act("105", "单位"), fined(0, 50_000, True)),
    (act("105", "单位", "overdue"), fined(0, 50_000, True, kind=STOP)),
    (act("105", "个人"), fined(0, 10_000, True)),
    (act("108", "单位"), NONE),
    (act("108", "单位", "refusal"), fined(20_000, 200_000, True, "从重")),
    (act("108", "个人"), NONE),
    (act("108", "个人", "refusal"), fined(10_000, 20_000, True, "从重")),
    (act("114", "单位"), NONE),
    (act("95", "个人"), NONE),
    (act("消防法60", "单位"), fined(5_000, 50_000, True)),
    (act("消防法60", "个人"), fined(0, 500, False, kind="警告或者罚款")),
    (act("消防法61", "单位"), fined(5_000, 50_000, True, kind="停产停业和罚款")),
    (act("消防法61", "个人"), NONE),
    (act("刑法134", "个人"), NONE),
    # the days on which law changed
    (act("103(2)", "单位", day="2021-08-31"), NONE),
    (act("103(2)", "单位", day="2021-09-01"), fined(0, 50_000, True)),
    (act("消防法61", "单位", day="2021-04-28"), NONE),
    (act("消防法61", "单位", day="2021-04-29"), fined(5_000, 50_000, True, kind="停产停业和罚款")),
    (act("103(2)", "个人", "corrected", day="2024-10-31"), fined(0, 3_000, False, "从轻")),
    (act("103(2)", "个人", "corrected", day="2024-11-01"), fined(0, 3_000, False, "从轻")),
    (act("94", "个人", day="2026-01-31"), fined(20_000, 50_000, True)),
    (act("94", "个人", day="2026-02-01T08:30:00+08:00"), fined(20_000, 50_000, True)),
    (act("99", "单位", "corrected", day="2026-02-01"), fined(0, 15_000, False, "从轻")),
]


@pytest.mark.parametrize("case, expected", CASES, ids=str)
def test_the_article_the_party_and_the_facts_give_the_range(case, expected):
    found = FILE.decide(**case)
    assert found.keys() == KEYS and found["basis"]
    assert tuple(found[name] for name in ("available", "band", "fine_min", "fine_max", "kind", "needs_hearing")) == expected
    assert found["needs_legal_review"] == found["needs_hearing"]


@pytest.mark.parametrize(
    "case, told",
    [
        (act("102", "个人"), "拒不执行的，才处罚"),
        (act("114", "单位"), "应急管理部令第14号"),
        (act("95", "个人"), "上一年收入"),
        (act("消防法61", "个人"), "第九十四条、第一百零五条"),
        (act("刑法134", "个人"), "本表未列该条款"),
        (act("94", "个人", day="2021-08-31"), "2014年修正"),
        (act("94", "个人", day=None), "不全"),
        (act("94", None), "不全"),
    ],
    ids=str,
)
def test_what_cannot_be_punished_says_why(case, told):
    found = FILE.decide(**case)
    assert found["available"] is False and told in found["basis"]


def required(file, name, case):
    """What a decision that the discretion requires comes to."""
    return decisions.evaluate(file.requirements, name, case, environment(NOW)).result


def statute(file, case):
    return required(file, "statutory_range", case)


@pytest.mark.parametrize("party_kind, amount", [("个人", 5_000), ("单位", 50_000)])
def test_a_hearing_is_offered_from_the_same_amount_before_and_after_the_new_rules(party_kind, amount):
    for day in ("2021-09-01", "2026-01-31", "2026-02-01"):
        assert required(FILE, "hearing_threshold", {"party_kind": party_kind, "act_date": day})["amount"] == amount


def test_a_statute_gives_no_amounts_where_it_gives_no_penalty_and_never_more_at_least_than_at_most():
    for case, _ in CASES:
        bounds = statute(FILE, case)
        assert bounds["fine_min"] <= bounds["fine_max"]
        assert bounds["available"] or (bounds["fine_min"], bounds["fine_max"], bounds["kind"]) == (0, 0, "无")


@pytest.mark.parametrize(
    "share_from, share_to",
    [("0", "3"), ("-2", "0.3"), ("-5", "-1"), ("4", "9"), ("0.9", "0.1"), ("1", "1")],
    ids=lambda share: f"share {share}",
)
def test_a_band_that_a_designer_wrote_too_wide_never_leaves_the_statute(share_from, share_to):
    # given the band of a first offence, written otherwise
    file = FILE
    for column, old, new in (("2", "0", share_from), ("3", "1", share_to)):
        entry = f'<outputEntry id="band_rule_04_out_{column}">\n          <text>'
        file = file.changed(f"{entry}{old}</text>", f"{entry}{new}</text>")

    # then
    for article, party in product(("94", "96", "97", "103(1)", "103(2)", "消防法60", "消防法61"), ("单位", "个人")):
        case = act(article, party)
        found, bounds = file.decide(**case), statute(file, case)
        assert bounds["fine_min"] <= found["fine_min"] <= found["fine_max"] <= bounds["fine_max"]


def test_a_narrower_band_takes_effect():
    entry = '<outputEntry id="band_rule_04_out_3">\n          <text>'
    file = FILE.changed(f"{entry}1</text>", f"{entry}0.5</text>")
    assert (file.decide(**act("94", "个人"))["fine_min"], file.decide(**act("94", "个人"))["fine_max"]) == (20_000, 35_000)


def test_every_range_lies_in_the_statute_in_whole_yuan_and_a_large_one_is_heard():
    articles = ("94", "95", "96", "97", "99", "101", "102", "103(1)", "103(2)", "104", "105", "108", "114", "消防法60", "消防法61")
    for article, party, overdue, refusal, again, corrected in product(articles, ("单位", "个人"), *[(True, False)] * 4):
        facts = zip(("overdue", "refusal", "again", "corrected"), (overdue, refusal, again, corrected), strict=True)
        case = act(article, party, *(name for name, so in facts if so))
        found, bounds = FILE.decide(**case), statute(FILE, case)
        assert found["available"] == bounds["available"] and found["kind"] == bounds["kind"]
        assert bounds["fine_min"] <= found["fine_min"] <= found["fine_max"] <= bounds["fine_max"]
        assert all(found[name] == int(found[name]) and isinstance(found[name], Decimal) for name in ("fine_min", "fine_max"))
        large = found["fine_max"] >= {"个人": 5_000, "单位": 50_000}[party] or "停产停业" in found["kind"]
        assert found["needs_hearing"] == (found["available"] and large)


def test_facts_that_are_not_known_count_as_not_so():
    known = act("102", "个人", "again")
    unknown = {**known, "overdue": None, "refusal": None, "first_time": None, "corrected_in_time": None}
    assert FILE.decide(**unknown) == FILE.decide(**known)


def test_every_rule_is_matched_analysed_and_dated():
    assert FILE.unmatched(case for case, _ in CASES) == FILE.findings == FILE.undated == []
