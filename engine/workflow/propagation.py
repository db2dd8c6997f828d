"""Errors and escalations go outward: to the nearest scope that catches them, there to the most specific catcher."""

from engine.domain.outcome import TERMINATED, Thrown
from engine.workflow import events, termination, tokens
from engine.workflow.failures import Failure


def throw_error(run, origin, code, variables=None, message=None):
    """An error leaves an instance. Nobody catches it: it goes to the parent process, if somebody there does, else it is an incident."""
    found = next((each for each in _catchers(run, origin, "error") if catches(each[2], code)), None)
    if found:
        _fire(run, found, variables)
    elif any(caught in (None, code) for caught in _above(run, "error")):
        run.journal.append(run.outcome.thrown, Thrown("error", code, origin.node.id, variables=variables or {}))
        termination.end_process(run, TERMINATED)
    else:
        run.mark(tokens.again, origin)
        more = f": {message}" if message else ""
        raise Failure("UNHANDLED_ERROR_EVENT", f"Expected somebody to catch the error {code!r}, but nobody does{more}")


def throw_escalation(run, origin, code, variables=None):
    """An escalation leaves an instance. Nobody catches it: it goes to the parent process, if somebody there does; nothing is ended by it
    unless its catcher interrupts. -> whether anybody catches it."""
    found = next((each for each in _catchers(run, origin, "escalation") if catches(each[2], code)), None)
    if found:
        _fire(run, found, variables)
        return True
    for caught, interrupting in _above(run, "escalation"):
        if caught in (None, code):
            run.journal.append(run.outcome.thrown, Thrown("escalation", code, origin.node.id, variables=variables or {}))
            if interrupting:
                termination.end_process(run, TERMINATED)
            return True
    return False


def caught_above(run, instance):
    """What a child of this call activity may throw to it, nearest first: {"error": [code], "escalation": [[code, interrupting]]}.

    A code of None is every code. Empty where nobody catches anything.
    """
    errors = [catch.code for _, _, catch in _catchers(run, instance, "error")] + _above(run, "error")
    escalations = [[catch.code, event.interrupting] for _, event, catch in _catchers(run, instance, "escalation")]
    found = {"error": list(dict.fromkeys(errors)), "escalation": escalations + _above(run, "escalation")}
    return {kind: codes for kind, codes in found.items() if codes}


def catches(catch, code):
    """Does it catch this code? One without a code catches every one."""
    return catch.code is None or catch.code == code


def _above(run, kind):
    return run.instances[1].data.get("a", {}).get(kind, [])


def _fire(run, found, variables):
    instance, event, _ = found
    fire = events.fire_boundary if event.boundary else events.fire_subprocess
    fire(run, instance, event, variables)


def _catchers(run, origin, kind):
    """(instance, event, catch) from the innermost scope outward; in one scope those with a code first.

    An event sub-process does not catch what leaves it, and one that has interrupted its scope is the last of that scope to be started. The
    body of a loop has the boundary events, its rounds the event sub-processes.
    """
    scope, inside = origin, None
    while scope is not None:
        body = scope.is_body()
        if not body and not _is_interrupted(scope):
            starts = [handler.start for handler in scope.node.handlers if inside is None or handler is not inside.node]
            yield from _of(scope, starts, kind)
        if scope.parent is not None and scope.parent.node is not scope.node:
            yield from _of(scope, scope.node.boundaries, kind)
        scope, inside = scope.parent, scope


def _is_interrupted(scope):
    return any(kid.node.kind == "event_subprocess" and kid.node.start.interrupting for kid in scope.kids.values())


def _of(scope, events_, kind):
    found = [(scope, event, catch) for event in events_ for catch in event.catches if catch.kind == kind]
    return sorted(found, key=lambda each: each[2].code is None)
