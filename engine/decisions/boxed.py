"""Boxed expressions become closures (scope, run) -> value: what DMN draws as boxes instead of writing it as FEEL.

`scope` is a feel.Scope, `run` the evaluation that the expression belongs to (`run.tables` collects the tables that were asked).
"""

from engine import feel
from engine.decisions import item_definitions, table_reader
from engine.decisions.errors import local
from engine.decisions.reading import children
from engine.decisions.table import Table
from engine.decisions.types import ANY, coerce
from engine.decisions.vocabulary import LOGIC
from engine.feel.compile.calls import invoke
from engine.feel.values.kinds import shown

READERS = {}


def reads(name):
    """Register the reader of an element: reader(reading, element, names, title) -> closure(scope, run)."""

    def register(reader):
        READERS[name] = reader
        return reader

    return register


def logic(reading, element, names, title):
    """-> the closure of one boxed expression, held to its typeRef.

    `names`: {name in scope: Type}; `title`: what problems and reasons for null call it.
    """
    if element is None:
        return lambda scope, run: None
    made = READERS[local(element)](reading, element, names, title)
    # A table stays recognisable as one, so it holds to its typeRef itself.
    return made if isinstance(made, Table) else typed(made, item_definitions.of(reading, element), f"the result of {title}")


def typed(run_logic, type_, what):
    """The closure with its value coerced."""
    if type_ is ANY:
        return run_logic
    return lambda scope, run: coerce(type_, run_logic(scope, run), scope.env, what)


def parameters(reading, element):
    """-> {name: Type} of the formal parameters, in order."""
    found = {}
    for parameter in children(element, "formalParameter"):
        name = reading.name(parameter)
        if name in found:
            sentence = f"Expected parameters with different names, but two are named {name}"
            reading.refuse(parameter, "DUPLICATE_NAME", sentence, "Rename one of them.")
        found[name] = item_definitions.of(reading, parameter)
    return found


def expect_feel_function(reading, element):
    """Functions of other languages are refused by name."""
    kind = element.get("kind", "FEEL")
    if kind != "FEEL":
        sentence = f"Expected a function written in FEEL, but found one of kind {kind}"
        reading.refuse(element, "UNSUPPORTED_FUNCTION", sentence, "Write the function in FEEL; code is never run.")


def function(types, body, scope, run, name):
    """-> a FEEL function over a boxed body. `types`: {parameter: Type}.

    An argument that is not of its parameter's type makes the call null (DMN 1.5, 10.3.2.9.4).
    """

    def called(env, values):
        bound = {}
        for (parameter, type_), value in zip(types.items(), values, strict=True):
            bound[parameter] = coerce(type_, value, env, f"{parameter} of {name}")
            if bound[parameter] is None and value is not None:
                return None
        return invoke(lambda frame: body(frame, run), bound, scope, env, 1)

    return feel.Function(tuple(types), called, name)


@reads("literalExpression")
def _literal(reading, element, names, title):
    expression = reading.expression(element, names)
    return lambda scope, run: expression(scope)


@reads("decisionTable")
def _table(reading, element, names, title):
    return table_reader.read(reading, element, names, title)


@reads("context")
def _context(reading, element, names, title):
    entries, names = [], dict(names)
    for entry in children(element, "contextEntry"):
        variable = reading.only(entry, "variable")
        name = reading.name(variable) if variable is not None else None
        if name in {former for former, _ in entries}:
            sentence = f"Expected the entries of a context to have different names, but two are named {name or 'nothing'}"
            reading.refuse(entry, "DUPLICATE_NAME", sentence, "Rename one of them.")
        made = logic(reading, reading.logic(entry), names, f"{name or 'result'} of {title}")
        if variable is not None:
            names[name] = item_definitions.of(reading, variable)
            made = typed(made, names[name], f"{name} of {title}")
        entries.append((name, made))

    def run_context(scope, run):
        values = {}
        inner = feel.Scope(values, outer=scope)
        for name, made in entries:
            value = made(inner, run)
            if name is None:
                return value
            values[name] = value
        return values

    return run_context


@reads("invocation")
def _invocation(reading, element, names, title):
    callee = logic(reading, reading.logic(element), names, title)
    bindings = []
    for binding in children(element, "binding"):
        parameter = reading.only(binding, "parameter", needed=True)
        if parameter is None:
            continue
        name = reading.name(parameter)
        made = logic(reading, reading.logic(binding, needed=False), names, f"{name} of {title}")
        bindings.append((name, typed(made, item_definitions.of(reading, parameter), f"{name} of {title}")))

    def run_invocation(scope, run):
        called = callee(scope, run)
        if not isinstance(called, feel.Function):
            return scope.env.warn(f"Expected a function to invoke in {title}, but found {shown(called)}")
        return called.call_named(scope.env, {name: made(scope, run) for name, made in bindings})

    return run_invocation


@reads("functionDefinition")
def _function(reading, element, names, title):
    expect_feel_function(reading, element)
    types = parameters(reading, element)
    body = logic(reading, reading.logic(element), {**names, **types}, title)
    return lambda scope, run: function(types, body, scope, run, title)


@reads("list")
def _list(reading, element, names, title):
    items = [logic(reading, item, names, title) for item in element if local(item) in LOGIC]
    return lambda scope, run: [item(scope, run) for item in items]


@reads("relation")
def _relation(reading, element, names, title):
    columns = [(reading.name(column), item_definitions.of(reading, column)) for column in children(element, "column")]
    rows = []
    for row in children(element, "row"):
        cells = [cell for cell in row if local(cell) in LOGIC]
        if len(cells) != len(columns):
            sentence = f"Expected {len(columns)} expressions in a row of {title}, but found {len(cells)}"
            reading.refuse(row, "RULE_WIDTH", sentence, "Give every row one expression per column.")
        rows.append([
            (name, typed(logic(reading, cell, names, f"{name} of {title}"), type_, f"{name} of {title}"))
            for (name, type_), cell in zip(columns, cells, strict=False)
        ])  # fmt: skip
    return lambda scope, run: [{name: cell(scope, run) for name, cell in row} for row in rows]
