"""A file without a drawing is laid out: everything is drawn once, nothing lies on anything else, and no line runs through a shape."""

import random
import re
from itertools import combinations, pairwise
from pathlib import Path

from engine.gate import bpmn
from engine.gate.elements import NODES, children, local, reference
from engine.gate.layout import drawn
from tests.artefacts import drawing
from tests.engine.gate.drawn import file
from tests.engine.workflow.generated import Generator

HERE = Path(__file__).parent
BUNDLED = sorted((HERE.parents[3] / "bpmn").glob("*/*.bpmn"))
DRAWING = re.compile(rb"<bpmndi:BPMNDiagram.*</bpmndi:BPMNDiagram>", re.DOTALL)
SURROUND = ("participant", "lane")
NOTES = ("textAnnotation", "dataObjectReference", "dataStoreReference")


def faults(content, folder):
    """What is wrong with the drawing of a file, in sentences."""
    path = folder / "drawn.bpmn"
    path.write_bytes(content)
    found = drawing.read(path)
    lane_of = {}
    for lane in (each for each in found.elements.values() if local(each) == "lane"):
        lane_of |= {reference(node.text): lane.get("id") for node in children(lane, "flowNodeRef")}
    for id, element in found.elements.items():
        kind = local(element)
        if kind in (*NODES, *SURROUND, *NOTES) and id not in found.shapes:
            yield f"{id} has no shape"
        elif kind == "boundaryEvent":
            host, box = found.shapes[found.attached(id)], found.shapes[id]
            if not (host.on_border((box.x + 18, box.y + 18)) and box.y + 18 == host.y + host.height):
                yield f"{id} is not on the lower edge of its activity"
        elif kind in NODES:
            around = [*(each for each in found.inside(id) if each in found.shapes), *filter(None, [lane_of.get(id)])]
            yield from [f"{id} sticks out of {each}" for each in around if not found.shapes[each].holds(found.shapes[id])]
        elif kind in ("sequenceFlow", "messageFlow"):
            yield from _faults_of_edge(found, id, element)
    boxes = [each for each in found.shapes.items() if found.kind(each[0]) not in SURROUND]
    for (one, first), (other, second) in combinations(boxes, 2):
        belong = found.attached(one) == other or found.attached(other) == one or other in found.inside(one) or one in found.inside(other)
        if first.overlaps(second) and not belong:
            yield f"{one} lies on {other}"


def _faults_of_edge(found, id, element):
    points, ends = found.edges.get(id) or [(0, 0)], [element.get(name) for name in ("sourceRef", "targetRef")]
    for end, (x, y) in zip(ends, (points[0], points[-1]), strict=True):
        if not found.shapes[end].on_border((round(x, 6), round(y, 6))):
            yield f"{id} ends beside {end}"
    yield from [f"{id} is aslant" for (x1, y1), (x2, y2) in pairwise(points) if x1 != x2 and y1 != y2]
    holders = {*ends, *(each for end in ends for each in found.inside(end)), *map(found.attached, ends)}
    for shape, box in found.shapes.items():
        if shape not in holders and found.kind(shape) not in SURROUND and any(part.overlaps(box) for part in drawing.segments(points)):
            yield f"{id} runs through {shape}"


def test_generated_processes_are_drawn_completely_and_nothing_is_in_anything_s_way(tmp_path):
    for seed in range(40):
        content = Generator(random.Random(seed)).diagram()
        made = drawn(content)
        assert list(faults(made, tmp_path)) == [], seed
        if seed % 8 == 0:
            codes = [{problem.code for problem in bpmn.read(each, "t.bpmn")[0]} for each in (content, made)]
            assert codes[1] == codes[0] - {"NO_DRAWING"}


def test_lanes_pools_data_and_messages_of_real_diagrams_are_drawn(tmp_path):
    for path in (HERE / "offices.bpmn", *BUNDLED):
        bare = DRAWING.sub(b"", path.read_bytes())
        made = drawn(bare)

        assert b"BPMNShape" not in bare
        assert list(faults(made, tmp_path)) == [], path.stem


def test_processes_without_pools_get_them_for_their_lanes(tmp_path):
    # given
    offices = (HERE / "offices.bpmn").read_bytes()
    bare = re.sub(rb"<bpmn:collaboration.*</bpmn:collaboration>", b"", offices, flags=re.DOTALL)

    # when
    made = drawn(bare)

    # then the gate takes it as it took the others, without the warning
    assert list(faults(made, tmp_path)) == [] and made.count(b"<bpmn:participant ") == 2
    codes = [[problem.code for problem in bpmn.read(each, "offices.bpmn")[0]] for each in (offices, made)]
    assert codes == [["NO_DRAWING"], []]
    # and so does a process that is alone, for its lanes
    alone = drawn(re.sub(rb'<bpmn:process id="firm".*</bpmn:process>', b"", bare, flags=re.DOTALL))
    assert list(faults(alone, tmp_path)) == [] and alone.count(b"<bpmn:participant ") == 1


def test_time_runs_to_the_right_and_what_leads_back_goes_below(tmp_path):
    # given
    path = tmp_path / "offices.bpmn"
    path.write_bytes(drawn((HERE / "offices.bpmn").read_bytes()))

    # when
    found = drawing.read(path)

    # then what follows is further right, alternatives below, boundary events and event sub-processes at the lower edge
    at = found.shapes
    sizes = {kind: {(at[id].width, at[id].height) for id in at if found.kind(id) == kind} for kind in map(found.kind, at)}
    assert (sizes["startEvent"], sizes["exclusiveGateway"], sizes["userTask"]) == ({(36, 36)}, {(50, 50)}, {(100, 80)})
    assert at["found"].x < at["look"].x < at["which"].x < at["issue"].x < at["answered"].x < at["verify"].x < at["good"].x
    assert at["b"].y > at["a"].y + 80 and at["stop"].y > at["b"].y + 80
    assert max(y for _, y in found.edges["f9"]) > at["good"].y + 50 and found.edges["f9"][-1][0] < found.edges["f9"][0][0]
    # and pools and lanes stand below one another, what is noted above its element
    pools = [at[id] for id in ("pool_town", "pool_firm", "pool_bureau")]
    lanes = [at[id] for id in ("lane_village", "lane_desk", "lane_group")]
    for upper, lower in (*pairwise(pools), *pairwise(lanes)):
        assert upper.y + upper.height <= lower.y
    assert at["lane_centre"].holds(lanes[1]) and at["lane_centre"].holds(lanes[2])
    assert at["note"].y + at["note"].height < at["verify"].y and abs(at["note"].x - at["verify"].x) < 60
    assert set(found.edges) >= {"says", "shows", "m_notice", "m_report", "m_inform"}


def test_what_is_drawn_or_cannot_be_read_is_given_back_as_it_is():
    for content in (
        b"",
        b"\xff\xfe",
        b"<a",
        b"<!DOCTYPE a><a/>",
        b"<a/>",
        BUNDLED[0].read_bytes(),
        file("").replace(b"process", b"message"),
    ):
        assert drawn(content) is content


def test_a_draft_that_the_gate_refuses_is_drawn_as_far_as_it_goes():
    for body in (
        "",
        '<task id="a"/><task id="a"/><task/><boundaryEvent id="b" attachedToRef="z"/><boundaryEvent attachedToRef="a"/>',
        '<task id="a"/><sequenceFlow id="f" sourceRef="a" targetRef="a"/><sequenceFlow id="g" sourceRef="a"/><sequenceFlow id="f"/>',
        '<task id="a"/><subProcess id="b" triggeredByEvent="true"><task id="c"/></subProcess>'
        '<sequenceFlow id="f" sourceRef="a" targetRef="b"/><sequenceFlow id="g" sourceRef="a" targetRef="c"/><group id="h"/>',
        '<laneSet><lane/><lane id="l"><flowNodeRef>z</flowNodeRef></lane></laneSet><task id="a"/><textAnnotation id="t"/>'
        '<association id="u" sourceRef="t" targetRef="v"/><association id="v" sourceRef="t" targetRef="u"/>',
    ):
        message = '<messageFlow id="m" sourceRef="a" targetRef="q"/>'
        for top in ("", f'<collaboration><participant/><participant id="q" processRef="p"/>{message}</collaboration>'):
            assert b"BPMNPlane" in drawn(file(body, top))
