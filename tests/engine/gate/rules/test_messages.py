"""Messages: how a message finds its instance, and who publishes it."""

import pytest

from tests.engine.gate.drawn import END, around, element, event, file, found, job, line

NO_KEY = "started"  # of the messages in every test file, the one without correlation key
CATCH = {
    "an intermediate event": around(event("intermediateCatchEvent", "x", NO_KEY), "x"),
    "a boundary event": around(job() + event("boundaryEvent", "x", NO_KEY, attachedToRef="a")),
    "an event sub-process": around(
        job()
        + element(
            "subProcess",
            "h",
            inside=event("startEvent", "x", NO_KEY) + element("endEvent", "he") + line("x", "he"),
            triggeredByEvent="true",
        )
    ),
    "a receive task": around(element("receiveTask", "x", messageRef="M_start"), "x"),
}


@pytest.mark.parametrize("body", CATCH.values(), ids=CATCH)
def test_whoever_waits_inside_an_instance_needs_a_correlation_key(body):
    assert found(file(body)) == [("MESSAGE_WITHOUT_CORRELATION_KEY", "x")]


def test_a_message_that_starts_a_process_needs_none():
    assert found(file(event("startEvent", "x", NO_KEY) + END + line("x", "e"))) == []


def test_an_empty_correlation_key_is_none():
    top = '<message id="N" name="n"><extensionElements><zeebe:subscription correlationKey=" "/></extensionElements></message>'

    assert found(file(around(element("receiveTask", "x", messageRef="N"), "x"), top=top)) == [("NOT_AN_EXPRESSION", "N")]


def test_a_receive_task_names_its_message():
    assert found(file(around(element("receiveTask", "x"), "x"))) == [("RECEIVE_WITHOUT_MESSAGE", "x")]


@pytest.mark.parametrize("tag", ["receiveTask", "sendTask"])
def test_the_message_of_a_task_has_a_name(tag):
    top = '<message id="N"><extensionElements><zeebe:subscription correlationKey="=k"/></extensionElements></message>'

    assert found(file(around(element(tag, "x", messageRef="N"), "x"), top=top)) == [("EVENT_INCOMPLETE", "x")]


PUBLISH = 'publishMessage correlationKey="=k"'
BOTH = '<zeebe:publishMessage correlationKey="=k"/><zeebe:taskDefinition type="t"/>'
THROWN = {
    "an event that publishes": (event("intermediateThrowEvent", "x", "message", PUBLISH), []),
    "an event that a worker throws": (event("intermediateThrowEvent", "x", "message", 'taskDefinition type="t"'), []),
    "an event that a worker throws without a type": (
        event("intermediateThrowEvent", "x", "message", "taskDefinition"),
        ["TASK_WITHOUT_TYPE"],
    ),
    "a send task that a worker does without a type": (element("sendTask", "x", "taskDefinition", messageRef="M"), ["TASK_WITHOUT_TYPE"]),
    "an event with both": (event("intermediateThrowEvent", "x", "message", BOTH), ["PUBLISHES_NOTHING"]),
    "an event that throws no message": (event("intermediateThrowEvent", "x", "signal", PUBLISH), ["PUBLISHES_NOTHING"]),
    "a job on an event that throws no message": (
        event("intermediateThrowEvent", "x", "", 'taskDefinition type="t"'),
        ["JOB_WITHOUT_MESSAGE"],
    ),
    "a send task that publishes": (element("sendTask", "x", PUBLISH, messageRef="M"), []),
    "a send task without message": (element("sendTask", "x", PUBLISH), ["TASK_WITHOUT_TYPE", "PUBLISHES_NOTHING"]),
}


@pytest.mark.parametrize("thrown, expected", THROWN.values(), ids=THROWN)
def test_a_message_is_published_once_and_by_one(thrown, expected):
    assert sorted(code for code, _ in found(file(around(thrown, "x")))) == sorted(expected)
