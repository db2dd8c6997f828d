"""Jobs: of elements, and of the listeners that a transition waits for. Also where a `local:` type leaves the machine."""

from decimal import Decimal

from engine.domain.outcome import Call, Job
from engine.workflow.failures import unexpected

LOCAL = "local:"


def begin(run, instance):
    """An element that a worker does, or (its type begins with `local:`) a handler in this process."""
    work, number, node = instance.node.work, instance.number, instance.node
    type = _type(work, instance)
    if type.startswith(LOCAL):
        call(run, instance, Call(number, node.id, "local", type, instance.visible(), work.headers))
    else:
        run.journal.put(run.outcome.jobs_opened, number, Job(number, node.id, type, _retries(work, instance), work.headers))


def call(run, instance, asked):
    """The machine waits for something that is not its own."""
    run.journal.put(instance.data, "c", 1)
    run.journal.append(run.outcome.calls, asked)


def listen(run, instance, event, place):
    """Open the job of the execution listener at `place` (from 0) of those for `event` (start or end)."""
    node = instance.node
    listener = (node.start_listeners if event == "start" else node.end_listeners)[place]
    headers = {**(getattr(node.work, "headers", None) or {}), **listener.headers}
    job = Job(
        instance.number, node.id, _type(listener, instance), _retries(listener, instance), headers, "EXECUTION_LISTENER", event.upper()
    )
    run.journal.put(instance.data, "x", [event, place])
    run.journal.put(run.outcome.jobs_opened, instance.number, job)


def listen_to_task(run, instance, event, listener, headers):
    """Open the job of a task listener."""
    job = Job(
        instance.number,
        instance.node.id,
        _type(listener, instance),
        _retries(listener, instance),
        {**headers, **listener.headers},
        "TASK_LISTENER",
        event.upper(),
    )
    run.journal.put(run.outcome.jobs_opened, instance.number, job)


def _type(work, scope):
    type = work.type(scope)
    if not isinstance(type, str) or not type:
        raise unexpected(scope, work.type, "the type of a job", type)
    return type


def _retries(work, scope):
    if work.retries is None:
        return 3
    value = work.retries(scope)
    number = Decimal(value) if isinstance(value, str) and value.strip().isdecimal() else value
    if not isinstance(number, (Decimal, int)) or isinstance(number, bool) or number != int(number) or number < 0:
        raise unexpected(scope, work.retries, "a whole number of retries", value)
    return int(number)
