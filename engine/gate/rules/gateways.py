"""Is every choice between flows complete, and does every condition stand where it can matter?"""

from engine.gate.elements import ACTIVITIES, called, children, extension, local, problem, reference, zeebe_name

CHOOSES = ("exclusiveGateway", "inclusiveGateway")
CONDITIONAL = {*CHOOSES, "complexGateway", *ACTIVITIES}  # BPMN 2.0.2, table 8.49: what may be the source of a conditional flow
WAITS = ("messageEventDefinition", "timerEventDefinition", "signalEventDefinition", "conditionalEventDefinition")


def check(diagram):
    """Problems of conditions, default flows and gateways, scope by scope."""
    for scope in diagram.scopes:
        for node in scope.nodes:
            flows = scope.outgoing[node.get("id")]
            default = reference(node.get("default"))
            yield from _conditions(node, flows, default)
            if local(node) == "eventBasedGateway":
                yield from _event_gateway(diagram, scope, node, flows)
            if local(node) == "complexGateway" and len(scope.incoming[node.get("id")]) > 1 and not children(node, "activationCondition"):
                sentence = f"Expected {called(node)} to say what it waits for, but it has no activation condition."
                remedy = "Enter an activation condition such as =activationCount >= 2, or use a parallel or inclusive gateway."
                yield problem(node, "COMPLEX_WITHOUT_CONDITION", sentence, remedy)


def _conditions(node, flows, default):
    for flow in flows:
        conditional = bool(children(flow, "conditionExpression"))
        if conditional and local(node) not in CONDITIONAL:
            sentence = f"Expected no condition on {called(flow)}, because {called(node)} follows all its flows, but there is one."
            yield problem(flow, "CONDITION_WITHOUT_EFFECT", sentence, "Delete the condition, or put an exclusive gateway in between.")
        elif conditional and flow.get("id") == default:
            sentence = f"Expected no condition on {called(flow)}, because it is the default flow of {called(node)}, but there is one."
            yield problem(flow, "DEFAULT_WITH_CONDITION", sentence, "Delete the condition, or make another flow the default.")
        elif not conditional and local(node) in CHOOSES and len(flows) > 1 and flow.get("id") != default:
            sentence = f"Expected a condition on {called(flow)}, because {called(node)} chooses between its flows, but there is none."
            yield problem(flow, "FLOW_WITHOUT_CONDITION", sentence, "Enter a condition, or make it the default flow.")


def _event_gateway(diagram, scope, gateway, flows):
    if len(flows) < 2:
        sentence = f"Expected at least two flows out of {called(gateway)}, but there {'is one' if flows else 'are none'}."
        yield problem(gateway, "EVENT_GATEWAY_FLOWS", sentence, "Draw a second event, or wait for the one event without a gateway.")
    by_id = {node.get("id"): node for node in scope.nodes}
    for flow in flows:
        target = by_id.get(reference(flow.get("targetRef")))
        if target is None:
            continue
        kinds = [local(definition) for definition in diagram.definitions_of(target)]
        if local(target) != "receiveTask" and not (
            local(target) == "intermediateCatchEvent" and kinds and all(kind in WAITS for kind in kinds)
        ):
            sentence = f"Expected {called(gateway)} to lead to what waits for an event, but {called(target)} does not."
            yield problem(target, "EVENT_GATEWAY_TARGET", sentence, "Draw a catch event or a receive task after the gateway.")
        elif len(scope.incoming[target.get("id")]) > 1:
            sentence = f"Expected {called(target)} to be reached from {called(gateway)} alone, but another flow ends there too."
            yield problem(target, "EVENT_GATEWAY_TARGET_SHARED", sentence, "Draw a second event for the other flow.")
        else:
            yield from _only_waits(scope, gateway, target)


def _only_waits(scope, gateway, target):
    """What stands behind the gateway begins when its event is there: it was never open, so nothing can be attached to it before."""
    attached = [event for event in scope.of("boundaryEvent") if reference(event.get("attachedToRef")) == target.get("id")]
    loops = children(target, "multiInstanceLoopCharacteristics", "standardLoopCharacteristics")
    mapping = extension(target, "ioMapping")
    inputs = [] if mapping is None else [each for each in mapping if zeebe_name(each) == "input"]
    for what, there in (("boundary events", attached), ("a loop", loops), ("input mappings", inputs)):
        if there:
            sentence = f"Expected {called(target)} behind {called(gateway)} to have no {what.removeprefix('a ')}, but it has {what}."
            yield problem(target, "EVENT_GATEWAY_TARGET_OPEN", sentence, "Use a message catch event, or draw what is needed behind it.")
