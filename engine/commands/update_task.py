"""Due date, follow-up date, priority and candidates of an open task are changed."""

from engine.commands.command import command
from engine.domain.errors import Invalid, NotPermitted
from engine.domain.task import may_work_on

CHANGEABLE = ("due", "follow_up", "priority", "candidate_groups", "candidate_users")


@command
def update_task(step, key, changes):
    """`changes`: {due, follow_up: aware datetime or None; priority: 0–100; candidate_groups, candidate_users: lists}, only what changes.

    Candidates are an administrator's to change: otherwise anybody could hand a task past its queue.
    """
    task, case = step.task(key)

    may_work_on(task, step.actor, "update")
    unknown = sorted(set(changes) - set(CHANGEABLE))
    if unknown:
        raise Invalid(f"Expected changes among {', '.join(CHANGEABLE)}, but found {', '.join(unknown)}")
    if not 0 <= changes.get("priority", 50) <= 100:
        raise Invalid(f"Expected a priority from 0 to 100, but found {changes['priority']}")
    if not step.actor.is_administrator and not {"candidate_groups", "candidate_users"}.isdisjoint(changes):
        raise NotPermitted(f"Expected an administrator to change who may claim user task {key}, but {step.actor.username} is not one")

    step.advance(case, "update_user_task", number=task.number, changes=changes)

    known = {**task, "candidate_groups": task.groups, "candidate_users": task.users}
    case.note("task:updated", task.element_id, task=str(key), changes=dict(changes), before={name: known[name] for name in changes})
    return step.save()
