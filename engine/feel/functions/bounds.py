"""Every list or string that a function makes is paid for and has a greatest size."""

from engine.feel import limits
from engine.feel.errors import FeelBudget


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
