"""A decision table as its analysis sees it: for every input the regions of its values, and which rules match in each."""

from dataclasses import dataclass, field

from engine.decisions.cells import NotUnderstood, constants
from engine.decisions.regions import divide
from engine.feel import Environment, Scope

MOST = 250_000  # cells that are asked for one column


@dataclass(slots=True)
class Column:
    """The inputs that have one expression: two columns over the same value are not independent.

    `certain` and `possible`: for each region the rules that match there, as bits; a cell that is not understood is never certain and
    always possible.
    """

    name: str
    expression: str
    regions: list = field(default_factory=list)
    certain: list = field(default_factory=list)
    possible: list = field(default_factory=list)


def columns(table):
    """-> ([Column], [(rule number or None, sentence)] of what was not understood)."""
    groups = {}
    for place, column in enumerate(table.inputs):
        groups.setdefault(column.expression.text, []).append(place)
    problems = []
    return [_column(table, expression, places, problems) for expression, places in groups.items()], problems


def _column(table, expression, places, problems):
    inputs = [table.inputs[place] for place in places]
    column = Column(inputs[0].name, expression)
    limits = [limit for each in inputs for limit in (each.allowed, *each.type.limits) if limit]
    values, understood = _values(table, places, column.name, problems)
    try:
        values += [value for limit in limits for value in constants(limit.text)]
        column.regions = [region for region in divide(inputs[0].type, values) if _is_allowed(region.example, limits)]
    except NotUnderstood as reason:
        understood = set()
        problems.append((None, f"Input {column.name} of {table.name} cannot be divided ({reason}): not analysed"))
    if len(column.regions) * len(table.rules) > MOST:
        column.regions, understood = [], set()
        problems.append((None, f"Input {column.name} of {table.name} has too many values to compare its rules by them: not analysed"))
    column.regions = column.regions or divide(inputs[0].type, ())[:1]
    for region in column.regions:
        certain = possible = 0
        for rule in table.rules:
            cells = [rule.cells[place] for place in places if rule.cells[place]]
            known = not cells or rule.index in understood
            matching = known and all(_holds(cell, region.example) for cell in cells)
            certain |= matching << (rule.index - 1)
            possible |= (matching or not known) << (rule.index - 1)
        column.certain.append(certain)
        column.possible.append(possible)
    return column


def _values(table, places, name, problems):
    """The constants of all cells, and the numbers of the rules whose cells were understood."""
    values, understood = [], set()
    for rule in table.rules:
        try:
            values += [value for place in places if rule.cells[place] for value in constants(rule.cells[place].text)]
            understood.add(rule.index)
        except NotUnderstood:
            sentence = f"Rule {rule.index} of {table.name} asks {name} for more than a comparison with fixed values: not analysed"
            problems.append((rule.index, sentence))
    return values, understood


def _is_allowed(value, limits):
    return value is None or all(_holds(limit.tests, value) for limit in limits)


def _holds(tests, value):
    return tests(Scope({}, env=Environment()), value) is True
