"""BPMN 2.0.2, table 10.93: every event that it allows is in a diagram beside these tests, every other one is refused with a remedy."""

from pathlib import Path

import pytest

from engine.gate import xml
from engine.gate.diagram import Diagram
from engine.gate.elements import EVENTS, local
from engine.workflow import definition
from engine.workflow.elements import NotExecutable
from tests.engine.gate.drawn import EVENT, around, event, file, line, problems
from tests.engine.gate.rules.test_events import EACH, PLACES

HERE = Path(__file__).parent
DIAGRAMS = {path.name: path.read_bytes() for path in sorted(HERE.glob("*.bpmn"))}

CAUGHT = "message timer conditional signal multiple parallel-multiple"
TABLE = {  # position -> what the standard allows there
    "start": f"none {CAUGHT}",  # without parallel-multiple, see below
    "start of a sub-process": "none",
    "start of an event sub-process, interrupting": f"{CAUGHT} error escalation compensate",
    "start of an event sub-process, non-interrupting": f"{CAUGHT} escalation",
    "intermediate catch": f"{CAUGHT} link",
    "boundary, interrupting": f"{CAUGHT} error escalation compensate cancel",
    "boundary, non-interrupting": f"{CAUGHT} escalation",
    "intermediate throw": "none message escalation link compensate signal multiple",
    "end": "none message escalation error cancel compensate signal terminate multiple",
}
REFUSED = {("start", "parallel-multiple")}


def position(scope, event):
    """The position of an event, as the table has it."""
    tag = local(event)
    if tag == "startEvent" and scope.kind == "eventSubProcess":
        return f"start of an event sub-process, {'non-' if event.get('isInterrupting') == 'false' else ''}interrupting"
    if tag == "startEvent":
        return "start" if scope.kind == "process" else "start of a sub-process"
    if tag == "boundaryEvent":
        return f"boundary, {'non-' if event.get('cancelActivity') == 'false' else ''}interrupting"
    return {"intermediateCatchEvent": "intermediate catch", "intermediateThrowEvent": "intermediate throw", "endEvent": "end"}[tag]


def kind(diagram, event):
    """What it catches or throws, in one word."""
    found = [local(definition).removesuffix("EventDefinition") for definition in diagram.definitions_of(event)]
    if len(found) > 1:
        return "parallel-multiple" if event.get("parallelMultiple") == "true" else "multiple"
    return found[0] if found else "none"


def test_every_event_that_the_standard_allows_is_drawn_beside_these_tests():
    drawn = set()
    for name, content in DIAGRAMS.items():
        diagram = Diagram(xml.read(content, name))
        drawn |= {(position(scope, event), kind(diagram, event)) for scope in diagram.scopes for event in scope.of(*EVENTS)}

    assert drawn == {(place, each) for place, kinds in TABLE.items() for each in kinds.split()} - REFUSED


def test_an_event_that_the_standard_does_not_allow_is_refused_with_what_to_do_instead():
    wrong = [(place, kind) for place, kind in EACH if kind not in PLACES[place][1]]
    assert len(wrong) > 20

    for place, kind in wrong:
        found = [each for each in problems(file(PLACES[place][0](kind))) if each.element == "x"]
        (problem,) = [each for each in found if each.code in ("EVENT_NOT_ALLOWED_HERE", "EVENT_WITHOUT_TRIGGER")]
        assert "(x)" in problem.sentence and len(problem.remedy) > 40, (place, kind)


OTHERS = {
    "a process that begins by all of several triggers": (
        event("startEvent", "x", EVENT["started"] + EVENT["signal"], parallelMultiple="true") + '<endEvent id="e"/>' + line("x", "e"),
        "WAITS_BEFORE_IT_IS_THERE",
    ),
    "a start listener at a boundary": (
        around(
            '<subProcess id="a"><startEvent id="s2"/><endEvent id="e2"/><sequenceFlow id="f2" sourceRef="s2" targetRef="e2"/></subProcess>'
            + event(
                "boundaryEvent",
                "x",
                "timer",
                '<zeebe:executionListeners><zeebe:executionListener eventType="start" type="t"/></zeebe:executionListeners>',
                attachedToRef="a",
            )
        ),
        "LISTENS_TOO_EARLY",
    ),
}


@pytest.mark.parametrize("body, code", OTHERS.values(), ids=OTHERS)
def test_what_could_not_happen_as_it_is_drawn_is_refused(body, code):
    (problem,) = [each for each in problems(file(body)) if each.severity == "error"]

    assert (problem.code, problem.element) == (code, "x") and problem.remedy
    with pytest.raises(NotExecutable) as refused:
        definition.read(file(body))
    assert refused.value.element == "x"
