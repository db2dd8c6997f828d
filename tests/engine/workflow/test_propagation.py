"""Errors and escalations go outward, to the nearest and there to the most specific catcher, and out of a child to its parent."""

import pytest

from tests.engine.workflow.drawing import boundary, call, diagram, end, flows, gateway, handler, job, start, sub, throw, user
from tests.engine.workflow.ledger import Case

ENDS = start() + end()
INNERMOST = start("s2") + job("j") + end("e2") + flows("s2 -> j -> e2")
NESTED = (
    ENDS
    + sub(
        "o",
        start("s1"),
        sub("i", INNERMOST),
        boundary("bi", "i", "worse error"),
        user("inner"),
        end("e1"),
        flows("s1 -> i -> e1", "bi -> inner"),
    )
    + boundary("any", "o", "any error")
    + boundary("one", "o", "error")
    + user("by any")
    + user("by code")
    + flows("s -> o -> e")
)
NESTED = NESTED.replace("by any", "by_any").replace("by code", "by_code") + flows("any -> by_any", "one -> by_code")


@pytest.mark.parametrize("code, where", [("bad", "by_code"), ("other", "by_any"), ("worse", "inner")])
def test_an_error_goes_to_the_nearest_scope_and_there_to_the_most_specific_catcher(code, where):
    assert Case(diagram(NESTED)).error("j", code).open == [where]


def test_an_error_carries_its_variables():
    parts = job("j") + boundary("b", "j", "error") + user("r")
    case = Case(diagram(ENDS, parts, flows("s -> j -> e", "b -> r"))).error("j", "bad", why="rust")

    assert case.open == ["r"]
    assert case.variables["why"] == "rust"
    assert case.out.jobs_closed == {case.out.path[0][2]: "ERROR_THROWN"}


def test_an_error_that_nobody_catches_is_an_incident_and_the_job_comes_again():
    case = Case(diagram(ENDS, job("j"), user("z"), flows("s -> j -> z -> e"))).error("j", "bad")

    assert case.incidents["j"][0] == "UNHANDLED_ERROR_EVENT"
    assert "bad" in case.incidents["j"][1]
    assert case.open == []
    assert case.status == "ACTIVE"
    case.resolve("j").work("j")

    assert case.open == ["z"]


def test_a_handler_of_the_process_catches_and_does_not_catch_itself():
    rethrow = start("hs", "error") + user("r") + end("he", "error") + flows("hs -> r -> he")
    parts = job("j") + sub("h", rethrow, triggeredByEvent="true")
    case = Case(diagram(ENDS, parts, flows("s -> j -> e"))).error("j", "bad")
    assert case.open == ["r"]

    case.complete("r")

    assert case.incidents["he"][0] == "UNHANDLED_ERROR_EVENT"


def test_the_error_of_one_sub_process_does_not_reach_its_sibling():
    def failing(id, code):
        return sub(id, start(f"{id}_s"), job(f"{id}_j"), end(f"{id}_e"), flows(f"{id}_s -> {id}_j -> {id}_e")) + boundary(
            f"{id}_b", id, code
        )

    parts = gateway("parallel", "f") + failing("x", "error") + failing("y", "error") + user("rx") + user("ry")
    case = Case(diagram(start(), parts, flows("s -> f -> x", "f -> y", "x_b -> rx", "y_b -> ry")))

    case.error("x_j", "bad")

    assert case.open == ["rx", "y_j"]


def test_an_interrupting_escalation_ends_what_it_left():
    innermost = sub("i", start("s3"), end("up", "escalation"), flows("s3 -> up"))
    inner = start("s2") + innermost + user("never") + flows("s2 -> i -> never")
    case = Case(diagram(start(), sub("x", inner), boundary("b", "x", "any escalation"), user("r"), flows("s -> x", "b -> r")))

    assert case.open == ["r"]
    assert "never" not in case.passed()


def test_an_error_inside_a_compensated_scope_of_two_levels_ends_both():
    deep = sub("i", start("s3"), job("j"), user("b"), end("e3"), flows("s3 -> j -> b -> e3"))
    inner = start("s2") + gateway("parallel", "f") + deep + user("beside") + flows("s2 -> f -> i", "f -> beside")
    case = Case(diagram(start(), sub("x", inner), boundary("b0", "x", "error"), user("r"), flows("s -> x", "b0 -> r")))
    assert case.open == ["beside", "j"]

    assert case.error("j", "bad").open == ["r"]


@pytest.mark.parametrize("trigger", ["error", "message"])
def test_who_has_interrupted_a_scope_throws_out_of_it_and_not_to_a_handler_beside(trigger):
    def handling(id, event, then=""):
        inside = start(f"{id}_s", event) + user(f"{id}_u") + end(f"{id}_e", then) + flows(f"{id}_s -> {id}_u -> {id}_e")
        return sub(id, inside, triggeredByEvent="true")

    inner = start("s2") + job("j") + end("e2") + flows("s2 -> j -> e2")
    inner += handling("first", trigger, "worse error") + handling("second", "any error")
    case = Case(diagram(ENDS, sub("x", inner), boundary("b", "x", "worse error"), user("r"), flows("s -> x -> e", "b -> r")), key="k")
    if trigger == "error":
        case.error("j", "bad")
    else:
        case.message()

    assert case.complete("first_u").open == ["r"]


# -- out of a child


def test_a_call_activity_hands_down_what_is_caught_above():
    inner = start("s2") + call("c") + boundary("bc", "c", "escalation", False) + user("n") + end("e2") + flows("s2 -> c -> e2", "bc -> n")
    parts = sub("x", inner) + boundary("bx", "x", "error") + user("caught") + handler("h", "any escalation")
    case = Case(diagram(start(), parts, flows("s -> x", "bx -> caught")), caught_above={"error": ["far"]})

    (child,) = case.ledger.children.values()

    assert child.caught_above == {"error": ["bad", "far"], "escalation": [["up", False], [None, True]]}


def test_an_error_that_the_parent_catches_ends_the_child():
    case = Case(diagram(ENDS, user("u"), job("j"), flows("s -> j -> u -> e")), caught_above={"error": ["bad"]})

    case.error("j", "bad", why=1)

    assert case.status == "TERMINATED"
    assert [(thrown.kind, thrown.name, thrown.element_id) for thrown in case.out.thrown] == [("error", "bad", "j")]
    assert case.out.thrown[0].variables == {"why": 1}
    assert case.open == []


def test_an_error_that_the_parent_does_not_catch_is_an_incident_in_the_child():
    case = Case(diagram(ENDS, job("j"), flows("s -> j -> e")), caught_above={"error": ["bad"]}).error("j", "worse")

    assert list(case.incidents) == ["j"]
    assert not case.out.thrown


def test_an_escalation_to_the_parent_goes_on_unless_the_parent_interrupts():
    xml = diagram(ENDS, throw("up", "escalation"), user("a"), flows("s -> up -> a -> e"))

    aside = Case(xml, caught_above={"escalation": [["up", False]]})
    assert (aside.out.thrown[0].name, aside.open, aside.status) == ("up", ["a"], "ACTIVE")

    ended = Case(xml, caught_above={"escalation": [[None, True], ["up", False]]})
    assert (ended.out.thrown[0].name, ended.open, ended.status) == ("up", [], "TERMINATED")
