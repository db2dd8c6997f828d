"""Columns and rows for the nodes of one process or sub-process: time runs to the right, what goes on straight stays in its row."""

from bisect import bisect, insort
from collections import defaultdict
from dataclasses import dataclass, field


@dataclass(eq=False)
class Node:
    """What takes a cell. `lane`: number of its lane, None where it is in none; `corner`: is it a gateway, which flows leave up and down?"""

    id: str
    width: float
    height: float
    lane: int | None = None
    corner: bool = False
    inner: object = None  # the Scope of a sub-process
    events: list = field(default_factory=list)  # ids of the boundary events on its lower edge
    notes: list = field(default_factory=list)  # (id, width, height) of the data and annotations above it
    column: int = 0
    row: int = 0
    x: float = 0  # of its centre, pixels, as y
    y: float = 0


@dataclass(eq=False)
class Edge:
    """`event`: id of the boundary event of `source` at which it leaves. `way`: how it goes, see `arrange`."""

    id: str
    source: Node
    target: Node
    event: str | None = None
    way: str = "around"


def arrange(nodes, edges, lanes=1):
    """Give each node its column and row and each edge its way; returns the number of rows of each lane.

    Columns are longest paths without the edges that lead back. Ways: `straight` in one row; `branch`, the row of the target is free for
    it; `join`, the row of the source is free for it up to the target's column; `around`, below the rows of both.
    """
    order, forward = _forward(nodes, edges)
    into, out = defaultdict(list), defaultdict(list)
    for edge in forward:
        into[edge.target].append(edge)
        out[edge.source].append(edge)
    for node in order:
        node.column = max((edge.source.column + 1 for edge in into[node]), default=0)
    best = _straight(order, out)
    place = {node: number for number, node in enumerate(nodes)}
    lines = sorted(_lines(order, into, best), key=lambda line: place[line.nodes[0]])
    for edge in forward:
        if edge.way == "around" and edge.event is None and edge.target.column == edge.source.column + 1:
            edge.way = "join"
    return _rows(lines, lanes)


def _forward(nodes, edges):
    """(nodes, each after those that lead to it; edges without those that lead back to where the way came from)."""
    out, reached = defaultdict(list), {edge.target for edge in edges}
    for edge in edges:
        out[edge.source].append(edge)
    order, forward, done = [], [], {}
    for root in [*(node for node in nodes if node not in reached), *nodes]:
        path = [] if root in done else [(root, iter(out[root]))]
        done.setdefault(root, False)
        while path:
            node, following = path[-1]
            for edge in following:
                if done.get(edge.target, True):
                    forward.append(edge)
                if edge.target not in done:
                    done[edge.target] = False
                    path.append((edge.target, iter(out[edge.target])))
                    break
            else:
                done[node] = True
                order.append(path.pop()[0])
    return order[::-1], forward


def _straight(order, out):
    """{node: the edge that goes on straight}: in its lane, the one with the longest way ahead."""
    best, ahead = {}, {}
    for node in reversed(order):
        ahead[node] = max((ahead[edge.target] + 1 for edge in out[node]), default=0)
        own = [edge for edge in out[node] if edge.event is None]
        best[node] = max(own, key=lambda edge: (edge.target.lane in (None, node.lane), ahead[edge.target]), default=None)
    return best


@dataclass(eq=False)
class _Line:
    """Nodes that stand in one row, from the column where the edge to the first may need it to where that of the last does."""

    nodes: list
    parent: Edge | None
    lines: list = field(default_factory=list)
    start: int = 0
    end: int = 0


def _lines(order, into, best):
    """The lines that nothing leads to; the others in them."""
    roots, line_of, turns = [], {}, {}
    for node in order:
        parent = min(into[node], key=lambda edge: turns[edge.source] + (edge is not best[edge.source]), default=None)
        turns[node] = turns[parent.source] + (parent is not best[parent.source]) if parent else 0
        if node.lane is None:
            node.lane = parent.source.lane if parent else 0
        if parent and parent is best[parent.source] and parent.source.lane == node.lane:
            parent.way, line_of[node] = "straight", line_of[parent.source]
            line_of[node].nodes.append(node)
            continue
        line = line_of[node] = _Line([node], parent)
        line.start = parent.source.column + (not parent.event and not parent.source.corner) if parent else node.column
        (line_of[parent.source].lines if parent else roots).append(line)
        if parent:
            parent.way = "branch"
    for line in set(line_of.values()):
        last = line.nodes[-1]
        line.end, onward = last.column, best[last]
        if onward and onward.way == "around":
            onward.way, line.end = "join", onward.target.column - 1
    return roots


def _rows(roots, lanes):
    """The first row that has room: short branches are nearer to where they leave than long ones, and above theirs."""
    taken, depth, tried = defaultdict(list), [1] * lanes, {}
    waiting = roots[::-1]
    while waiting:
        line = waiting.pop()
        source, lane = line.parent.source if line.parent else None, line.nodes[0].lane
        first = source.row + 1 if source and source.lane == lane else 0
        row = tried.get((source, lane), first)
        while not _fits(taken[lane, row], line.start, line.end):
            row += 1
        insort(taken[lane, row], (line.start, line.end))
        tried[source, lane], depth[lane] = row, max(depth[lane], row + 1)
        for node in line.nodes:
            node.row = row
        waiting += sorted(line.lines, key=lambda each: (each.start - each.end, each.start))
    above = [sum(depth[:lane]) for lane in range(lanes)]
    everything = list(roots)
    while everything:
        line = everything.pop()
        everything += line.lines
        for node in line.nodes:
            node.row += above[node.lane]
    return depth


def _fits(spans, start, end):
    at = bisect(spans, (end, float("inf")))
    return not at or spans[at - 1][1] < start
