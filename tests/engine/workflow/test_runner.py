"""`advance` itself: pure, resumable inside a transaction, strict about what it is asked."""

from copy import deepcopy
from datetime import datetime

import pytest

from engine.domain.errors import Invalid, NotFound, WrongState
from engine.domain.outcome import State
from engine.workflow import definition, runner
from tests.engine.workflow.drawing import (
    EVENTS,
    diagram,
    element,
    end,
    flows,
    gateway,
    handler,
    job,
    mapping,
    script,
    start,
    sub,
    timer,
    user,
)
from tests.engine.workflow.ledger import NOW, Case

ENDS = start() + end()


def test_the_outcome_tells_the_way_with_every_element_and_flow():
    parts = gateway("exclusive", "g") + script("a") + user("b")
    case = Case(diagram(start(), parts, flows("s -> g -> a -> b")))

    assert case.out.path == [
        ("entered", "p", 1),
        ("entered", "s", 2),
        ("left", "s", 2),
        ("flow", "s_g", 2),
        ("entered", "g", 3),
        ("left", "g", 3),
        ("flow", "g_a", 3),
        ("entered", "a", 4),
        ("left", "a", 4),
        ("flow", "a_b", 4),
        ("entered", "b", 5),
    ]
    assert [(row.element_id, row.type, row.status, row.new) for row in case.out.elements.values()] == [
        ("p", "PROCESS", "ACTIVE", True),
        ("s", "START_EVENT", "COMPLETED", True),
        ("g", "EXCLUSIVE_GATEWAY", "COMPLETED", True),
        ("a", "SCRIPT_TASK", "COMPLETED", True),
        ("b", "USER_TASK", "ACTIVE", True),
    ]


def test_a_process_can_be_started_at_a_message_start_event():
    parts = start("m", "message") + user("a") + user("b")
    case = Case(diagram(start(), parts, flows("s -> a", "m -> b")), at="m", got=1)

    assert case.open == ["b"]
    assert case.variables["got"] == 1
    assert case.passed() == ["p", "m", "b"]


def test_output_mappings_of_the_start_event_decide_what_comes_in():
    parts = start("m", "message", ext=mapping(outputs={"order": "got.id"})) + user("b")
    case = Case(diagram(parts, flows("m -> b")), at="m", got={"id": 7, "secret": 8})

    assert case.variables == {"order": 7}


def test_a_process_without_a_plain_start_needs_to_be_told_where():
    xml = diagram(start("m", "message"), user("b"), flows("m -> b"))
    with pytest.raises(WrongState):
        Case(xml)
    with pytest.raises(NotFound):
        Case(xml, at="b")


def test_without_any_start_event_everything_starts_that_nothing_leads_to():
    assert Case(diagram(user("a"), user("b"), user("c"), flows("a -> c"))).open == ["a", "b"]


def test_an_instance_starts_once():
    case = Case(diagram(start(), user("a"), flows("s -> a")))
    with pytest.raises(WrongState):
        case.do("start", variables={})


def test_a_command_that_is_refused_changes_nothing_of_what_it_would_go_on_filling():
    (process,) = definition.read(diagram(start(), user("a"), job("j"), flows("s -> a -> j")))
    out = runner.advance(process, State(), ("start", {"variables": {"n": 1}}), NOW)
    before = deepcopy(out)

    for command, arguments in (
        ("complete_job", {"number": 3, "variables": {}}),
        ("trigger", {"subscription": 4}),
        ("resolve_incident", {"number": 3}),
        ("complete_user_task", {"number": 5, "variables": {}}),
        ("set_variables", {"scope": 9, "variables": {}}),
    ):
        with pytest.raises((WrongState, NotFound)):
            runner.advance(process, State(out.state, {}), (command, arguments), NOW, into=out)

    assert out == before


def test_going_on_in_the_same_transaction_tells_it_as_one_step():
    (process,) = definition.read(diagram(start(), user("a"), user("b"), end(), flows("s -> a -> b -> e")))
    out = runner.advance(process, State(), ("start", {"variables": {"n": 1}}), NOW)
    for number in (3, 4):
        out = runner.advance(
            process, State(out.state, {}), ("complete_user_task", {"number": number, "variables": {"n": number}}), NOW, into=out
        )

    assert out.status == "COMPLETED"
    assert out.variables == {(1, "n"): "4"}
    assert not out.tasks_opened
    assert not out.tasks_closed
    assert {row.status for row in out.elements.values()} == {"COMPLETED"}
    assert all(row.new for row in out.elements.values())


def test_what_rows_say_is_seen_beside_what_the_transaction_has_changed():
    parts = user("a") + user("b") + script("c", "n + m", "sum")
    (process,) = definition.read(diagram(start(), parts, end(), flows("s -> a -> b -> c -> e")))
    out, rows = runner.advance(process, State(), ("start", {"variables": {"n": 1}}), NOW), {1: {"n": "1"}}
    out = runner.advance(process, State(out.state, rows), ("complete_user_task", {"number": 3, "variables": {"m": 2}}), NOW)

    out = runner.advance(process, State(out.state, rows), ("complete_user_task", {"number": 4, "variables": {}}), NOW, into=out)

    assert out.variables[1, "sum"] == "3"


def test_what_an_earlier_advance_of_the_transaction_took_away_stays_away():
    ext = '<zeebe:taskListeners><zeebe:taskListener eventType="completing" type="t"/></zeebe:taskListeners>'
    (process,) = definition.read(diagram(start(), user("a", ext=ext), flows("s -> a")))
    out = runner.advance(process, State(), ("start", {"variables": {}}), NOW)
    out = runner.advance(process, State(out.state, {}), ("complete_user_task", {"number": 3, "variables": {"x": 1}}), NOW)
    rows = {3: {"x": "1"}}
    out = runner.advance(process, State(out.state, rows), ("complete_job", {"number": 3, "variables": {}, "denied": True}), NOW)
    assert out.variables == {(3, "x"): None}

    again = runner.advance(process, State(out.state, rows), ("set_variables", {"scope": 3, "variables": {"x": 2}}), NOW, into=out)

    assert again.variables == {(3, "x"): None, (1, "x"): "2"}


def test_a_value_that_cannot_be_kept_is_refused_and_nothing_has_changed():
    case = Case(diagram(start(), user("a"), flows("s -> a")), n=1)
    before = deepcopy(case.out)
    with pytest.raises(Invalid):
        runner.advance(
            case.definition, State(case.raw, {}), ("set_variables", {"scope": 1, "variables": {"m": 2, "o": object()}}), NOW, into=case.out
        )

    assert case.out == before


def test_cancelling_closes_everything():
    inner = start("s2") + user("a") + job("j") + handler("h", "signal") + flows("s2 -> a", "s2 -> j")
    parts = sub("x", inner) + element("boundaryEvent", "b", EVENTS["timer"], attachedToRef="x") + user("late")
    case = Case(diagram(start(), parts, flows("s -> x", "b -> late")))
    assert case.open == ["a", "j"]

    case.do("cancel")

    assert case.open == []
    assert case.status == "CANCELED"
    assert not case.ledger.subscriptions
    assert case.out.path[-1] == ("terminated", "p", 1)


def test_only_an_open_subscription_can_be_hit():
    case = Case(diagram(start(), element("intermediateCatchEvent", "c", timer("PT1H")), user("z"), flows("s -> c -> z")))
    (id,) = case.ledger.subscriptions
    case.later(1)
    with pytest.raises(WrongState):
        case.do("trigger", subscription=id)


def test_a_condition_is_the_machines_own_and_cannot_be_hit_from_outside():
    case = Case(diagram(start(), element("intermediateCatchEvent", "c", EVENTS["condition"]), user("z"), flows("s -> c -> z")), x=1)
    with pytest.raises(WrongState):
        case.do("trigger", subscription=4)

    assert case.set(x=4).open == ["z"]


def test_interleaved_instances_share_nothing(w1):
    alone = Case(w1, risk=5)
    others = [Case(w1, risk=5) for _ in range(3)]
    for id in ("triage", "assign", "rectify", "verify_b", "verify_a", "rectify"):
        passed = {"passed": 0} if id == "verify_a" else {}
        alone.complete(id, **passed)
        for other in others:
            other.complete(id, **passed)
            assert other.out == alone.out


def test_what_an_element_sees_can_be_asked_for():
    case = Case(diagram(ENDS, user("a", ext=mapping({"m": "n + 1"})), flows("s -> a -> e")), n=1)
    state = State(case.raw, case.ledger.variables)

    assert runner.visible_variables(case.definition, state, case.number("a")) == {"m": 2, "log": [], "n": 1}
    with pytest.raises(NotFound):
        runner.visible_variables(case.definition, state, 99)


def test_now_is_the_time_that_was_given():
    case = Case(diagram(ENDS, script("a", "now()", "t"), flows("s -> a -> e")))

    assert datetime.fromisoformat(case.variables["t"]) == NOW


def test_the_reason_of_a_null_goes_to_the_log_with_its_element(caplog):
    caplog.set_level("INFO", "engine.workflow.runner")

    case = Case(diagram(ENDS, user("a", ext=mapping({"m": "nobody"})), flows("s -> a -> e")))

    assert runner.visible_variables(case.definition, State(case.raw, case.ledger.variables), case.number("a"))["m"] is None
    assert set(caplog.messages) == {"a in p: Expected a variable nobody, but found none"}
