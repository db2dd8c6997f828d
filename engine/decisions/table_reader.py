"""A <decisionTable> becomes a Table, or the reasons why it cannot."""

from engine import feel
from engine.decisions import hit_policy, item_definitions
from engine.decisions.reading import children, nothing
from engine.decisions.table import Input, Output, Rule, Table
from engine.decisions.types import ANY, Misfit


def read(reading, element, names, name):
    """-> Table. `names`: {name in scope: Type}; `name`: of the decision or function that the table stands in."""
    inputs = tuple(_input(reading, column, names) for column in children(element, "input"))
    columns = children(element, "output")
    if not columns:
        reading.refuse(element, "TABLE_WITHOUT_OUTPUT", f"Expected {name} to have an output, but found none", "Add an output.")
    outputs = tuple(_output(reading, column, names, name, len(columns)) for column in columns)
    annotations = [column.get("name") or "" for column in children(element, "annotation")]
    rules = tuple(_rule(reading, row, index, inputs, outputs, annotations, names) for index, row in enumerate(children(element, "rule"), 1))
    policy, aggregation = element.get("hitPolicy", "UNIQUE"), element.get("aggregation")
    _check_policy(reading, element, policy, aggregation, outputs)
    return Table(name, inputs, outputs, rules, policy, aggregation, item_definitions.of(reading, element))


def _input(reading, element, names):
    holder = reading.only(element, "inputExpression", needed=True)
    expression = reading.expression(holder, names) if holder is not None else nothing()
    type_ = item_definitions.of(reading, holder) if holder is not None else ANY
    # An input that is just a variable has the variable's type, which may say more than the column does.
    known = names.get(expression.text, ANY)
    return Input(
        element.get("id") or "",
        element.get("label") or expression.text,
        expression,
        known if type_ is ANY or known.base == type_.base else type_,
        item_definitions.allowed(reading, element, "inputValues"),
    )


def _output(reading, element, names, table, count):
    default = reading.only(element, "defaultOutputEntry")
    type_ = item_definitions.of(reading, element)
    allowed = item_definitions.allowed(reading, element, "outputValues")
    column = Output(
        element.get("id") or "",
        reading.name(element) if count > 1 else element.get("name") or element.get("label") or table,
        type_,
        allowed or next((limit for limit in reversed(type_.limits) if limit.order), None),
        None if default is None else reading.expression(default, names, empty_is_null=True),
    )
    if column.default:
        _expect_fit(reading, column, default, column.default, f"the default of output {column.name}")
    return column


def _rule(reading, element, index, inputs, outputs, annotations, names):
    cells, entries = children(element, "inputEntry"), children(element, "outputEntry")
    for found, expected, what in ((cells, inputs, "input"), (entries, outputs, "output")):
        if len(found) != len(expected):
            sentence = f"Expected one entry per {what} ({len(expected)}) in rule {index}, but found {len(found)}"
            reading.refuse(element, "RULE_WIDTH", sentence, "Give every rule one entry per column.")
    texts = [reading.text(entry) for entry in children(element, "annotationEntry")]
    if len(texts) > len(annotations):
        sentence = f"Expected at most one annotation per column of them ({len(annotations)}) in rule {index}, but found {len(texts)}"
        reading.refuse(element, "RULE_WIDTH", sentence, "Add an <annotation> column for each.")
    description = reading.only(element, "description")
    noted = [("", (description.text or "").strip())] if description is not None else []
    results = tuple(reading.expression(entry, names, empty_is_null=True) for entry in entries)
    for column, entry, result in zip(outputs, entries, results, strict=False):
        _expect_fit(reading, column, entry, result, f"output {column.name} of rule {index}")
    return Rule(
        element.get("id") or "",
        index,
        tuple(reading.tests(cell, names) for cell in cells),
        results,
        tuple((column, text) for column, text in [*noted, *zip(annotations, texts, strict=False)] if text),
    )


def _expect_fit(reading, column, entry, result, what):
    """A fixed result that could never be the column's is a mistake that should not wait for the day on which the rule matches."""
    if not result.literal:
        return
    env = feel.Environment()
    try:
        value = column.type.fit(result(feel.Scope({}, env=env)), env)
        if column.allowed is not None and value is not None:
            column.allowed.expect(value, env)
    except Misfit as misfit:
        remedy = "Correct the entry, or the type or output values of its column."
        reading.refuse(entry, "OUTPUT_MISFIT", f"Expected {what} to be {misfit}", remedy)


def _check_policy(reading, element, policy, aggregation, outputs):
    def refuse(expected, found, remedy):
        reading.refuse(element, "HIT_POLICY", f"Expected {expected}, but found {found}", remedy)

    if policy not in hit_policy.POLICIES:
        refuse(f"a hit policy of {', '.join(hit_policy.POLICIES)}", policy, "Choose one of them.")
    if aggregation is None:
        pass
    elif aggregation not in hit_policy.AGGREGATIONS:
        refuse(f"an aggregation of {', '.join(hit_policy.AGGREGATIONS)}", aggregation, "Choose one of them.")
    elif policy != "COLLECT":
        refuse(f"aggregation {aggregation} with hit policy COLLECT", policy, "Choose COLLECT, or remove the aggregation.")
    elif len(outputs) > 1:
        refuse(f"one output for aggregation {aggregation}", f"{len(outputs)}", "Aggregate in a decision of its own per output.")
    if policy in hit_policy.ORDERED and not any(output.allowed and output.allowed.order for output in outputs):
        refuse(f"output values in their order for hit policy {policy}", "none", "List the output values, the highest priority first.")
