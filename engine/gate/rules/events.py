"""Does every event stand where the standard allows it, and does it say everything that it needs?"""

from engine.gate.elements import EVENTS, an, called, children, extension, local, problem, reference, words

BASIC = {"message", "timer", "signal", "conditional"}
# BPMN 2.0.2, table 10.93. "none": an event without definition.
ALLOWED = {
    "start of a process": {"none", *BASIC},
    "start of a sub-process": {"none"},
    "start of an event sub-process": {*BASIC, "error", "escalation", "compensate"},
    "boundary": {*BASIC, "error", "escalation", "compensate", "cancel"},
    "intermediate catch": {*BASIC, "link"},
    "intermediate throw": {"none", "message", "signal", "escalation", "compensate", "link"},
    "end": {"none", "message", "signal", "error", "escalation", "compensate", "cancel", "terminate"},
}
PLACES = {
    "endEvent": "end",
    "boundaryEvent": "boundary",
    "intermediateCatchEvent": "intermediate catch",
    "intermediateThrowEvent": "intermediate throw",
}
ALWAYS_INTERRUPTS = {"error", "cancel", "compensate"}  # BPMN 2.0.2, tables 10.86 and 10.89
ENDS_ALL = {"error", "cancel", "terminate"}  # nothing is left in the scope that could throw something else
REFERS = {"message": "messageRef", "signal": "signalRef", "error": "errorRef", "escalation": "escalationRef"}
NAMED_BY = {"message": "name", "signal": "name", "error": "errorCode", "escalation": "escalationCode"}
MAY_BE_ANY = {"error", "escalation"}  # a catch without reference catches every code
PLAIN_START = (
    "Take its trigger away: a sub-process begins when a token reaches it. Wait with a catch event, or make it an event sub-process."
)
# What else to do with a kind that stands in the wrong place.
STANDS = {
    "message": "Catch a message at a start, at a boundary or in between; throw it in between or at an end.",
    "timer": "Wait for a time with an intermediate catch event, a boundary event or a start event; nothing can throw one.",
    "signal": "Catch a signal at a start, at a boundary or in between; throw it in between or at an end.",
    "conditional": "Wait for a condition with an intermediate catch event, a boundary event or a start event; nothing can throw one.",
    "error": "Throw an error with an end event; catch it at the boundary of an activity, or by the start of an event sub-process.",
    "escalation": "Throw an escalation in between or at an end; catch it at a boundary, or by the start of an event sub-process.",
    "compensate": "Throw compensation in between or at an end; catch it at the boundary of an activity, or in an event sub-process of it.",
    "cancel": "Draw a cancel end event inside the transaction, and a cancel boundary event on it.",
    "terminate": "Draw a terminate end event, or interrupt with a boundary event.",
    "link": "Draw a link as an intermediate throw event, and its other end as an intermediate catch event.",
}


def check(diagram):
    """Problems of events, event by event."""
    for scope in diagram.scopes:
        for event in scope.of(*EVENTS):
            place = PLACES.get(local(event)) or _start_place(scope)
            definitions = diagram.definitions_of(event)
            kinds = [kind(definition) for definition in definitions] or ["none"]
            yield from _position(scope, event, place, kinds)
            yield from _begins_once(event, place)
            for definition in definitions:
                yield from _complete(diagram, event, definition, catches=local(event) not in ("endEvent", "intermediateThrowEvent"))
        yield from _caught_twice(diagram, scope)


def kind(definition):
    """The word of an event definition: timerEventDefinition -> timer."""
    return local(definition).removesuffix("EventDefinition")


def _start_place(scope):
    return {"process": "start of a process", "eventSubProcess": "start of an event sub-process"}.get(scope.kind, "start of a sub-process")


def _position(scope, event, place, kinds):
    for each in sorted(set(kinds) - ALLOWED[place]):
        if each == "none":
            sentence = f"Expected {called(event)} to say what it waits for, but it has no event definition."
            yield problem(event, "EVENT_WITHOUT_TRIGGER", sentence, "Choose a type with the wrench: message, timer, signal, conditional …")
        else:
            allowed = ", ".join(sorted(ALLOWED[place] - {"none"})) or "none"
            sentence = f"Expected {called(event)} at the {place} to be one of {allowed}, but it is {an(each)} event."
            remedy = PLAIN_START if place == "start of a sub-process" else STANDS[each]
            yield problem(event, "EVENT_NOT_ALLOWED_HERE", sentence, remedy)
    if len(kinds) > 1 and ("link" in kinds or (local(event) == "endEvent" and ENDS_ALL & set(kinds))):
        sentence = f"Expected {called(event)} to do one thing, but it has {len(kinds)} event definitions: {', '.join(kinds)}."
        yield problem(event, "EVENTS_EXCLUDE_EACH_OTHER", sentence, "Draw an event for each.")
    continues = event.get("cancelActivity") == "false" or (event.get("isInterrupting") == "false" and local(event) == "startEvent")
    if continues and ALWAYS_INTERRUPTS & set(kinds):
        word = min(ALWAYS_INTERRUPTS & set(kinds))
        sentence = f"Expected {called(event)} to interrupt, because every {word} event does, but it does not."
        yield problem(event, "MUST_INTERRUPT", sentence, "Choose the interrupting type with the wrench.")
    if "cancel" in kinds:
        attached = next((node for node in scope.nodes if node.get("id") == reference(event.get("attachedToRef"))), None)
        inside = scope.kind == "transaction" if local(event) == "endEvent" else attached is not None and local(attached) == "transaction"
        if not inside:
            sentence = f"Expected {called(event)} to belong to a transaction, but it does not."
            yield problem(event, "CANCEL_OUTSIDE_TRANSACTION", sentence, "Make the sub-process a transaction, or use an error event.")


def _begins_once(event, place):
    """Nothing is there before an instance that could remember which of its triggers have come; and a boundary event was never open."""
    if place == "start of a process" and event.get("parallelMultiple") == "true":
        sentence = f"Expected {called(event)} to begin by one of its triggers, but parallelMultiple asks for all of them."
        remedy = "Begin with one of them, and wait for the others behind it; or take parallelMultiple away, and each begins an instance."
        yield problem(event, "WAITS_BEFORE_IT_IS_THERE", sentence, remedy)
    listeners = extension(event, "executionListeners")
    if place == "boundary" and listeners is not None and any(each.get("eventType") == "start" for each in listeners):
        sentence = f"Expected no start listener at {called(event)}, because it begins when it has happened, but there is one."
        yield problem(event, "LISTENS_TOO_EARLY", sentence, "Make it an end listener, or give it to the activity.")


def _complete(diagram, event, definition, catches):
    word = kind(definition)
    if word == "conditional" and not "".join(child.text or "" for child in children(definition, "condition")).strip():
        yield problem(
            event, "EVENT_INCOMPLETE", f"Expected a condition in {called(event)}, but there is none.", "Enter the condition, = first."
        )
    if word == "link" and not (definition.get("name") or "").strip():
        yield problem(
            event, "EVENT_INCOMPLETE", f"Expected a link name in {called(event)}, but there is none.", "Enter the name of the link."
        )
    if word not in REFERS:
        return
    if not definition.get(REFERS[word]):
        by_worker = word == "message" and not catches and extension(event, "taskDefinition") is not None
        if not by_worker and not (catches and word in MAY_BE_ANY):
            sentence = f"Expected {called(event)} to name its {word}, but it names none."
            yield problem(event, "EVENT_INCOMPLETE", sentence, f"Choose or create the {word} in the section {word.capitalize()}.")
        return
    yield from named(diagram, event, definition, word)
    meant = diagram.called_by_reference(definition, REFERS[word], word)
    if catches and word in MAY_BE_ANY and meant is not None and (meant.get(NAMED_BY[word]) or "").strip().startswith("="):
        sentence = f"Expected {called(event)} to catch a fixed code, but the {words(NAMED_BY[word])} of {called(meant)} is an expression."
        yield problem(event, "CATCHES_COMPUTED_CODE", sentence, f"Enter a fixed code, or catch every {word}.")


def named(diagram, event, holder, word):
    """Problems of the message, signal, error or escalation that `holder` refers to: it has to have a name or code."""
    meant = diagram.called_by_reference(holder, REFERS[word], word)
    if meant is not None and not (meant.get(NAMED_BY[word]) or "").strip():
        sentence = f"Expected the {word} of {called(event)} to have a {words(NAMED_BY[word])}, but {called(meant)} has none."
        yield problem(event, "EVENT_INCOMPLETE", sentence, f"Enter the {words(NAMED_BY[word])} in the section {word.capitalize()}.")


def _caught_twice(diagram, scope):
    """Two events that catch the same thing of the same activity, or of the same scope: which one goes off would be chance."""
    groups = {}
    for event in scope.of("boundaryEvent"):
        groups.setdefault(reference(event.get("attachedToRef")), []).append(event)
    inner = [each for each in diagram.scopes if each.outer is scope and each.kind == "eventSubProcess"]
    groups[None] = [start for each in inner for start in each.of("startEvent")]
    if scope.kind == "process":
        groups[""] = scope.of("startEvent")
    for events in groups.values():
        seen = {}
        for event in events:
            for definition in diagram.definitions_of(event):
                word = kind(definition)
                if word not in REFERS or word == "signal":
                    continue
                meant = diagram.called_by_reference(definition, REFERS[word], word)
                key = word, "" if meant is None else (meant.get(NAMED_BY[word]) or "").strip()
                if key in seen and seen[key] is not event:
                    what = f"the {word} {key[1]!r}" if key[1] else f"every {word}"
                    sentence = f"Expected one event for {what}, but {called(seen[key])} and {called(event)} both catch it."
                    yield problem(event, "CAUGHT_TWICE", sentence, "Delete one, or let them catch different ones.")
                seen.setdefault(key, event)
