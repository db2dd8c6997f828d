"""Call activities: what the child is given, what comes back, and what happens when either of them ends early."""

import pytest

from engine.domain.errors import WrongState
from engine.domain.outcome import State
from engine.workflow import definition, runner
from tests.engine.workflow.drawing import boundary, call, diagram, end, flows, gateway, mapping, start, user
from tests.engine.workflow.ledger import NOW, Case

ENDS = start() + end()
THEN = user("z") + flows("s -> c -> z -> e")


def test_a_call_asks_for_a_child_with_all_that_it_sees():
    case = Case(diagram(ENDS, call("c", ext=mapping({"b": "a + 1"})), THEN), a=1)

    (child,) = case.ledger.children.values()
    assert (child.element_id, child.process_id, child.binding, child.version_tag) == ("c", "child", "latest", None)
    assert child.variables == {"log": [], "a": 1, "b": 2}

    case.child("c", out=2)
    assert case.open == ["z"]
    assert case.variables["out"] == 2


@pytest.mark.parametrize("more", ["", 'propagateAllChildVariables="false"'])
def test_output_mappings_decide_what_comes_back(more):
    case = Case(diagram(ENDS, call("c", more=more, ext=mapping(outputs={"mine": "out + 1"})), THEN)).child("c", out=2)

    assert case.variables["mine"] == 3
    assert "out" not in case.variables


def test_the_process_can_be_chosen_by_an_expression():
    case = Case(diagram(ENDS, call("c", process='="child " + kind'), THEN), kind="two")

    assert next(iter(case.ledger.children.values())).process_id == "child two"
    assert Case(diagram(ENDS, call("c", process="=kind"), THEN), kind=3).incidents["c"][0] == "EXTRACT_VALUE_ERROR"


WITH_BOUNDARIES = (
    ENDS
    + call("c")
    + boundary("be", "c", "error")
    + boundary("bt", "c", "timer")
    + boundary("bx", "c", "escalation", False)
    + "".join(map(user, ("bad", "late", "up")))
    + THEN
    + flows("be -> bad", "bt -> late", "bx -> up")
)


def test_an_error_of_the_child_is_caught_at_the_call():
    case = Case(diagram(WITH_BOUNDARIES)).child_error("c", "bad", why=1)

    assert case.open == ["bad"]
    assert case.variables["why"] == 1
    assert not case.out.children_cancelled


def test_an_error_of_the_child_that_nobody_catches_is_an_incident_and_another_child():
    case = Case(diagram(WITH_BOUNDARIES)).child_error("c", "strange")
    assert case.incidents["c"][0] == "UNHANDLED_ERROR_EVENT"

    case.resolve("c")

    assert case.open == ["c"]


def test_an_escalation_of_the_child_goes_on_beside_it():
    case = Case(diagram(WITH_BOUNDARIES))
    case.do("child_escalation", number=case.number("c"), code="up", variables={})

    assert case.open == ["c", "up"]


def test_a_call_that_is_interrupted_cancels_its_child():
    case = Case(diagram(WITH_BOUNDARIES))
    number = case.number("c")

    case.later(1)

    assert case.open == ["late"]
    assert case.out.children_cancelled == {number}


def test_a_child_that_nobody_has_seen_is_not_cancelled():
    parts = gateway("parallel", "f") + call("c") + end("stop", "terminate")
    case = Case(diagram(start(), parts, flows("s -> f -> c", "f -> stop")))

    assert case.status == "COMPLETED"
    assert not case.out.children_opened
    assert not case.out.children_cancelled


def test_cancelling_the_parent_cancels_the_child():
    case = Case(diagram(WITH_BOUNDARIES))
    number = case.number("c")

    case.do("cancel")

    assert case.out.children_cancelled == {number}
    assert case.status == "CANCELED"


def test_a_child_that_is_over_at_once_leaves_no_row():
    (process,) = definition.read(diagram(ENDS, call("c"), THEN))
    out = runner.advance(process, State(), ("start", {"variables": {}}), NOW)
    (number,) = out.children_opened

    out = runner.advance(process, State(out.state, {}), ("complete_child", {"number": number, "variables": {"x": 1}}), NOW, into=out)

    assert not out.children_opened
    assert not out.children_cancelled
    assert out.elements[number].status == "COMPLETED"
    assert out.elements[number].new
    assert out.variables == {(1, "x"): "1"}
    assert [task.element_id for task in out.tasks_opened.values()] == ["z"]


def test_a_child_that_the_command_knows_is_cancelled_when_its_call_ends_in_the_same_transaction():
    (process,) = definition.read(diagram(ENDS, call("c"), THEN))
    out = runner.advance(process, State(), ("start", {"variables": {}}), NOW)
    (number,) = out.children_opened

    out = runner.advance(process, State(out.state, {}), ("cancel", {}), NOW, into=out)

    assert not out.children_opened
    assert out.children_cancelled == {number}


def test_only_a_waiting_call_can_be_answered():
    case = Case(diagram(WITH_BOUNDARIES))
    with pytest.raises(WrongState):
        case.do("complete_child", number=1, variables={})


def test_a_child_whose_process_is_not_there_is_an_incident_and_asked_for_again():
    case = Case(diagram(WITH_BOUNDARIES))
    number = case.number("c")
    del case.ledger.children[number]

    case.do("fail_call", number=number, message="Expected a process 'child'", error_type="CALLED_ELEMENT_ERROR")
    assert case.incidents["c"] == ("CALLED_ELEMENT_ERROR", "Expected a process 'child'")
    case.resolve("c")

    assert case.open == ["c"]
