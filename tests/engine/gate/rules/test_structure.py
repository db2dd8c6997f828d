"""Starts, ends and ways: one smallest diagram per rule, and one for everything that only looks wrong."""

import pytest

from tests.engine.gate.drawn import END, EVENT, START, around, element, event, file, flows, found, job, line

INNER = START.replace('"s"', '"s2"') + END.replace('"e"', '"e2"') + line("s2", "e2")
HANDLER = element(
    "subProcess", "h", inside=event("startEvent", "hs", "message") + END.replace('"e"', '"he"') + line("hs", "he"), triggeredByEvent="true"
)
ADHOC = element("adHocSubProcess", "x", inside=element("task", "t") + element("task", "t2") + line("t", "t2"))

ACCEPTED = {
    "a path that ends at a task": START + job() + line("s", "a"),
    "two ends": START + job() + END + element("endEvent", "e2") + line("s", "a", "e") + line("a", "e2"),
    "a loop with a way out": START
    + element("exclusiveGateway", "x", default="x_e")
    + job()
    + END
    + flows("s x", "x a =again", "x e", "a x"),
    "an event sub-process": around(job() + HANDLER),
    "several starts, one without trigger": around(job() + event("startEvent", "s3", "started") + flows("s3 a")),
    "several starts with triggers": event("startEvent", "s", "started")
    + event("startEvent", "s3", "signal")
    + END
    + line("s", "e")
    + line("s3", "e"),
    "a sub-process": around(element("subProcess", "a", inside=INNER)),
    "a transaction": around(element("transaction", "a", inside=INNER)),
    "activities of an ad-hoc sub-process": around(ADHOC, "x"),
    "an element that is reached by a boundary event": around(
        job() + event("boundaryEvent", "b", "timer", attachedToRef="a") + job("z") + line("b", "z")
    ),
    "an element that is reached by a link": START
    + event("intermediateThrowEvent", "t", "link")
    + event("intermediateCatchEvent", "c", "link")
    + END
    + line("s", "t")
    + line("c", "e"),
}

REFUSED = {
    "no start": (job() + END + line("a", "e"), [("NO_START", "p")]),
    "nothing at all": ("", [("NO_START", "p")]),
    "two starts without trigger": (
        START + element("startEvent", "s2") + END + line("s", "e") + line("s2", "e"),
        [("SEVERAL_STARTS", "s2")],
    ),
    "two starts in a sub-process": (
        around(element("subProcess", "a", inside=INNER + element("startEvent", "s3") + line("s3", "e2"))),
        [("SEVERAL_STARTS", "s3")],
    ),
    "an empty sub-process": (around(element("subProcess", "a")), [("NO_START", "a")]),
    "no path that ends": (START + job("a") + job("b") + line("s", "a", "b", "a"), [("NO_END", "p")]),
    "a flow into a start": (around(job() + flows("a s")), [("START_WITH_INCOMING", "s")]),
    "a flow out of an end": (START + END + job() + line("s", "e", "a"), [("END_WITH_OUTGOING", "e")]),
    "a flow into a boundary event": (
        around(job("a") + job("b") + event("boundaryEvent", "x", "timer", attachedToRef="a") + flows("b x", "x b"), "a", "b"),
        [("BOUNDARY_WITH_INCOMING", "x")],
    ),
    "a flow to an event sub-process": (around(job() + HANDLER + flows("a h")), [("EVENT_SUBPROCESS_WITH_FLOW", "h")]),
    "a boundary event on an event sub-process": (
        around(job() + HANDLER + event("boundaryEvent", "b", "timer", attachedToRef="h")),
        [("EVENT_SUBPROCESS_WITH_BOUNDARY", "h")],
    ),
    "a start in an ad-hoc sub-process": (
        around(ADHOC.replace("</adHoc", START.replace('"s"', '"s2"') + line("s2", "t") + "</adHoc"), "x"),
        [("EVENT_IN_AD_HOC", "s2"), ("EMPTY_AD_HOC", "x")],
    ),
    "an end in an ad-hoc sub-process": (
        around(ADHOC.replace("</adHoc", element("endEvent", "e2") + line("t2", "e2") + "</adHoc"), "x"),
        [("EVENT_IN_AD_HOC", "e2")],
    ),
    "an empty ad-hoc sub-process": (around(element("adHocSubProcess", "a")), [("EMPTY_AD_HOC", "a")]),
    "elements that no path reaches": (
        around(job("a") + job("b") + job("c") + line("b", "c", "b")),
        [("UNREACHABLE", "b"), ("UNREACHABLE", "c")],
    ),
    "a link that nobody throws": (
        around(job() + event("intermediateCatchEvent", "c", "link") + job("z") + line("c", "z")),
        [("UNREACHABLE", "c"), ("UNREACHABLE", "z")],
    ),
    "an element without any flow in a sub-process": (around(element("subProcess", "a", inside=INNER + job("z"))), [("UNREACHABLE", "z")]),
}


@pytest.mark.parametrize("body", ACCEPTED.values(), ids=ACCEPTED)
def test_what_the_standard_allows_is_accepted(body):
    assert found(file(body)) == []


@pytest.mark.parametrize("body, expected", REFUSED.values(), ids=REFUSED)
def test_what_cannot_run_is_refused(body, expected):
    assert sorted(found(file(body))) == sorted(expected)


def test_a_file_without_executable_process_is_refused():
    assert found(file(around(job()), process='id="p" isExecutable="false"')) == [("NO_EXECUTABLE_PROCESS", "p")]


def test_a_file_without_process_is_refused():
    content = file("").replace(b'<process id="p" isExecutable="true"></process>', b"")

    assert found(content) == [("NO_EXECUTABLE_PROCESS", "d")]


def test_a_process_that_only_draws_is_named_and_may_be_incomplete():
    beside = f'<process id="q" isExecutable="false">{job("nowhere")}<choreographyTask id="z"/>{EVENT["timer"]}</process>'

    assert found(file(around(job()), top=beside)) == [("NOT_EXECUTABLE", "q")]
