"""Every diagram under bpmn/: it may be deployed, it is drawn completely, and nothing in it hides anything else."""

import re
from itertools import combinations, pairwise
from pathlib import Path

import pytest

from cases import certificates
from cases.handlers import HANDLERS
from engine import feel
from engine.gate import Gate, References, Resource, xml
from forms import catalog
from tests.artefacts import drawing
from tests.artefacts.drawing import BPMN, CONTAINERS, Box

ROOT = Path(__file__).parents[2]
DIAGRAMS = sorted(ROOT.glob("bpmn/*/*.bpmn"))
FILES = [*DIAGRAMS, *sorted(ROOT.glob("bpmn/*/*.dmn")), *sorted(ROOT.glob("forms/*/*.form"))]
READERS = {"bpmn": "engine.workflow.definition:read", "dmn": "engine.decisions.check:check", "form": "forms.compile:check"}
FLOW_NODES = re.compile(r"(Event|Task|Gateway|subProcess|transaction|callActivity|adHocSubProcess)$")
ID = re.compile(r"[a-z][a-z0-9_]*|[A-Z][A-Z0-9_]*")  # escalations and errors have their codes in capitals

each_diagram = pytest.mark.parametrize("path", DIAGRAMS, ids=lambda path: path.stem)


def named(element):
    """Is it something that a person reads about: a task, a decision, an event, a gateway?"""
    return bool(FLOW_NODES.search(element.tag.partition("}")[2]))


def test_there_is_a_diagram():
    assert DIAGRAMS


def test_everything_together_may_be_deployed():
    # given
    gate = Gate(READERS)

    # when
    job_types = {job_type: roles for job_type, (_, roles) in HANDLERS.items()}
    outside = References(roles=None, job_types=job_types, certificates=frozenset(certificates.KINDS))
    verdict = gate.check([Resource(path.name, path.read_bytes()) for path in FILES], outside)
    gate.close()

    # then
    assert verdict.problems == []
    assert len(verdict.facts) == len(FILES)


def test_every_task_has_its_form_and_every_form_its_task():
    assert catalog.read(ROOT / "bpmn", ROOT / "forms").faults == []


@each_diagram
def test_every_user_task_has_a_form(path):
    paired = {task.element_id for task in catalog.read(ROOT / "bpmn", ROOT / "forms").tasks}
    tasks = [each.get("id") for each in xml.read(path.read_bytes(), path.name).iter(f"{BPMN}userTask")]
    assert set(tasks) <= paired


@each_diagram
def test_the_readme_has_a_paragraph_for_everything_that_is_drawn_and_for_nothing_else(path):
    # given
    drawn = {element.get("id") for element in drawing.read(path).elements.values() if named(element)}
    tables = [xml.read(each.read_bytes(), each.name) for each in sorted(path.parent.glob("*.dmn"))]
    decided = {element.get("id") for table in tables for element in table.iter("{*}decision")}
    headings = re.findall(r"^### (.*)$", (path.parent / "README.md").read_text(), re.MULTILINE)

    # when
    told = [id_ for heading in headings for id_ in re.findall(r"`([^`]+)`", heading)]

    # then
    assert sorted(told) == sorted(drawn | decided)


@each_diagram
def test_the_readme_links_to_the_form_of_each_task(path):
    text = (path.parent / "README.md").read_text()
    for task in catalog.read(ROOT / "bpmn", ROOT / "forms").tasks:
        if task.diagram == path:
            paragraph = text.split(f"### `{task.element_id}`")[1].split("### ")[0]
            assert f"/{task.form_id}.form)" in paragraph


@each_diagram
def test_everything_that_somebody_does_is_explained_with_its_basis(path):
    for element in drawing.read(path).elements.values():
        kind = element.tag.partition("}")[2]
        if named(element) or kind == "process":
            assert (element.findtext(f"{BPMN}documentation") or "").strip(), element.get("id")
        if kind in ("userTask", "businessRuleTask"):
            properties = {each.get("name"): each.get("value") for each in element.iter("{*}property")}
            assert properties.get("bihuan:legalBasis"), element.get("id")


@each_diagram
def test_ids_are_english_words_and_names_are_chinese(path):
    for id_, element in drawing.read(path).elements.items():
        assert ID.fullmatch(id_), id_
        if element.get("name") and named(element):
            assert re.search("[一-鿿]", element.get("name")), id_


@each_diagram
def test_every_element_has_a_shape_and_every_flow_an_edge(path):
    # given
    found = drawing.read(path)

    # then
    for id_, element in found.elements.items():
        kind = found.kind(id_)
        if named(element) or kind in ("participant", "lane"):
            assert id_ in found.shapes, id_
        if kind in ("sequenceFlow", "messageFlow"):
            assert len(found.edges.get(id_, ())) >= 2, id_
    assert {*found.shapes, *found.edges} <= set(found.elements)


@each_diagram
def test_no_shape_lies_on_another(path):
    found = drawing.read(path)
    for (one, first), (other, second) in combinations(found.shapes.items(), 2):
        if first.overlaps(second, gap=4) and not _belong_together(found, one, other):
            pytest.fail(f"{one} and {other} overlap")


def _belong_together(found, one, other):
    attached = found.attached(one) == other or found.attached(other) == one
    nested = other in found.inside(one) or one in found.inside(other)
    background = "participant" in (found.kind(one), found.kind(other)) or "lane" in (found.kind(one), found.kind(other))
    return attached or nested or background


@each_diagram
def test_everything_lies_inside_its_lane_and_its_sub_process(path):
    # given
    found = drawing.read(path)
    lanes = {
        node.text: lane.get("id") for lane in found.elements.values() for node in lane.iter(f"{BPMN}flowNodeRef") if "lane" in lane.tag
    }

    # then
    for id_, element in found.elements.items():
        if not named(element):
            continue
        around = next((outer for outer in found.inside(id_) if outer in found.shapes and found.kind(outer) in CONTAINERS), None)
        holder = around if around is not None else lanes.get(id_)
        assert holder is not None or not lanes, f"{id_} is in no lane"
        if holder is not None and found.attached(id_) is None:
            assert found.shapes[holder].holds(found.shapes[id_]), f"{id_} sticks out of {holder}"
    pools = [box for id_, box in found.shapes.items() if found.kind(id_) == "participant"]
    for box in [*found.shapes.values(), *found.labels.values()]:
        assert not pools or any(pool.holds(box) for pool in pools)


@each_diagram
def test_an_event_at_a_border_sits_on_it(path):
    found = drawing.read(path)
    for id_, box in found.shapes.items():
        if found.attached(id_):
            holder = found.shapes[found.attached(id_)]
            middle = (box.x + box.width / 2, box.y + box.height / 2)
            assert holder.on_border(middle), id_


@each_diagram
def test_edges_are_orthogonal_and_end_at_their_shapes(path):
    found = drawing.read(path)
    for id_, points in found.edges.items():
        assert all(x1 == x2 or y1 == y2 for (x1, y1), (x2, y2) in pairwise(points)), id_
        ends = [found.elements[id_].get(name) for name in ("sourceRef", "targetRef")]
        for end, point in zip(ends, (points[0], points[-1]), strict=True):
            assert found.shapes[end].on_border(point), f"{id_} does not reach {end}"


@each_diagram
def test_no_edge_runs_through_a_shape(path):
    found = drawing.read(path)
    for id_, points in found.edges.items():
        ends = {found.elements[id_].get(name) for name in ("sourceRef", "targetRef")}
        for shape, box in found.shapes.items():
            if shape in ends or found.kind(shape) in ("participant", "lane") or shape in found.inside(id_):
                continue
            for segment in drawing.segments(points):
                assert not segment.overlaps(box), f"{id_} runs through {shape}"


@each_diagram
def test_labels_stand_free(path):
    # given
    found = drawing.read(path)

    # then
    for (one, first), (other, second) in combinations(found.labels.items(), 2):
        assert not first.overlaps(second), f"the labels of {one} and {other} overlap"
    for id_, label in found.labels.items():
        for shape, box in found.shapes.items():
            if found.kind(shape) not in CONTAINERS:
                assert not label.overlaps(box), f"the label of {id_} lies on {shape}"
        for edge, points in found.edges.items():
            for segment in drawing.segments(points):
                assert not segment.overlaps(label), f"{edge} runs through the label of {id_}"
        for lane, box in found.shapes.items():
            if found.kind(lane) == "lane":
                assert not label.overlaps(Box(box.x, box.y, box.width, 0), gap=4), f"the label of {id_} lies on the border of {lane}"


@each_diagram
def test_every_event_gateway_and_flow_with_a_name_has_a_place_for_it(path):
    found = drawing.read(path)
    for id_, element in found.elements.items():
        kind = found.kind(id_)
        if element.get("name") and (kind.endswith(("Event", "Gateway")) or kind == "sequenceFlow"):
            assert id_ in found.labels, id_


def test_every_expression_is_feel():
    # given
    texts = []
    for path in FILES:
        if path.suffix == ".form":
            continue
        for element in xml.read(path.read_bytes(), path.name).iter():
            texts += [(path.name, value) for value in [*element.attrib.values(), element.text or ""] if value.startswith("=")]

    # then
    assert len(texts) > 50
    for name, text in texts:
        assert feel.expression(text[1:]).text, name
