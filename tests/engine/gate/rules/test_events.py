"""Events: every kind at every place, and what each has to say."""

import itertools

import pytest

from tests.engine.gate.drawn import END, EVENT, START, around, element, event, file, flows, found, job, line

KINDS = [*EVENT, ""]
UNDO = job("u", isForCompensation="true") + '<association id="l" sourceRef="x" targetRef="u"/>'


def inner(body):
    return element("subProcess", "a", inside=body)


def handler(kind, **attributes):
    inside = event("startEvent", "x", kind, **attributes) + element("endEvent", "he") + line("x", "he")
    return around(job() + element("subProcess", "h", inside=inside, triggeredByEvent="true"))


def at_the_border(kind, **attributes):
    host = "transaction" if kind == "cancel" else "subProcess"
    inside = element("startEvent", "s2") + element("endEvent", "e2") + line("s2", "e2")
    return around(element(host, "a", inside=inside) + event("boundaryEvent", "x", kind, attachedToRef="a", **attributes))


PLACES = {  # how a kind is drawn at a place, and the kinds that BPMN 2.0.2, table 10.93 allows there
    "start of a process": (
        lambda kind: event("startEvent", "x", kind) + END + line("x", "e"),
        {"", "started", "signal", "conditional"},
    ),
    "start of a sub-process": (
        lambda kind: around(inner(event("startEvent", "x", kind) + element("endEvent", "e2") + line("x", "e2"))),
        {""},
    ),
    "start of an event sub-process": (handler, {"message", "timer", "signal", "conditional", "error", "escalation", "compensate"}),
    "border of an activity": (
        lambda kind: at_the_border(kind) + (UNDO if kind == "compensate" else ""),
        {"message", "timer", "signal", "conditional", "error", "escalation", "compensate", "cancel"},
    ),
    "intermediate catch": (
        lambda kind: around(event("intermediateCatchEvent", "x", kind), "x"),
        {"message", "timer", "signal", "conditional"},
    ),
    "intermediate throw": (
        lambda kind: around(event("intermediateThrowEvent", "x", kind), "x"),
        {"", "message", "started", "signal", "escalation", "compensate"},
    ),
    "end": (
        lambda kind: START + event("endEvent", "x", kind) + line("s", "x"),
        {"", "message", "started", "signal", "error", "escalation", "compensate", "terminate"},
    ),
}
ELSEWHERE = {  # rules of other files say more about these
    ("start of a process", "message"),
    ("start of a process", "timer"),
    ("intermediate catch", "link"),
    ("intermediate throw", "link"),
    ("start of an event sub-process", "started"),
    ("border of an activity", "started"),
    ("intermediate catch", "started"),
    ("end", "cancel"),
}
EACH = [(place, kind) for place, kind in itertools.product(PLACES, KINDS) if (place, kind) not in ELSEWHERE]


@pytest.mark.parametrize("place, kind", EACH)
def test_an_event_stands_where_the_standard_allows_it(place, kind):
    draw, allowed = PLACES[place]

    codes = {code for code, element in found(file(draw(kind))) if element == "x"}

    if kind in allowed:
        assert codes == set()
    else:
        assert codes & {"EVENT_NOT_ALLOWED_HERE", "EVENT_WITHOUT_TRIGGER"}


INCOMPLETE = {
    "a message event without message": (around(event("intermediateCatchEvent", "x", "<messageEventDefinition/>"), "x"), "EVENT_INCOMPLETE"),
    "a thrown message without message": (
        around(event("intermediateThrowEvent", "x", "<messageEventDefinition/>"), "x"),
        "EVENT_INCOMPLETE",
    ),
    "a signal event without signal": (around(event("intermediateCatchEvent", "x", "<signalEventDefinition/>"), "x"), "EVENT_INCOMPLETE"),
    "an error end without error": (START + event("endEvent", "x", "<errorEventDefinition/>") + line("s", "x"), "EVENT_INCOMPLETE"),
    "an escalation end without escalation": (
        START + event("endEvent", "x", "<escalationEventDefinition/>") + line("s", "x"),
        "EVENT_INCOMPLETE",
    ),
    "a link without name": (
        START + event("intermediateThrowEvent", "x", "<linkEventDefinition/>") + line("s", "x"),
        "EVENT_INCOMPLETE",
    ),
    "a conditional event without condition": (
        around(event("intermediateCatchEvent", "x", "<conditionalEventDefinition/>"), "x"),
        "EVENT_INCOMPLETE",
    ),
    "an event without trigger": (around(event("intermediateCatchEvent", "x", ""), "x"), "EVENT_WITHOUT_TRIGGER"),
    "an error event that does not interrupt": (at_the_border("error", cancelActivity="false"), "MUST_INTERRUPT"),
    "an error start that does not interrupt": (handler("error", isInterrupting="false"), "MUST_INTERRUPT"),
    "a cancel event that does not interrupt": (at_the_border("cancel", cancelActivity="false"), "MUST_INTERRUPT"),
    "a cancel end outside of a transaction": (START + event("endEvent", "x", "cancel") + line("s", "x"), "CANCEL_OUTSIDE_TRANSACTION"),
    "a cancel event on a sub-process": (
        at_the_border("cancel").replace("transaction", "subProcess"),
        "CANCEL_OUTSIDE_TRANSACTION",
    ),
    "a link that is a signal too": (
        START
        + event("intermediateThrowEvent", "x", EVENT["link"] + EVENT["signal"])
        + event("intermediateCatchEvent", "c", "link")
        + END
        + line("s", "x")
        + line("c", "e"),
        "EVENTS_EXCLUDE_EACH_OTHER",
    ),
    "an end that cancels and terminates": (
        START + event("endEvent", "x", EVENT["error"] + EVENT["terminate"]) + line("s", "x"),
        "EVENTS_EXCLUDE_EACH_OTHER",
    ),
}


@pytest.mark.parametrize("body, code", INCOMPLETE.values(), ids=INCOMPLETE)
def test_an_event_that_cannot_do_its_work_is_refused(body, code):
    assert found(file(body)) == [(code, "x")]


NAMELESS = {
    "message": ('<message id="N"/>', '<messageEventDefinition messageRef="N"/>', "intermediateThrowEvent"),
    "signal": ('<signal id="N"/>', '<signalEventDefinition signalRef="N"/>', "intermediateThrowEvent"),
    "error": ('<error id="N" name="only for people"/>', '<errorEventDefinition errorRef="N"/>', "endEvent"),
    "escalation": ('<escalation id="N"/>', '<escalationEventDefinition escalationRef="N"/>', "intermediateThrowEvent"),
}


@pytest.mark.parametrize("top, definition, tag", NAMELESS.values(), ids=NAMELESS)
def test_what_an_event_refers_to_has_a_name_or_code(top, definition, tag):
    assert found(file(START + event(tag, "x", definition) + line("s", "x"), top=top)) == [("EVENT_INCOMPLETE", "x")]


def test_a_message_that_a_worker_throws_has_a_name_all_the_same():
    throw = event("intermediateThrowEvent", "x", '<messageEventDefinition messageRef="N"/>', 'taskDefinition type="send"')

    assert found(file(around(throw, "x"), top='<message id="N"/>')) == [("EVENT_INCOMPLETE", "x")]


def test_a_message_event_that_a_worker_throws_needs_no_message():
    throw = event("intermediateThrowEvent", "x", "<messageEventDefinition/>", 'taskDefinition type="send"')

    assert found(file(around(throw, "x"))) == []


@pytest.mark.parametrize("tag", ["endEvent", "intermediateThrowEvent"])
def test_an_event_may_throw_several_things(tag):
    assert found(file(START + event(tag, "x", EVENT["message"] + EVENT["signal"]) + line("s", "x"))) == []


def test_an_event_may_wait_for_several_things():
    assert found(file(at_the_border(EVENT["error"] + EVENT["timer"]))) == []


def test_an_error_event_without_reference_catches_every_error():
    assert found(file(at_the_border("<errorEventDefinition/>"))) == []


def test_a_cancel_end_inside_a_transaction_is_accepted():
    inside = element("startEvent", "s2") + event("endEvent", "e2", "cancel") + line("s2", "e2")

    assert found(file(around(element("transaction", "a", inside=inside)))) == []


def test_a_thrown_code_may_be_computed_and_a_caught_one_not():
    top = '<error id="N" errorCode="=&quot;E&quot; + string(n)"/>'
    named = '<errorEventDefinition errorRef="N"/>'

    assert found(file(START + event("endEvent", "x", named) + line("s", "x"), top=top)) == []
    assert found(file(at_the_border(named), top=top)) == [("CATCHES_COMPUTED_CODE", "x")]


def test_an_event_definition_at_the_top_of_the_file_counts_like_one_inside():
    top = '<timerEventDefinition id="T"><timeDuration>PT1H</timeDuration></timerEventDefinition>'
    shared = "<eventDefinitionRef>T</eventDefinitionRef>"

    assert found(file(around(event("intermediateCatchEvent", "x", shared), "x"), top=top)) == []
    assert found(file(START + event("endEvent", "x", shared) + line("s", "x"), top=top)) == [("EVENT_NOT_ALLOWED_HERE", "x")]


TWICE = {
    "two error events for one code": ("error", "error", [("CAUGHT_TWICE", "y")]),
    "two error events for every code": ("<errorEventDefinition/>", "<errorEventDefinition/>", [("CAUGHT_TWICE", "y")]),
    "one error event for a code and one for every other": ("error", "<errorEventDefinition/>", []),
    "two message events for one message": ("message", "message", [("CAUGHT_TWICE", "y")]),
    "two timers": ("timer", "timer", []),
    "two signal events for one signal": ("signal", "signal", []),
}


@pytest.mark.parametrize("first, second, expected", TWICE.values(), ids=TWICE)
def test_two_events_of_one_activity_catch_different_things(first, second, expected):
    body = around(job() + event("boundaryEvent", "x", first, attachedToRef="a") + event("boundaryEvent", "y", second, attachedToRef="a"))

    assert found(file(body)) == expected


def test_two_event_sub_processes_of_one_scope_catch_different_things():
    def handles(number):
        inside = event("startEvent", f"x{number}", "escalation") + flows()
        return element("subProcess", f"h{number}", inside=inside, triggeredByEvent="true")

    assert found(file(around(job() + handles(1) + handles(2)))) == [("CAUGHT_TWICE", "x2")]


def test_two_starts_of_a_process_wait_for_different_messages():
    body = event("startEvent", "s", "started") + event("startEvent", "x", "started") + END + line("s", "e") + line("x", "e")

    assert found(file(body)) == [("CAUGHT_TWICE", "x")]
