"""Throwing and end events, and send tasks: each thing that they throw, in order; then they are over."""

from decimal import Decimal

from engine.domain import values
from engine.domain.outcome import Thrown
from engine.workflow import compensation, events, propagation, subscriptions, termination, timers, tokens
from engine.workflow.failures import Failure, unexpected


def begin(run, instance):
    """Throw everything that the event is defined for. What an error, an end or a cancellation leaves alive goes on by itself.

    An escalation that nobody hears is an incident, so that somebody does: what was thrown beside it stays, and resolved it goes on.
    """
    kinds, unheard = set(), None
    for catch in instance.node.catches:
        kinds.add(catch.kind)
        unheard = _THROW[catch.kind](run, instance, catch) or unheard
        if not instance.alive or catch.kind in ("compensation", "cancel"):
            return
    if unheard is not None:
        run.mark(tokens.finish, instance)
        sentence = f"Expected somebody to catch the escalation {unheard!r}, but nobody does; resolve the incident, and the token goes on"
        raise Failure("UNHANDLED_ESCALATION_EVENT", sentence)
    if "signal" in kinds:
        run.send(instance.parent, settle, instance)
    else:
        tokens.finish(run, instance)


def settle(run, instance, _):
    """An item: who waited for the signal hears it before the thrower goes on."""
    run.send(instance.parent, tokens.finish, instance)


def _message(run, instance, catch):
    """What the input mappings made is the message's payload."""
    work = instance.node.work
    message = Thrown(
        "message",
        subscriptions.name_of(catch, instance),
        instance.node.id,
        correlation_key=_word(work.key, instance, "a string or number to correlate by"),
        time_to_live=_milliseconds(work.time_to_live, instance, run),
        message_id=_word(work.message_id, instance, "the id of a message"),
        variables=instance.local(),
    )
    run.journal.append(run.outcome.thrown, message)


def _signal(run, instance, catch):
    name, payload = subscriptions.name_of(catch, instance), instance.local()
    run.journal.append(run.outcome.thrown, Thrown("signal", name, instance.node.id, variables=payload))
    run.send(instance.parent, events.broadcast, instance.parent, (name, payload))


def _error(run, instance, catch):
    propagation.throw_error(run, instance, _code(catch, instance))


def _escalation(run, instance, catch):
    """-> its code, where nobody catches it."""
    code = _code(catch, instance)
    return None if propagation.throw_escalation(run, instance, code, instance.local()) else code


def _terminate(run, instance, catch):
    scope = instance.parent
    run.remove(instance)
    subscriptions.close_all(run, scope, {handler.start.id for handler in scope.node.handlers})
    termination.clear(run, scope)


def _link(run, instance, catch):
    """Nothing: the flow out of a throwing link leads to the catching one."""


_THROW = {
    "message": _message,
    "signal": _signal,
    "error": _error,
    "escalation": _escalation,
    "terminate": _terminate,
    "link": _link,
    "compensation": compensation.begin,
    "cancel": compensation.begin,
}


def _code(catch, scope):
    code = catch.name(scope)
    if not isinstance(code, str) or not code:
        raise unexpected(scope, catch.name, f"the code of an {catch.kind}", code)
    return code


def _word(expression, scope, wanted):
    if expression is None:
        return None
    value = expression(scope)
    if isinstance(value, Decimal):
        return values.number(value)
    if value is not None and not isinstance(value, str):
        raise unexpected(scope, expression, wanted, value)
    return value


def _milliseconds(expression, scope, run):
    if expression is None:
        return 0
    when, _ = timers.due("duration", expression, scope, run.now)
    if when < run.now:
        raise Failure("EXTRACT_VALUE_ERROR", f"Expected a time to live from 0 upwards from '{expression.text}', but it is negative")
    return round((when - run.now).total_seconds() * 1000)
