"""bench/loops.py: growth is seen, and a peer that cannot go on says where."""

import time

import pytest

from bench import loops
from bench.workload import AGAIN


class Looping:
    """Works through its rounds in memory; each step of round n sleeps `pause(n)` seconds."""

    name = "looping"

    def __init__(self, pause=lambda _round: 0, breaks_at=None):
        self._pause, self._breaks_at, self._steps = pause, breaks_at, {}

    def start_case(self, fields):
        case = len(self._steps)
        self._steps[case] = 0
        return case, [("triage", "triage")]

    def complete(self, case, task, fields):
        self._steps[case] += 1
        number = (self._steps[case] - 3) // 3 + 1
        if self._steps[case] > 2:
            time.sleep(self._pause(number))
        if number == self._breaks_at:
            raise ValueError("no task is ready")
        following = {
            "triage": ["assign"],
            "assign": ["rectify"],
            "rectify": ["verify_a", "verify_b"],
            "verify_a": [],
            "verify_b": ["rectify"],
        }
        return [(element, element) for element in following[task]]


def test_a_step_that_grows_with_the_rounds_is_found():
    found = loops.grow(Looping(pause=lambda n: 0.004 if n > 8 else 0.001), [1, 10], 2, seconds=60)
    assert found["stopped"] is None
    assert found["rounds"][1]["ratio"] == pytest.approx(1, abs=0.5)
    assert found["rounds"][10]["ratio"] > 2


def test_a_peer_that_breaks_says_in_which_round():
    found = loops.grow(Looping(breaks_at=7), [1, 10], 2, seconds=60)
    assert found["stopped"] == "ValueError in round 7: no task is ready"
    assert list(found["rounds"]) == [1]


def test_a_peer_that_takes_too_long_is_stopped_where_it_is():
    found = loops.grow(Looping(pause=lambda _round: 0.01), [1, 1000], 1, seconds=0.2)
    assert found["stopped"].startswith("out of time in round ")
    assert list(found["rounds"]) == [1]


def test_a_peer_that_opens_something_else_is_stopped():
    class Lost(Looping):
        def complete(self, case, task, fields):
            return [("close", "close")]

    found = loops.grow(Lost(), [1], 1, seconds=60)
    assert found["rounds"] == {}
    assert "expected assign to wait in round 0, but found ['close']" in found["stopped"]


def test_the_loop_is_the_one_of_the_diagram():
    assert AGAIN == ("rectify", "verify_a", "verify_b")
