"""DMN-7 分级验收: who accepts a place, stage by stage, and what else is asked (松昆府〔2024〕21号三)."""

from itertools import product

import pytest

from tests.artefacts.tables import File

FILE = File("graded_acceptance/acceptance_chain.dmn")
LEVELS, LISTED = ("低", "一般", "较大", "重大"), ("无", "镇级", "区级", "市级")
VILLAGE = ("居村初验", "居村@陈坊村", 2)
TASK_FORCE = [("镇专班验收", "应急管理中心", 1), ("镇专班验收", "行业部门@市场监管所", 1)]
JOINT = [("镇联合验收", group, 1) for group in ("应急管理中心", "复查组@消防救援站", "复查组@城管中队", "复查组@派出所")]
OFFICE, LEADER = ("安委办审定", "安委办", 1), ("分管领导审定", "分管领导", 1)
DISTRICT, CITY = ("区级验收登记", "安委办", 1), ("市级验收登记", "安委办", 1)


def place(level, listed="无", disposition="整治"):
    return {
        "level": level,
        "listed": listed,
        "disposition": disposition,
        "village": "陈坊村",
        "industry_dept": "市场监管所",
        "act_date": "2024-11-20",
    }


CASES = [
    (place("低"), [VILLAGE], (False, 10, 180)),
    (place("一般", None, "改造"), [VILLAGE], (False, 10, 180)),
    (place("一般", "无", "腾退"), [VILLAGE], (False, 10, 30)),
    (place("低", "镇级"), [VILLAGE, *TASK_FORCE, OFFICE], (False, 0, 180)),
    (place("一般", "区级", "拔点"), [VILLAGE, *TASK_FORCE, DISTRICT], (False, 0, 30)),
    (place("较大"), [VILLAGE, *TASK_FORCE], (False, 0, 90)),
    (place("较大", "镇级", "拔点"), [VILLAGE, *TASK_FORCE, OFFICE], (False, 0, 30)),
    (place("较大", "市级"), [VILLAGE, *TASK_FORCE, CITY], (False, 0, 90)),
    (place("重大"), [VILLAGE, *JOINT, LEADER], (True, 0, 30)),
    (place("重大", "镇级", "改造"), [VILLAGE, *JOINT, OFFICE, LEADER], (True, 0, 30)),
    (place("重大", "区级", "拔点"), [VILLAGE, *JOINT, LEADER, DISTRICT], (True, 0, 30)),
]


@pytest.mark.parametrize("case, stages, terms", CASES)
def test_the_level_and_the_listing_make_the_chain(case, stages, terms):
    found = FILE.decide(**case)
    assert [(each["stage"], each["group"], each["people"]) for each in found["stages"]] == stages
    assert (found["expert"], found["sample_percent"], found["relapse_days"]) == terms


def test_every_place_has_a_chain_that_begins_in_the_village_and_leaves_no_stage_to_enter_it_again():
    for level, listed, disposition in product(LEVELS, LISTED, ("整治", "改造", "腾退", "拔点")):
        found = FILE.decide(**place(level, listed, disposition))
        stages = [(each["stage"], each["group"]) for each in found["stages"]]
        names = [stage for stage, _ in stages]
        assert found["basis"] and names[0] == "居村初验"
        assert len(set(stages)) == len(stages) and names == sorted(names, key=names.index)


def test_what_is_vacated_or_cleared_is_seen_again_within_a_month_and_leaves_more_evidence():
    for level, disposition in product(LEVELS, ("腾退", "拔点")):
        found = FILE.decide(**place(level, "无", disposition))
        assert found["relapse_days"] == 30 and "断水断电和清场记录" in found["basis"]


def test_only_places_that_nobody_above_the_village_accepts_are_sampled():
    for level, listed in product(LEVELS, LISTED):
        found = FILE.decide(**place(level, listed))
        assert (found["sample_percent"] > 0) == (len(found["stages"]) == 1)


def test_without_a_level_there_is_no_chain():
    assert FILE.decide(**place(None)) is None


def test_every_rule_is_matched_analysed_and_dated():
    assert FILE.unmatched(case for case, *_ in CASES) == FILE.findings == FILE.undated == []
