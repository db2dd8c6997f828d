"""A diagram as it is drawn: boxes, edges and labels, and where they are in each other's way."""

import itertools
from dataclasses import dataclass, field

from engine.gate import xml

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
DI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
DC = "{http://www.omg.org/spec/DD/20100524/DC}"
WAYPOINT = "{http://www.omg.org/spec/DD/20100524/DI}waypoint"
CONTAINERS = {"participant", "lane", "subProcess", "transaction", "adHocSubProcess"}


@dataclass(frozen=True, slots=True)
class Box:
    x: float
    y: float
    width: float
    height: float

    def overlaps(self, other, gap=0):
        return (
            self.x < other.x + other.width + gap
            and other.x < self.x + self.width + gap
            and self.y < other.y + other.height + gap
            and other.y < self.y + self.height + gap
        )

    def holds(self, other):
        right, bottom = other.x + other.width <= self.x + self.width, other.y + other.height <= self.y + self.height
        return self.x <= other.x and self.y <= other.y and right and bottom

    def on_border(self, point):
        x, y = point
        inside = self.x <= x <= self.x + self.width and self.y <= y <= self.y + self.height
        return inside and (x in (self.x, self.x + self.width) or y in (self.y, self.y + self.height))


@dataclass(slots=True)
class Drawing:
    """`elements`: {id: lxml element of the model}; `shapes`, `labels`: {id: Box}; `edges`: {id: [(x, y)]}."""

    elements: dict
    shapes: dict = field(default_factory=dict)
    labels: dict = field(default_factory=dict)
    edges: dict = field(default_factory=dict)

    def kind(self, id_):
        return self.elements[id_].tag.partition("}")[2]

    def inside(self, id_):
        """The ids of everything in which an element stands, outwards."""
        return [each.get("id") for each in self.elements[id_].iterancestors() if each.get("id")]

    def attached(self, id_):
        return self.elements[id_].get("attachedToRef")


def read(path):
    root = xml.read(path.read_bytes(), path.name)
    drawing = Drawing({each.get("id"): each for each in root.iter() if each.tag.startswith(BPMN) and each.get("id")})
    for shape in root.iter(f"{DI}BPMNShape"):
        drawing.shapes[shape.get("bpmnElement")] = _box(shape.find(f"{DC}Bounds"))
    for edge in root.iter(f"{DI}BPMNEdge"):
        drawing.edges[edge.get("bpmnElement")] = [(float(each.get("x")), float(each.get("y"))) for each in edge.iter(WAYPOINT)]
    for label in root.iter(f"{DI}BPMNLabel"):
        bounds = label.find(f"{DC}Bounds")
        if bounds is not None:
            drawing.labels[label.getparent().get("bpmnElement")] = _box(bounds)
    return drawing


def _box(bounds):
    return Box(*(float(bounds.get(name)) for name in ("x", "y", "width", "height")))


def segments(points):
    """The straight parts of an edge as thin boxes."""
    for (x1, y1), (x2, y2) in itertools.pairwise(points):
        yield Box(min(x1, x2), min(y1, y2), abs(x1 - x2), abs(y1 - y2))
