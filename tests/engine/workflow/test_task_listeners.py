"""Task listeners: jobs that a task's transition waits for, and that may deny or correct it."""

from datetime import timedelta

import pytest

from engine.domain.errors import WrongState
from tests.engine.workflow.drawing import (
    diagram,
    end,
    flows,
    job,
    listeners,
    mapping,
    start,
    user,
)
from tests.engine.workflow.ledger import NOW, Case

ENDS = start() + end()
THEN = user("z") + flows("s -> a -> z -> e")


def jobs(case):
    return sorted((row.type, row.kind, row.listener_event) for row in case.ledger.jobs.values())


def on(*events):
    return listeners(*[(event, event + " job") for event in events], of="task")


def the_task(case):
    return next(iter(case.ledger.tasks.values()))


def test_a_task_is_created_when_its_creating_listeners_are_done():
    case = Case(diagram(ENDS, user("a", ext=on("creating", "creating")), THEN))
    assert jobs(case) == [("creating job", "TASK_LISTENER", "CREATING")]
    assert the_task(case).status == "CREATING"
    with pytest.raises(WrongState):
        case.complete("a")

    case.answer("a", priority=70)
    assert the_task(case).status == "CREATING"
    case.answer("a", assignee="li")

    assert (the_task(case).status, the_task(case).priority, the_task(case).assignee) == ("CREATED", 70, "li")
    assert not case.ledger.jobs


def test_an_assignee_of_the_diagram_goes_through_the_assigning_listeners():
    ext = '<zeebe:assignmentDefinition assignee="li"/>' + on("creating", "assigning")
    case = Case(diagram(ENDS, user("a", ext=ext), THEN))
    assert the_task(case).assignee is None

    case.answer("a")
    assert jobs(case) == [("assigning job", "TASK_LISTENER", "ASSIGNING")]
    assert next(iter(case.ledger.jobs.values())).headers["io.camunda.zeebe:assignee"] == "li"
    case.answer("a")

    assert (the_task(case).status, the_task(case).assignee) == ("CREATED", "li")


def test_only_assigning_listeners_hold_up_an_assignee_of_the_diagram():
    ext = '<zeebe:assignmentDefinition assignee="li"/>' + on("assigning")
    case = Case(diagram(ENDS, user("a", ext=ext), THEN))
    assert the_task(case).status == "ASSIGNING"

    case.answer("a", denied=True)

    assert (the_task(case).status, the_task(case).assignee) == ("CREATED", None)


def test_without_listeners_for_it_the_diagrams_assignee_is_assigned_at_once():
    ext = '<zeebe:assignmentDefinition assignee="li"/>' + on("completing")
    assert the_task(Case(diagram(ENDS, user("a", ext=ext), THEN))).assignee == "li"


def test_assigning_waits_and_can_be_denied_or_corrected():
    case = Case(diagram(ENDS, user("a", ext=on("assigning", "assigning")), THEN))
    number = case.number("a")
    case.do("assign_user_task", number=number, assignee="li")
    assert (the_task(case).status, the_task(case).assignee) == ("ASSIGNING", None)

    case.answer("a", priority=1).answer("a", denied=True)
    assert (the_task(case).status, the_task(case).assignee, the_task(case).priority) == ("CREATED", None, 50)

    case.do("assign_user_task", number=number, assignee="li").answer("a", assignee="wang").answer("a", priority=60)
    assert (the_task(case).status, the_task(case).assignee, the_task(case).priority) == ("CREATED", "wang", 60)


def test_updating_waits_for_its_listener():
    case = Case(diagram(ENDS, user("a", ext=on("updating")), THEN))
    due = NOW + timedelta(days=2)
    case.do("update_user_task", number=case.number("a"), changes={"due": due, "candidate_groups": ["x"]})
    assert the_task(case).due is None

    case.answer("a", candidate_users=["li"], follow_up=due)

    found = the_task(case)
    assert (found.due, found.follow_up, found.candidate_groups, found.candidate_users) == (due, due, ("x",), ("li",))


@pytest.mark.parametrize("local", [True, False])
def test_variables_that_are_set_at_a_task_are_an_update_that_can_be_denied(local):
    case = Case(diagram(ENDS, user("a", ext=on("updating")), THEN), n=1)
    number = case.number("a")

    case.do("set_variables", scope=number, variables={"n": 2}, local=local)
    assert the_task(case).status == "UPDATING"
    assert (case.variables["n"], case.ledger.variables[number]) == (1, {"n": "2"})
    case.answer("a", denied=True)
    assert (case.variables["n"], case.ledger.variables.get(number)) == (1, None)

    case.do("set_variables", scope=number, variables={"n": 2}, local=local).answer("a", priority=9)
    assert (the_task(case).status, the_task(case).priority) == ("CREATED", 9)
    assert (case.variables["n"], case.ledger.variables.get(number)) == ((1, {"n": "2"}) if local else (2, None))


def test_completing_listeners_see_what_was_handed_in():
    ext = on("completing") + mapping(outputs={"kept": "got"})
    case = Case(diagram(ENDS, user("a", ext=ext), THEN))

    case.complete("a", got=5)
    assert the_task(case).status == "COMPLETING"
    assert case.ledger.variables[case.number("a")] == {"got": "5"}
    case.answer("a")

    assert case.open == ["z"]
    assert case.variables["kept"] == 5
    assert "got" not in case.variables


def test_without_outputs_what_was_handed_in_goes_upward_after_the_listeners():
    case = Case(diagram(ENDS, user("a", ext=on("completing")), THEN), got=1)

    case.complete("a", got=5)
    assert case.variables["got"] == 1
    case.answer("a")

    assert case.variables["got"] == 5


def test_a_denied_completion_is_as_if_nothing_had_been_handed_in():
    ext = on("completing", "completing") + mapping({"local": "1"})
    case = Case(diagram(ENDS, user("a", ext=ext), THEN))
    number = case.number("a")
    case.complete("a", got=5, local=2).answer("a", priority=3)
    assert case.ledger.variables[number] == {"local": "2", "got": "5"}

    case.answer("a", denied=True)

    assert case.ledger.variables[number] == {"local": "1"}
    assert (the_task(case).status, the_task(case).priority) == ("CREATED", 50)
    case.complete("a", got=6).answer("a").answer("a")
    assert case.variables["got"] == 6


def test_corrections_while_completing_are_written_down():
    case = Case(diagram(ENDS, user("a", ext=on("completing")), THEN)).complete("a")
    number = case.number("a")

    case.answer("a", assignee="li")

    assert case.out.tasks_changed[number]["assignee"] == "li"
    assert case.out.tasks_closed[number] == "COMPLETED"


def test_a_listener_that_cannot_deny_or_correct_is_refused():
    case = Case(diagram(ENDS, user("a", ext=on("creating")), THEN))
    with pytest.raises(WrongState):
        case.answer("a", denied=True)
    with pytest.raises(WrongState):
        case.answer("a", name="x")
    plain = Case(diagram(ENDS, job("a"), THEN))
    with pytest.raises(WrongState):
        plain.answer("a", denied=True)


def test_a_task_listener_whose_type_cannot_be_told_is_an_incident_and_the_task_stays():
    ext = listeners(("completing", "=kind"), of="task")
    case = Case(diagram(ENDS, user("a", ext=ext), THEN)).complete("a", got=1)
    assert case.incidents["a"][0] == "EXTRACT_VALUE_ERROR"
    assert case.ledger.tasks

    case.set(kind="check").resolve("a").answer("a")

    assert case.open == ["z"]
    assert case.variables["got"] == 1
