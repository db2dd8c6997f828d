"""Listeners: jobs that an element's life, or a task's transition, waits for."""

import pytest

from engine.domain.errors import WrongState
from tests.engine.workflow.drawing import (
    boundary,
    diagram,
    end,
    flows,
    gateway,
    job,
    listeners,
    mapping,
    start,
    sub,
    user,
)
from tests.engine.workflow.ledger import Case

ENDS = start() + end()
THEN = user("z") + flows("s -> a -> z -> e")


def jobs(case):
    return sorted((row.type, row.kind, row.listener_event) for row in case.ledger.jobs.values())


def test_start_listeners_come_one_after_the_other_after_the_inputs_and_before_the_work():
    ext = mapping({"n": "1"}) + listeners(("start", "one"), ("start", "two"))
    parts = job("a", ext=ext) + boundary("b", "a", "timer") + user("late")
    case = Case(diagram(ENDS, parts, THEN, flows("b -> late")))
    assert jobs(case) == [("one", "EXECUTION_LISTENER", "START")]
    assert not case.ledger.subscriptions

    case.work("a", m=2)
    assert jobs(case) == [("two", "EXECUTION_LISTENER", "START")]
    assert case.ledger.variables[3] == {"n": "1", "m": "2"}
    case.work("a")

    assert jobs(case) == [("do", "BPMN_ELEMENT", "UNSPECIFIED")]
    assert case.ledger.subscriptions
    assert "m" not in case.variables


def test_end_listeners_come_after_the_outputs_and_write_outside():
    ext = mapping(outputs={"n": "got"}) + listeners(("end", "one"), ("end", "two"))
    parts = job("a", ext=ext) + boundary("b", "a", "timer") + user("late")
    case = Case(diagram(ENDS, parts, THEN, flows("b -> late")))

    case.work("a", got=5)
    assert jobs(case) == [("one", "EXECUTION_LISTENER", "END")]
    assert case.variables["n"] == 5
    assert not case.ledger.subscriptions
    case.work("a", m=2)
    assert case.variables["m"] == 2
    case.work("a")

    assert case.open == ["z"]


def test_gateways_events_sub_processes_and_the_process_itself_can_have_them():
    inner = start("s2") + end("e2", ext=listeners(("end", "le"))) + flows("s2 -> e2")
    parts = (
        gateway("exclusive", "g", ext=listeners(("start", "lg")), default="g_x")
        + sub("x", inner, ext=listeners(("start", "lx"), ("end", "lx2")))
        + user("no")
    )
    process = listeners(("start", "lp"), ("end", "lp2"))
    case = Case(diagram(ENDS, parts, flows("s -> g", "g -> no if way = 1", "g -> x -> e"), process=process), way=0)

    seen = []
    while case.ledger.jobs:
        ((number, row),) = case.ledger.jobs.items()
        seen.append(row.type)
        case.do("complete_job", number=number, variables={})

    assert seen == ["lp", "lg", "lx", "le", "lx2", "lp2"]
    assert case.status == "COMPLETED"


def test_a_start_listener_of_a_gateway_decides_by_its_variables():
    parts = gateway("exclusive", "g", ext=listeners(("start", "lg"))) + user("a") + user("b")
    case = Case(diagram(start(), parts, flows("s -> g", "g -> a if way = 1", "g -> b if way = 2")))

    case.work("g", way=2)

    assert case.open == ["b"]
    assert "way" not in case.variables


def test_listener_jobs_have_the_headers_of_both():
    own = '<zeebe:taskHeaders><zeebe:header key="a" value="element"/><zeebe:header key="b" value="element"/></zeebe:taskHeaders>'
    listener = (
        '<zeebe:executionListeners><zeebe:executionListener eventType="start" type="l" retries="7"><zeebe:taskHeaders>'
        '<zeebe:header key="b" value="listener"/></zeebe:taskHeaders></zeebe:executionListener></zeebe:executionListeners>'
    )
    case = Case(diagram(ENDS, job("a", ext=own + listener), THEN))

    (row,) = case.ledger.jobs.values()
    assert (row.headers, row.retries) == ({"a": "element", "b": "listener"}, 7)


def test_an_element_with_a_listener_out_can_be_interrupted():
    inner = start("s2") + user("a", ext=listeners(("start", "l"))) + end("e2") + flows("s2 -> a -> e2")
    case = Case(diagram(ENDS, sub("x", inner), boundary("b", "x", "timer"), user("late"), flows("s -> x -> e", "b -> late")))

    number = case.number("a")

    case.later(1)

    assert case.open == ["late"]
    assert case.out.jobs_closed == {number: "CANCELED"}


def test_a_listener_whose_type_cannot_be_told_starts_all_of_them_again():
    ext = listeners(("start", "one"), ("start", "=second"))
    case = Case(diagram(ENDS, user("a", ext=ext), THEN)).work("a")
    assert case.incidents["a"][0] == "EXTRACT_VALUE_ERROR"
    assert not case.ledger.jobs

    case.set(second="two").resolve("a")
    assert jobs(case) == [("one", "EXECUTION_LISTENER", "START")]
    case.work("a").work("a")

    assert case.open == ["a"]


def test_a_listeners_job_throws_no_error():
    case = Case(diagram(ENDS, user("a", ext=listeners(("start", "l"))), THEN))
    with pytest.raises(WrongState):
        case.error("a", "bad")


def test_an_end_listener_of_the_process_that_cannot_be_told_is_an_incident_of_the_process():
    case = Case(diagram(ENDS, user("a"), flows("s -> a -> e"), process=listeners(("end", "=last")))).complete("a")
    assert list(case.incidents) == ["p"]

    case.set(last="archive").resolve("p")
    assert jobs(case) == [("archive", "EXECUTION_LISTENER", "END")]

    assert case.work("p").status == "COMPLETED"
