"""Cron expressions: what the gate accepts is what the machine can compile, and comes."""

from datetime import UTC, datetime

import pytest

from engine.domain.cron import Cron
from engine.gate.literals import is_cycle

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
    "*/１０ * * * * *",
    "@often",
    "a b c d e f",
]


@pytest.mark.parametrize("text", RIGHT)
def test_the_machine_compiles_what_the_gate_accepts(text):
    assert is_cycle(text)
    Cron(text)


@pytest.mark.parametrize("text", WRONG)
def test_the_gate_refuses_what_the_machine_cannot_compile(text):
    assert not is_cycle(text)
    with pytest.raises(ValueError):
        Cron(text)


@pytest.mark.parametrize("text", ["0 0 0 31 2 *", "0 0 0 30,31 FEB ?", "0 0 0 31 4,6,9,11 *", "0 0 0 9 * MON#1"])
def test_what_never_comes_is_refused_beside_all_else_that_is_wrong(text):
    assert Cron(text).after(datetime(2000, 1, 1, tzinfo=UTC)) is None
    assert not is_cycle(text)
