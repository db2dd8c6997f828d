"""Making decisions over a graph: in which order, over which values, what is told of it, and that nothing is changed by it."""

import copy
import threading
from decimal import Decimal
from pathlib import Path

import pytest

from engine import decisions, feel
from engine.domain.errors import NotFound
from tests.engine.decisions.written import NOW, data, decision, environment, evaluation, literal, model, read, result, table

HERE = Path(__file__).parent
DIAMOND = (
    decision("d", literal("b + c"), ["decision:b", "decision:c"]), decision("b", literal("a * 2"), ["decision:a"]),
    decision("c", literal("a * 3"), ["decision:a"]), decision("a", literal("x"), ["input:x"]), data("x", "number"),
    decision("unrelated", table("x", "y", "- >> 1", "- >> 2")),
)  # fmt: skip


def requirements_of(name):
    """The Requirements of a fixture."""
    (found,) = decisions.read((HERE / name).read_bytes())
    return found


def service(outputs, decisions_=(), inputs=(), type_="", id_="s"):
    """<decisionService>."""
    references = [("outputDecision", outputs), ("inputDecision", decisions_), ("inputData", inputs)]
    drawn = "".join(f'<{kind} href="#{target}"/>' for kind, targets in references for target in targets)
    variable = f'<variable name="{id_}" {f"typeRef={type_!r}" if type_ else ""}/>'
    return f'<decisionService id="{id_}" name="{id_}">{variable}{drawn}</decisionService>'


def test_each_decision_is_made_once_and_those_that_it_requires_first():
    found = evaluation(DIAMOND, {"x": Decimal(1)})

    assert found.result == 5
    assert [each.id for each in found.evaluated] == ["a", "b", "c", "d"]


def test_a_decision_in_the_middle_makes_only_what_it_requires():
    assert [each.id for each in evaluation(DIAMOND, {"x": Decimal(1)}, "b").evaluated] == ["a", "b"]


def test_a_long_chain_of_decisions_needs_no_recursion():
    chain = [decision("d0", literal("1"))]
    chain += [decision(f"d{number}", literal(f"d{number - 1} + 1"), [f"decision:d{number - 1}"]) for number in range(1, 1500)]

    assert result(chain, wanted="d1499") == 1500


def test_a_decision_that_the_file_does_not_have_is_not_found():
    with pytest.raises(NotFound, match="Expected decision z in File, but found d"):
        evaluation([decision("d", literal("1"))], wanted="z")


def test_a_required_decision_that_fails_fails_the_evaluation():
    found = evaluation([decision("d", literal("e"), ["decision:e"]), decision("e", table("x", "y", "- >> 1", "- >> 2"))])

    assert found.failed == "Expected one rule of e to match (hit policy UNIQUE), but rules 1 and 2 do"
    assert (found.failed_decision_id, found.result) == ("e", None)
    assert [each.id for each in found.evaluated] == ["e"]


def test_a_decision_that_computes_on_fails_at_the_budget():
    found = evaluation(literal("some a in 1..1000, b in 1..1000 satisfies a + b < 0"))

    assert found.failed == "Expected the expression to end within its steps, but it computes on"


def test_a_table_that_fails_inside_a_function_fails_the_decision():
    inner = model("f", "n", table("n", "y", "- >> 1", "- >> 2"))

    found = evaluation([inner, decision("d", literal("f(1)"), ["knowledge:f"])])

    assert found.failed == "Expected one rule of f to match (hit policy UNIQUE), but rules 1 and 2 do"
    assert [index for _, index, _ in found.evaluated[0].rules] == [1, 2]


def test_input_data_is_coerced_and_the_reason_for_null_is_kept_and_goes_to_the_log(caplog):
    env = environment()
    env.warn("What was said before is not said again")
    caplog.set_level("INFO", "engine.decisions")

    assert evaluation([data("x", "number"), decision("d", literal("x"), ["input:x"])], {"x": "a"}, env=env).result is None
    assert env.warnings[1:] == ['Expected input x to be number, but found "a"']
    assert caplog.messages == ['decision d: Expected input x to be number, but found "a"']


def test_input_data_that_is_missing_is_null_and_no_reason_to_warn():
    env = environment()

    assert evaluation([data("x", "number"), decision("d", literal("x = null"), ["input:x"])], env=env).result is True
    assert env.warnings == []


def test_the_result_of_a_decision_is_held_to_its_type():
    assert result([decision("d", literal("[7]"), type_="number")]) == 7
    assert result([decision("d", literal('"7"'), type_="number")]) is None


def test_variables_that_are_not_drawn_as_input_data_are_seen_by_name():
    assert result(literal("level + 1"), {"level": Decimal(2)}) == 3


def test_what_is_required_goes_before_a_variable_of_its_name():
    assert result([decision("e", literal("1")), decision("d", literal("e"), ["decision:e"])], {"e": Decimal(9)}) == 1


def test_input_data_nested_too_deeply_fails_the_decision():
    deep = []
    for _ in range(200):
        deep = [deep]

    found = evaluation([data("x"), decision("d", literal("1"), ["input:x"])], {"x": deep})

    assert found.failed.startswith("Expected at most 100 lists and contexts inside each other")


def test_a_decision_that_is_no_table_does_not_tell_the_rules_of_one_that_it_requires():
    found = evaluation([decision("e", table("x", "y", "- >> 1")), decision("d", literal("e"), ["decision:e"])])

    assert [len(each.rules) for each in found.evaluated] == [1, 0]


def test_input_data_that_two_decisions_require_is_read_once():
    env = environment()
    two = decision("e", literal("x"), ["input:x"]), decision("d", literal("[x, e]"), ["input:x", "decision:e"])

    assert evaluation([data("x", "number"), *two], {"x": "a"}, env=env).result == [None, None]
    assert env.warnings == ['Expected input x to be number, but found "a"']


def test_functions_that_invoke_each_other_too_deeply_fail_the_decision():
    again = f'<invocation>{literal("again")}<binding><parameter name="again"/>{literal("again")}</binding></invocation>'
    nested = "<list>" * 22 + again + "</list>" * 22
    endless = f'<functionDefinition><formalParameter name="again"/>{nested}</functionDefinition>'
    bound = f'<contextEntry><variable name="again"/>{endless}</contextEntry>'

    found = evaluation(f"<context>{bound}<contextEntry>{again}</contextEntry></context>")

    assert found.failed == "Expected decision d to end, but its functions call each other too deeply"


def test_a_decision_service_is_a_function_of_its_input_data_and_decisions():
    inner = decision("out", literal("x + given"), ["input:x", "decision:given"]), decision("given", literal("100")), data("x", "number")
    asking = decision("d", literal("[s(1, 2), s(given: 3, x: 4)]"), ["knowledge:s"])

    assert result([*inner, service(["out"], ["given"], ["x"]), asking], {"x": Decimal(9)}) == [3, 7]


def test_a_decision_service_sees_nothing_of_the_variables_around_the_call():
    inner = decision("out", literal("[x, y]"), ["input:x"]), data("x")

    assert result([*inner, service(["out"], inputs=["x"]), decision("d", literal("s(1)"), ["knowledge:s"])], {"y": Decimal(9)}) == [1, None]


def test_a_decision_service_of_several_decisions_answers_a_context_of_their_names():
    outputs = decision("a", literal("1")), decision("b", literal("a + 1"), ["decision:a"])

    assert result([*outputs, service(["a", "b"]), decision("d", literal("s()"), ["knowledge:s"])]) == {"a": 1, "b": 2}


def test_a_decision_service_is_not_made_for_an_argument_of_another_type():
    inner = decision("out", literal('"made"'), ["input:x"]), data("x", "string")

    assert result([*inner, service(["out"], inputs=["x"]), decision("d", literal("s(1)"), ["knowledge:s"])]) is None


def test_what_a_service_decides_inside_does_not_become_a_result_of_the_evaluation():
    inner = decision("out", literal("given + 1"), ["decision:given"]), decision("given", literal("100"))
    asking = decision("d", literal("s(1) + given"), ["knowledge:s", "decision:given"])

    found = evaluation([*inner, service(["out"], ["given"]), asking])

    assert found.result == 102
    assert [each.id for each in found.evaluated] == ["given", "d"]


def test_a_function_is_no_answer_to_whoever_asks_from_outside():
    for logic in ("function(a) a", "[1, {f: function(a) a}]"):
        found = evaluation(literal(logic))
        assert found.failed == "Expected decision d to answer a value that can be kept, but found a function"
    assert result([decision("f", literal("function(a) a + 1")), decision("d", literal("f(1)"), ["decision:f"])]) == 2


def test_the_rules_of_a_thousand_tables_are_recorded_and_it_is_said_that_there_were_more():
    env = environment()
    asking = decision("d", literal("count(for n in 1..1200 return f(n))"), ["knowledge:f"])

    found = evaluation([model("f", "n", table("n", "y", "> 0 >> 1")), asking], env=env)

    assert (found.result, len(found.evaluated[0].rules)) == (1200, 1000)
    assert env.warnings == ["More than 1000 tables were asked for one decision: the rules of the others are not recorded"]


def test_a_graph_says_whether_it_asks_for_working_days():
    assert read(decision("d", table("x", "y", "- >> add working days(x, 3)"))).uses_calendar
    assert not read(decision("d", table("x", "y", "- >> x"))).uses_calendar


def test_an_evaluation_changes_neither_the_model_nor_the_variables():
    requirements = requirements_of("deadlines.dmn")
    variables = {"等级": "红", "环节": "整改", "重点时段": True, "送达日期": "2025-03-03", "more": [Decimal(1), {"a": "b"}]}
    before = copy.deepcopy(variables), repr(requirements)

    first = decisions.evaluate(requirements, "last_day", variables, feel.Environment(NOW))
    again = decisions.evaluate(requirements, "last_day", variables, feel.Environment(NOW))

    assert (variables, repr(requirements)) == before
    assert [each.record() for each in first.evaluated] == [each.record() for each in again.evaluated]
    with pytest.raises(TypeError):
        requirements.decisions["x"] = None


def test_threads_share_one_compiled_model():
    requirements = requirements_of("risk_level.dmn")
    wrong = []

    def decide(number):
        for _ in range(50):
            major = bool(number % 2)
            found = decisions.evaluate(requirements, "risk_level", {"major_standard_hit": major, "n_operators": Decimal(5)}, environment())
            if found.result != ("红" if major else "橙") or len(found.evaluated[0].rules) != (3 if major else 2):
                wrong.append(found)

    threads = [threading.Thread(target=decide, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert not wrong


@pytest.mark.parametrize(
    "facts, level, rules",
    [
        ({"major_standard_hit": True}, "红", [1, 5]),
        ({"three_in_one": True, "住宿人数": Decimal(3), "exits_ok": False}, "红", [2, 3, 5]),
        ({"three_in_one": True, "住宿人数": Decimal(3), "exits_ok": True}, "橙", [3, 5]),
        ({"n_operators": Decimal(5)}, "橙", [4, 5]),
        ({}, "蓝", [5]),
    ],
)
def test_the_risk_level_is_the_highest_of_all_that_apply(facts, level, rules):
    found = decisions.evaluate(requirements_of("risk_level.dmn"), "risk_level", facts, environment())

    assert found.result == level
    assert [index for _, index, _ in found.evaluated[0].rules] == rules


@pytest.mark.parametrize(
    "level, step, special, expected",
    [
        ("蓝", "整改", False, "2025-03-10"),
        ("红", "整改", False, "2025-06-01"),
        ("红", "整改", True, "2025-04-17"),
        ("橙", "复查", True, "2025-03-04"),
    ],
)
def test_the_deadline_follows_from_level_step_and_period(level, step, special, expected):
    facts = {"等级": level, "环节": step, "重点时段": special, "送达日期": "2025-03-03"}

    found = decisions.evaluate(requirements_of("deadlines.dmn"), "last_day", facts, environment())

    assert found.result.isoformat() == expected
    assert found.evaluated[0].annotations


def test_a_level_that_nobody_knows_gives_no_deadline_and_the_reason():
    env = environment()

    found = decisions.evaluate(requirements_of("deadlines.dmn"), "deadline", {"等级": "紫", "环节": "整改"}, env)

    assert (found.result, found.failed) == (None, None)
    assert 'Expected input 等级 to be one of "红","橙","黄","蓝", but found "紫"' in env.warnings
