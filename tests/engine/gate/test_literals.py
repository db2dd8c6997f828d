"""Fixed texts: times, durations, cycles, names, numbers."""

import pytest

from engine.gate import literals

RIGHT = {
    "moment": [
        "2026-03-01T09:00:00+08:00",
        "2026-03-01T01:00:00Z",
        "2026-03-01T09:00:00+08:00[Asia/Shanghai]",
        "2026-03-01T09:00@Asia/Shanghai",
    ],
    "duration": ["PT15M", "P3D", "P1Y2M3DT4H5M6S", "P2W", "PT0.5S", "-PT1H"],
    "cycle": ["R/PT1H", "R3/P1D", "R1/2026-03-01T09:00:00+08:00/P1D", "0 0 9 * * MON-FRI", "@daily"],
    "variable": ["a", "hazard_1", "隐患等级", "_x"],
    "path": ["a", "a.b", "地址.门弄牌", "answer.if"],
    "whole": ["0", "3", "100"],
    "count": ["1", "12"],
    "priority": ["0", "100"],
    "flag": ["true", "false"],
}
WRONG = {
    "moment": ["", "2026-03-01", "2026-03-01T09:00:00", "2026-13-01T09:00:00Z", "2026-03-01T09:00:00+08:00[Moon/Base]", "tomorrow", "[]"],
    "duration": ["", "P", "PT", "15M", "P1H", "PT1D", "P-1D", "PT1H30", "P1.5D"],
    "cycle": ["", "PT1H", "R0/PT1H", "R3/PT0S", "R3", "R/-PT1H", "R3/2026-03-01/P1D", "Rx/PT1H", "0 0 9 * *", "@often", "R3/P1D/P1D/P1D"],
    "variable": ["", "1a", "a b", "a-b", "a.b", "$.a", "null", "for"],
    "path": ["", "a.", ".a", "a..b", "a.1", "$.a", "null.a", "=a"],
    "whole": ["", "-1", "1.5", "many", "9" * 20, "٣"],
    "count": ["0", "", "-1"],
    "priority": ["101", "-1", ""],
    "flag": ["", "True", "1", "yes"],
}


@pytest.mark.parametrize("kind, text", [(kind, text) for kind, texts in RIGHT.items() for text in texts])
def test_a_text_of_its_kind_is_accepted(kind, text):
    assert literals.fault(kind, text) is None


@pytest.mark.parametrize("kind, text", [(kind, text) for kind, texts in WRONG.items() for text in texts])
def test_another_text_is_told_what_was_expected(kind, text):
    assert literals.fault(kind, text) == literals.CHECKS[kind][1]
