"""Can every process begin and end, and can every element in it be reached?

A path may end at an element without outgoing flow: the standard allows this implicit end, the machine executes it, and it is accepted. What
is refused is a process or sub-process in which no path ends at all.
"""

from engine.gate.elements import called, is_event_subprocess, local, problem, reference, warning
from engine.gate.rules import links

EXECUTABLE = 'Tick "Executable" in the properties of the process.'


def check(diagram):
    """Problems of starts, ends and unreachable elements, scope by scope."""
    if not diagram.executable:
        at = diagram.drawn_only[0] if diagram.drawn_only else diagram.root
        yield problem(at, "NO_EXECUTABLE_PROCESS", "Expected at least one executable process, but there is none.", EXECUTABLE)
    elif diagram.drawn_only:
        for process in diagram.drawn_only:
            sentence = f"Expected only executable processes, but {called(process)} is not: it is kept as a drawing and cannot be started."
            yield warning(process, "NOT_EXECUTABLE", sentence, EXECUTABLE)
    for scope in diagram.scopes:
        yield from _starts(scope)
        yield from _ends(scope)
        yield from _borders(scope)
        yield from _event_subprocesses(scope)
        yield from _unreachable(scope)


def _starts(scope):
    starts = scope.of("startEvent")
    if scope.kind == "adHocSubProcess":
        for event in [*starts, *scope.of("endEvent")]:
            sentence = f"Expected no start or end event in {called(scope.element)}, but found {called(event)}."
            yield problem(
                event, "EVENT_IN_AD_HOC", sentence, "Delete it; what has no incoming flow can begin, and a path ends where no flow goes on."
            )
        if not _beginnings(scope):
            sentence = f"Expected at least one activity in {called(scope.element)} that can begin, but there is none."
            yield problem(scope.element, "EMPTY_AD_HOC", sentence, "Draw an activity without incoming flow.")
        return
    if not starts:
        yield problem(
            scope.element, "NO_START", f"Expected a start event in {called(scope.element)}, but there is none.", "Draw a start event."
        )
    several = starts if scope.kind != "process" else [event for event in starts if not _trigger(event)]
    for event in several[1:]:
        kind = "start event" if scope.kind != "process" else "start event without trigger"
        sentence = f"Expected one {kind} in {called(scope.element)}, but {called(event)} is another."
        yield problem(event, "SEVERAL_STARTS", sentence, "Keep one; let a gateway or the trigger of an event decide between ways to begin.")


def _trigger(event):
    return any(local(child).endswith(("EventDefinition", "DefinitionRef")) for child in event)


def _ends(scope):
    if scope.kind == "adHocSubProcess" or not scope.nodes:
        return
    caught = {links.name_of(event) for event in scope.of("intermediateCatchEvent")} - {""}
    last = [
        node
        for node in scope.nodes
        if not scope.outgoing[node.get("id")] and links.name_of(node) not in caught and not _waits_to_be_called(node)
    ]
    if not last:
        sentence = f"Expected at least one path of {called(scope.element)} to end, but every element in it leads on to another."
        yield problem(scope.element, "NO_END", sentence, "Draw a way out of the loop to an end event.")


def _waits_to_be_called(node):
    """What is not on any path: event sub-processes and activities that compensate."""
    return is_event_subprocess(node) or node.get("isForCompensation") == "true"


def _borders(scope):
    for node in scope.nodes:
        if scope.incoming[node.get("id")] and local(node) in ("startEvent", "boundaryEvent"):
            code = "START_WITH_INCOMING" if local(node) == "startEvent" else "BOUNDARY_WITH_INCOMING"
            sentence = f"Expected no flow into {called(node)}, but {called(scope.incoming[node.get('id')][0])} ends there."
            yield problem(node, code, sentence, "Let the flow end at a gateway or an activity after it.")
        if scope.outgoing[node.get("id")] and local(node) == "endEvent":
            sentence = f"Expected no flow out of {called(node)}, but {called(scope.outgoing[node.get('id')][0])} leaves it."
            yield problem(node, "END_WITH_OUTGOING", sentence, "Use an intermediate throw event, or delete the flow.")


def _event_subprocesses(scope):
    attached = {reference(event.get("attachedToRef")) for event in scope.of("boundaryEvent")}
    for node in scope.nodes:
        identifier = node.get("id")
        if is_event_subprocess(node) and (scope.incoming[identifier] or scope.outgoing[identifier]):
            sentence = f"Expected no flow to or from {called(node)}, because an event starts it, but there is one."
            yield problem(node, "EVENT_SUBPROCESS_WITH_FLOW", sentence, "Delete the flow, or make it an embedded sub-process.")
        if is_event_subprocess(node) and identifier in attached:
            sentence = f"Expected no boundary event on {called(node)}, because an event starts it, but there is one."
            yield problem(
                node, "EVENT_SUBPROCESS_WITH_BOUNDARY", sentence, "Put an embedded sub-process into it and attach the event to that."
            )


def _beginnings(scope):
    """What can begin in an ad-hoc sub-process."""
    return [
        node
        for node in scope.nodes
        if not scope.incoming[node.get("id")]
        and local(node) not in ("boundaryEvent", "startEvent", "endEvent")
        and not _waits_to_be_called(node)
    ]


def _unreachable(scope):
    first = _beginnings(scope) if scope.kind == "adHocSubProcess" else scope.of("startEvent")
    if not first:
        return
    seen, waiting = set(), [node.get("id") for node in [*first, *filter(is_event_subprocess, scope.nodes)]]
    onward = _leads_to(scope)
    while waiting:
        identifier = waiting.pop()
        if identifier not in seen:
            seen.add(identifier)
            waiting.extend(onward.get(identifier, ()))
    for node in scope.nodes:
        attached = local(node) != "boundaryEvent" or reference(node.get("attachedToRef")) in scope.ids
        if node.get("id") not in seen and node.get("isForCompensation") != "true" and attached:
            sentence = f"Expected every element to be reachable from a start, but no path leads to {called(node)}."
            yield problem(node, "UNREACHABLE", sentence, "Connect it, or delete it.")


def _leads_to(scope):
    """{id: ids of what can come next}, by flows, boundary events and links."""
    onward = {identifier: [reference(flow.get("targetRef")) for flow in flows] for identifier, flows in scope.outgoing.items()}
    for event in scope.of("boundaryEvent"):
        onward.setdefault(reference(event.get("attachedToRef")), []).append(event.get("id"))
    catches = {}
    for event in scope.of("intermediateCatchEvent"):
        catches.setdefault(links.name_of(event), []).append(event.get("id"))
    for event in scope.of("intermediateThrowEvent"):
        if links.name_of(event):
            onward.setdefault(event.get("id"), []).extend(catches.get(links.name_of(event), ()))
    return onward
