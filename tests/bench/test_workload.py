"""bench/workload.py: the work is the size that is claimed, the same every time, and no peer can do less of it unseen."""

import json

import pytest

from bench import workload


class Diligent:
    """A peer without a store: keeps one case's open tasks in memory and follows the path that it is given."""

    name = "diligent"

    def __init__(self, rounds):
        self._rounds = iter([*rounds, None])

    def start_case(self, fields):
        return 1, [("t1", "triage")]

    def complete(self, case, task, fields):
        return next(self._rounds, None) or []


def opened(*elements):
    return [(f"task of {element}", element) for element in elements]


STRAIGHT = [opened("assign"), opened("rectify"), opened("verify_b", "verify_a"), [], opened("close")]


def test_a_case_starts_with_ten_fields_of_345_bytes():
    for case in workload.pool():
        assert len(case.start) == 10
        assert len(json.dumps(case.start)) == 345


@pytest.mark.parametrize("element", workload.GROUPS)
@pytest.mark.parametrize("passes", [True, False])
def test_a_completion_files_five_fields_of_294_bytes(element, passes):
    for case in workload.pool():
        assert len(case.filed(element, passes)) == 5
        assert len(json.dumps(case.filed(element, passes))) == 294


def test_the_cases_are_the_same_in_every_run():
    assert [case.start for case in workload.pool()] == [case.start for case in workload.pool()]
    assert workload.Case(1).start != workload.Case(2).start


def test_a_case_takes_six_steps_and_nine_when_it_is_sent_back():
    assert len(workload.path(0)) == 6
    assert len(workload.path(1)) == 9


def test_the_verifier_who_finishes_last_decides():
    case = workload.Case(0)
    assert [case.filed("verify_b", passes)["passed"] for passes in (True, False)] == [1, 0]
    assert "passed" not in case.filed("verify_a", True)


def test_a_peer_that_follows_the_diagram_is_timed_at_every_step():
    took = []
    workload.run_case(Diligent(STRAIGHT), workload.Case(0), 0, took)
    assert len(took) == 6


@pytest.mark.parametrize("rounds", [STRAIGHT[:3], [opened("close")], [*STRAIGHT[:4], opened("rectify")]])
def test_a_peer_that_takes_another_path_is_not_measured(rounds):
    with pytest.raises(AssertionError, match="Expected the case to take the path"):
        workload.run_case(Diligent(rounds), workload.Case(0), 0)


def test_a_round_works_in_whole_groups_of_four_so_that_one_case_in_four_is_reworked():
    class Endless(Diligent):
        def __init__(self):
            self.reworks = []

        def start_case(self, fields):
            self._rounds = iter([*STRAIGHT, None])
            if len(self.reworks) % 4 == 3:
                self._rounds = iter([*STRAIGHT[:4], opened("rectify"), *STRAIGHT[2:], None])
            self.reworks.append(fields)
            return super().start_case(fields)

    found = workload.Round(Endless(), workload.pool()).run(0.001)
    assert found["cases"] % 4 == 0
    assert found["steps"] == found["cases"] / 4 * (3 * 6 + 9)
