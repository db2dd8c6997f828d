"""Does every compensation event lead to the activity that undoes, is that reached in no other way, and is there something to undo?"""

from engine.gate.elements import ACTIVITIES, SUB_PROCESSES, called, children, local, problem, reference

CONNECT = "Connect the event with the activity that undoes by a dotted association; the modeler then marks the activity."


def check(diagram):
    """Problems of compensation, scope by scope."""
    undone = set()
    for scope in diagram.scopes:
        by_id = {node.get("id"): node for node in scope.nodes}
        handlers = set()
        for event in scope.of("boundaryEvent"):
            if any(local(definition) == "compensateEventDefinition" for definition in diagram.definitions_of(event)):
                undone.add(reference(event.get("attachedToRef")))
                yield from _handler(scope, event, by_id, handlers)
        for node in scope.of(*ACTIVITIES):
            if node.get("isForCompensation") == "true":
                yield from _undoing(scope, node, handlers)
    for scope in diagram.scopes:
        for event in scope.of("intermediateThrowEvent", "endEvent"):
            yield from _named(diagram, event, undone)


def _handler(scope, event, by_id, handlers):
    lines = [line for line in children(scope.element, "association") if reference(line.get("sourceRef")) == event.get("id")]
    targets = [by_id.get(reference(line.get("targetRef"))) for line in lines]
    activities = [target for target in targets if target is not None and local(target) in ACTIVITIES]
    if len(activities) != 1 or activities[0].get("isForCompensation") != "true":
        but = (
            f"there are {len(activities)}"
            if len(activities) > 1
            else f"{called(activities[0])} does not compensate"
            if activities
            else "there is none"
        )
        sentence = f"Expected an association from {called(event)} to one activity that compensates, but {but}."
        yield problem(event, "COMPENSATION_WITHOUT_HANDLER", sentence, CONNECT)
    if scope.outgoing[event.get("id")]:
        sentence = (
            f"Expected no flow out of {called(event)}, because a compensation event is connected by an association, but there is one."
        )
        yield problem(event, "COMPENSATION_WITH_FLOW", sentence, CONNECT)
    handlers.update(activity.get("id") for activity in activities)


def _undoing(scope, node, handlers):
    identifier = node.get("id")
    if scope.incoming[identifier] or scope.outgoing[identifier]:
        sentence = f"Expected no flow to or from {called(node)}, because it compensates, but there is one."
        yield problem(node, "COMPENSATION_WITH_FLOW", sentence, CONNECT)
    if identifier not in handlers:
        sentence = f"Expected a compensation event that leads to {called(node)}, because it compensates, but there is none."
        yield problem(node, "UNREACHABLE", sentence, CONNECT)


def _named(diagram, event, undone):
    """Of a sub-process what is inside is undone; anything else needs a compensation event of its own."""
    for definition in diagram.definitions_of(event):
        activity = reference(definition.get("activityRef")) if local(definition) == "compensateEventDefinition" else ""
        for node in diagram.by_id.get(activity, ()):
            if local(node) in ACTIVITIES and local(node) not in SUB_PROCESSES and activity not in undone:
                sentence = f"Expected something that undoes {called(node)}, because {called(event)} compensates it, but there is none."
                remedy = "Attach a compensation event to it and connect that with the activity that undoes, or throw without naming it."
                yield problem(event, "COMPENSATES_NOTHING", sentence, remedy)
