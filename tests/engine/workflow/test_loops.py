"""Loops: multi-instance in parallel and in sequence, nested, ended early; the standard loop; and how long they may be."""

import pytest

from tests.engine.workflow.drawing import (
    boundary,
    diagram,
    end,
    flows,
    gateway,
    handler,
    job,
    listeners,
    mapping,
    multi,
    script,
    start,
    sub,
    user,
)
from tests.engine.workflow.ledger import Case

ENDS = start() + end()
THEN = user("z") + flows("s -> a -> z -> e")


def test_a_parallel_multi_instance_begins_all_rounds_and_collects_in_the_order_of_the_items():
    case = Case(diagram(ENDS, user("a", multi(), ext=mapping({"r": "0"})), THEN), items=[1, 2, 3])
    numbers = sorted(case.ledger.tasks)
    assert len(numbers) == 3

    for number in reversed(numbers):
        case.do("complete_user_task", number=number, variables={"r": number})

    assert case.variables["results"] == numbers
    assert case.open == ["z"]
    assert {"item", "r", "loopCounter"}.isdisjoint(case.variables)


def test_a_sequential_multi_instance_does_one_after_the_other():
    case = Case(diagram(ENDS, user("a", multi(sequential=True), ext=mapping({"ten": "item * 10", "r": "0"})), THEN), items=[1, 2, 3])

    for n in (1, 2, 3):
        (number,) = case.ledger.tasks
        assert case.ledger.variables[number]["ten"] == str(n * 10)
        assert case.ledger.variables[number]["loopCounter"] == str(n)
        case.complete("a", r=n + 6)

    assert case.variables["results"] == [7, 8, 9]
    assert case.open == ["z"]


def test_each_round_has_to_itself_what_it_gives_to_the_output_collection():
    """Without an input mapping too, as in Camunda: a list inside each element of a list, all at once."""
    inner = start("s2") + user("u", multi(items="item", item="each", output="marks", result="mark.n")) + user("w") + end("e2")
    inner += flows("s2 -> u -> w -> e2")
    case = Case(diagram(ENDS, sub("a", inner, multi(result="marks")), THEN), items=[[1, 2], [3]])

    for number in sorted(case.ledger.tasks):
        each = case.ledger.variables[number]["each"]
        case.do("complete_user_task", number=number, variables={} if each == "2" else {"mark": {"n": each}})
    case.complete("w").complete("w")

    assert case.variables["results"] == [["1", None], ["3"]]
    assert {"mark", "marks"}.isdisjoint(case.variables)


def test_an_output_mapping_of_a_round_writes_what_is_its_own():
    case = Case(diagram(ENDS, user("a", multi(), ext=mapping((), {"r": "given * 10", "seen": "given"})), THEN), items=[1, 2])

    case.complete("a", given=3).complete("a", given=4)

    assert (case.variables["results"], case.variables["seen"]) == ([30, 40], 4)
    assert "r" not in case.variables


@pytest.mark.parametrize("sequential", [True, False])
def test_an_empty_collection_is_over_at_once(sequential):
    case = Case(diagram(ENDS, user("a", multi(sequential)), THEN), items=[])

    assert case.open == ["z"]
    assert case.variables["results"] == []


def test_an_interrupting_boundary_event_ends_all_rounds():
    parts = user("a", multi()) + boundary("b", "a", "timer") + user("late")
    case = Case(diagram(ENDS, parts, THEN, flows("b -> late")), items=[1, 2, 3])

    case.complete("a").later(1)

    assert case.open == ["late"]
    assert len(case.ledger.elements) == 2


def test_a_non_interrupting_timer_stands_at_the_loop_and_not_at_each_round():
    parts = user("a", multi(True)) + boundary("b", "a", "timer", False) + user("r")
    case = Case(diagram(ENDS, parts, THEN, flows("b -> r")), items=[1, 2])

    case.complete("a").later(2)
    assert case.open == ["a", "r"]

    assert case.later(2).open == ["a", "r"]


def test_an_error_inside_a_round_reaches_the_boundary_of_the_loop():
    parts = job("a", multi()) + boundary("b", "a", "error") + user("r")
    case = Case(diagram(ENDS, parts, THEN, flows("b -> r")), items=[1, 2, 3])

    case.work("a").error("a", "bad")

    assert case.open == ["r"]


def test_each_round_of_a_sub_process_has_handlers_and_variables_of_its_own():
    inner = start("s2") + user("b") + user("c") + end("e2") + flows("s2 -> b -> c -> e2") + handler("h", "signal")
    case = Case(diagram(ENDS, sub("a", inner, multi(), ext=mapping({"r": "0"})), THEN), items=[5, 6])

    case.complete("b", r=1).complete("b", r=2).complete("c")
    assert case.open == ["c"]
    case.signal()
    assert case.open == ["r"]
    case.complete("r")

    assert case.open == ["z"]
    assert case.variables["results"] == [1, 2]


def test_a_round_that_fails_leaves_the_others_alone_and_is_tried_again():
    parts = script("a", "if item = 2 and not(ok) then function(x) x else item", "r", multi(), ext=mapping({"r": "0"}))
    case = Case(diagram(ENDS, parts, THEN), items=[1, 2, 3], ok=False)
    assert list(case.incidents) == ["a"]

    case.set(ok=True).resolve("a")

    assert case.variables["results"] == [1, 2, 3]


@pytest.mark.parametrize("sequential", [True, False])
@pytest.mark.parametrize("found", [None, "text", {"a": 1}])
def test_a_collection_that_is_no_list_is_an_incident_at_the_loop(sequential, found):
    case = Case(diagram(ENDS, user("a", multi(sequential)), THEN), items=found)

    assert case.incidents["a"][0] == "EXTRACT_VALUE_ERROR"
    assert "a list" in case.incidents["a"][1]
    case.set(items=[1]).resolve("a")

    assert case.open == ["a"]


def test_more_than_10000_rounds_are_refused_by_an_incident_that_says_so():
    case = Case(diagram(ENDS, user("a", multi(output="")), THEN), items=list(range(10_001)))

    assert "at most 10000" in case.incidents["a"][1]
    assert not case.ledger.tasks


def test_a_completion_condition_that_cannot_be_told_is_an_incident_of_that_round():
    case = Case(diagram(ENDS, user("a", multi(until="enough")), THEN), items=[1, 2])

    case.complete("a")
    assert case.incidents["a"][0] == "EXTRACT_VALUE_ERROR"
    assert case.open == ["a"]
    case.set(enough=True).resolve("a")

    assert case.open == ["z"]


STANDARD = (
    '<bpmn:standardLoopCharacteristics testBefore="%s" %s><bpmn:loopCondition>=n &lt; 3</bpmn:loopCondition>'
    "</bpmn:standardLoopCharacteristics>"
)


@pytest.mark.parametrize(
    "before, maximum, n, found",
    [("false", 9, 0, 3), ("true", 9, 5, 5), ("false", 9, 5, 6), ("true", 2, 0, 2), ("false", 1, 0, 1), ("true", 0, 0, 0)],
)
def test_a_standard_loop_goes_on_while_its_condition_is_true(before, maximum, n, found):
    loop = STANDARD % (before, f'loopMaximum="{maximum}"')
    case = Case(diagram(ENDS, script("a", "n + 1", "n", loop), flows("s -> a -> e")), n=n)

    assert case.variables["n"] == found
    assert case.status == "COMPLETED"


def test_a_standard_loop_of_thousands_of_rounds_does_not_recurse():
    loop = STANDARD.replace("3", "3000") % ("false", "")
    case = Case(diagram(ENDS, script("a", "n + 1", "n", loop), flows("s -> a -> e")), n=0)

    assert case.variables["n"] == 3000


def test_a_loop_of_5000_rounds_over_a_gateway_runs_within_the_budget():
    parts = gateway("exclusive", "m") + script("a", "n + 1", "n") + gateway("exclusive", "g", default="g_e")
    case = Case(diagram(ENDS, parts, flows("s -> m -> a -> g -> e", "g -> m if n < 5000")), n=0)

    assert case.status == "COMPLETED"
    assert case.variables["n"] == 5000


def test_listeners_are_each_rounds_own():
    case = Case(diagram(ENDS, user("a", multi(), ext=listeners(("start", "first"), ("end", "last"))), THEN), items=[1, 2])

    assert [row.type for row in case.ledger.jobs.values()] == ["first", "first"]
    case.work("a").work("a").complete("a").complete("a")
    assert [row.type for row in case.ledger.jobs.values()] == ["last", "last"]
    case.work("a").work("a")

    assert case.open == ["z"]
