"""回避: somebody who stands too near to a party withdraws from a case, or is made to; a substitute does what is left."""

from engine.commands.command import command
from engine.domain import separation
from engine.domain.errors import Conflict, Invalid, NotPermitted
from engine.store import instances, participants


@command
def recuse(step, task_key, reason, username=None):
    """Keep `username` (the actor, if none is named) away from every task of the case that is subject to 回避, from now on.

    `task_key`: such a task, which goes back to its queues where they hold it. Who decides on others is the role that the task names
    (行政处罚法 art. 43: 执法人员的回避由行政机关负责人决定), or an administrator. Raises Invalid for a task that is not subject to it or no
    reason, Conflict for who withdrew already.
    """
    task, case = step.task(task_key)
    role = separation.recusal(case.definition.elements[task.element_id].properties)
    who = username or step.actor.username

    if role is None:
        raise Invalid(f"Expected a task that declares bihuan:recusal, but {task.element_id} does not")
    if who not in step.actor.names and role not in step.actor.groups and not step.actor.is_administrator:
        raise NotPermitted(f"Expected {who}, or a member of {role}, to say that {who} withdraws, but {step.actor.username} is neither")
    if not reason.strip():
        raise Invalid("Expected a reason to withdraw, but found none", problems={"reason": ["应写明回避理由，但没有填写。"]})

    step.begin_writing()
    if participants.recused(step.transaction.connection, task.root_key, [who]):
        raise Conflict(f"Expected somebody who did not withdraw yet, but {who} did")
    row = {"root_key": task.root_key, "username": who, "reason": reason.strip(), "at": step.now, "by": step.actor.username}
    step.batches.append((instances.RECUSE, [row]))
    if task.assignee == who and (task.groups or task.users):
        step.advance(case, "assign_user_task", number=task.number, assignee=None)

    case.note("task:recused", task.element_id, task=str(task_key), subject=who, reason=reason.strip())
    return step.save({})
