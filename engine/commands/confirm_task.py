"""确认: a further officer confirms, under their own account, what the first one filed (行政处罚法 art. 42)."""

import orjson

from engine.commands.certified import expect_certified
from engine.commands.command import command
from engine.commands.separated import expect_separated, principals, remember_principal
from engine.domain import separation, values
from engine.domain.errors import NotPermitted, Separated, WrongState
from engine.domain.task import is_candidate
from engine.store import participants


@command
def confirm_task(step, key):
    """Confirm a task that waits for another officer; with the last one it is completed.

    Raises WrongState where none is waited for, Separated for whoever filed or confirmed it already, NotPermitted for no candidate,
    Uncertified without the certificate that the diagram asks for.
    """
    task, case = step.task(key)

    confirmed = expect_other_officer(step, case, task, "confirm")
    certified = expect_certified(step, case, task)

    number, needed = task.number, separation.officers(case.definition.elements[task.element_id].properties)
    confirmed.append(step.actor.username)
    remember_principal(step, task, principals(task))
    case.task_edits[number] = {"confirmed_by": orjson.dumps(confirmed).decode()}
    if 1 + len(confirmed) >= needed:
        case.task_edits[number] |= {"status": "CREATED", "pending": None}
        step.advance(case, "complete_user_task", number=number, variables=values.read(task.pending))
        case.note("task:completed", task.element_id, task=str(key), filed_by=task.completed_by, confirmed_by=confirmed, **certified)
    else:
        case.note("task:confirmed", task.element_id, task=str(key), **certified)

    return step.save({}, tells_opened=True)


def expect_other_officer(step, case, task, wish):
    """Who confirmed the task so far, as a list; raises where the actor is not one who may still do so."""
    if task.pending is None:
        raise WrongState(f"Expected to {wish} user task {task.key}, but it waits for no further officer: it is {task.status}")
    confirmed = orjson.loads(task.confirmed_by)
    took_part = participants.names(task)
    for name in step.actor.names:
        if name in took_part:
            raise Separated(f"Expected another officer than {name} to {wish} user task {task.key}, but they took part in it already")
    if not is_candidate(task, step.actor) and not step.actor.is_administrator:
        raise NotPermitted(
            f"Expected a member of {', '.join(task.groups)} to {wish} user task {task.key}, but {step.actor.username} is none"
        )
    expect_separated(step, case, task, step.actor)
    return confirmed
