"""签收: somebody takes a task out of a queue of theirs."""

from engine.commands.command import command
from engine.commands.separated import expect_separated
from engine.domain.task import may_claim


@command
def claim_task(step, key, allow_override=False):
    """Give the task to the actor. Whoever has it already may claim it again; nothing happens then.

    Raises Conflict where somebody else was faster, WrongState where it is not open, NotPermitted or Separated where it is not for them.
    """
    task, case = step.task(key)

    may_claim(task, step.actor, allow_override)
    expect_separated(step, case, task, step.actor)
    if task.assignee == step.actor.username:
        return None

    step.advance(case, "assign_user_task", number=task.number, assignee=step.actor.username)

    case.note("task:claimed", task.element_id, task=str(key))
    return step.save()
