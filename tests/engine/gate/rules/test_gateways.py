"""Choices: one smallest diagram per rule of conditions, default flows and gateways."""

import pytest

from tests.engine.gate.drawn import END, START, element, event, file, flows, found, job

A, B = job("a"), job("b")
EVENTS = event("intermediateCatchEvent", "m", "message") + event("intermediateCatchEvent", "t", "timer")


def choice(tag, *pairs, extra="", **attributes):
    """Start, a gateway g with tasks a and b behind it."""
    return START + element(tag, "g", **attributes) + A + B + extra + flows("s g", *pairs)


def after(first, *pairs, **attributes):
    return START + element("eventBasedGateway", "g", **attributes) + first + END + flows("s g", *pairs)


ACCEPTED = {
    "a condition and a default": choice("exclusiveGateway", "g a =x > 1", "g b", default="g_b"),
    "a condition on every flow": choice("inclusiveGateway", "g a =x > 1", "g b =x < 3"),
    "one flow without condition": START + element("exclusiveGateway", "g") + A + flows("s g", "g a"),
    "a gateway that only joins": START + A + B + element("exclusiveGateway", "g") + END + flows("s a", "s b", "a g", "b g", "g e"),
    "a conditional flow out of a task": START + A + B + END + flows("s a", "a b =x > 1", "a e"),
    "a complex gateway with its condition": START
    + A
    + B
    + element("complexGateway", "g", inside="<activationCondition>=activationCount &gt;= 1</activationCondition>")
    + END
    + flows("s a", "s b", "a g", "b g", "g e"),
    "a complex gateway that only splits": choice("complexGateway", "g a =x > 1", "g b"),
    "events behind an event-based gateway": after(EVENTS, "g m", "g t", "m e", "t e"),
    "a receive task behind an event-based gateway": after(
        EVENTS + element("receiveTask", "r", messageRef="M"), "g m", "g t", "g r", "m e", "t e", "r e"
    ),
}

REFUSED = {
    "an exclusive flow without condition": (choice("exclusiveGateway", "g a =x > 1", "g b"), [("FLOW_WITHOUT_CONDITION", "g_b")]),
    "an inclusive flow without condition": (choice("inclusiveGateway", "g a", "g b =x > 1"), [("FLOW_WITHOUT_CONDITION", "g_a")]),
    "no condition at all": (
        choice("exclusiveGateway", "g a", "g b"),
        [("FLOW_WITHOUT_CONDITION", "g_a"), ("FLOW_WITHOUT_CONDITION", "g_b")],
    ),
    "a condition behind a parallel gateway": (choice("parallelGateway", "g a =x > 1", "g b"), [("CONDITION_WITHOUT_EFFECT", "g_a")]),
    "a condition behind a start event": (START + A + END + flows("s a =x > 1", "a e"), [("CONDITION_WITHOUT_EFFECT", "s_a")]),
    "a condition behind an event-based gateway": (
        after(EVENTS, "g m =x > 1", "g t", "m e", "t e"),
        [("CONDITION_WITHOUT_EFFECT", "g_m")],
    ),
    "a condition on the default flow": (
        choice("exclusiveGateway", "g a =x > 1", "g b =x < 1", default="g_b"),
        [("DEFAULT_WITH_CONDITION", "g_b")],
    ),
    "a default flow of somebody else": (
        choice("exclusiveGateway", "g a =x > 1", "g b =x < 3", "a b", default="a_b"),
        [("DEFAULT_NOT_OUTGOING", "g")],
    ),
    "an event-based gateway with one flow": (after(EVENTS, "g m", "m t", "t e"), [("EVENT_GATEWAY_FLOWS", "g")]),
    "a task behind an event-based gateway": (after(EVENTS + A, "g m", "g a", "m t", "a e", "t e"), [("EVENT_GATEWAY_TARGET", "a")]),
    "a link behind an event-based gateway": (
        after(EVENTS + event("intermediateThrowEvent", "l", "link"), "g m", "g t", "g l", "m e", "t e"),
        [("EVENT_GATEWAY_TARGET", "l"), ("LINK_NOT_CAUGHT", "l")],
    ),
    "a caught link behind an event-based gateway": (
        after(EVENTS + event("intermediateCatchEvent", "l", "link"), "g m", "g t", "g l", "m e", "t e", "l e"),
        [("EVENT_GATEWAY_TARGET", "l"), ("LINK_WITH_FLOW", "l")],
    ),
    "an event that two flows reach": (after(EVENTS, "g m", "g t", "m t", "t e"), [("EVENT_GATEWAY_TARGET_SHARED", "t")]),
    "a task behind an event-based gateway that something interrupts": (
        after(
            EVENTS + element("receiveTask", "r", messageRef="M") + event("boundaryEvent", "b", "timer", attachedToRef="r"),
            "g m",
            "g r",
            "m t",
            "t e",
            "r e",
        ),
        [("EVENT_GATEWAY_TARGET_OPEN", "r")],
    ),
    "a task behind an event-based gateway that repeats": (
        after(
            EVENTS + element("receiveTask", "r", inside='<standardLoopCharacteristics loopMaximum="2"/>', messageRef="M"),
            "g m",
            "g r",
            "m t",
            "t e",
            "r e",
        ),
        [("EVENT_GATEWAY_TARGET_OPEN", "r")],
    ),
    "an event behind an event-based gateway with inputs": (
        after(
            EVENTS.replace(
                "><messageEvent",
                '><extensionElements><zeebe:ioMapping><zeebe:input source="=1" target="k"/></zeebe:ioMapping>'
                "</extensionElements><messageEvent",
            ),
            "g m",
            "g t",
            "m e",
            "t e",
        ),
        [("EVENT_GATEWAY_TARGET_OPEN", "m")],
    ),
    "a complex gateway without condition": (
        START + A + B + element("complexGateway", "g") + END + flows("s a", "s b", "a g", "b g", "g e"),
        [("COMPLEX_WITHOUT_CONDITION", "g")],
    ),
}


@pytest.mark.parametrize("body", ACCEPTED.values(), ids=ACCEPTED)
def test_a_complete_choice_is_accepted(body):
    assert found(file(body)) == []


@pytest.mark.parametrize("body, expected", REFUSED.values(), ids=REFUSED)
def test_a_choice_that_may_have_no_answer_is_refused(body, expected):
    assert sorted(found(file(body))) == sorted(expected)
