"""Small .dmn files for the tests of decisions, from pieces that a test can read in a line."""

from datetime import UTC, datetime
from xml.sax.saxutils import escape, quoteattr

from engine import decisions, feel

MODEL = "https://www.omg.org/spec/DMN/20230324/MODEL/"
NOW = datetime(2025, 3, 3, 1, 0, tzinfo=UTC)


def file(*elements, namespace=MODEL, attributes=""):
    """The bytes of a file with these elements."""
    opened = f'<definitions xmlns="{namespace}" id="file" name="File" namespace="urn:test" {attributes}>'
    return f"{opened}{''.join(elements)}</definitions>".encode()


def literal(text, attributes=""):
    """<literalExpression> of a FEEL text."""
    return f"<literalExpression {attributes}><text>{escape(text)}</text></literalExpression>"


def decision(id_, logic, needs=(), type_="", more=""):
    """<decision>. `needs`: ids with what they are before a colon: "input:x", "decision:y", "knowledge:z"."""
    drawn = "".join(_requirement(need) for need in needs)
    variable = f"<variable name={quoteattr(id_)} {f'typeRef={quoteattr(type_)}' if type_ else ''}/>"
    return f"<decision id={quoteattr(id_)} name={quoteattr(id_)}>{more}{variable}{drawn}{logic}</decision>"


def _requirement(need):
    kind, _, id_ = need.partition(":")
    if kind == "knowledge":
        return f'<knowledgeRequirement><requiredKnowledge href="#{id_}"/></knowledgeRequirement>'
    return f'<informationRequirement><required{kind.title()} href="#{id_}"/></informationRequirement>'


def data(id_, type_="", name=None):
    """<inputData>."""
    name = quoteattr(name or id_)
    return f'<inputData id="{id_}" name={name}><variable name={name} {f"typeRef={quoteattr(type_)}" if type_ else ""}/></inputData>'


def item(name, type_="", allowed="", collection=False, components=""):
    """<itemDefinition>."""
    reference = f"<typeRef>{type_}</typeRef>" if type_ else ""
    limit = f"<allowedValues><text>{escape(allowed)}</text></allowedValues>" if allowed else ""
    return f'<itemDefinition name="{name}" isCollection="{str(collection).lower()}">{reference}{limit}{components}</itemDefinition>'


def model(id_, parameters, logic, type_="", needs=()):
    """<businessKnowledgeModel>. `parameters`: "a, b: number"."""
    formal = "".join(
        f'<formalParameter name="{name.strip()}" {f"typeRef={quoteattr(type_.strip())}" if type_ else ""}/>'
        for name, _, type_ in (parameter.partition(":") for parameter in parameters.split(",") if parameter)
    )
    variable = f'<variable name="{id_}" {f"typeRef={quoteattr(type_)}" if type_ else ""}/>'
    drawn = "".join(_requirement(need) for need in needs)
    return (
        f'<businessKnowledgeModel id="{id_}" name="{id_}">{variable}<encapsulatedLogic>{formal}{logic}</encapsulatedLogic>{drawn}'
        f"</businessKnowledgeModel>"
    )


def table(inputs, outputs, *rules, policy="UNIQUE", more=""):
    """<decisionTable>. `inputs` and `outputs`: "name: type [allowed values] = default", separated by ";".

    A rule is "cell | cell >> output | output // annotation"; its id is r and its number.
    """
    columns = [_column("input", place, text) for place, text in enumerate(inputs.split(";"), 1) if text.strip()]
    columns += [_column("output", place, text) for place, text in enumerate(outputs.split(";"), 1)]
    rows = [_rule(number, rule) for number, rule in enumerate(rules, 1)]
    return f'<decisionTable hitPolicy="{policy}" {more}>{"".join(columns)}<annotation name="basis"/>{"".join(rows)}</decisionTable>'


def _column(kind, place, text):
    text, _, default = text.partition(" = ")
    text, _, allowed = text.strip().removesuffix("]").partition(" [")
    name, _, type_ = (part.strip() for part in text.partition(":"))
    reference = f"typeRef={quoteattr(type_)}" if type_ else ""
    values = f"<{kind}Values><text>{escape(allowed)}</text></{kind}Values>" if allowed else ""
    if kind == "input":
        expression = f"<inputExpression {reference}><text>{escape(name)}</text></inputExpression>"
        return f'<input id="i{place}">{expression}{values}</input>'
    standing = f"<defaultOutputEntry><text>{escape(default)}</text></defaultOutputEntry>" if default else ""
    return f'<output id="o{place}" name={quoteattr(name)} {reference}>{values}{standing}</output>'


def _rule(number, rule):
    rule, _, annotation = rule.partition(" // ")
    cells, _, outputs = rule.partition(">>")
    entries = [f"<inputEntry><text>{escape(cell.strip())}</text></inputEntry>" for cell in cells.split("|")] if cells.strip() else []
    entries += [f"<outputEntry><text>{escape(output.strip())}</text></outputEntry>" for output in outputs.split("|")]
    note = f"<annotationEntry><text>{escape(annotation)}</text></annotationEntry>" if annotation else ""
    return f'<rule id="r{number}">{"".join(entries)}{note}</rule>'


def read(*elements):
    """-> the Requirements of a file with these elements."""
    (requirements,) = decisions.read(file(*elements))
    return requirements


def evaluation(elements, variables=None, wanted="d", env=None):
    """-> Evaluation of decision `wanted` in a file with these elements (or one of a single expression)."""
    elements = [decision("d", elements)] if isinstance(elements, str) else elements
    return decisions.evaluate(read(*elements), wanted, variables or {}, env or environment())


def result(elements, variables=None, wanted="d"):
    """-> the value of decision `wanted`, which may not fail."""
    found = evaluation(elements, variables, wanted)
    assert found.failed is None, found.failed
    return found.result


def refused(*elements, **arguments):
    """-> [Problem] for which the file is refused."""
    try:
        decisions.read(file(*elements, **arguments))
    except decisions.Unreadable as error:
        return error.problems
    raise AssertionError("expected the file to be refused")


def environment():
    """A fresh feel.Environment."""
    return feel.Environment(NOW)
