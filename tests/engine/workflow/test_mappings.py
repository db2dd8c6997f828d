"""Where variables live: scopes, mappings, and what nobody may share."""

from decimal import Decimal

import pytest

from engine.workflow import mappings
from tests.engine.workflow.drawing import boundary, diagram, end, flows, gateway, job, mapping, script, start, sub, user
from tests.engine.workflow.ledger import Case

ENDS = start() + end()


def test_inputs_are_seen_inside_and_outputs_go_out():
    io = mapping({"local": "outer + 1"}, {"res.a": "local + got"})
    case = Case(diagram(ENDS, user("a", ext=io), user("b"), flows("s -> a -> b -> e")), outer=1)

    case.complete("a", got=5)

    assert case.variables["res"] == {"a": 7}
    assert {"local", "got"}.isdisjoint(case.variables)


def test_without_outputs_a_result_goes_to_the_nearest_scope_that_has_the_name():
    inner = start("s2") + user("a") + end("e2") + flows("s2 -> a -> e2")
    case = Case(diagram(ENDS, sub("x", inner, ext=mapping({"n": "1"})), user("z"), flows("s -> x -> z -> e")), n=0)

    case.complete("a", n=9, m=3)

    assert case.variables["n"] == 0
    assert case.variables["m"] == 3


def test_an_input_sees_the_inputs_before_it_and_builds_nested_targets():
    io = mapping([("a.b", "1"), ("a.c", "a.b + 1"), ("d", "a.c + 1")])
    case = Case(diagram(ENDS, user("t", ext=io), flows("s -> t -> e")), a={"old": True})

    (own,) = [own for scope, own in case.ledger.variables.items() if scope != 1]
    assert own == {"a": '{"b":1,"c":2}', "d": "3"}
    assert case.variables["a"] == {"old": True}


def test_a_nested_output_changes_that_place_alone():
    io = mapping(outputs=[("a.b.c", "got"), ("a.x", "a.b.c + 1")])
    case = Case(diagram(ENDS, user("t", ext=io), user("z"), flows("s -> t -> z -> e")), a={"b": {"c": 0, "d": 1}, "e": [2]})

    case.complete("t", got=7)

    assert case.variables["a"] == {"b": {"c": 7, "d": 1}, "e": [2], "x": 8}


def test_a_nested_output_replaces_what_is_no_context():
    io = mapping(outputs={"a.b": "got"})
    assert Case(diagram(ENDS, user("t", ext=io), user("z"), flows("s -> t -> z -> e")), a=5).complete("t", got=1).variables["a"] == {"b": 1}


def test_nested_data_is_never_shared_between_branches():
    parts = gateway("parallel", "f") + user("a", ext=mapping({"mine": "shared"}, {"mine.inner": '"A"', "ra": "mine"})) + user("b")
    case = Case(diagram(start(), parts, flows("s -> f -> a", "f -> b")), shared={"inner": "old"})

    case.complete("a")

    assert case.variables["shared"] == {"inner": "old"}
    assert case.variables["ra"] == {"inner": "A"}


def test_a_copy_along_the_path_is_made():
    before = {"a": {"b": 1}, "z": []}
    after = mappings.nested(before, ["a", "c"], 2)

    assert after == {"a": {"b": 1, "c": 2}, "z": []}
    assert before == {"a": {"b": 1}, "z": []}


def test_what_is_written_is_at_once_what_is_read_back():
    codes = (
        script("a", 'date("2026-01-02")', "d")
        + script("b", "d", "again")
        + script("c", "0.1 + 0.2", "sum")
        + script("g", "sum = 0.3", "same")
    )
    case = Case(diagram(ENDS, codes, user("z"), flows("s -> a -> b -> c -> g -> z -> e")))

    assert case.variables["d"] == case.variables["again"] == "2026-01-02"
    assert case.variables["sum"] == Decimal("0.3")
    assert case.variables["same"] is True


def test_only_what_changes_is_written(case_of_two):
    case_of_two.complete("a", n=1, m="x")
    assert ("n" in {name for _, name in case_of_two.out.variables}) is False
    assert case_of_two.out.variables == {(1, "m"): '"x"'}


def test_what_changes_and_changes_back_in_one_step_is_not_written():
    codes = script("b", "n + 1", "n") + script("c", "n - 1", "n")
    case = Case(diagram(ENDS, user("a"), codes, user("z"), flows("s -> a -> b -> c -> z -> e")), n=1)

    case.complete("a")

    assert case.out.variables == {}
    assert case.variables["n"] == 1


@pytest.fixture
def case_of_two():
    return Case(diagram(ENDS, user("a"), user("b"), flows("s -> a -> b -> e")), n=1)


def test_variables_are_set_from_a_scope_upward_or_locally(case_of_two):
    number = case_of_two.number("a")

    case_of_two.do("set_variables", scope=number, variables={"n": 2})
    assert case_of_two.variables["n"] == 2
    case_of_two.do("set_variables", scope=number, variables={"n": 3}, local=True)
    case_of_two.do("set_variables", scope=number, variables={"n": 4})
    assert case_of_two.variables["n"] == 2
    assert case_of_two.ledger.variables[number] == {"n": "4"}

    case_of_two.complete("a")
    assert number in case_of_two.out.scopes_closed
    assert number not in case_of_two.ledger.variables


def test_what_a_scope_had_only_within_one_step_leaves_nothing():
    case = Case(diagram(ENDS, script("a", "x", "y", ext=mapping({"x": "1"})), user("z"), flows("s -> a -> z -> e")))

    assert not case.out.scopes_closed
    assert {scope for scope, _ in case.out.variables} == {1}


def test_variables_that_nobody_looks_at_are_not_decoded(case_of_two):
    case_of_two.ledger.variables[1]["broken"] = "{ no json"

    case_of_two.complete("a")

    assert case_of_two.open == ["b"]


def test_a_value_that_cannot_be_kept_is_an_incident_and_changes_nothing():
    io = mapping(outputs=[("good", "got"), ("bad", "function(x) x")])
    case = Case(diagram(ENDS, job("a", ext=io), user("z"), flows("s -> a -> z -> e")))

    case.work("a", got=1)

    assert case.incidents["a"][0] == "IO_MAPPING_ERROR"
    assert "good" not in case.variables
    assert not case.ledger.jobs


def test_a_held_result_goes_out_when_the_mapping_can_be_computed_again():
    io = mapping(outputs={"first": "got", "second": "if flag then 1 else function(x) x"})
    case = Case(diagram(ENDS, job("a", ext=io), user("z"), flows("s -> a -> z -> e")), flag=False)
    case.work("a", got=41)

    case.set(flag=True).resolve("a")

    assert case.open == ["z"]
    assert (case.variables["first"], case.variables["second"]) == (41, 1)
    assert "got" not in case.variables
    assert set(case.ledger.variables) == {1}


def test_a_failing_input_mapping_leaves_one_incident_and_no_boundary_timer():
    io = mapping([("good", "1"), ("bad", "function(x) x")])
    parts = user("a", ext=io) + boundary("b", "a", "timer") + user("r")
    case = Case(diagram(ENDS, parts, flows("s -> a -> e", "b -> r")))

    assert list(case.incidents) == ["a"]
    assert case.incidents["a"][0] == "IO_MAPPING_ERROR"
    assert set(case.ledger.variables) == {1}
    assert not case.ledger.subscriptions


def test_names_with_spaces_and_in_chinese_are_names():
    io = mapping([("违建 面积", "平方米 * 2")], {"结果": "违建 面积 + 1"})
    case = Case(diagram(ENDS, script("a", "违建 面积", "x", ext=io), flows("s -> a -> e")), 平方米=10)

    assert case.variables["结果"] == 21
