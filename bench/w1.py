"""W1 on one store: the peers in turns, round by round, so that a noisy minute slows all of them."""

import os
import statistics
from contextlib import ExitStack, contextmanager

from bench.child import PeerFailed, on_new_store

WARM_UP = 0.5  # seconds, not counted


def measure(store_name, peers, folder, server, rounds, seconds):
    """`peers` is {name: interpreter} -> {"peers": {name: figures, or {"failed": sentence}}, "load": [load average at each round]}.

    Figures: `steps_s` (one rate per round), the medians of the rounds' p50_ms, p95_ms, start_ms and cpu_ms (a step), and rss_mb. A step is
    a completion; the time of the starts is in the rate too, as no case can be completed without.
    """
    failed, children, load = {}, {}, []
    worked, counts = {name: [] for name in peers}, {}
    with ExitStack() as stack:
        for name, python in peers.items():
            with _noting(failed, name):
                children[name] = stack.enter_context(on_new_store(name, store_name, folder, server, python))
                worked[name].append(children[name].ask("round", seconds=WARM_UP))
        for number in range(rounds):
            load.append(round(os.getloadavg()[0], 2))
            turn = number % len(peers)
            for name in [*list(peers)[turn:], *list(peers)[:turn]]:
                if name not in failed:
                    with _noting(failed, name):
                        worked[name].append(children[name].ask("round", seconds=seconds))
        for name in peers:
            if name not in failed:
                with _noting(failed, name):
                    counts[name] = children[name].ask("counts")
    found = {name: {"failed": failed[name]} if name in failed else _figures(name, worked[name], counts[name]) for name in peers}
    return {"load": load, "peers": found}


@contextmanager
def _noting(failed, name):
    try:
        yield
    except PeerFailed as failure:
        failed[name] = str(failure)


def _figures(name, worked, counts):
    steps, cases = (sum(each[what] for each in worked) for what in ("steps", "cases"))
    if (counts["cases"], counts["tasks"], counts["candidates"]) != (cases, steps, steps) or counts["history"] < steps + cases:
        return {"failed": f"Expected {name} to keep rows of {cases} cases, {steps} tasks and their history, but it keeps {counts}"}
    _warm_up, *rounds = worked
    return {
        "steps_s": [each["steps"] / each["seconds"] for each in rounds],
        **{what: statistics.median(each[what] for each in rounds) for what in ("p50_ms", "p95_ms", "start_ms")},
        "cpu_ms": statistics.median(each["cpu_seconds"] / each["steps"] for each in rounds) * 1e3,
        "rss_mb": counts["rss_mb"],
    }
