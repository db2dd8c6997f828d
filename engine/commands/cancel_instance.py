"""A process instance is ended before its end, with all its children."""

from engine.commands.command import command
from engine.domain.errors import NotPermitted, WrongState


@command
def cancel_instance(step, key, reason=None):
    """Cancel a root instance. Only an administrator may; what belongs to a case is otherwise voided by a process with two persons.

    Raises WrongState where it is over, or where it is the child of another instance, which is to be cancelled instead.
    """
    case = step.case(key)

    if not step.actor.is_administrator:
        raise NotPermitted(f"Expected an administrator to cancel process instance {key}, but {step.actor.username} is not one")
    if not case.is_active:
        raise WrongState(f"Expected to cancel process instance {key}, but it is {case.row['status']}", status=case.row["status"])
    if case.row["parent_key"] is not None:
        raise WrongState(f"Expected to cancel a root process instance, but {key} was called by {case.row['parent_key']}; cancel that one")

    step.advance(case, "cancel")

    case.note("instance:cancelled", reason=reason)
    return step.save()
