"""A hashable key for every value, so that looking for equal values in a list takes one pass."""

from engine.feel.values.kinds import BOOLEAN, CONTEXT, DATE_TIME, LIST, NUMBER, RANGE, TIME, kind, number
from engine.feel.values.order import moment_key


def key(value, env):
    """Two values have the same key exactly if FEEL's `=` says true of them (or both are null)."""
    of = kind(value)
    if of == NUMBER:
        return of, number(value)
    if of == LIST:
        env.spend(len(value))
        return of, tuple([key(item, env) for item in value])
    if of == CONTEXT:
        env.spend(len(value))
        return of, frozenset([(name, key(item, env)) for name, item in value.items()])
    if of in (DATE_TIME, TIME):
        return of, moment_key(value)
    if of == RANGE:
        return of, value.sign, value.start_included, value.end_included, key(value.start, env), key(value.end, env)
    return (of, value) if of != BOOLEAN else (of, bool(value))
