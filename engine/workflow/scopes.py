"""Element instances, and the variables that they see: scopes inside each other, decoded when they are first looked at."""

from engine.domain import values


class Late:
    """A variable that is put together when somebody asks for it: `read` gives its value."""

    __slots__ = ("read",)

    def __init__(self, read):
        self.read = read


class Rounds(dict):
    """The rounds of a wide multi-instance: those that are loaded, until somebody asks for all of them."""

    __slots__ = ("rest",)

    def __init__(self, loaded, rest):
        super().__init__(loaded)
        self.rest = rest  # a function that loads the others, if they are not

    def __len__(self):
        self.rest()
        return super().__len__()

    def values(self):
        """All of them."""
        self.rest()
        return super().values()


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
        self.texts = None  # {name: JSON text, or Late} of its own variables
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
                text = texts[name]
                value = cache[name] = text.read() if type(text) is Late else values.read(text)
                return value
            scope = scope.parent
        return default

    def local(self):
        """{name: value} of its own variables."""
        return {name: self.get(name) for name in self.texts} if self.texts else {}

    def visible(self):
        """{name: value} of everything that it sees, innermost first; but for what would have to be put together."""
        found, scope, late = {}, self, set()
        while scope is not None:
            for name, text in (scope.texts or {}).items():
                if type(text) is Late:
                    late.add(name)
                elif name not in found and name not in late:
                    found[name] = scope.get(name)
            scope = scope.parent
        return found

    def is_body(self):
        """Is it the body of a loop, whose rounds are its children? (They have the same element.)"""
        return self.node.loop is not None and (self.parent is None or self.parent.node is not self.node)


def changed(variables, outcome):
    """{scope: {name: JSON text}} as rows say, with what this transaction has changed."""
    if not outcome.variables:
        return variables
    found = {scope: dict(own) for scope, own in variables.items()}
    for (scope, name), text in outcome.variables.items():
        own = found.setdefault(scope, {})
        if text is None:
            own.pop(name, None)
        else:
            own[name] = text
    return found
