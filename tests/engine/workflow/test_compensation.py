"""Compensation: what was completed is undone, last first; transactions."""

from tests.engine.workflow.drawing import (
    association,
    boundary,
    diagram,
    end,
    flows,
    gateway,
    multi,
    script,
    start,
    sub,
    throw,
    undoable,
    user,
)
from tests.engine.workflow.ledger import Case

ENDS = start() + end()


def test_it_goes_backward_and_into_sub_processes():
    inner = start("s2") + undoable("b") + undoable("c") + end("e2") + flows("s2 -> b -> c -> e2")
    parts = undoable("a") + sub("x", inner) + user("w") + throw("th", "compensation") + user("z")
    case = Case(diagram(ENDS, parts, flows("s -> a -> x -> w -> th -> z -> e")))

    case.complete("w")

    assert case.log == ["a", "b", "c", "undo_c", "undo_b", "undo_a"]
    assert case.open == ["z"]
    assert case.complete("z").status == "COMPLETED"


def test_it_goes_into_sub_processes_as_deep_as_they_may_be():
    inner = start("s0") + undoable("a") + end("e0") + flows("s0 -> a -> e0")
    for depth in range(1, 100):
        inner = start(f"s{depth}") + sub(f"x{depth}", inner) + end(f"e{depth}") + flows(f"s{depth} -> x{depth} -> e{depth}")
    case = Case(diagram(ENDS, sub("x", inner), user("w"), throw("th", "compensation"), flows("s -> x -> w -> th -> e")))

    assert case.complete("w").log == ["a", "undo_a"]


def test_the_thrower_waits_for_handlers_that_people_do():
    parts = undoable("a", "undo", user("undo", isForCompensation="true")) + throw("th", "compensation") + user("z")
    case = Case(diagram(start(), parts, flows("s -> a -> th -> z")))
    assert case.open == ["undo"]

    assert case.complete("undo").open == ["z"]


def test_what_was_not_completed_is_not_compensated():
    parts = gateway("parallel", "f") + user("a") + boundary("b", "a", "compensation") + script("undo", isForCompensation="true")
    case = Case(
        diagram(start(), parts, association("b", "undo"), throw("th", "compensation"), user("z"), flows("s -> f -> a", "f -> th -> z"))
    )

    assert case.open == ["a", "z"]
    assert case.log == []


def test_one_activity_can_be_named_and_is_not_compensated_twice():
    only = throw("th", '<bpmn:compensateEventDefinition activityRef="a"/>')
    parts = undoable("a") + undoable("b") + only + throw("all", "compensation")
    case = Case(diagram(ENDS, parts, flows("s -> a -> b -> th -> all -> e")))

    assert case.log == ["a", "b", "undo_a", "undo_b"]
    assert case.status == "COMPLETED"


def test_a_multi_instance_activity_is_compensated_once():
    parts = user("a", multi()) + boundary("b", "a", "compensation") + script("undo", isForCompensation="true") + association("b", "undo")
    case = Case(diagram(start(), parts, end("e", "compensation"), flows("s -> a -> e")), items=[1, 2])

    case.complete("a").complete("a")

    assert case.log == ["undo"]
    assert case.status == "COMPLETED"


def test_what_was_completed_in_each_round_of_a_sub_process_is_compensated():
    inner = start("s2") + undoable("b") + end("e2") + flows("s2 -> b -> e2")
    parts = sub("x", inner, multi(sequential=True, output="")) + throw("th", "compensation")
    case = Case(diagram(ENDS, parts, flows("s -> x -> th -> e")), items=[1, 2])

    assert case.log == ["b", "b", "undo_b", "undo_b"]


def test_a_handler_of_a_sub_process_compensates_the_scope_around_it():
    a = undoable("a", "undo", script("undo", isForCompensation="true"))
    handler = sub("h", start("hs", "error"), end("he", "compensation"), flows("hs -> he"), triggeredByEvent="true")
    inner = start("s2") + a + end("bad", "error") + flows("s2 -> a -> bad") + handler
    case = Case(diagram(ENDS, sub("x", inner), flows("s -> x -> e")))

    assert case.log == ["a", "undo"]
    assert case.status == "COMPLETED"


def test_a_sub_process_can_have_a_handler_of_its_own():
    handler = sub("h", start("hs", "compensation"), script("undo"), end("he"), flows("hs -> undo -> he"), triggeredByEvent="true")
    inner = start("s2") + script("b") + end("e2") + flows("s2 -> b -> e2") + handler
    case = Case(diagram(ENDS, sub("x", inner), throw("th", "compensation"), flows("s -> x -> th -> e")))

    assert case.log == ["b", "undo"]
    assert case.status == "COMPLETED"


TRANSACTION = (
    start("s2")
    + undoable("a", "undo", user("undo", isForCompensation="true"))
    + gateway("parallel", "f")
    + user("stay")
    + user("go")
    + end("ec", "cancel")
    + flows("s2 -> a -> f -> stay", "f -> go -> ec")
)


def test_a_cancelled_transaction_without_a_cancel_event_is_over():
    case = Case(diagram(ENDS, sub("tx", TRANSACTION, tag="transaction"), user("z"), flows("s -> tx -> z -> e")))

    case.complete("go").complete("undo")

    assert case.open == ["z"]


def test_a_transaction_that_ends_well_can_be_compensated_later():
    inner = start("s2") + undoable("b") + end("e2") + flows("s2 -> b -> e2")
    parts = sub("tx", inner, tag="transaction") + user("w") + throw("th", "compensation")
    case = Case(diagram(ENDS, parts, flows("s -> tx -> w -> th -> e")))

    assert case.complete("w").log == ["b", "undo_b"]


def test_a_failing_handler_is_an_incident_and_compensation_goes_on_when_it_is_resolved():
    bad = script("undo_b", 'if ok then append(log, "undo_b") else function(x) x', isForCompensation="true")
    parts = undoable("a") + undoable("b", "undo_b", bad) + throw("th", "compensation") + user("z")
    case = Case(diagram(start(), parts, flows("s -> a -> b -> th -> z")), ok=False)
    assert list(case.incidents) == ["undo_b"]

    case.set(ok=True).resolve("undo_b")

    assert case.log == ["a", "b", "undo_b", "undo_a"]
    assert case.open == ["z"]


def test_a_cancel_event_of_a_loop_ends_all_its_rounds():
    parts = sub("tx", TRANSACTION, multi(output=None), tag="transaction") + boundary("b", "tx", "cancel") + user("z")
    case = Case(diagram(ENDS, parts, flows("s -> tx -> e", "b -> z")), items=[1, 2])

    case.complete("go").complete("undo")

    assert case.open == ["z"]
    assert case.complete("z").status == "COMPLETED"


def test_an_event_sub_process_undoes_each_round_of_a_loop_by_itself():
    undoing = start("cs", "compensation") + script("x") + throw("th2", "compensation") + end("ce") + flows("cs -> x -> th2 -> ce")
    inner = start("s2") + undoable("a") + undoable("b") + end("e2") + flows("s2 -> a -> b -> e2")
    for sequential in (True, False):
        loop = sub("m", inner, sub("h", undoing, triggeredByEvent="true"), multi(sequential, output=None))
        case = Case(diagram(ENDS, loop, user("u"), throw("th", "compensation"), flows("s -> m -> u -> th -> e")), items=[1, 2])

        assert case.complete("u").log[4:] == ["x", "undo_b", "undo_a"] * 2


def test_an_event_sub_process_that_undoes_something_of_its_own_can_name_what_is_around_it():
    inside = start("hs", "message") + undoable("own") + throw("th", '<bpmn:compensateEventDefinition activityRef="a"/>') + end("he")
    handler = sub("h", inside, flows("hs -> own -> th -> he"), triggeredByEvent="true")
    case = Case(diagram(ENDS, undoable("a"), undoable("b"), user("u"), handler, flows("s -> a -> b -> u -> e")), key="k")

    assert case.message()

    assert case.log == ["a", "b", "own", "undo_a"]
    assert case.status == "COMPLETED"
