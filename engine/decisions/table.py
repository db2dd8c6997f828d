"""A decision table: its inputs are computed once, every rule's cells are asked in turn, and the hit policy says what the matches mean."""

from dataclasses import dataclass

from engine.decisions import hit_policy
from engine.decisions.errors import Failed
from engine.decisions.types import ANY, Allowed, Misfit, Type, coerce


@dataclass(frozen=True, slots=True)
class Input:
    """A column of conditions. `name` is its label, or its expression's text."""

    id: str
    name: str
    expression: object
    type: Type
    allowed: Allowed | None


@dataclass(frozen=True, slots=True)
class Output:
    """A column of results. `default` is an expression for the case that no rule matches."""

    id: str
    name: str
    type: Type
    allowed: Allowed | None
    default: object | None


@dataclass(frozen=True, slots=True)
class Rule:
    """A row. `cells`: a unary test per input, None where everything passes; `outputs`: expressions; `annotations`: of (column, text)."""

    id: str
    index: int  # from 1, as modelers number them
    cells: tuple
    outputs: tuple
    annotations: tuple


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule that matched, with the values of its outputs."""

    rule: Rule
    values: tuple

    @property
    def index(self):
        """The rule's number."""
        return self.rule.index


@dataclass(frozen=True, slots=True)
class Table:
    """Called with a scope and the run that it belongs to, it answers the table's value."""

    name: str
    inputs: tuple
    outputs: tuple
    rules: tuple
    policy: str = "UNIQUE"
    aggregation: str | None = None
    type: Type = ANY

    def __call__(self, scope, run):
        """Raises Failed where the hit policy or a list of allowed values is broken."""
        return coerce(self.type, self._result(scope, run), scope.env, f"the result of {self.name}")

    def _result(self, scope, run):
        # What was computed before a failure is recorded too, so the two lists are handed over while they are empty.
        values, hits = [], []
        run.ask(self, values, hits)
        values.extend(_input(self, column, scope) for column in self.inputs)
        for rule in self.rules:
            scope.env.spend(1)
            if all(cell is None or cell(scope, value) is True for cell, value in zip(rule.cells, values, strict=True)):
                hits.append(Hit(rule, _outputs(self, rule, scope)))
                if self.policy == "FIRST":
                    break
        if hits:
            return hit_policy.result(self, hits, scope.env)
        defaults = [column.default(scope) if column.default else None for column in self.outputs]
        return hit_policy.without_hits(self, defaults if any(column.default for column in self.outputs) else None)


def _input(table, column, scope):
    what = f"input {column.name} of {table.name}"
    value = coerce(column.type, column.expression(scope), scope.env, what, door=True)
    return _allowed(column, value, scope.env, what)


def _outputs(table, rule, scope):
    values = []
    for column, expression in zip(table.outputs, rule.outputs, strict=True):
        what = f"output {column.name} of rule {rule.index} of {table.name}"
        value = coerce(column.type, expression(scope), scope.env, what)
        values.append(_allowed(column, value, scope.env, what))
    return tuple(values)


def _allowed(column, value, env, what):
    # Null is the value of what is not known; a cell, not the list of allowed values, says what follows from that.
    if column.allowed is not None and value is not None:
        try:
            column.allowed.expect(value, env)
        except Misfit as misfit:
            raise Failed(f"Expected {what} to be {misfit}") from misfit
    return value
