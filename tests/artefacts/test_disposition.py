"""DMN-2 处置方式: 整治, 改造, 腾退 or 拔点, and who may confirm it at the least (松昆府〔2024〕21号四（四）)."""

from decimal import Decimal
from itertools import product

import pytest

from tests.artefacts.tables import File

FILE = File("place_case/disposition.dmn")


def place(level="一般", illegal=False, mismatch=False, fixable="是", repeat=0):
    return {
        "level": level,
        "illegal_structure": illegal,
        "land_use_mismatch": mismatch,
        "fixable": fixable,
        "repeat_count": None if repeat is None else Decimal(repeat),
    }


CASES = [
    (place(), "整治", "实施主体"),
    (place("低"), "整治", "实施主体"),
    (place("较大"), "整治", "实施主体"),
    (place("重大"), "整治", "安委办"),
    (place("重大", mismatch=True), "整治", "安委办"),
    (place("较大", fixable="需改造"), "改造", "分管领导"),
    (place("重大", mismatch=True, fixable="需改造"), "改造", "分管领导"),
    (place("一般", fixable="需改造"), "改造", "应急管理中心"),
    (place("低", fixable="需改造"), "改造", "应急管理中心"),
    (place("重大", mismatch=True, fixable="否"), "腾退", "分管领导"),
    (place("低", mismatch=True, fixable="否"), "腾退", "分管领导"),
    (place("较大", fixable="否"), "腾退", "分管领导"),
    (place("低", illegal=True, fixable="否"), "拔点", "主要领导"),
    (place("重大", illegal=True, mismatch=True, fixable="否"), "拔点", "主要领导"),
    (place("重大", illegal=True, fixable="需改造"), "改造", "分管领导"),
    (place("一般", illegal=True), "整治", "分管领导"),
    (place("低", repeat=2), "整治", "实施主体"),
    (place("低", repeat=3), "拔点", "主要领导"),
    (place("重大", illegal=True, fixable="否", repeat=7), "拔点", "主要领导"),
    (place(illegal=None, mismatch=None, repeat=None), "整治", "实施主体"),
]


@pytest.mark.parametrize("case, disposition, approver", CASES)
def test_the_facts_of_a_place_suggest_its_disposition(case, disposition, approver):
    found = FILE.decide(**case)
    assert (found["disposition"], found["approver"]) == (disposition, approver)


def test_every_combination_has_exactly_one_disposition_with_a_basis():
    for level, illegal, mismatch, fixable, repeat in product(
        ("低", "一般", "较大", "重大"), (True, False), (True, False), ("是", "需改造", "否"), (0, 1, 2, 3, 4)
    ):
        found = FILE.decide(**place(level, illegal, mismatch, fixable, repeat))
        assert found.keys() == {"disposition", "approver", "basis"} and all(found.values())


def test_what_cannot_be_undone_is_never_confirmed_below_the_leaders():
    for level, fixable in product(("低", "一般", "较大", "重大"), ("是", "需改造", "否")):
        for illegal, repeat in ((True, 0), (True, 3), (False, 3), (False, 0)):
            found = FILE.decide(**place(level, illegal, fixable=fixable, repeat=repeat))
            if found["disposition"] in ("腾退", "拔点"):
                assert found["approver"] in ("分管领导", "主要领导")


def test_every_rule_is_matched_analysed_and_dated():
    assert FILE.unmatched(case for case, *_ in CASES) == FILE.findings == FILE.undated == []
