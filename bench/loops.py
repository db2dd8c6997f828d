"""Does a case that was sent back a thousand times still cost what it cost at first?"""

import statistics
import time

from bench.workload import AGAIN, Case


class _Loop:
    """One case that is sent back again and again; each round is rectify, verify_a, verify_b."""

    def __init__(self, peer, case):
        self._peer, self._case = peer, case
        self.rounds = 0

    def begin(self):
        """Start the case and take it to its first rectification -> this loop."""
        self._instance, self._waiting = self._peer.start_case(self._case.start)
        for element in ("triage", "assign"):
            self._step(element)
        return self

    def round(self):
        """Work through one round and ask for another -> seconds of each of its steps."""
        self.rounds += 1
        return [self._step(element) for element in AGAIN]

    def _step(self, element):
        task = next((task for task, name in self._waiting if name == element), None)
        if task is None:
            raise RuntimeError(f"expected {element} to wait in round {self.rounds}, but found {[name for _, name in self._waiting]}")
        begun = time.perf_counter()
        opened = self._peer.complete(self._instance, task, self._case.filed(element, passes=False))
        took = time.perf_counter() - begun
        self._waiting = [pair for pair in self._waiting if pair[0] != task] + list(opened)
        return took


def grow(peer, rounds, window, seconds):
    """Send a case back until the last of `rounds` (1, 10, 100 …) -> {"rounds": {round: figures}, "stopped": sentence or None}.

    Figures: `ms`, the median step of the `window` rounds from there on; `fresh_ms`, that of a new case's first rounds, taken in turns with
    them so that a noisy machine slows both; their `ratio`. The case is repeated up to three times while `seconds` last. A peer that breaks,
    or whose first case takes longer, is stopped, and `stopped` says in which round.
    """
    late, fresh = {n: [] for n in rounds}, {n: [] for n in rounds}
    end, stopped = time.monotonic() + seconds, None
    for number in range(3):
        loop = _Loop(peer, Case(number))
        try:
            arrived = _run(loop, peer, late, fresh, window, end)
        except Exception as error:  # noqa: BLE001 (a peer that breaks in a long loop is a result, and is reported as one)
            stopped = f"{type(error).__name__} in round {loop.rounds}: {error}"
            break
        if not arrived:
            stopped = None if number else f"out of time in round {loop.rounds}"
            break
    return {"rounds": {n: _figures(late[n], fresh[n]) for n in rounds if late[n]}, "stopped": stopped}


def _run(loop, peer, late, fresh, window, end):
    """One case through all checkpoints -> whether it came to the last before `end`."""
    loop.begin()
    for checkpoint in sorted(late):
        while loop.rounds < checkpoint - 1:
            loop.round()
            if time.monotonic() > end:
                return False
        beside = _Loop(peer, Case(1)).begin()
        for _ in range(window):
            late[checkpoint] += loop.round()
            fresh[checkpoint] += beside.round()
    return True


def _figures(late, fresh):
    ms, fresh_ms = statistics.median(late) * 1e3, statistics.median(fresh) * 1e3
    return {"ms": ms, "fresh_ms": fresh_ms, "ratio": ms / fresh_ms}
