"""How the FEEL tests ask: `said("0.1 + 0.2")` is the value as FEEL writes it, "0.3"; `reason("1 + true")` why it is null."""

from datetime import UTC, datetime

import pytest

from engine import feel
from engine.feel.values.text import inside

NOW = datetime(2024, 10, 1, 2, 30, tzinfo=UTC)


def scope(variables, **surroundings):
    return feel.Scope(variables, env=feel.Environment(NOW, **surroundings))


@pytest.fixture
def said():
    """said(text, names=(), **variables) -> the value as FEEL writes it in a list: strings in quotes, dates and durations in ISO 8601."""

    def run(text, names=(), **variables):
        return inside(feel.expression(text, names)(scope(variables)))

    return run


@pytest.fixture
def reason():
    """reason(text, **variables) -> the first reason for null that the evaluation left; the value must be null."""

    def run(text, names=(), **variables):
        where = scope(variables)
        assert feel.expression(text, names)(where) is None
        assert where.env.warnings, f"{text} is null without a reason"
        return where.env.warnings[0]

    return run


@pytest.fixture
def tested():
    """tested(cell, value, **variables) -> what a decision table's cell says of a value."""

    def run(cell, value, **variables):
        return feel.unary_tests(cell)(scope(variables), value)

    return run
