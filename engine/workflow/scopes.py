"""Element instances, and the variables that they see: scopes inside each other, decoded when they are first looked at."""

from engine.domain import values


class Instance:
    """An element instance that is alive.

    `n` counts what a scope still waits for: its children, tokens on their way in it, tokens that wait at its joins. `epoch` grows when
    everything inside is ended, so that tokens that are still on their way know that they are dead. `data` is what the state keeps of it
    beside its subscriptions; the keys are explained in `state.py`.
    """

    __slots__ = ("alive", "cache", "data", "env", "epoch", "kids", "n", "node", "number", "parent", "subs", "texts")

    def __init__(self, number, node, parent, env):
        self.number, self.node, self.parent, self.env = number, node, parent, env
        self.data, self.subs, self.kids, self.n, self.epoch, self.alive = {}, {}, {}, 0, 0, True
        self.texts = None  # {name: JSON text} of its own variables
        self.cache = None  # {name: value} of those that were looked at

    def get(self, name, default=None):
        """The value that an expression in this scope sees under a name: the innermost."""
        scope = self
        while scope is not None:
            texts = scope.texts
            if texts is not None and name in texts:
                cache = scope.cache
                if cache is None:
                    cache = scope.cache = {}
                elif name in cache:
                    return cache[name]
                value = cache[name] = values.read(texts[name])
                return value
            scope = scope.parent
        return default

    def local(self):
        """{name: value} of its own variables."""
        return {name: self.get(name) for name in self.texts} if self.texts else {}

    def visible(self):
        """{name: value} of everything that it sees, innermost first."""
        found, scope = {}, self
        while scope is not None:
            for name in scope.texts or ():
                if name not in found:
                    found[name] = scope.get(name)
            scope = scope.parent
        return found

    def is_body(self):
        """Is it the body of a loop, whose rounds are its children? (They have the same element.)"""
        return self.node.loop is not None and (self.parent is None or self.parent.node is not self.node)
