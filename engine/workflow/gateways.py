"""Where tokens part and meet. Joins count tokens per incoming flow in their scope; an inclusive join looks for what can still reach it."""

from engine import feel
from engine.workflow import mappings, tokens
from engine.workflow.failures import Failure


def passes(run, instance):
    """A gateway, or an event that nobody waits for: it is over as soon as it begins."""
    node = instance.node
    if node.outputs or node.end_listeners or instance.data or node.boundaries:
        tokens.finish(run, instance)
    else:
        tokens.leave(run, instance)


# -- parting


def exclusive(run, instance):
    """The first flow, in the order of the diagram, whose condition is true; else the default."""
    node = instance.node
    for flow in node.flows:
        if flow is not node.default and holds(flow, instance):
            return (flow,)
    return (node.default,) if node.default is not None else _stuck(node)


def inclusive(run, instance):
    """Every flow whose condition is true; the default where no condition was."""
    return several(instance.node, instance)


def conditional(run, instance):
    """Conditional flows out of an activity or event: as an inclusive gateway, seen from the scope around it."""
    return several(instance.node, instance.parent)


def several(node, scope):
    """Flows without a condition and flows whose condition is true; the default where no condition was."""
    taken = [flow for flow in node.flows if flow is not node.default and holds(flow, scope)]
    if node.default is not None and not any(flow.test for flow in taken):
        taken.append(node.default)
    return taken or _stuck(node)


def holds(flow, scope):
    """Is the flow's condition true? One that is neither true nor false is an incident."""
    return flow.test is None or mappings.flag(scope, flow.test, f"the condition of flow {flow.id}")


def _stuck(node):
    raise Failure("CONDITION_ERROR", f"Expected a flow out of {node.id} whose condition is true, or a default flow, but there is none")


# -- meeting


def meet(run, scope, node, flow):
    """A parallel join: does this token complete a set of one per incoming flow?"""
    flows = _wait(run, scope, node, flow)
    if len(flows) < len(node.incoming):
        return False
    _take(run, scope, node, flows)
    return True


def gather(run, scope, node, flow):
    """An inclusive join: the token waits until nothing else can come, which is known only when nothing moves."""
    _wait(run, scope, node, flow)
    run.waiting[scope.number] = scope
    return False


def activate(run, scope, node, flow):
    """A complex gateway: it fires once its activation condition holds, and waits for the rest before it can fire again."""
    flows = _wait(run, scope, node, flow)
    run.waiting[scope.number] = scope
    fired = scope.data.get("J", ())
    if node.id in fired or node.activation is None:
        return False
    count = feel.Scope({"activationCount": sum(flows.values())}, scope, scope.env)
    if not mappings.flag(count, node.activation, f"the activation condition of {node.id}"):
        return False
    run.journal.put(scope.data, "J", [*fired, node.id])
    return True


def gather_quantity(run, scope, node, _):
    """An activity with a start quantity: does this token complete it?"""
    flows = _wait(run, scope, node, None)
    if flows[""] < node.start_quantity:
        return False
    _take(run, scope, node, flows, node.start_quantity)
    return True


def _wait(run, scope, node, flow):
    """A token waits at a join. -> {flow id: tokens} there."""
    key, journal = flow.id if flow is not None else "", run.journal
    joins = scope.data.get("j")
    if joins is None:
        journal.put(scope.data, "j", {})
        joins = scope.data["j"]
    flows = joins.get(node.id)
    if flows is None:
        journal.put(joins, node.id, {})
        flows = joins[node.id]
    journal.put(flows, key, flows.get(key, 0) + 1)
    journal.assign(scope, "n", scope.n + 1)
    return flows


def _take(run, scope, node, flows, count=1):
    """Take a token of every flow that has one; what is left waits for the next round."""
    journal = run.journal
    for key in list(flows):
        journal.assign(scope, "n", scope.n - count)
        if flows[key] > count:
            journal.put(flows, key, flows[key] - count)
        else:
            journal.drop(flows, key)
    joins = scope.data["j"]
    if not flows:
        journal.drop(joins, node.id)
        if not joins:
            journal.drop(scope.data, "j")


def release(run):
    """Let one inclusive or complex join go that nothing more can reach, at a moment when nothing moves (BPMN 2.0, table 13.3).

    -> did one go? A token can still come from an element that is alive in the same scope, or from another join where one waits, if a
    path leads from there to a flow that has no token yet, and none to a flow that has one.
    """
    for scope in list(run.waiting.values()):
        joins = scope.data.get("j", {}) if scope.alive else {}
        asking = [run.definition.elements[id] for id in joins if run.definition.elements[id].upstream is not None]
        if not asking:
            del run.waiting[scope.number]
        for node in asking:
            if _reachable(scope, joins, node):
                continue
            fired = scope.data.get("J", ())
            if node.kind == "complex" and node.id not in fired:
                continue
            run.mark(go_through, scope, node)
            _take(run, scope, node, joins[node.id])
            if node.id in fired:
                run.journal.put(scope.data, "J", [id for id in fired if id != node.id])
                if not scope.n:
                    run.emptied(scope)
            else:
                run.send(scope, go_through, scope, node)
            return True
    return False


def _reachable(scope, joins, node):
    flows = joins[node.id]
    full = [node.upstream[flow] for flow in flows]
    empty = [upstream for flow, upstream in node.upstream.items() if flow not in flows]
    held = [child.data["!"][1] for child in scope.kids.values() if child.node is node and child.data.get("!", [""])[0] == "arrive"]
    if any(flow not in flows for flow in held):
        return True
    places = {child.node.id for child in scope.kids.values()} | set(joins)
    return any(any(place in up for up in empty) and not any(place in up for up in full) for place in places)


def go_through(run, scope, node):
    """An item: the join has taken its tokens, and one goes on."""
    tokens.enter(run, run.enter(node, scope))
