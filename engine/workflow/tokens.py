"""The life of an element instance, from the token that comes in to the tokens that go out.

enter (input mappings) → start (start listeners) → begin (boundary events, behaviour) … finish (output mappings) → end (end listeners) →
complete (take the outgoing flows). Each of these is also a place where an incident is tried again.
"""

from engine.domain.outcome import COMPLETED
from engine.workflow import jobs, mappings, subscriptions
from engine.workflow.elements import Flow
from engine.workflow.failures import operation

#: A scope with one of these in its data is not done when nothing is left inside it: an incident, a listener, a termination comes first.
HELD = frozenset("!xzk")


@operation
def arrive(run, scope, way):
    """A token comes in over a flow, or (an element) without one."""
    node = way.target if type(way) is Flow else way
    if node.arrive is None or node.arrive(run, scope, node, way):
        enter(run, run.enter(node, scope, "MULTI_INSTANCE_BODY" if node.loop else None), None)


@operation
def enter(run, instance, _=None):
    """The body of a loop starts its rounds; anything else takes its input mappings."""
    run.mark(enter, instance)
    node = instance.node
    if node.loop is not None and instance.is_body():
        node.rounds.start(run, instance)
        return
    if node.inputs:
        mappings.read_in(run, instance)
    start(run, instance)


@operation
def start(run, instance, _=None):
    """Start listeners, one after the other; then it begins."""
    if instance.node.start_listeners:
        jobs.listen(run, instance, "start", 0)
    else:
        begin(run, instance)


@operation
def begin(run, instance, _=None):
    """Boundary events wait; then the element does what it does."""
    node = instance.node
    if node.boundaries and instance.parent.node is not node:
        subscriptions.open_all(run, instance, node.boundaries)
    node.begin(run, instance)


@operation
def again(run, instance, _=None):
    """Its behaviour once more, after nobody caught its error."""
    run.mark(again, instance)
    run.journal.drop(instance.data, "o")
    instance.node.begin(run, instance)


@operation
def finish(run, instance, result=None):
    """It has done what it does; `result` {name: value} goes through the output mappings. None: the result that it holds, if any."""
    run.mark(finish, instance, result)
    if result is None:
        result = mappings.take_back(run, instance)
    mappings.give_out(run, instance, result)
    end(run, instance)


@operation
def end(run, instance, _=None):
    """Boundary events wait no longer; end listeners, one after the other; then it is complete."""
    if instance.subs:
        subscriptions.close_all(run, instance)
    if instance.node.end_listeners:
        jobs.listen(run, instance, "end", 0)
    else:
        complete(run, instance)


@operation
def complete(run, instance, _=None):
    """It is over, and its tokens go on."""
    run.mark(complete, instance)
    leave(run, instance)


def leave(run, instance):
    """As `complete`, where nothing was done since the last mark that must stay when no flow can be taken."""
    node, scope = instance.node, instance.parent
    if scope is None:
        run.remove(instance)
        run.outcome.status = COMPLETED
    elif scope.node is node:
        node.rounds.ended(run, scope, instance)
    else:
        flows = node.flows if node.plain else node.choose(run, instance)
        if node.handler is not None or "d" in instance.data:
            remember(run, instance)
        run.remove(instance)
        take(run, node, scope, flows, instance.number)
        if scope.node.inside_ended is not None:
            scope.node.inside_ended(run, scope)


def take(run, node, scope, flows, number):
    """Tokens go out over these flows."""
    path = run.outcome.path
    for _ in range(node.completion_quantity):
        for flow in flows:
            path.append(("flow", flow.id, number))
            run.send(scope, arrive, scope, flow)


@operation
def done(run, scope, _=None):
    """Nothing is left inside a scope."""
    if scope.n or not scope.data.keys().isdisjoint(HELD):
        return
    run.mark(done, scope)
    if scope.node.loop is not None and scope.is_body():
        scope.node.rounds.emptied(run, scope)
    elif scope.node.done is not None:
        scope.node.done(run, scope)


def remember(run, instance):
    """What is complete and can be compensated is kept by its scope, in order: [element id] or [element id, what was complete inside].

    The rounds of a loop are undone as one, by an activity beside it; but each by itself where an event sub-process inside it does that.
    """
    node, scope, handler = instance.node, instance.parent, instance.node.handler
    if node.for_compensation:
        return
    inside = instance.data.get("d", [])
    by_round = handler is not None and handler.kind == "event_subprocess"
    passed_on = node.loop is not None and instance.is_body() == by_round
    entries = inside if passed_on else [[node.id, inside] if inside else [node.id]]
    if entries:
        run.journal.put(scope.data, "d", [*scope.data.get("d", ()), *entries])
