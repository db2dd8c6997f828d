"""Functions of lists (DMN 1.5, table 74); places count from 1, or from the end if negative."""

from decimal import Decimal

from engine.feel.functions.registry import built_in
from engine.feel.values.function import Function
from engine.feel.values.keys import key
from engine.feel.values.kinds import LIST, kind, shown
from engine.feel.values.size import listed


def _index(items, position, env, beyond=0):
    """A place as a Python index; None with a reason if the list has no such place. `beyond`: how far past the end it may be."""
    place = int(position)
    if place and -len(items) <= place <= len(items) + beyond:
        return place - 1 if place > 0 else len(items) + place
    return env.warn(f"Expected a place from 1 to {len(items) + beyond}, but found {position}")


@built_in("list contains(list: list, element: any)")
def list_contains(env, items, element):
    env.spend(len(items))
    wanted = key(element, env)
    return any(key(item, env) == wanted for item in items)


@built_in("count(list: list)")
def count(env, items):
    return Decimal(len(items))


@built_in("sublist(list: list, start position: number, length?: number)")
def sublist(env, items, start, length=None):
    begin = _index(items, start, env)
    if begin is None:
        return None
    if length is None:
        return listed(items[begin:], env)
    if not 1 <= int(length) <= len(items) - begin:
        return env.warn(f"Expected a length from 1 to {len(items) - begin}, but found {length}")
    return listed(items[begin : begin + int(length)], env)


@built_in("append(list: list, item...: any)")
def append(env, items, *more):
    return listed([*items, *more], env)


@built_in("concatenate(list...: list)")
def concatenate(env, *lists):
    return listed([item for items in lists for item in items], env)


@built_in("insert before(list: list, position: number, newItem: any)")
def insert_before(env, items, position, new):
    index = _index(items, position, env)
    return None if index is None else listed([*items[:index], new, *items[index:]], env)


@built_in("remove(list: list, position: number)")
def remove(env, items, position):
    index = _index(items, position, env)
    return None if index is None else listed([*items[:index], *items[index + 1 :]], env)


@built_in("list replace(list: list, position: number, newItem: any)")
def list_replace(env, items, position, new):
    index = _index(items, position, env)
    return None if index is None else listed([*items[:index], new, *items[index + 1 :]], env)


@built_in("list replace(list: list, match: function, newItem: any)")
def list_replace_where(env, items, match: Function, new):
    """Every item for which match(item, newItem) is true."""
    replaced = []
    for item in items:
        matched = match.call(env, [item, new])
        if not isinstance(matched, bool):
            return env.warn(f"Expected match(item, newItem) to be true or false, but found {shown(matched)}")
        replaced.append(new if matched else item)
    return listed(replaced, env)


@built_in("reverse(list: list)")
def reverse(env, items):
    return listed(items[::-1], env)


@built_in("index of(list: list, match: any)")
def index_of(env, items, match):
    env.spend(len(items))
    wanted = key(match, env)
    return [Decimal(place) for place, item in enumerate(items, 1) if key(item, env) == wanted]


@built_in("distinct values(list: list)")
def distinct_values(env, items):
    env.spend(len(items))
    return _distinct(env, items)


def _distinct(env, items):
    first = {}
    for item in items:
        first.setdefault(key(item, env), item)
    return list(first.values())


@built_in("union(list...: list)")
def union(env, *lists):
    return _distinct(env, listed([item for items in lists for item in items], env))


@built_in("duplicate values(list: list)")
def duplicate_values(env, items):
    """Each value that a list has more than once, once. Camunda's addition."""
    env.spend(len(items))
    seen, twice = set(), {}
    for item in items:
        found = key(item, env)
        if found in seen:
            twice.setdefault(found, item)
        seen.add(found)
    return list(twice.values())


@built_in("flatten(list: list)")
def flatten(env, items):
    flat, waiting = [], [iter(items)]
    while waiting:
        for item in waiting[-1]:
            env.spend(1)
            if kind(item) == LIST:
                waiting.append(iter(item))
                break
            flat.append(item)
        else:
            waiting.pop()
    return listed(flat, env)


@built_in("partition(list: list, size: number)")
def partition(env, items, size):
    """A list cut into lists of `size`. Camunda's addition."""
    step = int(size)
    if step < 1:
        return env.warn(f"Expected a size of at least 1, but found {size}")
    return listed([items[index : index + step] for index in range(0, len(items), step)], env)


@built_in("is empty(list: list)")
def is_empty(env, items):
    """Whether a list has no item. Camunda's addition."""
    return not items
