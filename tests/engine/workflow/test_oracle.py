"""Beside SpiffWorkflow's own runtime, on diagrams that it executes correctly: the same tasks are open after every step."""

from random import Random

import pytest

from tests.engine.workflow.drawing import boundary, diagram, end, flows, gateway, start, sub, timer, user
from tests.engine.workflow.ledger import Case
from tests.engine.workflow.oracle import Oracle

#: what both run, and the library runs correctly: no joins inside of loops, no data that branches change
BLOCKS = ("task", "task", "sequence", "sequence", "exclusive", "parallel", "inclusive", "sub", "reminded", "interrupted", "rework")


class Drawing:
    """A random diagram twice: conditions and timers in FEEL for us, in Python for the library."""

    def __init__(self, random):
        self.random, self.count = random, 0
        body, entry, exit = self.block(4)
        whole = [start("S0"), body, end("E0"), flows(f"S0 -> {entry}", f"{exit} -> E0")]
        self.ours = diagram(*whole)
        text = self.ours.decode().replace("Expression>=", "Expression>").replace(" = ", " == ")
        self.library = text.replace("PT1H", '"PT1H"').encode()

    def id(self, word):
        self.count += 1
        return f"{word}{self.count}"

    def block(self, depth, blocks=BLOCKS):
        kind = self.random.choice(blocks) if depth > 0 else "task"
        return getattr(self, "_" + kind)(depth)

    def _task(self, depth):
        id = self.id("t")
        return user(id), id, id

    def _sequence(self, depth):
        a, b = self.block(depth - 1), self.block(depth - 1)
        return a[0] + b[0] + flows(f"{a[2]} -> {b[1]}"), a[1], b[2]

    def _split(self, kind, depth):
        f, j = self.id("g"), self.id("g")
        parts = [self.block(depth - 1) for _ in range(self.random.randint(2, 3))]
        way = [f"{exit} -> {j}" for _, _, exit in parts]
        for number, (_, entry, _) in enumerate(parts):
            way.append(f"{f} -> {entry}" + (f" if pick{self.random.randint(0, 2)} = {number}" if kind != "parallel" and number else ""))
        default = {} if kind == "parallel" else {"default": f"{f}_{parts[0][1]}"}
        meet = "exclusive" if kind == "exclusive" else kind
        return gateway(kind, f, **default) + gateway(meet, j) + "".join(part[0] for part in parts) + flows(*way), f, j

    def _exclusive(self, depth):
        return self._split("exclusive", depth)

    def _parallel(self, depth):
        return self._split("parallel", depth)

    def _inclusive(self, depth):
        return self._split("inclusive", depth)

    def _sub(self, depth):
        id, s, e = self.id("x"), self.id("s"), self.id("e")
        body, entry, exit = self.block(depth - 1)
        return sub(id, start(s) + body + end(e) + flows(f"{s} -> {entry}", f"{exit} -> {e}")), id, id

    def _timed(self, interrupting):
        t, b, r, after = self.id("t"), self.id("b"), self.id("t"), self.id("g")
        parts = user(t) + boundary(b, t, timer("PT1H"), interrupting) + user(r) + gateway("exclusive", after)
        way = flows(f"{t} -> {after}", f"{b} -> {r} -> {after}")
        if not interrupting:
            e = self.id("e")
            parts, way = parts + end(e), flows(f"{t} -> {after}", f"{b} -> {r} -> {e}")
        return parts + way, t, after

    def _reminded(self, depth):
        return self._timed(False)

    def _interrupted(self, depth):
        return self._timed(True)

    def _rework(self, depth):
        m, t, g, after = self.id("g"), self.id("t"), self.id("g"), self.id("g")
        parts = gateway("exclusive", m) + user(t) + gateway("exclusive", g, default=f"{g}_{after}") + gateway("exclusive", after)
        return parts + flows(f"{m} -> {t} -> {g} -> {after}", f"{g} -> {m} if again = 1"), m, after


@pytest.mark.parametrize("chunk", range(5))
def test_the_same_tasks_are_open_after_every_step(chunk):
    steps = 0
    for seed in range(chunk * 40, chunk * 40 + 40):
        drawing = Drawing(Random(seed))
        for turn in range(2):
            player = Random(seed * 10 + turn)
            given = {f"pick{n}": player.randint(0, 2) for n in range(3)}
            ours, library = Case(drawing.ours, watched=False, **given, again=0), Oracle(drawing.library, **given, again=0)
            while True:
                steps += 1
                assert ours.open == library.open, f"seed {seed}"
                assert (ours.status == "COMPLETED") == library.is_over, f"seed {seed}"
                if not ours.open:
                    break
                if player.random() < 0.2 and any(row.kind == "timer" for row in ours.ledger.subscriptions.values()):
                    ours.later(1)
                    library.timers_fire()
                else:
                    id, again = player.choice(ours.open), int(player.random() < 0.3)
                    ours.complete(id, again=again)
                    library.complete(id, again=again)
            assert ours.status == "COMPLETED"
    assert steps > 100
