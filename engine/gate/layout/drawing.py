"""A BPMN file with its drawing, written as BPMN DI (BPMN 2.0.2, chapter 12)."""

import re
from itertools import pairwise

from lxml import etree

from engine.gate import xml
from engine.gate.elements import GATEWAYS, SUB_PROCESSES, children, local
from engine.gate.layout.pools import Picture

DI, DC, WAYS = (f"http://www.omg.org/spec/{name}" for name in ("BPMN/20100524/DI", "DD/20100524/DC", "DD/20100524/DI"))
SHAPE = re.compile(rb"BPMN(Shape|Edge)\b")
FLAGS = dict.fromkeys(("participant", "lane"), "isHorizontal") | dict.fromkeys(SUB_PROCESSES, "isExpanded")
FLAGS["exclusiveGateway"] = "isMarkerVisible"
LETTER, LINE, LETTERS = 12, 14, 7  # of a label: width of a Chinese one, height of a line, letters in it


def drawn(content, name="diagram.bpmn"):
    """The bytes of a BPMN file with a drawing; as they are where something is drawn, or where this is not BPMN that can be read."""
    if SHAPE.search(content.replace(b"\0", b"")):
        return content
    try:
        root = xml.read(content, name)
    except xml.Malformed:
        return content
    if local(root) != "definitions" or not children(root, "process", "collaboration"):
        return content
    _write(root, Picture(root))
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def _write(root, picture):
    """Append the drawing to the file."""
    for old in root.findall(f"{{{DI}}}BPMNDiagram"):
        root.remove(old)
    diagram = etree.SubElement(root, f"{{{DI}}}BPMNDiagram", id=picture.new_id("BPMNDiagram_1"), nsmap={"bpmndi": DI, "dc": DC, "di": WAYS})
    plane = etree.SubElement(diagram, f"{{{DI}}}BPMNPlane", id=picture.new_id("BPMNPlane_1"), bpmnElement=picture.plane.get("id") or "")
    for id, box in picture.shapes.items():
        shape = etree.SubElement(plane, f"{{{DI}}}BPMNShape", id=picture.new_id(f"{id}_di"), bpmnElement=id)
        kind, name = local(picture.by_id[id]), picture.by_id[id].get("name")
        if kind in FLAGS:
            shape.set(FLAGS[kind], "true")
        _bounds(shape, *box)
        if kind in GATEWAYS and name:
            _label(shape, name, box[0] + box[2] / 2, box[1])
    for id, way in picture.corners.items():
        edge = etree.SubElement(plane, f"{{{DI}}}BPMNEdge", id=picture.new_id(f"{id}_di"), bpmnElement=id)
        for x, y in way:
            etree.SubElement(edge, f"{{{WAYS}}}waypoint", x=f"{x:g}", y=f"{y:g}")
        level, name = [(start, end) for start, end in pairwise(way) if start[1] == end[1]], picture.by_id[id].get("name")
        if level and name:
            (start, y), (end, _) = max(level, key=lambda part: abs(part[0][0] - part[1][0]))
            reach = min(abs(end - start), LETTER * min(LETTERS, len(name)) + 10) / 2
            _label(edge, name, start + (reach if end > start else -reach), y)


def _label(parent, name, centre, below):
    """Where a name stands: around `centre`, above `below`."""
    width, lines = LETTER * min(LETTERS, len(name)) + 4, -(-len(name) // LETTERS)
    label = etree.SubElement(parent, f"{{{DI}}}BPMNLabel")
    _bounds(label, centre - width / 2, below - 4 - LINE * lines, width, LINE * lines)


def _bounds(parent, x, y, width, height):
    etree.SubElement(parent, f"{{{DC}}}Bounds", x=f"{x:g}", y=f"{y:g}", width=f"{width:g}", height=f"{height:g}")
