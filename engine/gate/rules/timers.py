"""Does every timer have the one expression that its place allows?"""

from engine.gate.elements import EVENTS, called, children, local, problem

EXPRESSIONS = {"timeDate": "a date", "timeDuration": "a duration", "timeCycle": "a cycle"}
ENTER = "Choose date, duration or cycle in the section Timer and enter the value."


def check(diagram):
    """Problems of timers, event by event. What their texts look like is checked with all other values."""
    for scope in diagram.scopes:
        for event in scope.of(*EVENTS):
            for definition in diagram.definitions_of(event):
                if local(definition) == "timerEventDefinition":
                    yield from _timer(scope, event, definition)


def _timer(scope, event, definition):
    found = [local(child) for child in children(definition, *EXPRESSIONS) if (child.text or "").strip()]
    if len(found) != 1:
        but = f"it has {' and '.join(EXPRESSIONS[name] for name in found)}" if found else "it has none"
        sentence = f"Expected {called(event)} to have a date, a duration or a cycle, but {but}."
        yield problem(event, "TIMER_WITHOUT_TIME" if not found else "TIMER_WITH_SEVERAL_TIMES", sentence, ENTER)
        return
    allowed = _allowed(scope, event)
    if found[0] not in allowed:
        sentence = (
            f"Expected {called(event)} to have {' or '.join(EXPRESSIONS[name] for name in allowed)}, but it has {EXPRESSIONS[found[0]]}."
        )
        yield problem(event, "TIMER_NOT_ALLOWED_HERE", sentence, ENTER)


def _allowed(scope, event):
    """A process that nothing has started has no moment from which a duration could run; what goes off once cannot be repeated."""
    if local(event) == "startEvent" and scope.kind == "process":
        return ("timeDate", "timeCycle")
    repeats = event.get("cancelActivity") == "false" if local(event) == "boundaryEvent" else event.get("isInterrupting") == "false"
    return (
        ("timeDate", "timeDuration", "timeCycle") if repeats and local(event) != "intermediateCatchEvent" else ("timeDate", "timeDuration")
    )
