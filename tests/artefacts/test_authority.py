"""DMN-6 执法权限: who may punish on the day of the act: the town in its own name, in the bureau's, or not at all."""

from itertools import product

import pytest

from tests.artefacts.tables import File

FILE = File("enforcement/authority.dmn")
TOWN, BUREAU = "上海市松江区小昆山镇人民政府", "上海市松江区应急管理局"
MATTERS = ("安全生产", "消防", "燃气", "房屋建筑", "特种设备", "违法建筑", "市场监管", "关闭", "妨碍检查", "危险化学品")


def act(matter, zone="城镇", act_date="2024-05-06"):
    return {"matter": matter, "zone": zone, "act_date": act_date}


CASES = [
    (act("安全生产"), "委托", None),
    (act("安全生产", "村庄规划区", "2026-11-25"), "委托", None),
    (act("消防"), "无", "区消防救援支队"),
    (act("燃气"), "无", "区建设管理委"),
    (act("房屋建筑"), "无", "区房屋管理局"),
    (act("特种设备"), "无", "区市场监督管理局"),
    (act("市场监管", "村庄规划区"), "无", "区市场监督管理局"),
    (act("关闭"), "无", "区人民政府"),
    (act("违法建筑", "村庄规划区"), "本级", None),
    (act("违法建筑", "村庄规划区", "2026-11-25"), "本级", None),
    (act("违法建筑", "城镇"), "无", "区城管执法局"),
    (act("违法建筑", None), "无", "区规划资源局"),
    (act("妨碍检查", act_date="2025-09-30"), "本级", None),
    (act("妨碍检查", act_date="2025-10-01"), "无", "区应急管理局"),
    (act("危险化学品", act_date="2025-09-30"), "本级", None),
    (act("危险化学品", act_date="2025-10-01"), "无", "区应急管理局"),
    (act("妨碍检查", act_date="2025-09-30T23:59:00+08:00"), "本级", None),
    (act("危险化学品", None, "2025-10-01T00:00:00+08:00"), "无", "区应急管理局"),
]


@pytest.mark.parametrize("case, mode, transfer_to", CASES)
def test_the_matter_the_zone_and_the_day_tell_who_may_punish(case, mode, transfer_to):
    found = FILE.decide(**case)
    assert (found["mode"], found["transfer_to"]) == (mode, transfer_to)


def test_a_decision_bears_the_seal_of_the_organ_in_whose_name_it_is_made():
    own, entrusted = FILE.decide(**act("违法建筑", "村庄规划区")), FILE.decide(**act("安全生产"))
    assert (own["organ"], own["seal"]) == (TOWN, TOWN)
    assert (entrusted["organ"], entrusted["seal"]) == (BUREAU, BUREAU)


def test_the_town_seals_nothing_that_it_may_not_decide_and_always_knows_where_to_send_it():
    for matter, zone, day in product(MATTERS, ("村庄规划区", "城镇"), ("2024-02-29", "2025-09-30", "2025-10-01", "2026-11-25")):
        found = FILE.decide(**act(matter, zone, day))
        assert found.keys() == {"mode", "organ", "seal", "transfer_to", "basis"} and found["organ"] and found["basis"]
        assert (found["mode"] == "无") == (found["seal"] is None) == (found["transfer_to"] is not None)
        assert (found["mode"] == "本级") == (found["organ"] == TOWN)
        assert found["seal"] in (None, found["organ"])


@pytest.mark.parametrize(
    "matter, organ",
    [
        ("消防", "上海市松江区消防救援支队"),
        ("燃气", "上海市松江区建设和管理委员会"),
        ("房屋建筑", "上海市松江区住房保障和房屋管理局"),
        ("特种设备", "上海市松江区市场监督管理局"),
        ("市场监管", "上海市松江区市场监督管理局"),
        ("违法建筑", "上海市松江区城市管理行政执法局"),
        ("关闭", "上海市松江区人民政府"),
        ("妨碍检查", BUREAU),
        ("危险化学品", BUREAU),
    ],
)
def test_what_the_town_may_not_decide_is_decided_by_an_organ_with_a_full_name(matter, organ):
    assert FILE.decide(**act(matter, act_date="2025-10-01"))["organ"] == organ


def test_where_the_planning_zone_is_unknown_the_planning_bureau_says_first():
    assert FILE.decide(**act("违法建筑", None))["organ"] == "上海市松江区规划和自然资源局"


def test_what_changes_on_a_day_needs_that_day():
    assert FILE.decide(**act("妨碍检查", act_date=None)) is None


def test_every_rule_is_matched_analysed_and_dated():
    assert FILE.unmatched(case for case, *_ in CASES) == FILE.findings == FILE.undated == []
