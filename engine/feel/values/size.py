"""How much a value is when it is written out, so that neither a text nor a stored variable grows past its bound."""

from engine.feel import limits
from engine.feel.errors import FeelBudget
from engine.feel.values.ranges import Range

#: types that have an inside worth a look: most values are numbers and short strings
_SIZED = (str, list, tuple, dict, Range)


def weigh(value, depth=0):
    """-> the number of values inside a value, long strings counted by the chunk, and what is shared counted each time.

    Raises FeelBudget past `limits.SIZE`, or past `limits.NESTING` lists and contexts inside each other.
    """
    if isinstance(value, str):
        return 1 + len(value) // limits.CHUNK
    if not isinstance(value, _SIZED):
        return 1
    if depth >= limits.NESTING:
        raise FeelBudget(f"Expected at most {limits.NESTING} lists and contexts inside each other, but found more")
    total = 1
    for item in _inside(value):
        total += weigh(item, depth + 1) if isinstance(item, _SIZED) else 1
        if total > limits.SIZE:
            raise FeelBudget(f"Expected a value of at most {limits.SIZE} parts, but found more")
    return total


def _inside(value):
    if isinstance(value, dict):
        return (part for key, item in value.items() for part in ((key, item) if len(key) > limits.CHUNK else (item,)))
    return (value.start, value.end) if isinstance(value, Range) else value


def listed(items, env):
    """A list that was made -> itself. Raises FeelBudget if it is longer than a list may be."""
    env.spend(len(items))
    if len(items) > limits.ITEMS:
        raise FeelBudget(f"Expected a list of at most {limits.ITEMS} items, but found {len(items)}")
    return items


def room(size, env):
    """Before a string of `size` characters is made. Raises FeelBudget if that is longer than a string may be."""
    env.spend(size // limits.CHUNK)
    if size > limits.CHARACTERS:
        raise FeelBudget(f"Expected a string of at most {limits.CHARACTERS} characters, but found {size}")
