"""The drawing: what is not drawn runs, and is named."""

from engine.gate import bpmn
from tests.engine.gate.drawn import around, file, job

DI = (
    '<BPMNDiagram xmlns="http://www.omg.org/spec/BPMN/20100524/DI" id="D"><BPMNPlane id="P" bpmnElement="p">{}</BPMNPlane></BPMNDiagram>'
    "</definitions>"
)


def drawn(*ids):
    shapes = "".join(f'<BPMNShape id="shape_{each}" bpmnElement="{each}"/>' for each in ids)
    return file(around(job())).replace(b"</definitions>", DI.format(shapes).encode())


def test_a_complete_drawing_is_accepted():
    assert bpmn.read(drawn("s", "a", "e", "s_a", "a_e"), "t.bpmn")[0] == []


def test_each_element_that_is_not_drawn_is_a_warning():
    problems = bpmn.read(drawn("s", "a", "e", "s_a"), "t.bpmn")[0]

    assert [(each.code, each.element, each.severity) for each in problems] == [("NOT_DRAWN", "a_e", "warning")]


def test_no_drawing_at_all_is_one_warning():
    problems = bpmn.read(file(around(job())), "t.bpmn")[0]

    assert [(each.code, each.element, each.severity) for each in problems] == [("NO_DRAWING", "p", "warning")]
