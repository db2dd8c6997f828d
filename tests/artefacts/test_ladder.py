"""DMN-5 督办阶梯: what comes next for an overdue hazard, and on which day after the deadline (松昆府〔2024〕21号五（二）（三）)."""

from decimal import Decimal

import pytest

from tests.artefacts.tables import File

FILE = File("urge_and_interview/ladder.dmn")


def overdue(current, working_days, days):
    return {"current": current, "overdue_working_days": Decimal(working_days), "overdue_days": Decimal(days)}


CASES = [
    (overdue("无", 0, -1), "提醒", 0, "cd", False),
    (overdue("无", 0, 0), "提醒", 0, "cd", True),
    (overdue(None, 0, 0), "提醒", 0, "cd", True),
    (overdue("提醒", 2, 4), "督促函", 3, "wd", False),
    (overdue("提醒", 3, 5), "督促函", 3, "wd", True),
    (overdue("督促函", 6, 10), "约谈", 7, "wd", False),
    (overdue("督促函", 7, 9), "约谈", 7, "wd", True),
    (overdue("约谈", 20, 14), "通报挂牌", 15, "cd", False),
    (overdue("约谈", 8, 15), "通报挂牌", 15, "cd", True),
    (overdue("通报挂牌", 40, 29), "立案", 30, "cd", False),
    (overdue("通报挂牌", 20, 30), "立案", 30, "cd", True),
    (overdue("立案", 40, 60), "无", None, None, False),
]


@pytest.mark.parametrize("case, rung, after, unit, due", CASES)
def test_the_rung_reached_tells_the_next_and_the_days_tell_whether_it_is_due(case, rung, after, unit, due):
    found = FILE.decide(**case)
    assert found.pop("basis")
    assert found == {"rung": rung, "after": after, "unit": unit, "due": due}


def test_a_long_delay_climbs_every_rung_and_skips_none():
    # given
    climbed = ["无"]

    # when
    while (found := FILE.decide(**overdue(climbed[-1], 60, 90)))["due"]:
        climbed.append(found["rung"])

    # then
    assert climbed == ["无", "提醒", "督促函", "约谈", "通报挂牌", "立案"]


def test_once_a_case_was_asked_for_there_is_nothing_further():
    for working_days, days in ((0, -1), (0, 0), (300, 400)):
        found = FILE.decide(**overdue("立案", working_days, days))
        assert (found["rung"], found["due"]) == ("无", False) and "已经立案" in found["basis"]


def test_every_rule_is_matched_analysed_and_dated():
    assert FILE.unmatched(case for case, *_ in CASES) == FILE.findings == FILE.undated == []
