"""转办: a task is given to another person."""

from engine.commands.command import command
from engine.commands.separated import expect_separated
from engine.domain.errors import Invalid
from engine.domain.task import may_assign
from engine.store import accounts


@command
def assign_task(step, key, assignee, allow_override=True):
    """Give the task to `assignee`, a user name. `allow_override=False` refuses where somebody else has it.

    Raises Invalid for a name that nobody has; else as claim_task, for the person who gives and for the one who is given.
    """
    task, case = step.task(key)
    account = accounts.account(step.transaction, assignee)

    if account is None:
        raise Invalid(f"Expected the user name of an active account, but nobody is called {assignee!r}")
    target = account.actor
    may_assign(task, step.actor, target, allow_override)
    expect_separated(step, case, task, target)

    step.advance(case, "assign_user_task", number=task.number, assignee=assignee)

    case.note("task:assigned", task.element_id, task=str(key), assignee=assignee, before=task.assignee)
    return step.save()
