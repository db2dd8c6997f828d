"""What happens when something is met that an instance waits for: a catching event, a boundary event, an event sub-process, a gateway."""

from engine.workflow import mappings, subscriptions, termination, timers, tokens
from engine.workflow.failures import operation


@operation
def trigger(run, instance, hit):
    """A subscription is hit: (its id, variables). Nothing happens where it was closed in the meantime."""
    number, variables = hit
    row = instance.subs.get(number)
    if row is None:
        return
    event = run.definition.elements[row[0]]
    if event.all_of:
        subscriptions.close(run, instance, number)
        for name, value in (variables or {}).items():
            run.set(instance, name, value)
        if any(other[0] == event.id for other in instance.subs.values()):
            return
    elif row[1] == "timer":
        _next_time(run, instance, number, row)
    if event.boundary:
        fire_boundary(run, instance, event, variables)
    elif event.subprocess is not None:
        fire_subprocess(run, instance, event, variables)
    elif instance.node is event:
        tokens.finish(run, instance, variables)
    else:
        _choose(run, instance, event, variables)


def _next_time(run, instance, number, row):
    """A timer fires once; a cycle goes on for as long as its instance waits."""
    when, book = timers.following(row[2], run.now) if len(row) > 2 else (None, None)
    if when is None:
        subscriptions.close(run, instance, number)
    else:
        subscriptions.reopen(run, instance, number, book, when)


def _choose(run, gateway, event, variables):
    """The first of the events behind an event-based gateway: the gateway is left, and the event is over."""
    scope, node = gateway.parent, gateway.node
    run.remove(gateway)
    flow = next(flow for flow in node.flows if flow.target is event)
    run.outcome.path.append(("flow", flow.id, gateway.number))
    tokens.finish(run, run.enter(event, scope), variables)


def fire_boundary(run, instance, event, variables):
    """A boundary event of an activity: an interrupting one ends the activity first."""
    scope = instance.parent
    if not event.interrupting or termination.kill(run, instance):
        tokens.finish(run, run.enter(event, scope), variables)
        return
    fired = run.enter(event, scope)
    mappings.hold(run, fired, variables)
    termination.after(run, instance, "finish", fired)


def fire_subprocess(run, scope, start, variables, compensated=None):
    """The event sub-process of this start event begins in a scope: an interrupting one ends everything else inside first.

    `compensated`: what was completed inside of what it compensates.
    """
    node, gone = start.subprocess, True
    if start.interrupting and compensated is None:
        subscriptions.close_all(run, scope, {handler.start.id for handler in scope.node.handlers})
        gone = termination.clear(run, scope)
    instance = run.enter(node, scope)
    if compensated:
        run.journal.put(instance.data, "d", compensated)
    for name, value in (variables or {}).items():
        run.set_local(instance, name, value)
    if gone:
        tokens.enter(run, instance)
    else:
        termination.after(run, scope, "enter", instance)


def broadcast(run, instance, name_and_variables):
    """An item: a signal reaches everything in this process instance that waits for it at this moment."""
    name, variables = name_and_variables
    run.outside.rest()
    for number, waiting in sorted(run.signals.get(name, {}).items()):
        run.send(waiting.parent or waiting, trigger, waiting, (number, variables))
