"""Every decision table under bpmn/: no gap, no overlap, basis and dates in columns; and the two first tables case by case."""

from decimal import Decimal

import pytest

from engine import decisions, feel
from engine.decisions import analysis
from engine.gate import xml
from tests.artefacts.tables import File
from tests.artefacts.town import ROOT, Town, at, environment

TABLES = sorted(ROOT.glob("bpmn/*/*.dmn"))
DECISIONS = [each for path in TABLES for graph in decisions.read(path.read_bytes()) for each in graph.decisions.values()]
TOWN = Town()


def decide(name, now="2024-04-01T10:00", **variables):
    """The result; a decision that fails, fails the test."""
    made = decisions.evaluate(TOWN.requirements[name], name, variables, environment(at(now)))
    assert made.failed is None, made.failed
    return made


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda each: each.id)
def test_a_table_has_neither_gaps_nor_overlaps(decision):
    assert [finding.sentence for finding in analysis.analyse(decision) if finding.kind in ("gap", "overlap", "catch-all")] == []


@pytest.mark.parametrize("path", TABLES, ids=lambda each: each.stem)
def test_every_rule_says_in_columns_what_it_rests_on_and_since_when(path):
    assert File(str(path.relative_to(ROOT / "bpmn"))).undated == []


def level(found_at="2024-04-01T09:30:00+08:00", **facts):
    facts = {"category": "H05", "sleepers": Decimal(0), "n_operators": Decimal(1), "found_at": found_at, **facts}
    return decide("risk_level", **facts).result["level"]


@pytest.mark.parametrize(
    "facts, expected",
    [
        ({"standard_hits": ["10号令-3(1)"]}, "重大"),
        ({"standard_hits": ["燃气判定标准"]}, "重大"),
        ({"category": "H03", "sleepers": Decimal(1), "exits_ok": False}, "重大"),
        ({"category": "H03", "sleepers": Decimal(1), "exits_ok": True}, "较大"),
        ({"category": "H03", "sleepers": Decimal(0), "exits_ok": False}, "较大"),
        ({"n_operators": Decimal(5), "unified_management": False}, "较大"),
        ({"n_operators": Decimal(5), "unified_management": True}, "一般"),
        ({"n_operators": Decimal(4), "unified_management": False}, "一般"),
        ({"category": "H11", "indoor_or_crowded": True}, "较大"),
        ({"category": "H12", "indoor_or_crowded": False}, "一般"),
        ({"category": "H16"}, "较大"),
        ({"category": "H13", "house_grade": "D"}, "重大"),
        ({"category": "H13", "house_grade": "C"}, "较大"),
        ({"category": "H13", "house_grade": "未鉴定"}, "一般"),
        ({"category": "H09", "sleepers": Decimal(2)}, "较大"),
        ({"category": "H09"}, "一般"),
        ({"category": "H01"}, "低"),
        ({"category": "H01", "standard_hits": ["10号令-3(1)"]}, "重大"),
    ],
)
def test_the_highest_rule_that_applies_decides_the_level(facts, expected):
    assert level(**facts) == expected


@pytest.mark.parametrize(
    "standard, day, expected",
    [
        ("GB35181-2017-直接", "2025-10-31", "重大"),
        ("GB35181-2017-直接", "2025-11-01", "一般"),
        ("GB35181-2025-综合", "2025-10-31", "一般"),
        ("GB35181-2025-综合", "2025-11-01", "重大"),
        ("10号令-行业", "2023-05-14", "一般"),
        ("10号令-行业", "2023-05-15", "重大"),
    ],
)
def test_only_a_standard_in_force_on_the_day_of_the_find_counts(standard, day, expected):
    assert level(f"{day}T12:00:00+08:00", standard_hits=[standard]) == expected


def test_every_category_has_a_level_a_colour_and_a_priority():
    for category in [*(f"H{n:02d}" for n in range(1, 18)), "H99"]:
        found = decide(
            "risk_level", category=category, found_at="2024-04-01T09:30:00+08:00", sleepers=Decimal(0), n_operators=Decimal(1)
        ).result
        assert (found["level"], found["colour"]) in {("重大", "红"), ("较大", "橙"), ("一般", "黄"), ("低", "蓝")}
        assert 0 < found["priority"] <= 100


def test_an_evaluation_tells_the_rules_and_what_they_rest_on():
    made = decide(
        "risk_level", category="H03", found_at="2024-04-01T09:30:00+08:00", sleepers=Decimal(6), n_operators=Decimal(1), exits_ok=False
    )
    ranks = next(each for each in made.evaluated if each.id == "risk_rank")
    assert [id_ for id_, _, _ in ranks.rules] == ["rank_rule_05", "rank_rule_06", "rank_rule_14"]
    assert any("消防法第十九条" in text for _, _, text in ranks.annotations)


@pytest.mark.parametrize(
    "step, level_, field, normal, special, unit",
    [
        ("整改", "低", "消防", 7, 4, "日"),
        ("整改", "一般", "燃气", 15, 8, "日"),
        ("整改", "较大", "安全生产", 30, 15, "日"),
        ("整改", "重大", "房屋建筑", 90, 45, "日"),
        ("整改方案", "重大", "消防", 5, 3, "工作日"),
        ("复查", "一般", "消防", 3, 2, "工作日"),
        ("复查", "一般", "特种设备", 5, 3, "工作日"),
        ("下达通知", "低", "消防", 3, 2, "工作日"),
        ("催办", "低", "消防", 1, 1, "工作日"),
    ],
)
def test_a_term_and_its_half_in_special_periods(step, level_, field, normal, special, unit):
    for period, n in ((None, normal), (False, normal), (True, special)):
        found = decide("step_term", step=step, level=level_, field=field, special_period=period).result
        assert (found["n"], found["unit"]) == (n, unit)
        assert found["basis"]


def test_every_step_that_the_diagram_asks_for_has_a_term():
    # given
    diagram = xml.read((ROOT / "bpmn/hazard_rectification/hazard_rectification.bpmn").read_bytes(), "hazard_rectification.bpmn")
    (loop,) = diagram.iter("{http://camunda.org/schema/zeebe/1.0}loopCharacteristics")
    steps = feel.expression(loop.get("inputCollection")[1:])(feel.Scope({}))

    # then
    assert len(steps) == 8
    for level_ in ("低", "一般", "较大", "重大"):
        for field in ("安全生产", "消防", "燃气", "房屋建筑", "特种设备"):
            for step in steps:
                assert decide("step_term", step=step, level=level_, field=field).result["n"] >= 1
