"""A function as a value: written in FEEL, built in, or lent by a decision model."""


class Function:
    """`parameters`: the names in order, or None where any number is taken. `run(env, [value])` -> value; it never raises but FeelBudget."""

    __slots__ = ("name", "parameters", "run")

    def __init__(self, parameters, run, name="a function"):
        self.parameters, self.run, self.name = parameters, run, name

    def call(self, env, values):
        """Call with positional arguments; null with a reason if their number is not that of the parameters."""
        if self.parameters is not None and len(values) != len(self.parameters):
            return env.warn(f"Expected {len(self.parameters)} arguments for {self.name}, but found {len(values)}")
        return self.run(env, values)

    def call_named(self, env, named):
        """Call with {parameter name: value}; null with a reason if the names are not the parameters'."""
        if self.parameters is None or set(named) != set(self.parameters):
            return env.warn(f"Expected arguments named {', '.join(self.parameters or ())} for {self.name}, but found {', '.join(named)}")
        return self.run(env, [named[name] for name in self.parameters])

    def __repr__(self):
        return f"Function({self.name})"
