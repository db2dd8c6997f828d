"""The drawing of one process or sub-process: sizes, coordinates, and the corners of its flows, in pixels from its upper left corner."""

from bisect import bisect_left
from collections import defaultdict

from engine.gate.elements import ACTIVITIES, EVENTS, GATEWAYS, NODES, SUB_PROCESSES, children, is_event_subprocess, local, reference
from engine.gate.layout.grid import Edge, Node, arrange

EVENT, GATEWAY, TASK = (36, 36), (50, 50), (100, 80)
NOTES = {"textAnnotation": (120, 30), "dataObjectReference": (36, 50), "dataStoreReference": (50, 50)}
SPACE, TRACK = 50, 10  # between two columns or rows; between two lines that go there beside each other
EDGE, HEAD = 30, 40  # inside of a sub-process: around what is in it, and above, where its name stands
NOTED = 35  # between an element and what is noted above it
STEP = 44  # between two boundary events
LETTERS, LINE = 9, 14  # of an annotation: Chinese ones in a line, the height of the line


class Scope:
    """`shapes`: {id: (x, y, width, height)}, `corners`: {id of a flow: [(x, y), …]}, `bands`: [(y, height)] of the lanes.

    `related`: {id: [(association, the element at its other end)]}; `lane_of`: {id: number of its lane}, None where there are no lanes.
    """

    def __init__(self, element, related, lane_of=None, lanes=1):
        self.element, self.related, self.lane_of = element, related, lane_of
        self.nodes, self.hosts, self.edges, self.below = {}, {}, [], []
        inside = [child for child in children(element, *NODES) if child.get("id")]
        for child in sorted(inside, key=lambda child: local(child) != "startEvent"):
            if local(child) != "boundaryEvent":
                self._stand(child)
        for child in inside:
            if local(child) == "boundaryEvent":
                self._attach(child)
        for child in children(element, *NOTES):
            self._note(child)
        self._connect(children(element, "sequenceFlow"))
        self.depth = arrange([node for node in self.nodes.values() if node not in self.below], self.edges, lanes)
        self._draw()

    def _stand(self, child, size=None):
        inner = Scope(child, self.related) if local(child) in SUB_PROCESSES else None
        size = size or (EVENT if local(child) in EVENTS else GATEWAY if local(child) in GATEWAYS else TASK)
        size = (max(inner.width, TASK[0]), max(inner.height, TASK[1])) if inner else size
        node = Node(child.get("id"), *size, (self.lane_of or {}).get(child.get("id")), local(child) in GATEWAYS, inner)
        if self.nodes.setdefault(node.id, node) is node and self.lane_of is None and is_event_subprocess(child):
            self.below.append(node)

    def _attach(self, child):
        host = self.nodes.get(reference(child.get("attachedToRef")))
        if host is None:
            self._stand(child)
        else:
            host.events.append(child.get("id"))
            host.width = max(host.width, STEP * len(host.events) + 8)
            self.hosts[child.get("id")] = host

    def _note(self, child):
        """Above the element that it belongs to; by itself where it belongs to none."""
        width, height = NOTES[local(child)]
        if local(child) == "textAnnotation":
            text = "".join(child.itertext()).strip()
            height = max(height, LINE * sum(1 + len(line) // LETTERS for line in text.split("\n")) + 10)
        near = next(filter(None, (self._node_of(other) for _, other in self.related.get(child.get("id"), ()))), None)
        if near:
            near.notes.append((child.get("id"), width, height))
        elif child.get("id"):
            self._stand(child, (width, height))

    def _node_of(self, element):
        """The node that stands here for an element: itself, what it is in or attached to, or where it comes from as a flow."""
        while element is not None and element.getparent() is not self.element:
            element = element.getparent()
        if element is None:
            return None
        id = reference(element.get("sourceRef")) if local(element) == "sequenceFlow" else element.get("id")
        return self.hosts.get(id) or self.nodes.get(id)

    def _connect(self, flows):
        ends = {id: (node, None) for id, node in self.nodes.items()} | {id: (host, id) for id, host in self.hosts.items()}
        drawn = [(flow.get("id"), reference(flow.get("sourceRef")), reference(flow.get("targetRef"))) for flow in flows]
        undone = [(way, id, other) for id in self.hosts for way, other in self.related.get(id, ()) if local(other) in ACTIVITIES]
        drawn += [(way.get("id"), id, other.get("id")) for way, id, other in undone]
        for id, source, target in drawn:
            if id and source in ends and target in self.nodes and not {ends[source][0], self.nodes[target]} & set(self.below):
                node, event = ends[source]
                self.edges.append(Edge(id, node, self.nodes[target], event))

    # -- coordinates

    def _draw(self):
        """Twice: how wide it is between two columns follows from the lines that go there, and where these go from how wide it is."""
        self.gutters, self.tracks, rows = defaultdict(dict), defaultdict(dict), defaultdict(set)
        placed = [node for node in self.nodes.values() if node not in self.below]
        for node in placed:
            rows[node.column].add(node.row)
        self.rows = {column: sorted(found) for column, found in rows.items()}
        for _ in range(2):
            self._measure(placed)
            self.corners = {edge.id: _bends(getattr(self, f"_{edge.way}")(edge)) for edge in self.edges}
        self.shapes = {}
        for node in placed:
            self._place(node)
        for node in self.below:
            node.x, node.y = EDGE + node.width / 2, self.height + _above(node)
            self.width, self.height = max(self.width, node.width + 2 * EDGE), node.y + node.height / 2 + EDGE
            self._place(node)

    def _measure(self, placed):
        wide, up, down = defaultdict(int), defaultdict(lambda: EDGE), defaultdict(lambda: EDGE)
        for node in placed:
            wide[node.column] = max(wide[node.column], node.width, sum(10 + width for _, width, _ in node.notes))
            up[node.row] = max(up[node.row], _above(node))
            down[node.row] = max(down[node.row], node.height / 2 + (EVENT[1] / 2 if node.events else 0))
        self.right, middle = {-1: 0}, {}
        at = EDGE + TRACK * len(self.gutters[-1])
        for column in range(max(wide, default=-1) + 1):
            middle[column] = at + wide[column] / 2
            self.right[column] = at + wide[column]
            at = self.right[column] + SPACE + TRACK * len(self.gutters[column])
        self.width = max(at - SPACE + EDGE, TASK[0])
        self.bottom, axis, self.bands, at, first = {}, {}, [], 0, 0
        for depth in self.depth:
            top, at = at, at + (HEAD if self.lane_of is None else EDGE)
            for row in range(first, first + depth):
                axis[row] = at + up[row]
                self.bottom[row] = axis[row] + down[row]
                at = self.bottom[row] + SPACE + TRACK * len(self.tracks[row])
            first += depth
            at -= SPACE - EDGE
            self.bands.append((top, at - top))
        self.height = at
        for node in placed:
            node.x, node.y = middle[node.column], axis[node.row]

    def _place(self, node):
        left, top = node.x - node.width / 2, node.y - node.height / 2
        self.shapes[node.id] = (left, top, node.width, node.height)
        for id in node.events:
            self.shapes[id] = (self._event(node, id) - EVENT[0] / 2, top + node.height - EVENT[1] / 2, *EVENT)
        at = node.x - sum(10 + width for _, width, _ in node.notes) / 2 + 5
        for id, width, height in node.notes:
            self.shapes[id] = (at, top - NOTED - height, width, height)
            at += width + 10
        if node.inner:
            self.shapes |= {id: (x + left, y + top, *size) for id, (x, y, *size) in node.inner.shapes.items()}
            self.corners |= {id: [(x + left, y + top) for x, y in way] for id, way in node.inner.corners.items()}

    def _event(self, node, id):
        """The x of a boundary event: from the right to the left."""
        return node.x + node.width / 2 - 26 - STEP * node.events.index(id)

    # -- the ways of flows: only between columns and rows, or where a cell is empty

    def _gutter(self, column, key):
        """The x of a line right of a column; those with the same key share it."""
        lines = self.gutters[column]
        return self.right[column] + 25 + TRACK * lines.setdefault(key, len(lines))

    def _track(self, row, key):
        """The y of a line below a row."""
        lines = self.tracks[row]
        return self.bottom[row] + 20 + TRACK * lines.setdefault(key, len(lines))

    def _clear(self, column, first, last):
        """Is nothing in this column from row `first` to row `last`?"""
        rows = self.rows.get(column, [])
        at = bisect_left(rows, first)
        return at == len(rows) or rows[at] > last

    def _straight(self, edge):
        return [_side(edge.source, 1), _side(edge.target, -1)]

    def _join(self, edge):
        source, target = edge.source, edge.target
        if target.corner and target.row < source.row and self._clear(target.column, target.row + 1, source.row):
            return [_side(source, 1), (target.x, source.y), (target.x, target.y + target.height / 2)]
        x = self._gutter(target.column - 1, ("to", target.id))
        return [_side(source, 1), (x, source.y), (x, target.y), _side(target, -1)]

    def _branch(self, edge):
        source, target = edge.source, edge.target
        up, rows = target.row < source.row, sorted((source.row, target.row))
        clear = self._clear(source.column, rows[0] + (not up), rows[1] - up)
        if source.corner and clear and not (up and source.notes):
            turn = source.y + source.height / 2 * (-1 if up else 1)
            return [(source.x, turn), (source.x, target.y), _side(target, -1)]
        if edge.event and clear and not up:
            x = self._event(source, edge.event)
            return [(x, source.y + source.height / 2 + EVENT[1] / 2), (x, target.y), _side(target, -1)]
        return [*self._right(edge), (self._gutter(source.column, ("from", edge.event or source.id)), target.y), _side(target, -1)]

    def _around(self, edge):
        source, target = edge.source, edge.target
        row = max(source.row, target.row)
        y = self._track(row, edge.id)
        if (edge.event or (not source.events and source is not target)) and self._clear(source.column, source.row + 1, row):
            x = self._event(source, edge.event) if edge.event else source.x
            way = [(x, source.y + source.height / 2 + (EVENT[1] / 2 if edge.event else 0)), (x, y)]
        else:
            way = self._right(edge)
            way.append((way[-1][0], y))
        if not target.events and self._clear(target.column, target.row + 1, row):
            return [*way, (target.x, y), (target.x, target.y + target.height / 2)]
        x = self._gutter(target.column - 1, ("to", target.id))
        return [*way, (x, y), (x, target.y), _side(target, -1)]

    def _right(self, edge):
        """Out of the source to the line right of its column; out of a boundary event first below the row."""
        node, x = edge.source, self._gutter(edge.source.column, ("from", edge.event or edge.source.id))
        if not edge.event:
            return [_side(node, 1), (x, node.y)]
        at, y = self._event(node, edge.event), self._track(node.row, ("from", edge.event))
        return [(at, node.y + node.height / 2 + EVENT[1] / 2), (at, y), (x, y)]


def _above(node):
    """From its axis to the upper end of what belongs to it."""
    return node.height / 2 + (NOTED + max(height for _, _, height in node.notes) if node.notes else 0)


def _side(node, side):
    """The middle of its right (1) or left (-1) side."""
    return node.x + side * node.width / 2, node.y


def _bends(corners):
    """Without the points that are twice the same, or on the way between two others."""
    way = []
    for point in corners:
        if way and way[-1] == point:
            continue
        if len(way) > 1 and (way[-2][0] == way[-1][0] == point[0] or way[-2][1] == way[-1][1] == point[1]):
            way.pop()
        way.append(point)
    return way
