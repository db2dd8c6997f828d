"""Not, is, is defined: functions about truth and being there."""

from engine.feel.functions.registry import built_in
from engine.feel.values.kinds import DATE_TIME, TIME, kind
from engine.feel.values.order import equal
from engine.feel.values.text import zone


@built_in("not(negand: boolean)")
def not_(env, negand):
    return not negand


@built_in("is(value1: any, value2: any)")
def is_(env, one, other):
    """Whether both are the same element of the same type: unlike `=`, moments must have the same zone too (DMN 1.5, 10.3.4.5)."""
    if kind(one) != kind(other):
        return False
    if kind(one) in (DATE_TIME, TIME) and zone(one.tzinfo, None) != zone(other.tzinfo, None):
        return False
    return equal(one, other, env) is True


@built_in("is defined(value: any)")
def is_defined(env, value):
    """Whether there is such a variable or entry and it is not null. Camunda's addition."""
    return value is not None


@built_in("get or else(value: any, default: any)")
def get_or_else(env, value, default):
    """The value, or the other one if it is null. Camunda's addition."""
    return default if value is None else value
