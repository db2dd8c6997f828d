"""Ending from outside: a task whose canceling listeners have a say holds up whatever ends it."""

from tests.engine.workflow.drawing import (
    boundary,
    diagram,
    element,
    end,
    flows,
    gateway,
    job,
    listeners,
    multi,
    script,
    start,
    sub,
    user,
)
from tests.engine.workflow.ledger import Case

ENDS = start() + end()
THEN = user("z") + flows("s -> a -> z -> e")


def jobs(case):
    return sorted((row.type, row.kind, row.listener_event) for row in case.ledger.jobs.values())


def on(*events):
    return listeners(*[(event, event + " job") for event in events], of="task")


def the_task(case):
    return next(iter(case.ledger.tasks.values()))


def test_an_interrupted_task_goes_when_its_canceling_listeners_are_done():
    parts = user("a", ext=on("canceling", "canceling")) + boundary("b", "a", "message") + user("r")
    case = Case(diagram(ENDS, parts, THEN, flows("b -> r")), key="k")

    case.message(got=1)
    assert jobs(case) == [("canceling job", "TASK_LISTENER", "CANCELING")]
    assert the_task(case).status == "CANCELING"
    assert case.open == ["a"]
    case.answer("a").answer("a")

    assert case.open == ["r"]
    assert case.variables["got"] == 1
    assert case.ledger.closed_tasks[3] == "CANCELED"


def test_cancelling_the_process_waits_for_them_too():
    inner = start("s2") + gateway("parallel", "f") + user("a", ext=on("canceling")) + user("b") + flows("s2 -> f -> a", "f -> b")
    case = Case(diagram(start(), sub("x", inner), flows("s -> x")))

    case.do("cancel")
    assert case.open == ["a"]
    assert case.status == "ACTIVE"
    case.answer("a")

    assert case.status == "CANCELED"


def test_the_last_of_several_lets_the_rest_go_on():
    inner = start("s2") + user("a", multi(output=""), ext=on("canceling")) + end("e2") + flows("s2 -> a -> e2")
    parts = sub("x", inner) + boundary("b", "x", "timer") + user("late")
    case = Case(diagram(start(), parts, flows("s -> x", "b -> late")), items=[1, 2, 3])

    case.later(1).answer("a").answer("a")
    assert case.open == ["a"]
    case.answer("a")

    assert case.open == ["late"]


def test_an_interrupting_handler_begins_when_they_are_done():
    inner = start("hs", "message") + script("r", "got + 1", "seen") + user("q") + end("he") + flows("hs -> r -> q -> he")
    parts = user("a", ext=on("canceling")) + sub("h", inner, triggeredByEvent="true")
    case = Case(diagram(start(), parts, flows("s -> a")), key="k")

    case.message(got=1)
    assert case.open == ["a"]
    case.answer("a")

    assert case.open == ["q"]
    assert case.variables["seen"] == 2


def test_a_terminate_end_event_waits_for_them():
    parts = gateway("parallel", "f") + user("a", ext=on("canceling")) + user("b") + end("t", "terminate")
    case = Case(diagram(start(), parts, flows("s -> f -> a", "f -> b -> t")))

    case.complete("b")
    assert case.open == ["a"]
    case.answer("a")

    assert case.status == "COMPLETED"


def test_a_completion_condition_of_a_loop_waits_for_them():
    body = user("a", multi(until="numberOfCompletedInstances = 1", output=""), ext=on("canceling"))
    case = Case(diagram(ENDS, body, THEN), items=[1, 2])

    case.complete("a")
    assert case.open == ["a"]
    case.answer("a")

    assert case.open == ["z"]


def test_what_is_being_cancelled_can_be_cancelled_from_further_out():
    parts = user("a", ext=on("canceling", "canceling")) + boundary("b", "a", "timer") + user("late")
    case = Case(diagram(start(), parts, flows("s -> a", "b -> late")))
    case.later(1).answer("a").do("cancel")
    assert case.open == ["a"]

    case.answer("a")

    assert case.status == "CANCELED"
    assert "late" not in case.passed()


def test_a_completion_that_waits_for_its_listener_can_be_interrupted():
    parts = user("a", ext=on("completing", "canceling")) + boundary("b", "a", "timer") + user("late")
    case = Case(diagram(start(), parts, flows("s -> a", "b -> late"))).complete("a", got=1)

    case.later(1)
    assert jobs(case) == [("canceling job", "TASK_LISTENER", "CANCELING")]
    case.answer("a")

    assert case.open == ["late"]
    assert "got" not in case.variables


def test_an_error_to_the_parent_waits_for_them():
    parts = gateway("parallel", "f") + user("a", ext=on("canceling")) + job("j")
    case = Case(diagram(start(), parts, flows("s -> f -> a", "f -> j")), caught_above={"error": [None]}).error("j", "bad")
    assert case.out.thrown[0].name == "bad"
    assert case.status == "ACTIVE"

    assert case.answer("a").status == "TERMINATED"


def test_a_multi_instance_element_still_shows_its_type():
    case = Case(diagram(ENDS, element("userTask", "a", multi(output="")), THEN), items=[1])

    assert [row.type for row in case.ledger.elements.values()] == ["PROCESS", "MULTI_INSTANCE_BODY", "USER_TASK"]
