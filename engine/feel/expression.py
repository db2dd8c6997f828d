"""What the rest of the house calls: text in, a compiled expression out."""

from decimal import InvalidOperation

from engine.feel import compile as compilers
from engine.feel import errors, functions
from engine.feel.compile import arithmetic, calls, comparison, filters, iteration, literals, logic, membership, names, types
from engine.feel.compile.build import Build, Notes, constant
from engine.feel.functions.registry import vocabulary
from engine.feel.names import tidy
from engine.feel.parser import parse
from engine.feel.values.ranges import Range
from engine.feel.values.size import weigh

#: importing these fills the registries of node compilers and built-in functions
COMPILED_BY = (compilers, functions, arithmetic, calls, comparison, filters, iteration, literals, logic, membership, names, types)
#: types whose values may have grown past every bound by sharing their parts
_WEIGHED = {list, dict, Range}
_LITERALS = {"number", "string", "true", "false", "null", "temporal"}


class Expression:
    """A compiled FEEL text: call it with a scope to have its value.

    `reads`: the names that it may look up in the scope; `uses_calendar`: it calls a working-day function; `literal`: it is a plain literal;
    `variable`: the name of the variable that it is, or is a part of (a.b), None where it is anything else.
    """

    __slots__ = ("literal", "reads", "run", "text", "uses_calendar", "variable")

    def __init__(self, text, run, notes, literal, variable=None):
        self.text, self.run, self.literal, self.variable = text, run, literal, variable
        self.reads, self.uses_calendar = frozenset(notes.reads), notes.uses_calendar

    def __call__(self, scope):
        """-> the value; null where it cannot be computed, the reason in `scope.env.warnings`. Raises FeelBudget and nothing else."""
        try:
            value = self.run(scope)
        except RecursionError:
            raise errors.FeelBudget("Expected calls that end, but found too many inside each other") from None
        except InvalidOperation:
            # The short ways for two Decimals trust them to be finite; only a variable from outside can be otherwise.
            return scope.env.warn("Expected finite numbers, but found one that is none")
        if type(value) in _WEIGHED:
            weigh(value)
        return value

    def __repr__(self):
        return f"{type(self).__name__}({self.text!r})"


class UnaryTests(Expression):
    """The compiled cell of a decision table: call it with a scope and the input's value."""

    __slots__ = ()

    def __call__(self, scope, value):
        """-> True, False, or None where it cannot be told. Raises FeelBudget and nothing else."""
        try:
            return self.run(scope, value)
        except RecursionError:
            raise errors.FeelBudget("Expected calls that end, but found too many inside each other") from None
        except InvalidOperation:
            # The short ways for two Decimals trust them to be finite; only a variable from outside can be otherwise.
            return scope.env.warn("Expected finite numbers, but found one that is none")


def expression(text, names=()):
    """A FEEL expression, without a leading "=". `names`: variable names with spaces or symbols. Raises FeelError with the place."""
    tree = _parsed(text, names, "expression")
    build = _build(names)
    run = build.compile(tree)
    literal = tree.data in _LITERALS or (tree.data == "negation" and tree.children[-1].data == "number")
    return Expression(text, run, build.notes, literal, _variable(tree))


def value(text, names=()):
    """An attribute of the dialect: "=…" is FEEL, anything else the string itself. Raises FeelError with the place after the "="."""
    if text.startswith("="):
        return expression(text[1:], names)
    return Expression(text, constant(text), Notes(), True)


def unary_tests(text, names=()):
    """A decision table's cell; "-" and an empty one hold for every value. Raises FeelError with the place."""
    if text.strip() in ("", "-"):
        return UnaryTests(text, lambda scope, value: True, Notes(), True)
    tree = _parsed(text, names, "unary_tests")
    build = _build(names)
    return UnaryTests(text, membership.cell(tree, build), build.notes, False)


def _parsed(text, names, start):
    return parse(text, vocabulary(tuple(names)), start)


def _variable(tree):
    while tree.data == "path":
        tree = tree.children[0]
    return str(tree.children[0]) if tree.data == "name" else None


def _build(names):
    return Build(Notes(), frozenset(map(tidy, names)))
