"""W1, the work that every peer does: hazard cases of six user tasks, where one case in four is verified twice.

Standard library only: it also runs in the separate environment of a peer that is no dependency of ours.
"""

import json
import random
import statistics
import string
import time

SEED = 20_260_412
FORM_BYTES, START_BYTES = 294, 345  # as JSON: what a person files, and what a case starts with
POOL = 64  # cases made beforehand, so that making them costs no peer anything
LOOPS_EVERY = 4

FIRST_ROUND = ("triage", "assign", "rectify", "verify_a", "verify_b")
AGAIN = ("rectify", "verify_a", "verify_b")

#: The queue of each element, as in w1.bpmn.
GROUPS = {
    "triage": "居村", "assign": "居村", "rectify": "责任人", "verify_a": "复查", "verify_b": "监管", "close": "居村",
}  # fmt: skip


class Case:
    """What one case is filled with: `start`, and per element what is filed when it passes and when it has to be done again."""

    def __init__(self, number):
        dice = random.Random(SEED + number)
        self.start = _filled(dice, START_BYTES, "description", {
            "hazard_no": f"YH-2026-{number:06d}", "place": f"P{dice.randrange(10**6):06d}", "reported_by": f"u{dice.randrange(1000):03d}",
            "found_on": "2026-04-12", "category": dice.choice(["electric", "exit", "fire", "gas"]), "risk": 1, "photos": dice.randrange(9),
            "source": "inspection", "open_to_public": dice.random() < 0.5,
        })  # fmt: skip
        self._forms = {(element, passes): self._form(dice, element, passes) for element in GROUPS for passes in (True, False)}

    def filed(self, element, passes):
        """The five fields filed at `element`, as a dict that nobody may change; `passes`: this is the last round."""
        return self._forms[element, passes]

    @staticmethod
    def _form(dice, element, passes):
        # The verifier who finishes last decides alone: SpiffWorkflow merges whole branches at a join, and an older copy would win.
        fifth = {"triage": {"risk": 4 + dice.randrange(4)}, "verify_b": {"passed": int(passes)}}.get(element, {element + "_photos": 2})
        return _filled(dice, FORM_BYTES, element + "_note", {
            element + "_by": f"u{dice.randrange(1000):03d}", element + "_on": "2026-04-15", element + "_result": "as agreed", **fifth,
        })  # fmt: skip


def _filled(dice, size, name, fields):
    missing = size - len(json.dumps({**fields, name: ""}))
    return {**fields, name: "".join(dice.choices(string.ascii_lowercase + "     ", k=missing))}


def pool():
    """The cases of the workload, always the same; which one comes next is its number modulo POOL."""
    return [Case(number) for number in range(POOL)]


def path(reworks):
    """The elements that a case completes, in order, when it is sent back `reworks` times."""
    return [*FIRST_ROUND, *(AGAIN * reworks), "close"]


def run_case(peer, case, reworks, took=None):
    """Take one case from its start to its end through `peer`, appending the seconds of each completion to `took` -> seconds of the start.

    Raises AssertionError where the peer's case took another path than the diagram's: then it did not do the work that is measured.
    """
    expected = path(reworks)
    begun = time.perf_counter()
    instance, waiting = peer.start_case(case.start)
    starting = time.perf_counter() - begun
    done, left = [], reworks
    while waiting:
        task, element = waiting.pop(0)
        fields = case.filed(element, left == 0)
        left -= element == "verify_b"
        begun = time.perf_counter()
        opened = peer.complete(instance, task, fields)
        if took is not None:
            took.append(time.perf_counter() - begun)
        done.append(element)
        waiting.extend(sorted(opened, key=lambda pair: pair[1]))
        if done[-1] != expected[len(done) - 1]:
            break
    if done != expected:
        raise AssertionError(f"Expected the case to take the path {expected}, but {peer.name} took {done}")
    return starting


class Round:
    """Cases one after the other until the time is up, always whole groups of four, so that the share of rework is exact."""

    def __init__(self, peer, cases):
        self._peer, self._cases, self._next = peer, cases, 0

    def run(self, seconds):
        """Work for at least `seconds` -> {cases, steps, seconds, cpu_seconds, p50_ms, p95_ms, start_ms}."""
        took, starts, first = [], [], self._next
        cpu, begun = time.process_time(), time.perf_counter()
        while time.perf_counter() - begun < seconds:
            for _ in range(LOOPS_EVERY):
                number, self._next = self._next, self._next + 1
                starts.append(run_case(self._peer, self._cases[number % POOL], int(number % LOOPS_EVERY == LOOPS_EVERY - 1), took))
        spent = time.perf_counter() - begun
        return {
            "cases": self._next - first, "steps": len(took), "seconds": spent, "cpu_seconds": time.process_time() - cpu,
            "p50_ms": statistics.median(took) * 1e3, "p95_ms": statistics.quantiles(took, n=20)[-1] * 1e3,
            "start_ms": statistics.median(starts) * 1e3,
        }  # fmt: skip
