"""Where tokens part and meet."""

from tests.engine.workflow.drawing import boundary, diagram, element, end, flows, gateway, handler, start, user
from tests.engine.workflow.ledger import Case

ENDS = start() + end()


def test_two_parallel_branches_are_both_waited_for_and_lose_no_update():
    parallel = gateway("parallel", "f") + gateway("parallel", "j")
    way = flows("s -> f -> a -> j -> z -> e", "f -> b -> j")
    case = Case(diagram(ENDS, parallel, user("a"), user("b"), user("z"), way), status="new")

    case.complete("a", status="A", n={"x": 1})
    case.complete("b", m=2)

    assert case.variables["status"] == "A"
    assert case.variables["m"] == 2
    assert case.open == ["z"]


def test_tokens_pile_up_at_a_parallel_join_and_the_spare_one_waits():
    parts = gateway("parallel", "f") + gateway("parallel", "f2") + gateway("exclusive", "m") + gateway("parallel", "j")
    way = flows("s -> f -> f2", "f2 -> m", "f2 -> m", "f -> b", "m -> a -> j", "b -> j", "j -> z")
    case = Case(diagram(start(), parts, user("a"), user("b"), user("z"), way))
    assert case.open == ["a", "a", "b"]

    case.complete("a").complete("a")
    assert case.open == ["b"]
    case.complete("b")
    assert case.open == ["z"]
    case.complete("z")

    assert case.status == "ACTIVE"
    assert case.open == []


def test_a_join_in_a_loop_does_not_count_tokens_of_the_round_before(w1):
    case = Case(w1, risk=5)
    for id, variables in (("triage", {}), ("assign", {}), ("rectify", {}), ("verify_a", {"passed": 0}), ("verify_b", {}), ("rectify", {})):
        case.complete(id, **variables)

    case.complete("verify_b")
    assert case.open == ["verify_a"]
    case.complete("verify_a", passed=1)
    assert case.open == ["close"]
    case.complete("close")

    assert case.status == "COMPLETED"


def test_no_true_flow_is_an_incident_at_the_gateway():
    way = flows("s -> g", "g -> a if x = 1", "g -> b if x = 2")
    case = Case(diagram(start(), gateway("exclusive", "g"), user("a"), user("b"), way), x=3)

    assert case.incidents["g"][0] == "CONDITION_ERROR"
    assert case.status == "ACTIVE"


def test_a_condition_that_is_neither_true_nor_false_is_an_incident_that_names_the_flow():
    way = flows("s -> g", "g -> a if nowhere > 1", "g -> b")
    case = Case(diagram(start(), gateway("exclusive", "g", default="g_b"), user("a"), user("b"), way))

    error_type, message = case.incidents["g"]
    assert error_type == "EXTRACT_VALUE_ERROR"
    assert "g_a" in message
    assert "nowhere > 1" in message


INCLUSIVE = (
    ENDS
    + gateway("inclusive", "f", default="f_c")
    + gateway("inclusive", "j")
    + "".join(map(user, "abcz"))
    + flows("s -> f", "f -> a if x = 1", "f -> b if y = 1", "f -> c", "a -> j", "b -> j", "c -> j", "j -> z -> e")
)


def test_an_inclusive_join_waits_for_what_was_chosen():
    case = Case(diagram(INCLUSIVE), x=1, y=1)
    assert case.open == ["a", "b"]

    case.complete("a")
    assert case.open == ["b"]
    case.complete("b")
    assert case.open == ["z"]
    case.complete("z")

    assert case.status == "COMPLETED"


def test_an_inclusive_join_does_not_wait_for_what_was_not_chosen():
    assert Case(diagram(INCLUSIVE), x=1, y=0).complete("a").open == ["z"]


def test_an_inclusive_gateway_takes_its_default_where_no_condition_is_true():
    case = Case(diagram(INCLUSIVE), x=0, y=0)
    assert case.open == ["c"]
    assert case.complete("c").open == ["z"]


def test_an_inclusive_join_in_a_loop_waits_for_a_detour_over_a_boundary_event():
    parts = gateway("inclusive", "f") + gateway("inclusive", "j") + gateway("exclusive", "g", default="g_z")
    tasks = user("a") + boundary("tb", "a", "timer") + user("late") + user("b") + user("z")
    way = flows(
        "s -> f", "f -> a if true", "f -> b if true", "a -> j", "b -> j", "tb -> late -> j", "j -> g", "g -> f if again = 1", "g -> z -> e"
    )
    case = Case(diagram(ENDS, parts, tasks, way), again=1)

    case.complete("b")
    assert case.open == ["a"]
    case.later(1)
    assert case.open == ["late"]
    case.complete("late")
    assert case.open == ["a", "b"]
    case.complete("a", again=0)
    assert case.open == ["b"]
    case.complete("b")
    assert case.open == ["z"]


def test_an_inclusive_join_waits_for_what_can_come_over_a_boundary_event_alone():
    parts = gateway("inclusive", "f") + gateway("inclusive", "j") + user("a") + boundary("t", "a", "timer", False) + user("b") + user("z")
    case = Case(diagram(ENDS, parts, flows("s -> f", "f -> a if true", "f -> b if true", "a -> e", "b -> j", "t -> j -> z")))

    case.complete("b")
    assert case.open == ["a"]

    assert case.complete("a").open == ["z"]


def test_an_incident_upstream_holds_up_an_inclusive_join():
    parts = gateway("inclusive", "f") + gateway("inclusive", "j") + gateway("exclusive", "g")
    way = flows("s -> f", "f -> a if true", "f -> b if true", "a -> j", "b -> g", "g -> j if ok", "g -> x if not(ok)", "j -> z")
    case = Case(diagram(start(), parts, *map(user, "abxz"), way))

    case.complete("b").complete("a")
    assert case.open == []
    assert list(case.incidents) == ["g"]
    case.set(ok=True).resolve("g")

    assert case.open == ["z"]


def test_two_inclusive_joins_in_a_row_are_released_one_after_the_other():
    parts = "".join(gateway("inclusive", id) for id in ("f", "g", "j", "k"))
    way = flows(
        "s -> f", "f -> a if true", "f -> g if true", "g -> b if true", "g -> c if true", "b -> j", "c -> j", "j -> k", "a -> k", "k -> z"
    )
    case = Case(diagram(start(), parts, *map(user, "abcz"), way))

    case.complete("b").complete("a").complete("c")

    assert case.open == ["z"]


def test_a_complex_gateway_fires_again_in_the_next_round():
    activation = "<bpmn:activationCondition>=activationCount &gt;= 2</bpmn:activationCondition>"
    parts = gateway("exclusive", "m") + gateway("parallel", "f") + element("complexGateway", "j", activation)
    parts += gateway("exclusive", "g", default="g_e")
    way = flows("s -> m -> f -> a -> j -> z -> g -> e", "f -> b -> j", "g -> m if again = 1")
    case = Case(diagram(ENDS, parts, *map(user, "abz"), way))

    for again in (1, 0):
        case.complete("b")
        assert case.open == ["a"]
        case.complete("a")
        assert case.open == ["z"]
        case.complete("z", again=again)

    assert case.status == "COMPLETED"


def test_an_inclusive_join_does_not_wait_for_a_token_that_can_also_come_over_a_flow_that_has_one():
    parts = gateway("parallel", "f") + gateway("exclusive", "m") + gateway("exclusive", "x", default="x_m") + gateway("inclusive", "j")
    way = flows("s -> f -> m -> a -> j -> z", "f -> b -> x -> m", "x -> j if straight")
    case = Case(diagram(start(), parts, *map(user, "abz"), way), straight=False)

    case.complete("a")

    assert case.open == ["b", "z"]


def test_an_interrupting_event_drops_tokens_that_wait_at_joins():
    parts = gateway("parallel", "f") + gateway("parallel", "j") + handler("h", "signal")
    way = flows("s -> f -> a -> j -> z", "f -> b -> j")
    case = Case(diagram(start(), parts, *map(user, "abz"), way))

    case.complete("a").signal()
    assert case.open == ["r"]

    assert case.complete("r").status == "COMPLETED"


def test_conditional_flows_out_of_an_activity_are_all_taken_that_hold():
    way = flows("s -> a", "a -> b if x > 0", "a -> c if x > 1", "a -> d")
    xml = diagram(start(), user("a", default="a_d"), *map(user, "bcd"), way)

    assert Case(xml, x=2).complete("a").open == ["b", "c"]
    assert Case(xml, x=0).complete("a").open == ["d"]
