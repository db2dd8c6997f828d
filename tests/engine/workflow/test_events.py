"""Events: everything that can happen to an element that waits, at every place where it can be caught."""

import pytest

from tests.engine.workflow.drawing import boundary, catch, diagram, end, flows, gateway, handler, start, sub, user
from tests.engine.workflow.ledger import Case

FIRE = {
    "timer": lambda case: case.later(1),
    "message": lambda case: case.message(),
    "signal": lambda case: case.signal(),
    "condition": lambda case: case.set(x=5),
}


def inside(*more):
    return start("s2") + user("a") + end("e2") + flows("s2 -> a -> e2") + "".join(more)


def place(where, kind, interrupting):
    """What x is, with an event of this kind somewhere that leads to the user task r."""
    on_boundary = boundary("ev", "x", kind, interrupting) + user("r") + end("re") + flows("ev -> r -> re")
    as_handler = handler("h", kind, interrupting=interrupting)
    return {
        "a sub-process's boundary": sub("x", inside()) + on_boundary,
        "a handler of a sub-process": sub("x", inside(as_handler)),
    }[where]


#: Tasks and whole processes have diagrams of their own: tests/engine/bpmn/events.
PLACES = ("a sub-process's boundary", "a handler of a sub-process")


@pytest.mark.parametrize("kind", FIRE)
@pytest.mark.parametrize("where", PLACES)
def test_an_interrupting_event_ends_what_it_stands_at(where, kind):
    rest = user("z") + end() + flows("s -> x -> z -> e")
    case = Case(diagram(start(), place(where, kind, True), rest), key="k", x=1)
    assert case.open == ["a"]

    FIRE[kind](case)
    assert case.open == ["r"]
    case.complete("r")
    if case.open == ["z"]:
        case.complete("z")

    assert case.status == "COMPLETED"


@pytest.mark.parametrize("kind", FIRE)
@pytest.mark.parametrize("where", PLACES)
def test_a_non_interrupting_event_goes_on_beside_what_it_stands_at(where, kind):
    rest = user("z") + end() + flows("s -> x -> z -> e")
    case = Case(diagram(start(), place(where, kind, False), rest), key="k", x=1)

    FIRE[kind](case)
    assert case.open == ["a", "r"]
    case.complete("a")
    assert case.open == (["r"] if where == "a handler of a sub-process" else ["r", "z"])
    case.complete("r")
    if "z" in case.open:
        case.complete("z")

    assert case.status == "COMPLETED"


def test_a_condition_that_holds_from_the_start_interrupts_at_once():
    case = Case(diagram(start(), user("a"), boundary("b", "a", "condition"), user("r"), flows("s -> a", "b -> r")), x=9)

    assert case.open == ["r"]


def test_a_condition_fires_when_it_becomes_true_and_not_while_it_stays_true():
    case = Case(diagram(start(), user("a"), handler("h", "condition", interrupting=False), flows("s -> a")), x=1)

    case.set(x=5).set(x=6)
    assert case.open == ["a", "r"]
    case.set(x=1).set(x=7)

    assert case.open == ["a", "r", "r"]


def test_a_condition_is_looked_at_only_when_a_variable_changes_that_it_reads():
    case = Case(diagram(start(), user("a"), handler("h", "condition", interrupting=False), flows("s -> a")), x=1, y=1)
    catch_ = case.definition.elements["h_s"].catches[0]
    looked, condition = [], catch_.when

    class Watched:
        reads = condition.reads

        def __call__(self, scope):
            looked.append(scope)
            return condition(scope)

    catch_.when = Watched()
    case.before = None

    case.set(y=2)
    assert not looked
    case.set(x=2)
    assert looked


def test_a_message_goes_to_one_subscription():
    parts = gateway("parallel", "f") + catch("m1", "message") + catch("m2", "message") + user("a") + user("b")
    case = Case(diagram(start(), parts, flows("s -> f -> m1 -> a", "f -> m2 -> b")), key=7)

    case.message(key="7")
    assert case.open == ["a"]
    case.message(key="7")

    assert case.open == ["a", "b"]


@pytest.mark.parametrize("key", [None, True, [1], {"a": 1}])
def test_a_correlation_key_that_is_no_text_or_number_is_an_incident(key):
    case = Case(diagram(start(), catch("m", "message"), user("z"), flows("s -> m -> z")), key=key)

    assert case.incidents["m"][0] == "EXTRACT_VALUE_ERROR"
    case.set(key="k").resolve("m").message()

    assert case.open == ["z"]


def test_a_failing_correlation_key_at_a_boundary_leaves_no_half_open_task():
    parts = user("a") + boundary("t", "a", "timer", False) + boundary("b", "a", "message") + user("z") + user("r")
    case = Case(diagram(start(), parts, flows("s -> a -> z", "b -> r", "t -> r")))

    assert list(case.incidents) == ["a"]
    assert not case.ledger.tasks
    assert not case.ledger.subscriptions
    case.set(key=1.5).resolve("a")

    assert case.open == ["a"]
    assert sorted(sub.kind for sub in case.ledger.subscriptions.values()) == ["message", "timer"]
    assert next(sub.correlation_key for sub in case.ledger.subscriptions.values() if sub.kind == "message") == "1.5"


def test_an_interrupting_handler_leaves_the_boundary_events_of_its_sub_process():
    body = inside(handler("h", "signal"))
    parts = sub("x", body) + boundary("b", "x", "timer") + user("late")
    case = Case(diagram(start(), parts, flows("s -> x", "b -> late")))

    case.signal()
    assert case.open == ["r"]

    assert case.later(1).open == ["late"]


def test_an_interrupting_handler_closes_the_other_handlers_of_its_scope():
    parts = user("a") + handler("h1", "signal") + handler("h2", "message", after="r2")
    case = Case(diagram(start(), parts, flows("s -> a")), key="k")

    case.signal()

    assert case.open == ["r"]
    assert not case.ledger.subscriptions


def test_a_handler_with_a_timer_closes_with_its_scope():
    body = inside(handler("h", "timer", interrupting=False))
    case = Case(diagram(start(), sub("x", body), user("z"), flows("s -> x -> z")))

    case.complete("a")
    assert not case.ledger.subscriptions

    assert case.later(3).open == ["z"]


def test_what_triggered_a_handler_is_known_inside_and_ends_with_it():
    case = Case(diagram(start(), user("a"), handler("h", "message", interrupting=False), flows("s -> a")), key="k")

    case.message(got=1)
    (scope,) = [row.scope for row in case.ledger.elements.values() if row.element_id == "r"]
    assert case.ledger.variables[scope] == {"got": "1"}
    case.complete("r")

    assert scope not in case.ledger.variables
    assert "got" not in case.variables


def test_two_timers_due_at_once_of_which_one_interrupts_the_other():
    parts = user("a") + boundary("b1", "a", "timer") + boundary("b2", "a", "timer") + user("r1") + user("r2")
    case = Case(diagram(start(), parts, flows("s -> a", "b1 -> r1", "b2 -> r2")))

    assert case.later(3).open == ["r1"]


def test_an_output_mapping_of_a_boundary_event_that_fails_is_an_incident_there():
    io = '<zeebe:ioMapping><zeebe:output source="=got" target="n"/><zeebe:output source="=function(x) x" target="f"/></zeebe:ioMapping>'
    parts = user("a") + boundary("b", "a", "message", ext=io) + user("r")
    case = Case(diagram(start(), parts, flows("s -> a", "b -> r")), key="k")

    case.message(got=1)

    assert case.open == []
    assert case.incidents["b"][0] == "IO_MAPPING_ERROR"
    assert "n" not in case.variables
