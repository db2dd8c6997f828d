"""What a decision table answers when some of its rules matched: the seven hit policies and their checks, the four aggregations."""

from decimal import Decimal
from functools import cache

from engine import feel
from engine.decisions.errors import Failed
from engine.feel.values.order import equal

SINGLE = ("UNIQUE", "ANY", "PRIORITY", "FIRST")
POLICIES = (*SINGLE, "COLLECT", "RULE ORDER", "OUTPUT ORDER")
ORDERED = ("PRIORITY", "OUTPUT ORDER")  # these need a list of output values, the highest priority first
AGGREGATIONS = ("SUM", "MIN", "MAX", "COUNT")


def result(table, hits, env):
    """-> the table's value. `hits`: [Hit] of the rules that matched, in rule order, at least one. Raises Failed."""
    policy = table.policy
    if policy == "UNIQUE" and len(hits) > 1:
        raise Failed(f"Expected one rule of {table.name} to match (hit policy UNIQUE), but rules {_numbers(hits)} do")
    if policy == "ANY":
        _expect_agreement(table, hits, env)
    if policy in ORDERED:
        hits = sorted(hits, key=lambda hit: _place(table, hit, env))
    if policy in SINGLE:
        return value(table, hits[0].values)
    found = [value(table, hit.values) for hit in hits]
    return _aggregation(table.aggregation)(feel.Scope({"outputs": found}, env=env)) if table.aggregation else found


@cache
def _aggregation(name):
    return feel.expression(f"{name.lower()}(outputs)")


def without_hits(table, defaults):
    """-> the table's value if no rule matched. `defaults`: the default of each output, or None if the table has none at all."""
    if defaults is not None:
        found = value(table, defaults)
        return found if table.policy in SINGLE or table.aggregation else [found]
    if table.policy in SINGLE:
        return None
    if table.aggregation:
        return Decimal(0) if table.aggregation == "COUNT" else None
    return []


def value(table, values):
    """One output is the value itself, several are a context."""
    return values[0] if len(values) == 1 else {output.name: each for output, each in zip(table.outputs, values, strict=True)}


def _expect_agreement(table, hits, env):
    first = hits[0]
    for other in hits[1:]:
        if not all(equal(one, another, env) is True for one, another in zip(first.values, other.values, strict=True)):
            pair = _numbers((first, other))
            raise Failed(f"Expected all rules of {table.name} that match to agree (hit policy ANY), but the outputs of rules {pair} differ")


def _place(table, hit, env):
    return tuple(output.allowed.place(each, env) for output, each in zip(table.outputs, hit.values, strict=True) if output.allowed)


def _numbers(hits):
    *front, last = [str(hit.index) for hit in hits]
    return f"{', '.join(front)} and {last}"
