"""User tasks: what a person is asked, and the transitions that task listeners take part in.

While a listener's job is out, `data["t"]` says which transition waits and for which listener: [event, place, what the transition will do,
what corrections have changed]. Dates in it are ISO text. Denied, the task is as if nothing had been asked.
"""

from datetime import datetime

from engine.domain.errors import WrongState
from engine.domain.outcome import CANCELED, UserTask
from engine.workflow import jobs, mappings, open_work, termination, tokens
from engine.workflow.failures import operation

#: event -> the word for the task while its listeners' jobs are out
STATUS = {event: event.upper() for event in ("creating", "assigning", "updating", "completing", "canceling")}
DENIABLE = ("assigning", "updating", "completing")
#: among what an update intends: are the held variables the task's own, or do they go upward?
LOCAL = "local variables"
CHANGEABLE = ("assignee", "due", "follow_up", "priority", "candidate_groups", "candidate_users")


def begin(run, instance):
    """The task is there, or (with creating listeners) about to be; an assignee that the diagram names is assigned like any other."""
    work, listeners = instance.node.work, instance.node.task_listeners
    task = UserTask(instance.number, instance.node.id, **work.fixed)
    for field, expression, convert in work.computed:
        setattr(task, field, convert(expression(instance), expression, instance))
    run.journal.put(run.outcome.tasks_opened, instance.number, task)
    if listeners:
        assignee, task.assignee = task.assignee, None
        if "creating" not in listeners and ("assigning" not in listeners or not assignee):
            task.assignee = assignee
        else:
            transit(run, instance, "creating", {"assignee": assignee} if assignee else {})


def transit(run, instance, event, intended):
    """A transition begins: its listeners first, if it has any. `intended`: {field: value} that it will set."""
    if event not in instance.node.task_listeners:
        _AFTER[event](run, instance, {name: _kept(value) for name, value in intended.items()}, {})
        return
    intended = {name: _kept(value) for name, value in intended.items()}
    run.journal.put(instance.data, "t", [event, 0, intended, {}])
    _change(run, instance, {"status": STATUS[event]})
    run.mark(go_on, instance)
    go_on(run, instance)


@operation
def go_on(run, instance, _=None):
    """The job of the next listener of the transition; after the last one, the transition itself."""
    event, place, intended, corrected = instance.data["t"]
    listeners = instance.node.task_listeners.get(event, ())
    if place < len(listeners):
        headers = {**instance.node.work.fixed.get("headers", {}), **_shown(event, intended, corrected)}
        jobs.listen_to_task(run, instance, event, listeners[place], headers)
        return
    run.journal.drop(instance.data, "t")
    _AFTER[event](run, instance, intended, corrected)


def listened(run, instance, denied, corrections):
    """A task listener's job was completed: corrections are for the next listener and for the transition's end; a denial ends it."""
    event, place, intended, corrected = instance.data["t"]
    open_work.close_job(run, instance)
    if denied:
        run.journal.drop(instance.data, "t")
        mappings.take_back(run, instance)
        _change(run, instance, {"status": "CREATED"})
        return
    corrected = {**corrected, **{name: _kept(value) for name, value in corrections.items()}}
    run.journal.put(instance.data, "t", [event, place + 1, intended, corrected])
    run.mark(go_on, instance)
    go_on(run, instance)


def complete(run, instance, variables):
    """Somebody has done it. Completing listeners see what was handed in, and may deny it."""
    if "completing" not in instance.node.task_listeners:
        open_work.close_task(run, instance)
        tokens.finish(run, instance, variables)
        return
    mappings.hold(run, instance, variables)
    transit(run, instance, "completing", {})


def update_variables(run, instance, variables_and_local):
    """An item: variables are set at the task. Its updating listeners see them among its own, and may deny it."""
    variables, local = variables_and_local
    mappings.hold(run, instance, variables)
    transit(run, instance, "updating", {LOCAL: local})


@operation
def cancel_task(run, instance, _=None):
    """The task is ended from outside, and its canceling listeners are asked first. Whatever else was going on with it is over."""
    data = instance.data
    if "!" in data:
        open_work.close_incident(run, instance)
    elif "t" in data:
        open_work.close_job(run, instance, CANCELED)
    transit(run, instance, "canceling", {})


def is_open(instance):
    """May somebody assign, change or complete it now?"""
    return instance.node.kind == "user" and instance.data.keys().isdisjoint("tx!z") and not instance.is_body()


def expect_open(instance, doing):
    """Raise WrongState if the task is in no state for it."""
    if not is_open(instance):
        state = STATUS[instance.data["t"][0]] if "t" in instance.data else "not open"
        raise WrongState(f"Expected to {doing} user task {instance.number}, but it is {state}")


def check_answer(instance, denied, corrections):
    """Raise WrongState for an answer that a task listener cannot give."""
    event = instance.data["t"][0]
    if denied and event not in DENIABLE:
        raise WrongState(f"Expected a listener for {', '.join(DENIABLE)} to deny, but this one is for {event}")
    unknown = set(corrections) - set(CHANGEABLE)
    if unknown:
        raise WrongState(f"Expected corrections of {', '.join(CHANGEABLE)}, but found {', '.join(sorted(unknown))}")


# -- what a transition does when all its listeners are done


def _created(run, instance, intended, corrected):
    assignee = intended.get("assignee") or corrected.get("assignee")
    _change(run, instance, {**_real(corrected), "assignee": None, "status": "CREATED"})
    if assignee and "assigning" in instance.node.task_listeners:
        transit(run, instance, "assigning", {"assignee": assignee})
    elif assignee:
        _change(run, instance, {"assignee": assignee})


def _changed(run, instance, intended, corrected):
    local = intended.pop(LOCAL, False)
    for name, value in (mappings.take_back(run, instance) or {}).items():
        (run.set_local if local else run.set)(instance, name, value)
    status = {"status": "CREATED"} if instance.node.task_listeners else {}
    _change(run, instance, {**_real(intended), **_real(corrected), **status})


def _completed(run, instance, intended, corrected):
    if corrected:
        _change(run, instance, _real(corrected))
    open_work.close_task(run, instance)
    tokens.finish(run, instance)


def _canceled(run, instance, intended, corrected):
    termination.listened(run, instance)


_AFTER = {"creating": _created, "assigning": _changed, "updating": _changed, "completing": _completed, "canceling": _canceled}


def _change(run, instance, changes):
    """Fields of the task's row, written once however often they change in a step."""
    opened = run.outcome.tasks_opened.get(instance.number)
    if opened is not None:
        for name, value in changes.items():
            run.journal.assign(opened, name, value)
    else:
        known = run.outcome.tasks_changed.get(instance.number, {})
        run.journal.put(run.outcome.tasks_changed, instance.number, {**known, **changes})


def _shown(event, intended, corrected):
    """What a listener learns of the task, under Camunda's reserved header names."""
    names = {"due": "dueDate", "follow_up": "followUpDate", "candidate_groups": "candidateGroups", "candidate_users": "candidateUsers"}
    found = {**intended, **corrected}
    found.pop(LOCAL, None)
    headers = {f"io.camunda.zeebe:{names.get(name, name)}": _text(value) for name, value in found.items() if value is not None}
    if found:
        headers["io.camunda.zeebe:changedAttributes"] = _text([names.get(name, name) for name in sorted(found)])
    return headers


def _text(value):
    if isinstance(value, list):
        return "[" + ",".join(f'"{item}"' for item in value) + "]"
    return str(value)


def _kept(value):
    """A field's value as the state keeps it."""
    if isinstance(value, datetime):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _real(fields):
    """Fields as the state keeps them -> as an outcome says them."""
    found = {}
    for name, value in fields.items():
        if name in ("due", "follow_up") and isinstance(value, str):
            value = datetime.fromisoformat(value) if value else None
        elif name in ("candidate_groups", "candidate_users"):
            value = tuple(value or ())
        found[name] = value
    return found
