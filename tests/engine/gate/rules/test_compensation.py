"""Compensation: one smallest diagram per rule."""

import pytest

from engine.workflow import definition
from engine.workflow.elements import NotExecutable
from tests.engine.gate.drawn import EVENT, around, element, event, file, flows, found, job

BOUNDARY = event("boundaryEvent", "b", "compensate", attachedToRef="a")
UNDO = job("u", isForCompensation="true")
LINE = '<association id="l" sourceRef="b" targetRef="u"/>'
THROW = element("intermediateThrowEvent", "t", inside=EVENT["compensate"])

REFUSED = {
    "no handler": (around(job() + BOUNDARY), [("COMPENSATION_WITHOUT_HANDLER", "b")]),
    "a handler that is not marked": (
        around(job() + BOUNDARY + job("u") + LINE),
        [("COMPENSATION_WITHOUT_HANDLER", "b"), ("UNREACHABLE", "u")],
    ),
    "two handlers": (
        around(job() + BOUNDARY + UNDO + LINE + job("v", isForCompensation="true") + '<association id="l2" sourceRef="b" targetRef="v"/>'),
        [("COMPENSATION_WITHOUT_HANDLER", "b")],
    ),
    "a handler that nobody calls": (around(job() + UNDO), [("UNREACHABLE", "u")]),
    "a flow out of the event": (around(job() + BOUNDARY + UNDO + LINE + job("z") + flows("b z")), [("COMPENSATION_WITH_FLOW", "b")]),
    "a flow to the handler": (around(job() + BOUNDARY + UNDO + LINE + flows("a u")), [("COMPENSATION_WITH_FLOW", "u")]),
    "an activity that nothing undoes": (
        around(job() + '<intermediateThrowEvent id="t"><compensateEventDefinition activityRef="a"/></intermediateThrowEvent>', "a", "t"),
        [("COMPENSATES_NOTHING", "t")],
    ),
    "an activity of another scope": (
        around(
            job()
            + element(
                "subProcess",
                "z",
                inside=f'<startEvent id="s2"/><endEvent id="e2"><compensateEventDefinition activityRef="a"/></endEvent>{flows("s2 e2")}',
            ),
            "a",
            "z",
        ),
        [("COMPENSATES_ELSEWHERE", "e2"), ("COMPENSATES_NOTHING", "e2")],
    ),
}


def test_an_activity_with_its_handler_is_accepted():
    assert found(file(around(job() + BOUNDARY + UNDO + LINE + THROW, "a", "t"))) == []


def test_a_note_at_the_event_is_no_handler():
    note = '<textAnnotation id="n"><text>why</text></textAnnotation><association id="l2" sourceRef="b" targetRef="n"/>'

    assert found(file(around(job() + BOUNDARY + UNDO + LINE + note))) == []


def test_an_event_sub_process_may_compensate_what_is_around_it():
    inside = (
        event("startEvent", "hs", "error") + '<endEvent id="he"><compensateEventDefinition activityRef="a"/></endEvent>' + flows("hs he")
    )

    assert found(file(around(job() + BOUNDARY + UNDO + LINE + element("subProcess", "h", inside=inside, triggeredByEvent="true")))) == []


def test_what_is_around_the_event_sub_process_around_it_is_no_more_its_own():
    throws = event("startEvent", "is", "error") + '<endEvent id="ie"><compensateEventDefinition activityRef="a"/></endEvent>'
    inner = element("subProcess", "i", inside=throws + flows("is ie"), triggeredByEvent="true")
    outer = event("startEvent", "hs", "message") + '<endEvent id="he"/>' + flows("hs he") + inner
    body = around(job() + BOUNDARY + UNDO + LINE + element("subProcess", "h", inside=outer, triggeredByEvent="true"))

    assert found(file(body)) == [("COMPENSATES_ELSEWHERE", "ie")]
    with pytest.raises(NotExecutable):
        definition.read(file(body))


@pytest.mark.parametrize("body, expected", REFUSED.values(), ids=REFUSED)
def test_a_compensation_that_leads_nowhere_is_refused(body, expected):
    assert sorted(found(file(body))) == sorted(expected)
