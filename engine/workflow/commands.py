"""What can be asked of a running instance: each command checks that it can be done now, and puts the work into the run.

A command that cannot be done raises NotFound or WrongState, and nothing has changed.
"""

from engine.domain.errors import NotFound, WrongState
from engine.domain.outcome import ACTIVE, CANCELED, Element
from engine.workflow import (
    activities,
    adhoc,
    checks,
    events,
    incidents,
    listeners,
    mappings,
    open_work,
    propagation,
    rescheduling,
    termination,
    tokens,
    user_tasks,
)
from engine.workflow.failures import OPERATIONS
from engine.workflow.scopes import Instance


def start(run, variables, at=None, caught_above=None):
    """A new process instance, at its start event without a trigger, or at the start event that was triggered."""
    process = run.definition.process
    event = None
    if at is not None:
        event = process.elements.get(at)
        if event is None or event.kind != "start":
            raise NotFound(f"Expected a start event {at!r} of process {process.id}, but there is none")
    elif not process.starts:
        raise WrongState(f"Expected process {process.id} to have a start event without a trigger, but it has none")
    root = run.instances[1] = Instance(1, process, None, run.env)
    run.next = 2
    run.outcome.elements[1] = Element(1, 0, process.id, process.type, ACTIVE, True)
    run.outcome.path.append(("entered", process.id, 1))
    if caught_above:
        root.data["a"] = caught_above
    result = variables
    if event is not None:
        fired = run.enter(event, root)
        root.data["s"] = fired.number
        if event.outputs:
            mappings.hold(run, fired, variables)
            result = {}
    for name, value in result.items():
        run.set_local(root, name, value)
    run.todo.append((None, 0, tokens.enter, root, None))


def assign_user_task(run, number, assignee):
    """The task is somebody's (None: nobody's)."""
    task = checks.task(run, number, "assign")
    _do(run, task, _transit, ("assigning", {"assignee": assignee}))


def update_user_task(run, number, changes):
    """Due and follow-up date, priority, candidates."""
    task = checks.task(run, number, "update")
    unknown = set(changes) - set(user_tasks.CHANGEABLE[1:])
    if unknown:
        raise WrongState(f"Expected to change {', '.join(user_tasks.CHANGEABLE[1:])}, but found {', '.join(sorted(unknown))}")
    _do(run, task, _transit, ("updating", changes))


def complete_user_task(run, number, variables):
    """Somebody has done it."""
    _do(run, checks.task(run, number, "complete"), user_tasks.complete, variables)


def complete_job(run, number, variables, denied=False, denied_reason=None, corrections=None):
    """A worker has done it: the element's job, or a listener's."""
    instance = checks.with_job(run, number)
    if "t" in instance.data:
        user_tasks.check_answer(instance, denied, corrections or {})
        _do(run, instance, _task_listened, (denied, corrections or {}))
    elif denied or corrections:
        raise WrongState(f"Expected a denial or corrections from a task listener's job, but job {number} is not one")
    elif "x" in instance.data:
        _do(run, instance, listeners.listened, variables)
    else:
        open_work.close_job(run, instance)
        _do(run, instance, tokens.finish, variables)


def throw_error(run, number, code, message=None, variables=None):
    """A worker met an error that the diagram may catch."""
    instance = checks.with_job(run, number)
    if not instance.data.keys().isdisjoint("tx"):
        raise WrongState(f"Expected the job of an element to throw an error, but job {number} is a listener's")
    open_work.close_job(run, instance, "ERROR_THROWN")
    instance.data["o"] = 1
    _do(run, instance, _throw_error, (code, message, variables))


def finish_call(run, number, variables=None, result=None):
    """The answer of a handler ({name: value}) or of a decision (`result`, under the name that the element gives it)."""
    instance = checks.called(run, number)
    open_work.close_call(run, instance)
    if instance.node.kind == "decision":
        variables = {**(variables or {}), instance.node.work.result: result}
    _do(run, instance, tokens.finish, variables or {})


def fail_call(run, number, message, error_type="UNKNOWN"):
    """A handler or decision could not do it, or there is no process for a child: an incident, and it is asked again when it is resolved."""
    if checks.alive(run, number, "a call").node.kind == "call":
        instance = checks.calling(run, number)
        open_work.close_child(run, instance)
        instance.data["o"] = 1
    else:
        instance = checks.called(run, number)
        open_work.close_call(run, instance)
    _do(run, instance, incidents.fail, (error_type, message))


def trigger(run, subscription, variables=None):
    """A message, timer or signal subscription is hit."""
    instance = run.subscribed.get(subscription)
    if instance is None or instance.subs[subscription][1] == "conditional":
        raise WrongState(f"Expected subscription {subscription} to be open, but it is not")
    _do(run, instance, events.trigger, (subscription, variables))


def complete_child(run, number, variables):
    """The process that a call activity started is over."""
    _do(run, checks.calling(run, number), activities.child_completed, variables)


def child_error(run, number, code, message=None, variables=None):
    """An error came out of the child, and ended it."""
    instance = checks.calling(run, number)
    open_work.close_child(run, instance)
    instance.data["o"] = 1
    _do(run, instance, _throw_error, (code, message, variables))


def child_escalation(run, number, code, variables=None):
    """An escalation came out of the child."""
    _do(run, checks.calling(run, number), _throw_escalation, (code, variables))


def set_variables(run, scope, variables, local=False):
    """Variables seen from a scope: in it (local), or in the nearest one around it that has them, else in the process instance."""
    instance = checks.alive(run, scope, "an element instance")
    if "updating" in instance.node.task_listeners and not instance.is_body():
        user_tasks.expect_open(instance, "set variables of")
        _do(run, instance, user_tasks.update_variables, (variables, local))
        return
    for name, value in variables.items():
        (run.set_local if local else run.set)(instance, name, value)


def recompute_terms(run, terms):
    """Terms, {(scope, name): value}, were computed anew: timers and tasks that are dated by them follow."""
    run.outside.rest()
    for (scope, name), value in terms.items():
        run.set_local(checks.alive(run, scope, "a scope"), name, value)
    names = {name for _, name in terms}
    for instance in list(run.instances.values()):
        rescheduling.timers_follow(run, instance, names)
        if dates := rescheduling.new_dates(instance, names):
            _do(run, instance, _transit, ("updating", dates))


def resolve_incident(run, number):
    """What failed is tried again."""
    instance = checks.alive(run, number, "an element instance with an incident")
    if "!" not in instance.data:
        raise WrongState(f"Expected element instance {number} to have an incident, but it has none")
    word, *argument = instance.data["!"]
    open_work.close_incident(run, instance)
    if word == "arrive":
        scope = instance.parent
        flow = next((each for each in instance.node.incoming if each.id == argument[0]), instance.node)
        run.send(scope, tokens.arrive, scope, flow)
        run.remove(instance, "TERMINATED")
    else:
        _do(run, instance, OPERATIONS[word], argument[0] if argument else None)


def activate_adhoc(run, number, elements):
    """Somebody starts elements inside an ad-hoc sub-process."""
    instance = checks.alive(run, number, "an ad-hoc sub-process")
    if instance.node.kind != "adhoc" or instance.is_body() or not instance.data.keys().isdisjoint("!xz"):
        raise WrongState(f"Expected element instance {number} to be an active ad-hoc sub-process, but it is not")
    if "q" in instance.data:
        raise WrongState(f"Expected ad-hoc sub-process {number} to be open for more, but its completion condition has held: it ends")
    adhoc.activate(run, instance, elements)


def cancel(run):
    """The whole instance is ended."""
    root = run.instances[1]
    run.todo.append((None, 0, _end_process, root, CANCELED))


COMMANDS = {
    function.__name__: function
    for function in (
        start, assign_user_task, update_user_task, complete_user_task, complete_job, throw_error, finish_call, fail_call, trigger,
        complete_child, child_error, child_escalation, set_variables, recompute_terms, resolve_incident, activate_adhoc, cancel,
    )
}  # fmt: skip


# -- items that commands put into the run


def _do(run, instance, operation, argument):
    """One item for an instance, counted in the scope around it."""
    if instance.parent is None:
        run.todo.append((None, 0, operation, instance, argument))
    else:
        run.send(instance.parent, operation, instance, argument)


def _transit(run, instance, event_and_fields):
    user_tasks.transit(run, instance, *event_and_fields)


def _task_listened(run, instance, answer):
    user_tasks.listened(run, instance, *answer)


def _throw_error(run, instance, error):
    code, message, variables = error
    propagation.throw_error(run, instance, code, variables, message)


def _throw_escalation(run, instance, escalation):
    propagation.throw_escalation(run, instance, *escalation)


def _end_process(run, root, status):
    termination.end_process(run, status)
