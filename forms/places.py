"""Values at paths of names and row numbers, in what was sent, in what the case knows, and in what is made of them."""

from decimal import Decimal
from itertools import pairwise

DEPTH = 40  # lists and objects inside each other in a submission; what a case holds may go twice as deep
ABSENT = object()


def get(data, path):
    """The value at `path` (names and row numbers), ABSENT where there is none."""
    for step in path:
        named = isinstance(step, str) and isinstance(data, dict) and step in data
        counted = isinstance(step, int) and isinstance(data, list) and step < len(data)
        if not named and not counted:
            return ABSENT
        data = data[step]
    return data


def put(data, path, value):
    """Sets the value at `path`; objects on the way are made, rows have to be there."""
    for step, following in pairwise(path):
        inner = data[step] if isinstance(step, int) else data.get(step)
        if not isinstance(inner, list if isinstance(following, int) else dict):
            inner = [] if isinstance(following, int) else {}
            data[step] = inner
        while isinstance(following, int) and len(inner) <= following:
            inner.append({})
        data = inner
    data[path[-1]] = value


def drop(data, path):
    """Takes the value at `path` away, where there is one."""
    holder = get(data, path[:-1])
    if isinstance(holder, dict):
        holder.pop(path[-1], None)


def concrete(path, rows, row_mark):
    """A path with its row marks replaced by the numbers of the rows around it, outermost first."""
    numbers = iter(rows)
    return tuple(next(numbers) if step == row_mark else step for step in path)


def exact(value, depth=2 * DEPTH):
    """A copy with floats as the decimals that they were written as. Raises ValueError where it goes deeper than `depth`."""
    if depth == 0:
        raise ValueError("Expected fewer lists and objects inside each other, but there are more")
    if isinstance(value, float):
        return Decimal(repr(value))
    if isinstance(value, dict):
        return {str(name): exact(inner, depth - 1) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [exact(inner, depth - 1) for inner in value]
    return value


def merged(known, sent):
    """`sent` over `known`, objects name by name; neither is changed."""
    if not isinstance(known, dict) or not isinstance(sent, dict):
        return sent
    return {**known, **{name: merged(known.get(name), value) for name, value in sent.items()}}
