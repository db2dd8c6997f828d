"""Where names are looked up while an expression runs, and what surrounds it: the clock, the calendar, the budget, the reasons for null."""

from engine.feel import limits
from engine.feel.errors import FeelBudget

#: what a scope answers for a name that nobody has
MISSING = object()


class Environment:
    """One run's surroundings, shared by all scopes of the run.

    `now`: aware datetime, or None where there is no clock; `calendar`: `feel.calendar.Calendar` or None; `steps`: what is left of the
    budget; `warnings`: the reason of every null that an error made, at most `limits.WARNINGS` of them.
    """

    __slots__ = ("calendar", "calls", "now", "steps", "warnings")

    def __init__(self, now=None, calendar=None, steps=limits.STEPS):
        self.now, self.calendar, self.steps = now, calendar, steps
        self.calls, self.warnings = 0, []

    def warn(self, sentence):
        """Keep the reason of a null. -> None, so that an operation ends with `return env.warn(…)`."""
        if len(self.warnings) < limits.WARNINGS:
            self.warnings.append(sentence)

    def spend(self, steps):
        """Take `steps` from the budget. Raises FeelBudget when nothing is left."""
        self.steps -= steps
        if self.steps < 0:
            raise FeelBudget("Expected the expression to end within its steps, but it computes on")


class Scope:
    """A ready-made scope over a dict: its own values first, then those of `outer`, which also lends its environment."""

    __slots__ = ("env", "get", "outer", "values")

    def __init__(self, values, outer=None, env=None):
        self.values, self.outer = values, outer
        self.env = env or (outer.env if outer is not None else Environment())
        # Without an outer scope the look-up is the dict's own, which is what a step of the machine pays for every name it reads.
        self.get = values.get if outer is None else self._get

    def _get(self, name, default=None):
        value = self.values.get(name, MISSING)
        return self.outer.get(name, default) if value is MISSING else value


class Local:
    """One name bound inside an expression: a loop's variable, or the `?` of a unary test."""

    __slots__ = ("env", "name", "outer", "value")

    def __init__(self, name, value, outer):
        self.name, self.value, self.outer, self.env = name, value, outer, outer.env

    def get(self, name, default=None):
        return self.value if name == self.name else self.outer.get(name, default)


class Frame:
    """Several names bound inside an expression: a context's former entries, a call's parameters."""

    __slots__ = ("env", "outer", "values")

    def __init__(self, values, outer):
        self.values, self.outer, self.env = values, outer, outer.env

    def get(self, name, default=None):
        value = self.values.get(name, MISSING)
        return self.outer.get(name, default) if value is MISSING else value


class Item:
    """What a filter sees of one item: `item` itself and, where it is a context, its entries."""

    __slots__ = ("env", "fields", "item", "outer")

    def __init__(self, item, outer):
        self.item, self.outer, self.env = item, outer, outer.env
        self.fields = item if type(item) is dict else {}

    def get(self, name, default=None):
        value = self.fields.get(name, MISSING)
        if value is not MISSING:
            return value
        return self.item if name == "item" else self.outer.get(name, default)
