"""User tasks: what a person is asked, and what can be done with a task."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from engine.domain.errors import NotFound, WrongState
from engine.domain.outcome import UserTask
from engine.workflow.elements import NotExecutable
from tests.engine.workflow.drawing import diagram, element, end, flows, job, multi, start, sub, user
from tests.engine.workflow.ledger import NOW, Case

ENDS = start() + end()
THEN = user("z") + flows("s -> a -> z -> e")


def task(case, id="a"):
    return case.ledger.tasks[case.number(id, case.ledger.tasks)]


def test_a_bare_task_is_nobodys():
    case = Case(diagram(ENDS, user("a"), THEN))

    assert task(case) == UserTask(3, "a")


def test_literals_are_taken_as_they_stand_and_a_comma_makes_a_list():
    ext = (
        '<zeebe:assignmentDefinition assignee="li" candidateGroups="居村, 城管" candidateUsers="wang"/>'
        '<zeebe:taskSchedule dueDate="2026-04-01T12:00:00+08:00" followUpDate="2026-03-31T12:00:00"/>'
        '<zeebe:priorityDefinition priority="80"/><zeebe:formDefinition formId="F02" bindingType="versionTag" versionTag="v2"/>'
        '<zeebe:taskHeaders><zeebe:header key="color" value="red"/></zeebe:taskHeaders>'
    )
    shanghai = timezone(timedelta(hours=8))
    case = Case(diagram(ENDS, user("a", ext=ext), THEN), now=NOW.astimezone(shanghai))

    assert task(case) == UserTask(
        3, "a", "li", ("居村", "城管"), ("wang",), datetime(2026, 4, 1, 4, tzinfo=UTC), datetime(2026, 3, 31, 4, tzinfo=UTC), 80,
        "F02", "versionTag", "v2", None, {"color": "red"},
    )  # fmt: skip
    assert case.definition.references["forms"] == {("F02", "versionTag", "v2")}


def test_expressions_see_the_variables():
    ext = (
        '<zeebe:assignmentDefinition assignee="=who" candidateGroups="=groups" candidateUsers="=who"/>'
        '<zeebe:taskSchedule dueDate="=now() + duration(&quot;P1D&quot;)" followUpDate="=date(&quot;2026-03-02&quot;)"/>'
        '<zeebe:priorityDefinition priority="=10 + 5"/>'
    )
    case = Case(diagram(ENDS, user("a", ext=ext), THEN), who="li", groups=["居村", "城管"])

    found = task(case)
    assert (found.assignee, found.candidate_groups, found.candidate_users, found.priority) == ("li", ("居村", "城管"), ("li",), 15)
    assert (found.due, found.follow_up) == (NOW + timedelta(days=1), datetime(2026, 3, 2, tzinfo=UTC))


@pytest.mark.parametrize(
    "declared",
    [
        '<zeebe:assignmentDefinition assignee="=one"/>',
        '<zeebe:assignmentDefinition candidateGroups="=[1]"/>',
        '<zeebe:assignmentDefinition candidateUsers="={a: 1}"/>',
        '<zeebe:taskSchedule dueDate="=1"/>',
        '<zeebe:taskSchedule followUpDate="=&quot;soon&quot;"/>',
        '<zeebe:priorityDefinition priority="=one + 100"/>',
        '<zeebe:priorityDefinition priority="=one / 2"/>',
    ],
)
def test_a_value_of_the_wrong_kind_is_an_incident_and_no_task(declared):
    case = Case(diagram(ENDS, user("a", ext=declared), THEN), one=1)

    assert case.incidents["a"][0] == "EXTRACT_VALUE_ERROR"
    assert not case.ledger.tasks


def test_a_literal_of_the_wrong_kind_is_refused_when_it_is_read():
    with pytest.raises(NotExecutable, match="a priority from 0 to 100"):
        Case(diagram(ENDS, user("a", ext='<zeebe:priorityDefinition priority="101"/>'), THEN))


def test_nothing_is_nobody_no_date_and_the_middle_priority():
    ext = (
        '<zeebe:assignmentDefinition assignee="=x" candidateGroups="=x"/><zeebe:taskSchedule dueDate="=x"/>'
        '<zeebe:priorityDefinition priority="=x"/>'
    )

    assert task(Case(diagram(ENDS, user("a", ext=ext), THEN), x=None)) == UserTask(3, "a")


REFERENCES = "".join(f"<bpmn:flowNodeRef>{id}</bpmn:flowNodeRef>" for id in "xab")
LANES = (
    f'<bpmn:laneSet id="ls"><bpmn:lane id="l1" name="镇">{REFERENCES}'
    '<bpmn:childLaneSet id="cs"><bpmn:lane id="l2" name="居村"><bpmn:flowNodeRef>a</bpmn:flowNodeRef></bpmn:lane>'
    '<bpmn:lane id="l3"><bpmn:flowNodeRef>c</bpmn:flowNodeRef></bpmn:lane></bpmn:childLaneSet></bpmn:lane></bpmn:laneSet>'
)


def test_the_innermost_lane_with_a_name_is_the_queue_also_for_what_is_inside_a_sub_process():
    inside = sub("x", start("s2"), user("deep"), end("e2"), flows("s2 -> deep -> e2"))
    case = Case(diagram(LANES, ENDS, *map(user, "abc"), inside, flows("s -> a -> b -> c -> x -> e")))

    queues = {}
    for id in ("a", "b", "c", "deep"):
        queues[id] = task(case, id).candidate_groups
        case.complete(id)

    assert queues == {"a": ("居村",), "b": ("镇",), "c": ("镇",), "deep": ("镇",)}
    assert case.definition.elements["a"].lane == "居村"


def test_a_sub_process_can_have_lanes_of_its_own():
    own = '<bpmn:laneSet id="ls2"><bpmn:lane id="l9" name="应急"><bpmn:flowNodeRef>deep</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>'
    inside = sub("x", own, start("s2"), user("deep"), user("b"), end("e2"), flows("s2 -> deep -> b -> e2"))
    case = Case(diagram(LANES, ENDS, user("a"), user("c"), inside, flows("s -> x -> a -> c -> e")))

    assert task(case, "deep").candidate_groups == ("应急",)


def test_candidate_groups_of_its_own_are_stronger_than_the_lane():
    a = user("a", ext='<zeebe:assignmentDefinition candidateGroups="应急"/>')
    case = Case(diagram(LANES, ENDS, a, user("b"), user("c"), user("x"), flows("s -> a -> b -> c -> x -> e")))

    assert task(case).candidate_groups == ("应急",)


def test_forms_can_be_external():
    case = Case(diagram(ENDS, user("a", ext='<zeebe:formDefinition externalReference="https://forms/1"/>'), THEN))

    assert task(case).external_form == "https://forms/1"
    assert not case.definition.references["forms"]


def test_an_embedded_form_is_known_to_the_definition():
    embedded = '<zeebe:userTaskForm id="f1">{"components": []}</zeebe:userTaskForm>'
    case = Case(diagram(ENDS, user("a", ext='<zeebe:formDefinition formKey="camunda-forms:bpmn:f1"/>'), THEN, process=embedded))

    assert case.definition.embedded_forms == {"f1": '{"components": []}'}
    assert case.definition.elements["a"].form["key"] == "camunda-forms:bpmn:f1"


def test_a_task_is_assigned_and_released():
    case = Case(diagram(ENDS, user("a"), THEN))
    number = case.number("a")

    case.do("assign_user_task", number=number, assignee="li")
    assert case.out.tasks_changed == {number: {"assignee": "li"}}
    case.do("assign_user_task", number=number, assignee=None)

    assert task(case).assignee is None
    assert case.out.elements == {}


def test_a_task_is_changed():
    case = Case(diagram(ENDS, user("a"), THEN))
    due = NOW + timedelta(days=3)

    case.do("update_user_task", number=case.number("a"), changes={"due": due, "priority": 7, "candidate_groups": ["x"], "follow_up": None})

    assert case.out.tasks_changed == {3: {"due": due, "priority": 7, "candidate_groups": ("x",), "follow_up": None}}


def test_what_is_no_open_task_is_refused_and_nothing_changes():
    case = Case(diagram(ENDS, job("j"), user("a", multi()), flows("s -> j -> a -> e")), items=[1])
    with pytest.raises(NotFound):
        case.do("complete_user_task", number=99, variables={})
    with pytest.raises(NotFound):
        case.do("complete_user_task", number=case.number("j"), variables={})
    with pytest.raises(WrongState):
        case.do("update_user_task", number=case.work("j").number("a"), changes={"assignee": "li"})
    body = next(number for number, row in case.ledger.elements.items() if row.type == "MULTI_INSTANCE_BODY")
    with pytest.raises(NotFound):
        case.do("complete_user_task", number=body, variables={})


def test_a_task_that_is_over_cannot_be_completed_again():
    case = Case(diagram(ENDS, user("a"), THEN))
    number = case.number("a")
    case.complete("a")

    with pytest.raises(NotFound):
        case.do("complete_user_task", number=number, variables={})


def test_nothing_can_be_done_with_a_process_that_is_over():
    case = Case(diagram(ENDS, user("a"), flows("s -> a -> e"))).complete("a")
    for command, arguments in (
        ("cancel", {}),
        ("set_variables", {"scope": 1, "variables": {}}),
        ("complete_user_task", {"number": 3, "variables": {}}),
    ):
        with pytest.raises(WrongState):
            case.do(command, **arguments)


def test_headers_of_the_library_are_not_needed():
    case = Case(diagram(ENDS, element("manualTask", "m"), element("task", "t"), user("a"), flows("s -> m -> t -> a -> e")))

    assert case.open == ["a"]
    assert [case.out.elements[number].type for number in (3, 4, 5)] == ["MANUAL_TASK", "TASK", "USER_TASK"]
