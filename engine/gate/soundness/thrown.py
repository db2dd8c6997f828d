"""Who catches what is thrown: errors and escalations go outward, to the nearest scope that catches them (BPMN 2.0.2, 10.5.1 and 10.5.7)."""

from engine.gate.elements import is_event_subprocess, reference
from engine.gate.rules.events import ALWAYS_INTERRUPTS, NAMED_BY, REFERS, kind


def interrupts(diagram, event):
    """True for a boundary event, or the start event of an event sub-process, that ends what it belongs to."""
    kinds = {kind(definition) for definition in diagram.definitions_of(event)}
    return bool(ALWAYS_INTERRUPTS & kinds) or "false" not in (event.get("cancelActivity"), event.get("isInterrupting"))


def catcher(diagram, scope, definition):
    """The event that catches the error or escalation which this definition throws in this scope; None: nobody in the process does.

    A code that an expression computes is caught by the nearest event that catches all codes.
    """
    word = kind(definition)
    code = _code(diagram, definition, word)
    inside = None
    while scope is not None:
        handlers = [node for node in scope.nodes if is_event_subprocess(node) and node is not inside]
        if inside is not None and _has_interrupted(diagram, inside):
            handlers = []  # it is the last of its scope to be started
        starts = [start for handler in handlers for start in _starts(handler)]
        attached = _attached(scope) if scope.outer is not None and not is_event_subprocess(scope.element) else []
        for events in (starts, attached):
            heard = [(event, each) for event in events for each in diagram.definitions_of(event) if kind(each) == word]
            caught = [(_code(diagram, each, word), event) for event, each in heard]
            for wanted in (code, None):
                found = next((event for own, event in caught if own == wanted), None)
                if found is not None:
                    return found
        scope, inside = scope.outer, scope.element
    return None


def _has_interrupted(diagram, inside):
    """Is it an event sub-process that has ended everything else around it? One that compensates begins when that is over already."""
    starts = _starts(inside) if is_event_subprocess(inside) else []
    undoes = any(kind(each) == "compensate" for start in starts for each in diagram.definitions_of(start))
    return not undoes and any(interrupts(diagram, start) for start in starts)


def _starts(handler):
    return [node for node in handler if node.tag.endswith("}startEvent")]


def _attached(scope):
    return [event for event in scope.outer.of("boundaryEvent") if reference(event.get("attachedToRef")) == scope.element.get("id")]


def _code(diagram, definition, word):
    """The code, "" for one that an expression computes, None for every code."""
    meant = diagram.called_by_reference(definition, REFERS[word], word)
    text = None if meant is None else (meant.get(NAMED_BY[word]) or "").strip()
    return "" if text is not None and text.startswith("=") else text
