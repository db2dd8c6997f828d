"""退回: whoever holds a task puts it back into its queues."""

from engine.commands.command import command
from engine.domain.errors import WrongState
from engine.domain.task import may_release


@command
def release_task(step, key):
    """Take the assignee off the task. One that nobody holds stays as it is.

    Raises WrongState where it is not open or stands in no queue to go back to, NotPermitted for somebody else than its holder.
    """
    task, case = step.task(key)

    may_release(task, step.actor)
    if task.assignee is None:
        return None
    if not task.groups and not task.users:
        raise WrongState(f"Expected user task {key} to have a queue to go back to, but it was assigned without candidates; assign another")

    step.advance(case, "assign_user_task", number=task.number, assignee=None)

    case.note("task:released", task.element_id, task=str(key), before=task.assignee)
    return step.save()
