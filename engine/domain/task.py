"""May this person claim, pass on, complete this task? Pure: a task is its row with the candidates as lists."""

from engine.domain.errors import Conflict, NotPermitted, WrongState

OPEN = ("CREATED",)
#: A task in one of these is on its way from one state to another: a listener's job is out, or another officer has still to confirm.
BETWEEN = ("CREATING", "ASSIGNING", "UPDATING", "COMPLETING", "CANCELING")


def expect_open(task, wish):
    """`wish` completes "Expected to …". Raises WrongState unless the task can be worked on now."""
    if task.status not in OPEN:
        raise WrongState(f"Expected to {wish} user task {task.key}, but it is {task.status}", status=task.status)


def is_candidate(task, actor):
    """Does the task stand in a queue of the actor's? A task without any candidates is open to everybody who sees it."""
    if not task.groups and not task.users:
        return task.assignee in (None, *actor.names) and not actor.only_watches
    return not set(actor.names).isdisjoint(task.users) or not actor.groups.isdisjoint(task.groups)


def may_claim(task, actor, allow_override=False):
    """Raises Conflict where somebody else has it, NotPermitted where it stands in none of the actor's queues."""
    expect_open(task, "claim")
    if task.assignee is not None and task.assignee != actor.username and not (allow_override and actor.is_administrator):
        raise Conflict(
            f"Expected to claim user task {task.key} for {actor.username}, but it is already assigned to {task.assignee}",
            assignee=task.assignee,
        )
    _expect_candidate(task, actor, "claim")


def may_assign(task, actor, target, allow_override):
    """`target`: the Actor who shall have it. Whoever holds the task may pass it on; one that nobody holds, any of its candidates."""
    expect_open(task, "assign")
    if task.assignee not in (None, *actor.names) and not actor.is_administrator:
        raise Conflict(
            f"Expected to assign user task {task.key} to {target.username}, but it is already assigned to {task.assignee}",
            assignee=task.assignee,
        )
    if task.assignee not in (None, target.username) and not allow_override:
        raise Conflict(
            f"Expected to assign user task {task.key} to {target.username} without override, but it is already assigned to {task.assignee}",
            assignee=task.assignee,
        )
    _expect_candidate(task, actor, "assign")
    if not is_candidate(task, target) and not target.is_administrator:
        raise NotPermitted(
            f"Expected {target.username} to belong to {_queues(task)} in order to be given user task {task.key}, but they do not"
        )


def may_release(task, actor):
    """Only whoever holds a task, or an administrator, puts it back into its queues; where nobody does, its candidates may ask in vain."""
    expect_open(task, "release")
    if task.assignee is None:
        _expect_candidate(task, actor, "release")
    elif task.assignee not in actor.names and not actor.is_administrator:
        raise NotPermitted(f"Expected to release user task {task.key} as {task.assignee}, who holds it, but the caller is {actor.username}")


def may_work_on(task, actor, wish="complete"):
    """Completing, saving a draft, changing dates: whoever holds it; where nobody does, a candidate."""
    expect_open(task, wish)
    if task.assignee is None:
        _expect_candidate(task, actor, wish)
    elif task.assignee not in actor.names and not actor.is_administrator:
        raise NotPermitted(f"Expected to {wish} user task {task.key} as {task.assignee}, who holds it, but the caller is {actor.username}")


def _expect_candidate(task, actor, wish):
    if not is_candidate(task, actor) and not actor.is_administrator:
        raise NotPermitted(f"Expected to {wish} user task {task.key} as a member of {_queues(task)}, but {actor.username} is not one")


def _queues(task):
    return ", ".join([*task.groups, *task.users]) or f"the task's own assignee {task.assignee}"
