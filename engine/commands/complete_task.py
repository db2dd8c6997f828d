"""提交: the task is done; where it takes two officers, it then waits for the second one."""

from engine.commands.certified import expect_certified
from engine.commands.command import command
from engine.commands.filled_form import filled_form
from engine.commands.separated import expect_separated, remember_principal
from engine.domain import separation, values
from engine.domain.task import may_work_on


@command
def complete_task(step, key, variables):
    """Complete the task with `variables` {name: value}, which its form, where it has one, validates first.

    Raises Invalid with every problem by field, WrongState where the task is not open, NotPermitted, Separated or Uncertified where it is
    not the actor's to do. Returns {"opened": [{"key", "element"}]}, the user tasks that follow. A task that takes several officers
    (bihuan:officers) becomes COMPLETING and waits for confirm_task.
    """
    task, case = step.task(key)

    may_work_on(task, step.actor)
    expect_separated(step, case, task, step.actor)
    certified = expect_certified(step, case, task)
    variables = filled_form(step, case, task, variables)

    number, needed = task.number, separation.officers(case.definition.elements[task.element_id].properties)
    case.task_edits[number] = {"completed_by": step.actor.username, "assignee": task.assignee or step.actor.username}
    remember_principal(step, task)
    if needed > 1:
        # Whoever confirmed what was filed before, and a listener put back, has not seen this.
        case.task_edits[number] |= {"status": "COMPLETING", "pending": values.write(variables), "confirmed_by": "[]"}
        case.note("task:confirmation-asked", task.element_id, task=str(key), filed=variables, **certified)
    else:
        step.advance(case, "complete_user_task", number=number, variables=variables)
        case.note("task:completed", task.element_id, task=str(key), **certified)

    return step.save({}, tells_opened=True)
