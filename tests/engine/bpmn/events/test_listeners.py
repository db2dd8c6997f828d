"""Execution and task listeners: jobs that an element's life waits for."""

from tests.engine.bpmn.events.beside import play


def waited_for(case):
    """[(type, kind, when)] of the open jobs."""
    return [(job.type, job.kind, job.listener_event) for job in case.ledger.jobs.values()]


def worked(case, **variables):
    """The job that is open is done -> its type."""
    ((number, job),) = case.ledger.jobs.items()
    case.do("complete_job", number=number, variables=variables)
    return job.type


def test_execution_listeners_come_before_and_after_each_element():
    # given
    case = play("execution_listeners", address="陈坊路 7 号", more=True)
    assert waited_for(case) == [("process-start", "EXECUTION_LISTENER", "START")]

    # when every job is done as it comes
    types = [worked(case, found="rust") if waited_for(case)[0][0] == "inspect" else worked(case) for _ in range(13)]

    # then, in the order of the path, several of one element in their own order, inputs before and outputs before the end's
    assert types == [
        *("process-start", "begun-end", "visit-start", "inspect-start", "inspect-start-2", "inspect", "inspect-end", "left-start"),
        *("visit-end", "enough-start", "again-start", "again-end", "process-end"),
    ]
    assert case.status == "COMPLETED" and case.variables["result"] == "rust"


def test_a_start_listener_sees_the_inputs_and_writes_beside_them():
    # given
    case = play("execution_listeners", address="陈坊路 7 号", more=False)
    for _ in range(3):
        worked(case)
    ((number, job),) = case.ledger.jobs.items()
    assert job.type == "inspect-start" and case.ledger.variables[number] == {"place": '"陈坊路 7 号"'}

    # when
    worked(case, key="under the mat")

    # then it is the element's own
    assert case.ledger.variables[number]["key"] == '"under the mat"' and "key" not in case.variables


def test_a_boundary_event_can_have_end_listeners():
    # given
    case = play("boundary_listeners").later(72)
    assert case.open == ["overdue"] and waited_for(case) == [("overdue-end", "EXECUTION_LISTENER", "END")]

    # then
    worked(case)
    assert case.status == "COMPLETED" and "late" in case.passed()


def test_task_listeners_have_a_say_in_every_transition():
    # given: nobody may begin before the first has answered
    case = play("task_listeners", tries=5)
    (task,) = case.ledger.tasks.values()
    assert waited_for(case) == [("task-creating", "TASK_LISTENER", "CREATING")] and task.status == "CREATING"
    (job,) = case.ledger.jobs.values()
    assert job.retries == 5 and job.headers["desk"] == "3"

    # when it corrects, denies, and lets through
    case.answer("rectify", priority=80)
    assert (task.status, task.priority) == ("CREATED", 80)
    case.do("assign_user_task", number=task.number, assignee="li")
    assert waited_for(case) == [("task-assigning", "TASK_LISTENER", "ASSIGNING")]
    case.answer("rectify", denied=True)
    assert task.assignee is None
    case.do("update_user_task", number=task.number, changes={"priority": 10})
    case.answer("rectify", priority=20)
    assert task.priority == 20
    case.complete("rectify", why="done")
    case.answer("rectify", denied=True)
    assert case.open == ["rectify"] and "why" not in case.variables

    # when its deadline has come, then the last one is waited for before anything goes on
    case.later(72)
    assert waited_for(case) == [("task-canceling", "TASK_LISTENER", "CANCELING")] and "late" not in case.passed()
    case.answer("rectify")
    assert case.status == "COMPLETED" and "late" in case.passed()


def test_a_completion_that_its_listener_lets_through_is_done():
    case = play("task_listeners", tries=1)
    case.answer("rectify").complete("rectify", why="done")
    assert waited_for(case) == [("task-completing", "TASK_LISTENER", "COMPLETING")]

    case.answer("rectify")

    assert case.status == "COMPLETED" and case.variables["why"] == "done"
