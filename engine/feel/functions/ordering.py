"""Sorting a list by a function that says which of two items comes first (DMN 1.5, table 76)."""

from functools import cmp_to_key

from engine.feel.functions.registry import built_in
from engine.feel.values.size import listed


@built_in("sort(list: list, precedes: function)")
def sort(env, items, precedes):
    """Items of which neither precedes the other keep their order."""

    def order(one, other):
        env.spend(1)
        if precedes.call(env, [one, other]) is True:
            return -1
        return 1 if precedes.call(env, [other, one]) is True else 0

    return sorted(listed(items, env), key=cmp_to_key(order))
