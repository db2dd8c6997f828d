"""Work for workers, for handlers in this process, and for decisions."""

import pytest

from engine.domain.errors import NotFound, WrongState
from engine.domain.outcome import Call, State
from engine.workflow import runner
from tests.engine.workflow.drawing import boundary, diagram, element, end, flows, gateway, job, mapping, multi, script, start, user
from tests.engine.workflow.ledger import NOW, Case

ENDS = start() + end()
THEN = user("z") + flows("s -> a -> z -> e")
HEADERS = '<zeebe:taskHeaders><zeebe:header key="to" value="town"/></zeebe:taskHeaders>'


@pytest.mark.parametrize("tag", ["sendTask", "businessRuleTask", "scriptTask"])
def test_other_tasks_can_be_jobs_too(tag):
    case = Case(diagram(ENDS, element(tag, "a", ext='<zeebe:taskDefinition type="do" retries="2"/>'), THEN))

    assert (case.ledger.jobs[3].type, case.ledger.jobs[3].retries) == ("do", 2)
    assert case.work("a").open == ["z"]


@pytest.mark.parametrize("type, retries", [("=n", "1"), ("=nothing", "1"), ("do", "=n / 2"), ("do", "=-1"), ("do", '="many"')])
def test_a_type_or_retries_that_are_none_are_an_incident(type, retries):
    ext = f"<zeebe:taskDefinition type='{type}' retries='{retries}'/>"
    case = Case(diagram(ENDS, element("serviceTask", "a", ext=ext), THEN), n=1)

    assert case.incidents["a"][0] == "EXTRACT_VALUE_ERROR"
    assert not case.ledger.jobs


def test_only_an_open_job_can_be_completed():
    case = Case(diagram(ENDS, user("a"), job("j"), flows("s -> a -> j -> e")))
    with pytest.raises(WrongState):
        case.do("complete_job", number=case.number("a"), variables={})
    with pytest.raises(NotFound):
        case.do("complete_job", number=99, variables={})
    number = case.complete("a").number("j")
    case.work("j")
    with pytest.raises(WrongState):
        case.do("complete_job", number=number, variables={})


# -- a type that begins with local: leaves the machine


def local(id="a", *inside, **more):
    return job(id, *inside, type="local:register", ext=HEADERS + more.pop("ext", ""), **more)


def advance(case, out, command, **arguments):
    return runner.advance(case.definition, State(out.state, {1: {"n": "1", "log": "[]"}}), (command, arguments), NOW, into=out)


def test_the_machine_stops_for_a_handler_and_goes_on_with_its_answer():
    case = Case(diagram(ENDS, local(ext=mapping({"m": "n + 1"})), THEN), n=1)
    assert case.out.calls == [Call(3, "a", "local", "local:register", {"m": 2, "log": [], "n": 1}, {"to": "town"})]
    assert not case.out.jobs_opened

    out = advance(case, case.out, "finish_call", number=3, variables={"found": 7})

    assert not out.calls
    assert [task.element_id for task in out.tasks_opened.values()] == ["z"]
    assert out.variables[1, "found"] == "7"
    assert 3 not in {scope for scope, _ in out.variables}
    assert out.elements[3].status == "COMPLETED"


def test_several_calls_are_answered_one_after_the_other():
    parts = gateway("parallel", "f") + local("a") + local("b") + gateway("parallel", "j") + user("z")
    case = Case(diagram(start(), parts, flows("s -> f -> a -> j -> z", "f -> b -> j")), n=1)
    assert [call.element_id for call in case.out.calls] == ["a", "b"]

    out = advance(case, case.out, "finish_call", number=case.out.calls[0].number, variables={"x": 1})
    assert [call.element_id for call in out.calls] == ["b"]
    out = advance(case, out, "finish_call", number=out.calls[0].number, variables={"y": 2})

    assert [task.element_id for task in out.tasks_opened.values()] == ["z"]
    assert (out.variables[1, "x"], out.variables[1, "y"]) == ("1", "2")


def test_a_handler_that_fails_leaves_an_incident_and_is_called_again():
    case = Case(diagram(ENDS, local(), THEN), started=False)
    case.answers["local:register"] = lambda call: ("fail_call", {"message": "no such place", "error_type": "UNKNOWN"})
    case.do("start", variables={"n": 1})
    assert case.incidents["a"] == ("UNKNOWN", "no such place")

    case.answers["local:register"] = lambda call: ("finish_call", {"variables": {"n": call.variables["n"] + 1}})
    case.resolve("a")

    assert case.open == ["z"]
    assert case.variables["n"] == 2


def test_a_handler_whose_answer_cannot_be_kept_is_called_again():
    case = Case(diagram(ENDS, local(), THEN), started=False)
    case.answers["local:register"] = lambda call: ("finish_call", {"variables": {"n": object()}})
    case.do("start", variables={"n": 1})
    assert case.incidents["a"][0] == "IO_MAPPING_ERROR"

    case.answers["local:register"] = lambda call: ("finish_call", {"variables": {"n": 5}})

    assert case.resolve("a").variables["n"] == 5


def test_a_call_in_a_loop_of_calls():
    parts = local("a", multi(sequential=True, output="")) + user("z")
    case = Case(diagram(ENDS, parts, flows("s -> a -> z -> e")), started=False)
    case.answers["local:register"] = lambda call: ("finish_call", {"variables": {"n": call.variables["n"] + call.variables["item"]}})

    case.do("start", variables={"n": 0, "items": [1, 2, 3]})

    assert case.variables["n"] == 6
    assert case.open == ["z"]


def test_a_call_that_is_interrupted_before_it_is_answered_is_taken_back():
    parts = gateway("parallel", "f") + local("a") + script("b", "1", "x") + end("stop", "terminate")
    case = Case(diagram(start(), parts, flows("s -> f -> a", "f -> b -> stop")), n=1)

    assert not case.out.calls
    assert case.status == "COMPLETED"


def test_only_a_call_that_is_out_can_be_answered():
    case = Case(diagram(ENDS, user("a"), flows("s -> a -> e")))
    for command, arguments in (("finish_call", {"variables": {}}), ("fail_call", {"message": "x"})):
        with pytest.raises(WrongState):
            case.do(command, number=3, **arguments)


# -- decisions


DECISION = '<zeebe:calledDecision decisionId="risk" resultVariable="level" bindingType="deployment"/>'


def test_a_decision_is_called_and_its_result_has_the_name_that_the_element_gives_it():
    case = Case(diagram(ENDS, element("businessRuleTask", "a", ext=DECISION), THEN), n=1)
    (call,) = case.out.calls
    assert (call.kind, call.name, call.binding, call.version_tag, call.variables) == (
        "decision",
        "risk",
        "deployment",
        None,
        {"log": [], "n": 1},
    )
    assert case.definition.references["decisions"] == {("risk", "deployment", None)}

    out = advance(case, case.out, "finish_call", number=3, result={"grade": 2})

    assert out.variables[1, "level"] == '{"grade":2}'


def test_the_result_of_a_decision_goes_through_output_mappings():
    ext = DECISION + mapping(outputs={"grade": "level.grade"})
    case = Case(diagram(ENDS, element("businessRuleTask", "a", ext=ext), THEN), started=False)
    case.answers["risk"] = lambda call: ("finish_call", {"result": {"grade": 3}})

    case.do("start", variables={})

    assert case.variables == {"grade": 3}


def test_a_decision_that_fails_is_an_incident_of_its_kind():
    case = Case(diagram(ENDS, element("businessRuleTask", "a", ext=DECISION), THEN), started=False)
    case.answers["risk"] = lambda call: ("fail_call", {"message": "two rules", "error_type": "DECISION_EVALUATION_ERROR"})

    case.do("start", variables={})

    assert case.incidents["a"] == ("DECISION_EVALUATION_ERROR", "two rules")


def test_which_decision_can_be_an_expression():
    ext = DECISION.replace('"risk"', '"=which"')
    assert Case(diagram(ENDS, element("businessRuleTask", "a", ext=ext), THEN), which="fire").out.calls[0].name == "fire"
    assert Case(diagram(ENDS, element("businessRuleTask", "a", ext=ext), THEN)).incidents["a"][0] == "EXTRACT_VALUE_ERROR"


def test_an_error_can_be_caught_at_a_job_with_a_listener_behind_it():
    parts = job("a") + boundary("b", "a", "any error") + user("r")
    case = Case(diagram(ENDS, parts, THEN, flows("b -> r")))

    assert case.error("a", "whatever").open == ["r"]
