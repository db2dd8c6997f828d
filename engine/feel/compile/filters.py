"""Filters: the item at a place, or all items for which a condition holds."""

from decimal import Decimal

from engine.feel.compile.build import compiles, fixed, quietly, weight
from engine.feel.scope import Item
from engine.feel.values.kinds import LIST, NUMBER, kind, number, shown


@compiles("filter")
def filter_(children, build):
    base = build.compile(children[0])
    inner = build.bind("item")
    condition, cost = inner.compile(children[1]), 1 + weight(children[1])
    if (known := fixed(condition)) and type(known[0]) is Decimal:
        place = known[0]
        return lambda scope: at(_items(base(scope)), place, scope.env)

    def run(scope):
        items = _items(base(scope))
        if not items:
            return _of_nothing(items, condition, scope)
        env, found = scope.env, []
        for index, item in enumerate(items):
            env.spend(cost)
            answer = condition(Item(item, scope))
            if answer is True:
                found.append(item)
            elif not index and kind(answer) == NUMBER:
                # Only its value tells a place from a condition.
                return at(items, answer, env)
        return found

    return run


def _of_nothing(items, condition, scope):
    """An empty list has no item to ask; whether a place or a condition was meant decides between null and an empty list."""
    if items is None:
        return scope.env.warn("Expected a list to filter, but found null")
    answer = quietly(condition)(Item(None, scope))
    return at(items, answer, scope.env) if kind(answer) == NUMBER else []


def _items(value):
    """A list itself; a single value as a list of it; null stays null."""
    if value is None or type(value) is list:
        return value
    return list(value) if kind(value) == LIST else [value]


def at(items, place, env):
    """The item at a place that counts from 1, or from the end if negative; null with a reason if there is none."""
    if items is None:
        return env.warn("Expected a list to filter, but found null")
    index = int(number(place) or 0)
    if index and -len(items) <= index <= len(items):
        return items[index - 1 if index > 0 else index]
    return env.warn(f"Expected a place from 1 to {len(items)}, but found {shown(place)}")
