"""The picture of a whole file: its processes, in pools below one another where there are several, their lanes, and the messages between."""

from collections import defaultdict

from lxml import etree

from engine.gate.elements import BPMN, children, local, reference
from engine.gate.layout.scope import EDGE, NOTES, SPACE, TASK, TRACK, Scope

LEFT, TOP = 160, 80  # of the first process or pool
TITLE = 30  # where the name of a pool or lane stands
CLOSED, LEAST = 60, 600  # the height of a pool without a process, the width of any
ASIDE = 20


class Picture:
    """`shapes`: {id: (x, y, width, height)}; `corners`: {id of a line: [(x, y), …]}; `plane`: what the picture is of.

    Where lanes or several processes are in no pool, the tree gets pools for them: nothing else could be drawn around them.
    """

    def __init__(self, root):
        self.root = root
        self.by_id = {element.get("id"): element for element in root.iter(f"{{{BPMN}}}*") if element.get("id")}
        self.ids, self.shapes, self.corners, self.pools = set(self.by_id), {}, {}, {}
        self.ends = [ends for element in root.iter(f"{{{BPMN}}}*") if (ends := self._ends(element))]
        self.related = defaultdict(list)
        for way, source, target in self.ends:
            self.related[source].append((way, self.by_id[target]))
            self.related[target].append((way, self.by_id[source]))
        self.plane = self._plane()
        if local(self.plane) == "process":
            self._take(Scope(self.plane, self.related), LEFT, TOP)
        else:
            self._pools(children(self.plane, "participant"))
        crossing = [
            (flow, reference(flow.get("sourceRef")), reference(flow.get("targetRef"))) for flow in root.iter(f"{{{BPMN}}}sequenceFlow")
        ]
        for way, *ends in [*self.ends, *crossing]:
            boxes = [self._box(end) for end in ends]
            if way.get("id") and way.get("id") not in self.corners and None not in boxes:
                self.corners[way.get("id")] = _between(*boxes)
        self._messages()

    def _box(self, id):
        """Where a line may end: at a shape, or in the middle of another line."""
        if id not in self.corners:
            return self.shapes.get(id)
        way = self.corners[id]
        (x1, y1), (x2, y2) = way[len(way) // 2 - 1 : len(way) // 2 + 1]
        return (x1 + x2) / 2, (y1 + y2) / 2, 0, 0

    def _ends(self, element):
        """(a line that no scope draws, ids of its ends): associations, also those of data, which belong to an activity."""
        source, target = reference(element.get("sourceRef")), reference(element.get("targetRef"))
        if local(element) in ("dataInputAssociation", "dataOutputAssociation"):
            held = element.getparent().get("id")
            named = {local(child): reference(child.text) for child in element}
            source, target = (named.get("sourceRef"), held) if local(element) == "dataInputAssociation" else (held, named.get("targetRef"))
        elif local(element) != "association":
            return None
        return (element, source, target) if element.get("id") and source in self.by_id and target in self.by_id else None

    def _plane(self):
        """The only process, or the collaboration; where lanes or several processes have no pools yet, they get them."""
        processes, (found, *_) = children(self.root, "process"), [*children(self.root, "collaboration"), None]
        if found is None and len(processes) == 1 and not children(processes[0], "laneSet"):
            return processes[0]
        if found is None:
            found = etree.Element(f"{{{BPMN}}}collaboration", id=self.new_id("Collaboration"))
            self.root.insert(self.root.index(processes[0]), found)
        pooled = {reference(pool.get("processRef")) for pool in children(found, "participant")}
        for process in processes:
            if process.get("id") and process.get("id") not in pooled:
                pool = etree.Element(f"{{{BPMN}}}participant", id=self.new_id(f"Participant_{process.get('id')}"))
                pool.set("name", process.get("name") or process.get("id"))
                pool.set("processRef", process.get("id"))
                found.insert(len(children(found, "participant")), pool)
        for each in [found, *children(found, "participant")]:
            if not each.get("id"):
                each.set("id", self.new_id(local(each).capitalize()))
            self.by_id.setdefault(each.get("id"), each)
        return found

    def new_id(self, wanted):
        """This id, or one like it where it is taken."""
        while wanted in self.ids:
            wanted += "_"
        self.ids.add(wanted)
        return wanted

    def _take(self, scope, x, y):
        self.shapes |= {id: (left + x, top + y, *size) for id, (left, top, *size) in scope.shapes.items()}
        self.corners |= {id: [(left + x, top + y) for left, top in way] for id, way in scope.corners.items()}

    # -- pools and lanes

    def _pools(self, pools):
        at, left, banded, wide = TOP, LEFT, [], LEAST
        space = SPACE + TRACK * len(children(self.plane, "messageFlow"))
        for pool in pools:
            process = self.by_id.get(reference(pool.get("processRef")))
            self.pools[pool.get("id")] = pool
            if process is None or local(process) != "process":
                self.shapes[pool.get("id")] = (left, at, 0, CLOSED)
                at += CLOSED + space
                continue
            lanes, leaves, lane_of = [], [], {}
            for each in children(process, "laneSet"):
                _lanes(each, 1, lanes, leaves, lane_of)
            scope = Scope(process, self.related, lane_of if leaves else None, len(leaves) or 1)
            indent = TITLE * (1 + max((depth for _, depth, _, _ in lanes), default=0))
            self._take(scope, left + indent, at)
            self.shapes[pool.get("id")] = (left, at, indent + scope.width, scope.height)
            for lane, depth, first, last in (each for each in lanes if each[0].get("id")):
                top, bottom = scope.bands[first][0], sum(scope.bands[last])
                banded.append(lane.get("id"))
                self.shapes[lane.get("id")] = (left + TITLE * depth, at + top, 0, bottom - top)
            wide = max(wide, indent + scope.width)
            at += scope.height + space
        for id in [*self.pools, *banded]:
            x, y, _, height = self.shapes[id]
            self.shapes[id] = (x, y, left + wide - x, height)
        for note in (each for each in children(self.plane, *NOTES) if each.get("id")):
            self.shapes[note.get("id")] = (left, at, *NOTES[local(note)])
            at += NOTES[local(note)][1] + EDGE

    # -- messages between pools

    def _messages(self):
        """Out of the one pool, along the free space below or above it, into the other; past others at the left."""
        for number, flow in enumerate(children(self.plane, "messageFlow")):
            ends = [reference(flow.get(name)) for name in ("sourceRef", "targetRef")]
            if not flow.get("id") or any(end not in self.shapes for end in ends):
                continue
            pools = [self._pool(end) for end in ends]
            if None in pools or pools[0] == pools[1]:
                self.corners[flow.get("id")] = _between(*(self.shapes[end] for end in ends))
                continue
            down = list(self.pools).index(pools[0]) < list(self.pools).index(pools[1])
            shift = 15 + TRACK * number
            middle = [self.shapes[end][0] + self.shapes[end][2] / 2 for end in ends]
            out = self._way(ends[0], pools[0], down, middle[1], shift)
            into = self._way(ends[1], pools[1], not down, out[-1][0] if ends[1] in self.pools else middle[0], shift)
            if abs(list(self.pools).index(pools[0]) - list(self.pools).index(pools[1])) > 1:
                aside = min(x for x, _, _, _ in self.shapes.values()) - shift
                way = [*out, (aside, out[-1][1]), (aside, into[-1][1]), *reversed(into)]
            elif len(out) == len(into) == 2 and out[0][0] == into[0][0]:
                way = [out[0], into[0]]
            else:
                way = [*out, (into[-1][0], out[-1][1]), *reversed(into[:-1])]
            self.corners[flow.get("id")] = way

    def _pool(self, id):
        if id in self.pools:
            return id
        element = self.by_id.get(id)
        while element is not None and local(element) != "process":
            element = element.getparent()
        named = None if element is None else element.get("id")
        return next((key for key, pool in self.pools.items() if reference(pool.get("processRef")) == named), None)

    def _way(self, id, pool, down, wanted, shift):
        """From the lower (or upper) side of a shape to beyond its pool: straight, or beside what is in the way."""
        x, y, width, height = self.shapes[id]
        edge, (left, top, wide, tall) = y + height if down else y, self.shapes[pool]
        beyond = top + tall + shift if down else top - shift
        if id == pool:
            at = min(max(wanted, left + TITLE + EDGE), left + wide - EDGE)
            return [(at, edge), (at, beyond)]
        # Beside the middle of what is wide: a flow may stand there.
        centre, turn = x + width / 2 - (ASIDE if width >= TASK[0] else 0), edge + (15 if down else -15)
        around = {each.get("id") for each in self.by_id[id].iterancestors()} | {id, pool}
        others = [
            box for key, box in self.shapes.items() if key not in around and key not in self.pools and local(self.by_id[key]) != "lane"
        ]
        beside = [centre, *(x + width / 2 + side * (width / 2 + step) for step in range(10, 90, 10) for side in (1, -1))]
        clear = next((at for at in beside if not any(_between_them(box, at, turn, beyond) for box in others)), centre)
        return [(centre, edge), (clear, beyond)] if clear == centre else [(centre, edge), (centre, turn), (clear, turn), (clear, beyond)]


def _lanes(lane_set, depth, lanes, leaves, lane_of):
    """Into lanes: (lane, how deep it lies in others, its first leaf, its last); into lane_of: {id: number of its leaf}."""
    for lane in children(lane_set, "lane"):
        first = len(leaves)
        inner = [each for child in children(lane, "childLaneSet") for each in children(child, "lane")]
        held = [reference(each.text) for each in children(lane, "flowNodeRef")]
        place = len(lanes)
        lanes.append(None)
        for child in children(lane, "childLaneSet"):
            _lanes(child, depth + 1, lanes, leaves, lane_of)
        if not inner:
            leaves.append(lane)
        lanes[place] = (lane, depth, first, len(leaves) - 1)
        for id in held:
            lane_of.setdefault(id, first)


def _between(one, other):
    """The shortest of the lines from the middle of a side to the middle of a side."""
    sides = [[(x + w / 2, y), (x + w / 2, y + h), (x, y + h / 2), (x + w, y + h / 2)] for x, y, w, h in (one, other)]
    pairs = [[start, end] for start in sides[0] for end in sides[1]]
    return min(pairs, key=lambda pair: (pair[0][0] - pair[1][0]) ** 2 + (pair[0][1] - pair[1][1]) ** 2)


def _between_them(box, x, one, other):
    left, top, width, height = box
    return left - 4 < x < left + width + 4 and min(one, other) < top + height and max(one, other) > top
