"""Block-structured processes as trees: drawn by hypothesis, and written as diagrams.

A block has one way in and one way out. What happens inside is decided by the variables pick0 … pick2 alone, and on every path through a
block somebody is waited for, so that one step moves one token from one wait to the next.
"""

from dataclasses import dataclass, field
from itertools import pairwise

from hypothesis import strategies as some

from tests.engine.workflow.drawing import boundary, catch, diagram, end, flows, gateway, multi, script, start, sub, user

#: How often a body that is sent back is done at least once its counter is at nothing.
ROUNDS = 3


@dataclass
class Event:
    """A boundary event with what it leads to."""

    kind: str  # timer, message, signal
    interrupting: bool
    then: object
    id: str = ""


@dataclass
class Loop:
    """A multi-instance over so many items; `enough`: so many rounds end it, 0: all."""

    size: int
    sequential: bool
    enough: int


@dataclass
class Block:
    """`kind`: of PARTS; `pick`: which variable decides, where one does. The parts of `events` follow a gateway, one for each of EVENTS."""

    kind: str
    parts: list = field(default_factory=list)
    pick: int = 0
    loop: Loop | None = None
    events: list = field(default_factory=list)
    id: str = ""


EVENTS = ("timer", "message", "signal")


#: Kind -> how many parts it may have. The simplest comes first: to it hypothesis reduces what it finds.
PARTS = {
    "task": (0, 0), "sequence": (2, 3), "parallel": (2, 3), "exclusive": (2, 3), "inclusive": (2, 3), "sub": (1, 1), "rework": (1, 1),
    "events": (2, 3),
}  # fmt: skip


@some.composite
def blocks(draw, depth=3):
    """A Block without ids, of blocks inside each other so deep."""
    kind = draw(some.sampled_from(list(PARTS))) if depth else "task"
    least, most = PARTS[kind]
    block = Block(kind, [draw(blocks(depth - 1)) for _ in range(draw(some.integers(least, most)))], draw(some.integers(0, 2)))
    if kind in ("task", "sub"):
        block.loop = draw(some.none() | some.builds(Loop, some.integers(1, 3), some.booleans(), some.integers(0, 2)))
        for _ in range(draw(some.integers(0, 2)) if depth else 0):
            # What does not interrupt waits for a timer, which fires once: two tokens in one block would be one another's.
            event = draw(some.sampled_from([*EVENTS, ""]))
            block.events.append(Event(event or "timer", bool(event), draw(blocks(depth - 1))))
    return block


class Drawing:
    """The diagram of a tree; every block and event gets its id."""

    def __init__(self):
        self._count = 0

    def process(self, block):
        """The file, as bytes."""
        body, entry, exit = self._block(block)
        return diagram(start("S"), body, end("E"), flows(f"S -> {entry}", f"{exit} -> E"))

    def _id(self, word):
        self._count += 1
        return f"{word}{self._count}"

    def _block(self, block):
        """(elements, id that a flow leads to, id that a flow leaves)"""
        block.id = self._id(block.kind)
        return getattr(self, "_" + block.kind)(block)

    def _task(self, block):
        return self._activity(block, user(block.id, self._characteristics(block)))

    def _sub(self, block):
        body, entry, exit = self._block(block.parts[0])
        s, e = self._id("s"), self._id("e")
        inside = start(s) + body + end(e) + flows(f"{s} -> {entry}", f"{exit} -> {e}")
        return self._activity(block, sub(block.id, inside, self._characteristics(block)))

    @staticmethod
    def _characteristics(block):
        if block.loop is None:
            return ""
        items = f"[{', '.join(str(n + 1) for n in range(block.loop.size))}]"
        until = f"numberOfCompletedInstances >= {block.loop.enough}" if block.loop.enough else ""
        return multi(block.loop.sequential, until, items, output=f"out_{block.id}", result="loopCounter * 10")

    def _activity(self, block, body):
        after, way = self._id("after"), []
        body += gateway("exclusive", after)
        way.append(f"{block.id} -> {after}")
        for event in block.events:
            event.id = self._id(event.kind)
            inside, entry, exit = self._block(event.then)
            body += boundary(event.id, block.id, event.kind, event.interrupting) + inside
            last = after if event.interrupting else self._id("e")
            body += "" if event.interrupting else end(last)
            way += [f"{event.id} -> {entry}", f"{exit} -> {last}"]
        return body + flows(*way), block.id, after

    def _sequence(self, block):
        parts = [self._block(part) for part in block.parts]
        way = [f"{one[2]} -> {other[1]}" for one, other in pairwise(parts)]
        return "".join(part[0] for part in parts) + flows(*way), parts[0][1], parts[-1][2]

    def _parallel(self, block):
        return self._split(block)

    def _exclusive(self, block):
        return self._split(block)

    def _inclusive(self, block):
        return self._split(block)

    def _split(self, block):
        fork, join = block.id, self._id("join")
        parts = [self._block(part) for part in block.parts]
        way = [f"{exit} -> {join}" for _, _, exit in parts]
        for number, (_, entry, _) in enumerate(parts):
            condition = f" if pick{block.pick} >= {number}" if number and block.kind != "parallel" else ""
            way.append(f"{fork} -> {entry}{condition}")
        default = {} if block.kind == "parallel" else {"default": f"{fork}_{parts[0][1]}"}
        return (
            gateway(block.kind, fork, **default) + gateway(block.kind, join) + "".join(part[0] for part in parts) + flows(*way),
            fork,
            join,
        )

    def _rework(self, block):
        body, entry, exit = self._block(block.parts[0])
        merge, again, after, count = self._id("merge"), self._id("again"), self._id("after"), f"n_{block.id}"
        parts = gateway("exclusive", merge) + gateway("exclusive", again, default=f"{again}_{after}") + gateway("exclusive", after)
        counted = script(block.id, f"if {count} = null then 1 else {count} + 1", count)
        way = flows(f"{merge} -> {entry}", f"{exit} -> {block.id} -> {again} -> {after}", f"{again} -> {merge} if {count} < {ROUNDS}")
        return body + parts + counted + way, merge, after

    def _events(self, block):
        after, body, way = self._id("after"), "", []
        for kind, part in zip(EVENTS, block.parts, strict=False):
            inside, entry, exit = self._block(part)
            id = f"{block.id}_{kind}"
            body += catch(id, kind) + inside
            way += [f"{block.id} -> {id} -> {entry}", f"{exit} -> {after}"]
        return gateway("eventBased", block.id) + gateway("exclusive", after) + body + flows(*way), block.id, after
