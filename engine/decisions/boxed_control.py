"""The boxed expressions of DMN 1.4 that choose and repeat: conditional, filter, for, some, every. What repeating means is FEEL's own."""

from functools import cache

from engine import feel
from engine.decisions import item_definitions
from engine.decisions.boxed import logic, reads, typed
from engine.decisions.errors import local
from engine.decisions.types import ANY
from engine.feel.scope import Item
from engine.feel.values.kinds import shown

FOR = "for element in elements return body(element, partial)"
QUANTIFIED = {
    "some": "some element in elements satisfies body(element)",
    "every": "every element in elements satisfies body(element)",
}

_compiled = cache(feel.expression)


def _part(reading, element, name, names, title):
    """The boxed expression inside <if>, <in>, <match> …, held to the typeRef of both."""
    holder = reading.only(element, name, needed=True)
    if holder is None:
        return logic(reading, None, names, title)
    made = logic(reading, reading.logic(holder), names, title)
    return typed(made, item_definitions.of(reading, holder), f"{name} of {title}")


@reads("conditional")
def _conditional(reading, element, names, title):
    condition, then, otherwise = (_part(reading, element, name, names, title) for name in ("if", "then", "else"))
    return lambda scope, run: then(scope, run) if condition(scope, run) is True else otherwise(scope, run)


@reads("filter")
def _filter(reading, element, names, title):
    elements = _part(reading, element, "in", names, title)
    match = _part(reading, element, "match", {**names, "item": ANY}, title)

    def run_filter(scope, run):
        found, kept = elements(scope, run), []
        for item in found if type(found) is list else [] if found is None else [found]:
            scope.env.spend(1)
            answer = match(Item(item, scope), run)
            if answer is not None and type(answer) is not bool:
                return scope.env.warn(f"Expected match of {title} to be true or false, but found {shown(answer)}")
            if answer:
                kept.append(item)
        return kept

    return run_filter


@reads("for")
def _for(reading, element, names, title):
    variable = _variable(reading, element)
    elements = _part(reading, element, "in", names, title)
    body = _part(reading, element, "return", {**names, variable: ANY, "partial": ANY}, title)

    def run_for(scope, run):
        def once(env, values):
            return body(feel.Scope({variable: values[0], "partial": values[1]}, outer=scope), run)

        called = feel.Function(("element", "partial"), once, title)
        return _compiled(FOR)(feel.Scope({"elements": elements(scope, run), "body": called}, env=scope.env))

    return run_for


@reads("some")
@reads("every")
def _quantified(reading, element, names, title):
    quantified, variable = _compiled(QUANTIFIED[local(element)]), _variable(reading, element)
    elements = _part(reading, element, "in", names, title)
    body = _part(reading, element, "satisfies", {**names, variable: ANY}, title)

    def run_quantified(scope, run):
        def once(env, values):
            return body(feel.Scope({variable: values[0]}, outer=scope), run)

        called = feel.Function(("element",), once, title)
        return quantified(feel.Scope({"elements": elements(scope, run), "body": called}, env=scope.env))

    return run_quantified


def _variable(reading, element):
    name = (element.get("iteratorVariable") or "").strip()
    if not name:
        sentence = f"Expected {local(element)} to name its iteratorVariable, but found none"
        reading.refuse(element, "MISSING_NAME", sentence, "Give the variable a name.")
    return name or "item"
