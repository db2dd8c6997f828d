"""What an event catches or throws, compiled; and the start events of a process that something outside triggers."""

from datetime import UTC, datetime

from SpiffWorkflow.bpmn.specs.event_definitions.conditional import ConditionalEventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.item_aware_event import (
    ErrorEventDefinition,
    EscalationEventDefinition,
    SignalEventDefinition,
)
from SpiffWorkflow.bpmn.specs.event_definitions.multiple import MultipleEventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.simple import CancelEventDefinition, NoneEventDefinition, TerminateEventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.timer import (
    CycleTimerEventDefinition,
    DurationTimerEventDefinition,
    TimeDateEventDefinition,
)

from engine import feel
from engine.workflow import timers
from engine.workflow.dialect_events import CompensationEventDefinition, CorrelatedMessageDefinition, LinkEventDefinition
from engine.workflow.elements import Catch, Start

TIMERS = {TimeDateEventDefinition: "date", DurationTimerEventDefinition: "duration", CycleTimerEventDefinition: "cycle"}
WORDS = {
    ConditionalEventDefinition: "conditional",
    ErrorEventDefinition: "error",
    EscalationEventDefinition: "escalation",
    SignalEventDefinition: "signal",
    CancelEventDefinition: "cancel",
    TerminateEventDefinition: "terminate",
    CorrelatedMessageDefinition: "message",
    LinkEventDefinition: "link",
    CompensationEventDefinition: "compensation",
    **dict.fromkeys(TIMERS, "timer"),
}
WAITS = frozenset({"timer", "message", "signal", "conditional"})

#: position of an event -> the kinds that it can have there
ALLOWED = {
    "start event": WAITS,
    "start event of an event sub-process": WAITS | {"error", "escalation", "compensation"},
    "catching event": WAITS | {"link"},
    "event behind an event-based gateway": WAITS,
    "receive task": frozenset({"message"}),
    "send task": frozenset({"message"}),
    "throwing event": frozenset({"message", "signal", "escalation", "compensation", "link"}),
    "end event": frozenset({"message", "signal", "escalation", "compensation", "error", "terminate", "cancel"}),
    "boundary event": WAITS | {"error", "escalation", "compensation", "cancel"},
}
POSITIONS = {
    "START_EVENT": "start event",
    "INTERMEDIATE_CATCH_EVENT": "catching event",
    "RECEIVE_TASK": "receive task",
    "SEND_TASK": "send task",
    "INTERMEDIATE_THROW_EVENT": "throwing event",
    "END_EVENT": "end event",
    "BOUNDARY_EVENT": "boundary event",
}


def compile(compiler, element):
    """Fill `catches` of an event; of a gateway's or handler's neighbours only what they say themselves."""
    definition = getattr(element.spec, "event_definition", None)
    if definition is None:
        return
    if element.type == "EVENT_BASED_GATEWAY":
        _gateway(compiler, element)
        return
    position = POSITIONS[element.type] + (" of an event sub-process" if element.subprocess is not None else "")
    parts = definition.event_definitions if isinstance(definition, MultipleEventDefinition) else [definition]
    parts = [part for part in parts if not isinstance(part, NoneEventDefinition)]
    throws = element.kind == "throw"
    element.catches = tuple(_catch(compiler, part, throws) for part in parts)
    element.all_of = isinstance(definition, MultipleEventDefinition) and definition.parallel
    for catch in element.catches:
        if catch.kind not in ALLOWED[position]:
            compiler.refuse(f"Expected a {position} of {', '.join(sorted(ALLOWED[position]))}, but found {catch.kind}")
        _check(compiler, element, catch, position)
    if not element.catches and (position in ("catching event", "receive task", "boundary event") or element.subprocess is not None):
        compiler.refuse(f"Expected a {position} that waits for something, but it has no trigger")
    if element.boundary and element.start_listeners:
        compiler.refuse("Expected no start listener at a boundary event, because it begins when it has happened, but found one")
    if element.all_of and position == "start event":
        compiler.refuse("Expected a process to begin by one trigger, but its start event waits for several (parallelMultiple)")
    if element.kind == "catch" and element.catches and element.catches[0].kind == "link":
        element.kind = "none"
    if position == "start event" and element.parent.kind == "process":
        compiler.starts += [_start(compiler, element, catch) for catch in element.catches]
    if element.subprocess is not None and any(catch.kind == "compensation" for catch in element.catches):
        element.parent.parent.handler = element.subprocess


def _catch(compiler, definition, throws):
    kind = WORDS[type(definition)]
    if kind == "timer":
        return Catch(kind, timer=TIMERS[type(definition)], when=compiler.value(definition.expression))
    if kind == "message":
        return Catch(kind, name=compiler.value(definition.name), key=compiler.expression(definition.correlation_key))
    if kind == "signal":
        return Catch(kind, name=compiler.value(definition.name))
    if kind == "conditional":
        return Catch(kind, when=compiler.expression(definition.expression))
    if kind in ("error", "escalation"):
        if throws and not definition.code:
            compiler.refuse(f"Expected an {kind} with a code to throw, but it has none")
        if not throws and (definition.code or "").startswith("="):
            compiler.refuse(f"Expected an {kind} with a literal code to catch, but found '{definition.code}'")
        return Catch(kind, name=compiler.value(definition.code), code=definition.code or None)
    if kind == "compensation":
        return Catch(kind, name=definition.activity)
    return Catch(kind)


def _check(compiler, element, catch, position):
    if catch.kind == "message" and catch.key is None and position not in ("start event", "throwing event", "end event", "send task"):
        compiler.refuse("Expected a message with a correlation key (zeebe:subscription), but it has none")
    if catch.kind == "cancel" and element.boundary and not element.attached.transaction:
        compiler.refuse("Expected a cancel event at a transaction, but found it at another activity")
    if catch.kind == "cancel" and position == "end event" and not element.parent.transaction:
        compiler.refuse("Expected a cancel end event inside a transaction, but it is not")
    if catch.kind == "compensation" and element.boundary and element.attached.handler is None:
        compiler.refuse("Expected an association to an activity with isForCompensation, but there is none")
    if catch.kind in ("error", "cancel", "compensation") and not element.interrupting:
        compiler.refuse(f"Expected an interrupting event for {catch.kind}, but it is not")
    if catch.kind == "compensation" and catch.name is not None and not element.boundary and element.subprocess is None:
        around = element.parent.parent.elements if element.parent.kind == "event_subprocess" else ()
        if catch.name not in element.parent.elements and catch.name not in around:
            compiler.refuse(f"Expected an activity {catch.name!r} beside the event to compensate, but there is none")
    if catch.kind == "timer" and catch.when.literal:
        _check_timer(compiler, catch)


def _check_timer(compiler, catch):
    """A timer that is written out is read when it is deployed, not when a token is there."""
    text = catch.when(feel.Scope({}))
    try:
        timers.read(catch.timer, text, datetime.now(UTC))
    except ValueError as problem:
        compiler.refuse(str(problem))


def _gateway(compiler, element):
    for event in element.waits_for:
        if event.kind != "catch" or event.type == "EVENT_BASED_GATEWAY" or len(event.incoming) > 1:
            compiler.refuse(f"Expected catching events or receive tasks behind an event-based gateway, but found {event.id}")
        zeebe = event.spec.extensions.zeebe
        starts = any(listener.get("eventType") == "start" for listener in zeebe.get("executionListeners", ()))
        if event.boundaries or event.loop is not None or zeebe.get("inputs") or starts:
            compiler.refuse(
                f"Expected {event.id} behind the gateway without boundary events, loop, inputs or start listeners, but found some"
            )
    if len(element.waits_for) < 2:
        compiler.refuse(f"Expected at least two events behind an event-based gateway, but found {len(element.waits_for)}")


def _start(compiler, element, catch):
    scope = feel.Scope({})
    name = None
    if catch.kind in ("message", "signal"):
        name = catch.name(scope)
        if not isinstance(name, str) or not name:
            compiler.refuse(f"Expected the name of a {catch.kind} that needs no variables, but found '{catch.name.text}'")
    return Start(element.id, catch.kind, name, catch.timer, catch.when)
