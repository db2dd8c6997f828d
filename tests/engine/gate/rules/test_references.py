"""Ids and references: one smallest diagram per rule."""

import pytest

from engine.gate import whitelist
from tests.engine.gate.drawn import END, START, around, element, event, file, flows, found, job, line

INNER = START.replace('"s"', '"s2"') + job("b") + END.replace('"e"', '"e2"') + line("s2", "b", "e2")

CASES = {
    "an id twice": (around(job() + job()), [("DUPLICATE_ID", "a")]),
    "an id twice in two scopes": (
        around(element("subProcess", "z", inside=INNER.replace('"b"', '"e"').replace("b_e2", "x").replace("s2_b", "y")), "z"),
        [("DUPLICATE_ID", "e")],
    ),
    "an id of a flow and an element": (around(job("s_a"), "s_a").replace("s_s_a", "x"), []),
    "an id with a space": (around(job("a b")).replace('"a"', '"a b"').replace('"a_e"', '"x"').replace('"s_a"', '"y"'), [("BAD_ID", "a b")]),
    "an id in Chinese": (around(job("复查"), "复查"), []),
    "an element without id": (around(job() + "<task/>"), [("MISSING_ID", "p"), ("UNREACHABLE", "p")]),
    "a flow to nowhere": (around(job() + flows("a z")), [("DANGLING_REFERENCE", "a_z")]),
    "a flow without source": (around(job() + '<sequenceFlow id="f" targetRef="a"/>'), [("DANGLING_REFERENCE", "f")]),
    "a flow to a flow": (around(job() + flows("a s_a")), [("DANGLING_REFERENCE", "a_s_a"), ("FLOW_CROSSES_BORDER", "a_s_a")]),
    "a flow into a sub-process": (around(element("subProcess", "z", inside=INNER) + flows("s b"), "z"), [("FLOW_CROSSES_BORDER", "s_b")]),
    "a flow out of a sub-process": (around(element("subProcess", "z", inside=INNER + flows("b e")), "z"), [("FLOW_CROSSES_BORDER", "b_e")]),
    "a boundary event on nothing": (around(job() + event("boundaryEvent", "b", "timer")), [("DANGLING_REFERENCE", "b")]),
    "a boundary event on what is not there": (
        around(job() + event("boundaryEvent", "b", "timer", attachedToRef="z")),
        [("DANGLING_REFERENCE", "b")],
    ),
    "a boundary event on a gateway": (
        around(element("parallelGateway", "g") + event("boundaryEvent", "b", "timer", attachedToRef="g"), "g"),
        [("DANGLING_REFERENCE", "b")],
    ),
    "a boundary event on an activity inside": (
        around(element("subProcess", "z", inside=INNER) + event("boundaryEvent", "x", "timer", attachedToRef="b"), "z"),
        [("ATTACHED_ELSEWHERE", "x")],
    ),
    "a message that is not there": (
        around(event("intermediateCatchEvent", "x", '<messageEventDefinition messageRef="N"/>'), "x"),
        [("DANGLING_REFERENCE", "x")],
    ),
    "a message that is a signal": (
        around(event("intermediateCatchEvent", "x", '<messageEventDefinition messageRef="G"/>'), "x"),
        [("DANGLING_REFERENCE", "x")],
    ),
    "an error that is not there": (
        START + event("endEvent", "x", '<errorEventDefinition errorRef="N"/>') + line("s", "x"),
        [("DANGLING_REFERENCE", "x")],
    ),
    "a reference with a prefix": (
        around(event("intermediateCatchEvent", "x", '<messageEventDefinition messageRef="tns:M"/>'), "x"),
        [("DANGLING_REFERENCE", "x")],
    ),
    "a lane of what is not there": (
        '<laneSet id="l"><lane id="l1" name="r"><flowNodeRef>gone</flowNodeRef></lane></laneSet>' + around(job()),
        [("DANGLING_REFERENCE", "l1")],
    ),
    "an arrow that is repeated wrongly": (around(element("task", "a", inside="<incoming>gone</incoming>")), [("DANGLING_REFERENCE", "a")]),
    "a compensated activity that is not there": (
        START + event("endEvent", "x", '<compensateEventDefinition activityRef="z"/>') + line("s", "x"),
        [("DANGLING_REFERENCE", "x")],
    ),
    "an event definition that is not there": (
        around(event("intermediateThrowEvent", "x", "<eventDefinitionRef>gone</eventDefinitionRef>"), "x"),
        [("DANGLING_REFERENCE", "x")],
    ),
    "a dotted line to nowhere": (around(job()) + '<association id="l" sourceRef="a" targetRef="gone"/>', [("DANGLING_REFERENCE", "l")]),
}


@pytest.mark.parametrize("body, expected", CASES.values(), ids=CASES)
def test_every_reference_leads_somewhere(body, expected):
    assert sorted(found(file(body))) == sorted(expected)


def test_a_pool_of_a_process_that_is_not_there_is_refused():
    top = '<collaboration id="c"><participant id="pool" processRef="gone"/></collaboration>'

    assert found(file(around(job()), top=top)) == [("DANGLING_REFERENCE", "pool")]


def test_every_kind_of_reference_is_followed():
    """Each attribute and text that the whitelist calls a reference is noticed when it leads nowhere."""
    places = [(tag, name) for tag, row in whitelist.BPMN.items() for name, kind in row.attributes.items() if kind.startswith(">")]
    texts = [tag for tag, row in whitelist.BPMN.items() if (row.text or "").startswith(">")]
    assert len(places) > 25

    for tag, attribute in places:
        xml = f'<{tag} id="w" {attribute}="gone"/>'
        assert "DANGLING_REFERENCE" in [code for code, _ in found(file(around(job() + xml)))], (tag, attribute)
    for tag in texts:
        xml = element("task", "w", inside=f"<{tag}>gone</{tag}>")
        assert "DANGLING_REFERENCE" in [code for code, _ in found(file(around(job() + xml)))], tag
