"""Functions that make one value of a list or of several arguments (DMN 1.5, table 74)."""

from collections import Counter
from decimal import Decimal

from engine.feel.functions.registry import built_in
from engine.feel.values.kinds import NUMBERS, number, shown
from engine.feel.values.order import comparable


def _of_list_or_arguments(name, parameter="list"):
    """Declare one function for `name([a, b])` and `name(a, b)`."""

    def register(run):
        built_in(f"{name}({parameter}: list)")(run)
        built_in(f"{name}(values...: any)")(lambda env, *values: run(env, list(values)))
        return run

    return register


def _numbers(name, items, env):
    """The items as numbers; None with a reason if one is none, or if there is nothing to add up."""
    env.spend(len(items))
    found = [number(item) for item in items]
    if not found or None in found:
        odd = next((item for item, value in zip(items, found, strict=True) if value is None), [])
        return env.warn(f"Expected a list of numbers for {name}, but found {shown(odd) if items else 'an empty one'}")
    return found


@_of_list_or_arguments("min")
def minimum(env, items):
    return _extreme("min", items, env, lambda pair: pair[0] < pair[1])


@_of_list_or_arguments("max")
def maximum(env, items):
    return _extreme("max", items, env, lambda pair: pair[0] > pair[1])


def _extreme(name, items, env, better):
    if not items:
        return env.warn(f"Expected a list with items for {name}, but found an empty one")
    env.spend(len(items))
    best = items[0]
    for item in items:
        pair = comparable(item, best)
        if pair is None:
            return env.warn(f"Expected items that can be compared for {name}, but found {shown(item)} and {shown(best)}")
        if better(pair):
            best = item
    return best


@_of_list_or_arguments("sum")
def total(env, items):
    values = _numbers("sum", items, env)
    return values and _sum(values)


def _sum(values):
    result = Decimal(0)
    for value in values:
        result = NUMBERS.add(result, value)
    return result


@_of_list_or_arguments("product")
def product(env, items):
    values = _numbers("product", items, env)
    if values is None:
        return None
    result = Decimal(1)
    for value in values:
        result = NUMBERS.multiply(result, value)
    return result


@_of_list_or_arguments("mean")
def mean(env, items):
    values = _numbers("mean", items, env)
    return values and NUMBERS.divide(_sum(values), len(values))


@_of_list_or_arguments("median")
def median(env, items):
    values = _numbers("median", items, env)
    if values is None:
        return None
    values.sort()
    middle = len(values) // 2
    return values[middle] if len(values) % 2 else NUMBERS.divide(NUMBERS.add(values[middle - 1], values[middle]), 2)


@_of_list_or_arguments("stddev")
def standard_deviation(env, items):
    """Of a sample: the divisor is one less than the number of items."""
    values = _numbers("stddev", items, env)
    if values is None:
        return None
    if len(values) < 2:
        return env.warn("Expected at least two numbers for stddev, but found one")
    average = NUMBERS.divide(_sum(values), len(values))
    squares = [NUMBERS.power(NUMBERS.subtract(value, average), 2) for value in values]
    return NUMBERS.sqrt(NUMBERS.divide(_sum(squares), len(values) - 1))


@_of_list_or_arguments("mode")
def mode(env, items):
    """The most frequent numbers, ascending; an empty list for an empty one."""
    if not items:
        return []
    values = _numbers("mode", items, env)
    if values is None:
        return None
    counts = Counter(values)
    most = max(counts.values())
    return sorted(value for value, often in counts.items() if often == most)


@_of_list_or_arguments("all")
def all_(env, items):
    env.spend(len(items))
    return _judged("all", items, False, env)


@_of_list_or_arguments("any")
def any_(env, items):
    env.spend(len(items))
    return _judged("any", items, True, env)


def _judged(name, items, decisive, env):
    if any(item is decisive for item in items):
        return decisive
    odd = [item for item in items if not isinstance(item, bool)]
    return env.warn(f"Expected a list of booleans for {name}, but found {shown(odd[0])}") if odd else not decisive
