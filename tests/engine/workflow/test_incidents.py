"""What cannot go on: one incident, nothing half done, and it can be tried again."""

import pytest

from engine.domain.errors import NotFound, WrongState
from engine.workflow import runner
from tests.engine.workflow.drawing import (
    boundary,
    catch,
    diagram,
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
from tests.engine.workflow.ledger import Case

ENDS = start() + end()
UNKEEPABLE = "function(x) x"


def test_it_is_resolved_by_trying_again():
    parts = gateway("exclusive", "g") + user("b") + user("d")
    case = Case(diagram(start(), user("a"), parts, flows("s -> a -> g", "g -> b if x = 1", "g -> d if x = 2")), x=3).complete("a")
    number = case.number("g", case.ledger.incidents)

    case.resolve("g")
    assert list(case.incidents) == ["g"]
    case.set(x=2).resolve("g")

    assert case.open == ["d"]
    assert case.out.elements[number].status == "COMPLETED"
    assert case.out.incidents_closed == {number}


def test_an_activity_without_a_true_flow_leaves_again_and_is_not_done_again():
    case = Case(diagram(start(), job("a"), user("b"), flows("s -> a", "a -> b if x = 1")), x=3).work("a", done=True)
    assert case.incidents["a"][0] == "CONDITION_ERROR"
    assert case.variables["done"] is True
    assert not case.ledger.jobs

    case.set(x=1).resolve("a")

    assert case.open == ["b"]


def test_what_a_failing_token_did_is_undone():
    parts = user("a", ext=mapping({"good": "1"})) + boundary("b1", "a", "signal") + boundary("b2", "a", timer("=nothing")) + user("r")
    case = Case(diagram(ENDS, parts, flows("s -> a -> e", "b1 -> r", "b2 -> r")))

    assert list(case.incidents) == ["a"]
    assert len(case.ledger.elements) == 2
    assert not case.ledger.subscriptions
    assert set(case.ledger.variables) == {1}
    case.set(nothing="PT1H").resolve("a")

    assert case.open == ["a"]
    assert len(case.ledger.subscriptions) == 2


def test_a_sub_process_that_cannot_open_leaves_one_incident():
    inner = (
        start("s2") + user("a") + end("e2") + flows("s2 -> a -> e2") + handler("h1", "signal") + handler("h2", timer("=soon"), after="r2")
    )
    case = Case(diagram(ENDS, sub("x", inner), flows("s -> x -> e")))

    assert list(case.incidents) == ["x"]
    assert not case.ledger.subscriptions
    assert case.passed()[-1] == "x"
    case.set(soon="PT1H").resolve("x")

    assert case.open == ["a"]


def test_other_tokens_go_on():
    parts = gateway("parallel", "f") + script("bad", UNKEEPABLE, "x") + script("good") + user("z")
    case = Case(diagram(start(), parts, flows("s -> f -> bad", "f -> good -> z")))

    assert list(case.incidents) == ["bad"]
    assert case.open == ["z"]
    assert case.log == ["good"]


def test_an_incident_goes_with_what_it_stands_in():
    inner = start("s2") + script("bad", UNKEEPABLE, "x") + end("e2") + flows("s2 -> bad -> e2")
    case = Case(diagram(start(), sub("x", inner), boundary("b", "x", "timer"), user("late"), flows("s -> x", "b -> late")))
    (number,) = case.ledger.incidents

    case.later(1)

    assert case.open == ["late"]
    assert case.out.incidents_closed == {number}


def test_an_incident_that_is_raised_and_gone_in_one_step_leaves_nothing():
    inner = (
        start("s2") + gateway("parallel", "f") + script("bad", UNKEEPABLE, "x") + end("t", "terminate") + flows("s2 -> f -> bad", "f -> t")
    )
    case = Case(diagram(start(), sub("x", inner), user("z"), flows("s -> x -> z")))

    assert case.open == ["z"]
    assert not case.out.incidents_opened
    assert not case.out.incidents_closed


def test_a_process_whose_own_handler_cannot_open_is_an_incident_of_the_process():
    case = Case(diagram(start(), user("a"), handler("h", timer("=soon")), flows("s -> a")))
    assert list(case.incidents) == ["p"]

    case.set(soon="PT1H").resolve("p")

    assert case.open == ["a"]


def test_a_sub_process_whose_outputs_fail_stays_until_they_can_be_computed():
    inner = start("s2") + user("a") + end("e2") + flows("s2 -> a -> e2")
    ext = mapping({"local": "5"}, {"out": f"if ok then local else {UNKEEPABLE}"})
    case = Case(diagram(ENDS, sub("x", inner, ext=ext), user("z"), flows("s -> x -> z -> e")), ok=False).complete("a")
    assert list(case.incidents) == ["x"]

    case.set(ok=True).resolve("x")

    assert case.open == ["z"]
    assert case.variables["out"] == 5


def test_a_scope_with_an_incident_is_not_done_again_when_something_inside_ends():
    inner = start("s2") + user("a") + end("e2") + flows("s2 -> a -> e2") + handler("h", "message", interrupting=False)
    ext = mapping(outputs={"out": f"if ok then 1 else {UNKEEPABLE}"})
    case = Case(diagram(ENDS, sub("x", inner, ext=ext), user("z"), flows("s -> x -> z -> e")), ok=False, key="k").complete("a")
    assert list(case.incidents) == ["x"]

    case.message()
    assert case.open == ["r"]
    case.complete("r")
    assert list(case.incidents) == ["x"]
    assert case.out.incidents_opened == {}

    assert case.set(ok=True).resolve("x").open == ["z"]


def test_a_computation_without_end_is_an_incident():
    endless = "count(for a in 1..2000, b in 1..2000 return a)"
    case = Case(diagram(start(), script("a", endless, "n"), user("z"), flows("s -> a -> z")))

    assert list(case.incidents) == ["a"]


def test_each_token_has_a_computing_budget_of_its_own():
    heavy = "count(for a in 1..300, b in 1..100 return a)"
    tasks = [script(f"a{n}", heavy, "n") for n in range(20)]
    way = "s -> " + " -> ".join(f"a{n}" for n in range(20)) + " -> z"
    case = Case(diagram(start(), *tasks, user("z"), flows(way)))

    assert case.open == ["z"]


# -- a loop without a wait


ENDLESS = start() + gateway("exclusive", "m") + script("a", "n + 1", "n") + flows("s -> m -> a -> m")


def test_an_endless_loop_becomes_an_incident_where_the_budget_ran_out(monkeypatch):
    monkeypatch.setattr(runner, "BUDGET", 1_000)
    case = Case(diagram(ENDLESS), n=0)

    ((id, (error_type, message)),) = case.incidents.items()
    assert id in ("m", "a")
    assert error_type == "UNKNOWN"
    assert "1000 moves" in message
    assert case.variables["n"] > 400


def test_after_an_endless_loop_everything_that_was_done_stays_and_it_goes_on_when_resolved(monkeypatch):
    monkeypatch.setattr(runner, "BUDGET", 1_000)
    case = Case(diagram(ENDLESS), n=0)
    before = case.variables["n"]
    (id,) = case.incidents

    case.resolve(id)

    assert case.variables["n"] > before + 400
    assert len(case.incidents) == 1


def test_a_join_at_which_the_budget_ran_out_still_counts_its_tokens(monkeypatch):
    monkeypatch.setattr(runner, "BUDGET", 6)
    parts = gateway("parallel", "f") + script("a") + script("b") + gateway("parallel", "j") + user("z")
    case = Case(diagram(start(), parts, flows("s -> f -> a -> j -> z", "f -> b -> j")))
    while case.incidents:
        assert len(case.incidents) <= 2
        case.resolve(next(iter(case.incidents)))

    assert case.open == ["z"]


def test_an_inclusive_join_and_a_loop_at_which_the_budget_ran_out(monkeypatch):
    monkeypatch.setattr(runner, "BUDGET", 3)
    parts = gateway("inclusive", "f") + script("a") + script("b") + gateway("inclusive", "j") + user("z")
    case = Case(diagram(start(), parts, flows("s -> f", "f -> a if true", "f -> b if true", "a -> j", "b -> j", "j -> z")))
    for _ in range(20):
        if case.incidents:
            case.resolve(next(iter(case.incidents)))

    assert case.open == ["z"]
    assert sorted(case.log) == ["a", "b"]


def test_signals_that_call_each_other_for_ever_end_at_the_budget(monkeypatch):
    monkeypatch.setattr(runner, "BUDGET", 500)
    again = start("hs", "signal", isInterrupting="false") + end("he", "signal") + flows("hs -> he")
    case = Case(diagram(start(), end("e", "signal"), sub("h", again, triggeredByEvent="true"), flows("s -> e")))

    assert case.incidents
    assert case.status == "ACTIVE"


# -- what can be resolved


def test_only_an_incident_can_be_resolved():
    case = Case(diagram(start(), user("a"), flows("s -> a")))
    with pytest.raises(WrongState):
        case.do("resolve_incident", number=3)
    with pytest.raises(NotFound):
        case.do("resolve_incident", number=99)


def test_a_task_with_an_incident_cannot_be_completed():
    case = Case(diagram(start(), user("a", ext=mapping({"x": UNKEEPABLE})), flows("s -> a")))
    with pytest.raises(WrongState):
        case.do("complete_user_task", number=3, variables={})


def test_the_reason_of_a_null_is_told():
    case = Case(diagram(start(), catch("c", timer("=missing + 1")), user("z"), flows("s -> c -> z")))

    error_type, message = case.incidents["c"]
    assert error_type == "EXTRACT_VALUE_ERROR"
    assert "missing + 1" in message
    assert "null" in message
