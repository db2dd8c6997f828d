"""FEEL, the language of every condition, mapping, table and form: text is compiled once and evaluated against a scope."""

from engine.feel import calendar
from engine.feel.errors import FeelBudget, FeelError
from engine.feel.expression import Expression, UnaryTests, expression, unary_tests, value
from engine.feel.scope import Environment, Scope
from engine.feel.values.durations import YearsMonths
from engine.feel.values.function import Function
from engine.feel.values.ranges import Range

__all__ = [
    "Environment", "Expression", "FeelBudget", "FeelError", "Function", "Range", "Scope", "UnaryTests", "YearsMonths",
    "calendar", "expression", "unary_tests", "value",
]  # fmt: skip
