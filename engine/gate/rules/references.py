"""Does every id stand once, and does every reference lead to an element of the right kind in the right place?"""

import re

from engine.gate.elements import ACTIVITIES, DEFINITIONS, NODES, an, called, local, problem, reference, words

NAME = re.compile(r"[^\W\d][\w.\-]*\Z")  # an NCName, as the standard asks of an id
LENGTH = 200

TARGETS = {  # the kinds of the whitelist that are more than one element
    "node": NODES,
    "activity": ACTIVITIES,
    "eventDefinition": DEFINITIONS,
}
DRAW_AGAIN = "Draw it again, or open and save the file in the modeler."


def check(diagram):
    """Problems of ids and references, in document order."""
    yield from _ids(diagram)
    for element, row in diagram.parts:
        for attribute, kind in row.attributes.items():
            if kind.startswith(">") and element.get(attribute) is not None:
                yield from _leads(diagram, element, attribute, element.get(attribute), kind[1:])
        if row.text and row.text.startswith(">"):
            yield from _leads(diagram, element, None, element.text, row.text[1:])
    for scope in diagram.scopes:
        yield from _flows(diagram, scope)
        yield from _boundaries(diagram, scope)
        yield from _defaults(scope)
        yield from _compensated(diagram, scope)


def _ids(diagram):
    for identifier, holders in diagram.by_id.items():
        for twin in holders[1:]:
            sentence = f"Expected the id {identifier} once, but {called(twin)} in line {twin.sourceline} has it again."
            yield problem(twin, "DUPLICATE_ID", sentence, "Give it an id of its own.")
        if not NAME.match(identifier) or len(identifier) > LENGTH:
            sentence = f"Expected an id of letters, digits, _ - and . that begins with a letter or _, but found {identifier[:LENGTH]!r}."
            yield problem(holders[0], "BAD_ID", sentence, "Change the id in the section General.")
    for element, row in diagram.parts:
        if local(element) in NODES or local(element) in ("process", "sequenceFlow", "message", "signal", "error", "escalation"):
            if not element.get("id") and "id" in row.attributes:
                sentence = f"Expected an id, but {called(element)} in line {element.sourceline} has none."
                yield problem(element, "MISSING_ID", sentence, "Enter an id in the section General.")


def _leads(diagram, element, attribute, text, kind):
    identifier = reference(text)
    found = diagram.by_id.get(identifier, ())
    if any(kind == "any" or local(each) in TARGETS.get(kind, (kind,)) for each in found):
        return
    what = "an element" if kind in ("any", "node") else an(words(kind))
    where = f"{attribute} of {called(element)}" if attribute else f"{words(local(element))} in {called(element.getparent())}"
    but = f"{identifier} is {called(found[0])}" if found else f"there is no {identifier or 'id'}"
    yield problem(element, "DANGLING_REFERENCE", f"Expected {where} to name {what} of this file, but {but}.", DRAW_AGAIN)


def _flows(diagram, scope):
    """A flow connects two elements of the scope in which it stands: it does not cross the border of a pool or a sub-process."""
    for flow in scope.flows:
        for attribute in ("sourceRef", "targetRef"):
            end = reference(flow.get(attribute))
            if flow.get(attribute) is None:
                sentence = f"Expected both ends of {called(flow)}, but {attribute} is missing."
                yield problem(flow, "DANGLING_REFERENCE", sentence, DRAW_AGAIN)
            elif end not in scope.ids and end in diagram.by_id:
                sentence = f"Expected {called(flow)} to stay inside {called(scope.element)}, but {attribute} {end} is not directly in it."
                yield problem(
                    flow, "FLOW_CROSSES_BORDER", sentence, "Let the flow end at the border, and use an event to reach the other side."
                )


def _boundaries(diagram, scope):
    for event in scope.of("boundaryEvent"):
        attached = reference(event.get("attachedToRef"))
        if not attached:
            sentence = f"Expected {called(event)} to be attached to an activity, but it is attached to nothing."
            yield problem(event, "DANGLING_REFERENCE", sentence, "Drag it onto the border of an activity.")
        elif attached not in scope.ids and attached in diagram.by_id:
            sentence = f"Expected {called(event)} to be attached to an activity of the same scope, but {attached} is not directly in it."
            yield problem(event, "ATTACHED_ELSEWHERE", sentence, "Drag it onto the border of an activity beside it.")


def _defaults(scope):
    for node in scope.nodes:
        default = node.get("default")
        if default and reference(default) not in [flow.get("id") for flow in scope.outgoing[node.get("id")]]:
            sentence = f"Expected the default flow of {called(node)} to leave it, but {reference(default)} does not."
            yield problem(node, "DEFAULT_NOT_OUTGOING", sentence, "Choose a flow that leaves it as the default flow.")


def _compensated(diagram, scope):
    """What is compensated stands in the scope of the throw, or in the scope around it where an event sub-process throws."""
    reachable = scope.ids | scope.outer.ids if scope.kind == "eventSubProcess" else scope.ids
    for event in scope.of("intermediateThrowEvent", "endEvent"):
        for definition in event:
            activity = reference(definition.get("activityRef")) if local(definition) == "compensateEventDefinition" else ""
            if activity in diagram.by_id and activity not in reachable:
                sentence = f"Expected {called(event)} to compensate an activity of its own scope, but {activity} is not in it."
                yield problem(event, "COMPENSATES_ELSEWHERE", sentence, "Choose an activity beside it, or throw without naming one.")
