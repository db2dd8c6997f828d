"""Cron expressions: what the gate accepts is what the machine can compile."""

import pytest

from engine.gate.cron import is_cron
from engine.workflow.cron import Cron

RIGHT = [
    "0 0 9 * * *",
    "*/10 * * * * *",
    "0 0/30 8-10 * * *",
    "0 0 9 1,15 * ?",
    "0 0 9 L * *",
    "0 0 9 L-3 * *",
    "0 0 9 LW * *",
    "0 0 9 15W * *",
    "0 0 9 * JAN,JUL *",
    "0 0 9 * * mon-fri",
    "0 0 9 * * 5L",
    "0 0 9 * * FRI#2",
    "@daily",
    "@Hourly",
]
WRONG = [
    "",
    "0 0 9 * *",
    "60 0 9 * * *",
    "0 0 24 * * *",
    "0 0 9 0 * *",
    "0 0 9 * 13 *",
    "0 0 9 * * 8",
    "0 0 9 32W * *",
    "*/0 * * * * *",
    "@often",
    "a b c d e f",
]


@pytest.mark.parametrize("text", RIGHT)
def test_the_machine_compiles_what_the_gate_accepts(text):
    assert is_cron(text)
    Cron(text)


@pytest.mark.parametrize("text", WRONG)
def test_the_gate_refuses_what_the_machine_cannot_compile(text):
    assert not is_cron(text)
    with pytest.raises(ValueError):
        Cron(text)
