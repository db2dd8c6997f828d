"""Does a step cost the same beside a thousand rounds of a multi-instance as beside ten?"""

import statistics
import time
from pathlib import Path

from bench.product_engine import ACTOR, open_product
from engine.commands.complete_task import complete_task
from engine.commands.deploy import deploy_accepted
from engine.commands.start_instance import start_instance
from engine.domain.people import THE_SYSTEM
from engine.gate.resource import Resource

MULTI = Path(__file__).with_name("multi.bpmn")
PROCESS = "opinions"
OPINION = {"opinion": "agreed"}


class _Rounds:
    """Instances with a multi-instance sub-process of so many rounds, of which at most half are completed."""

    def __init__(self, product, size):
        self._product, self._size, self._waiting = product, size, []

    def step(self):
        """Complete the task of one round -> seconds."""
        if len(self._waiting) <= self._size // 2:
            units = [{"no": number, "name": f"单位{number:05d}"} for number in range(self._size)]
            started = start_instance(self._product, ACTOR, PROCESS, variables={"units": units, "opinion": None})
            self._waiting = [task["key"] for task in started["opened"]]
        task = self._waiting.pop(self._size // 4)
        begun = time.perf_counter()
        complete_task(self._product, ACTOR, task, OPINION)
        return time.perf_counter() - begun


def measure(store, sizes, steps):
    """Complete tasks of instances with so many rounds, in turns, on the empty `store` -> {size: figures}.

    Figures: `ms`, the median step of `steps`, and its `ratio` to that of the first of `sizes`.
    """
    product, _ = open_product(store)
    facts = {MULTI.name: {"kind": "bpmn", "processes": [{"id": PROCESS, "name": None, "version_tag": None}]}}
    deploy_accepted(product, THE_SYSTEM, [Resource(MULTI.name, MULTI.read_bytes())], facts)
    rounds, took = {size: _Rounds(product, size) for size in sizes}, {size: [] for size in sizes}
    for _ in range(steps):
        for size in sizes:
            took[size].append(rounds[size].step())
    product.store.engine.dispose()
    ms = {size: statistics.median(each) * 1e3 for size, each in took.items()}
    return {size: {"ms": each, "ratio": each / ms[sizes[0]]} for size, each in ms.items()}
