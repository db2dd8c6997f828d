"""Does every value have its kind, and is every expression FEEL that can be compiled?"""

import re

from engine import feel
from engine.gate import literals
from engine.gate.elements import called, local, owner, placed, problem, reference, words
from engine.gate.whitelist import KINDS

JUEL = re.compile(r"[$#]\{")  # in a mapping only at its beginning: further on it may be a text for somebody else
SHOWN = 120  # characters of an expression
IN_FEEL = "Write the expression in FEEL, with = before it: ${amount > 5} becomes =amount > 5."
MISSED = {  # where an empty value is missed by a rule of another file, which says more about it
    "condition", "timeDate", "timeDuration", "timeCycle", "inputCollection", "outputCollection", "outputElement",
    "expression", "resultVariable", "target", "eventType",
}  # fmt: skip
LITERALS = {"flag", "count", "variable", "path"}  # no expression is allowed there
REMEDIES = {
    "variable": "Choose another name.",
    "path": "Choose another name; =expressions belong into the other field.",
    "moment": "Enter the time with its zone, or an expression that starts with =.",
    "duration": "Enter a duration such as PT15M or P3D, or an expression that starts with =.",
    "cycle": "Enter an interval such as R/PT1H or R3/P1D, or an expression that starts with =.",
}


def check(diagram):
    """Problems of values and expressions, in document order."""
    for element, row in diagram.parts:
        for attribute, kind in row.attributes.items():
            text = element.get(attribute)
            if text is not None:
                yield from _value(element, attribute, kind, text)
        if row.text is not None and row.text in KINDS:
            yield from _value(element, None, row.text, element.text or "")
    yield from _starts(diagram)


def _value(element, attribute, kind, text):
    if kind in ("id", "text") or kind.startswith(">"):
        return
    if kind not in KINDS:
        if text not in kind.split("|"):
            expected = " or ".join(kind.split("|"))
            yield problem(
                element, "BAD_VALUE", f"Expected {_where(element, attribute)} to be {expected}, but it is {text!r}.", f"Choose {expected}."
            )
        return
    stripped = text.strip()
    if not stripped and (attribute or local(element)) in MISSED:
        return
    if kind not in LITERALS and not stripped.startswith("=") and (JUEL.match if attribute == "source" else JUEL.search)(stripped):
        sentence = f"Expected FEEL in {_where(element, attribute)}, but found {_shown(stripped)}, which is an expression of Camunda 7."
        yield problem(element, "JUEL_EXPRESSION", sentence, IN_FEEL)
    elif kind not in LITERALS and stripped.startswith("="):
        yield from _feel(element, attribute, stripped[1:])
    elif kind == "feel":
        found = f"found {_shown(stripped)} without = before it" if stripped else "it is empty"
        sentence = f"Expected an expression in {_where(element, attribute)}, but {found}."
        yield problem(element, "NOT_AN_EXPRESSION", sentence, "Write = and then the expression.")
    elif kind != "value":
        expected = literals.fault(kind, text)
        if expected:
            sentence = f"Expected {_where(element, attribute)} to be {expected}, but it is {_shown(stripped) or 'empty'}."
            code = "BAD_VARIABLE_NAME" if kind in ("variable", "path") else "BAD_VALUE"
            yield problem(element, code, sentence, REMEDIES.get(kind, f"Enter {expected}."))


def _feel(element, attribute, text):
    try:
        feel.expression(text)
    except feel.FeelError as error:
        place = _shown(text) if error.line is None else f"line {error.line}, column {error.column} of {_shown(text)}"
        sentence = f"{error.sentence.rstrip('.')} ({place}, in {_where(element, attribute)})."
        yield problem(element, "FEEL_SYNTAX", sentence, "Correct the expression; the FEEL editor of the modeler marks the same place.")


def _where(element, attribute):
    """How a sentence names a value: condition expression of the sequence flow "yes" (Flow_1), or source of zeebe:input of the task (a)."""
    return f"{attribute} of {placed(element)}" if attribute else f"{words(local(element))} of {called(owner(element.getparent()))}"


def _shown(text):
    text = " ".join(text.split())
    return text if len(text) <= SHOWN else text[:SHOWN] + "…"


def _starts(diagram):
    """Nothing has happened before a process starts, so what its start events wait for cannot read variables."""
    for scope in diagram.scopes:
        if scope.kind != "process":
            continue
        for event in scope.of("startEvent"):
            for definition in diagram.definitions_of(event):
                for text in _waits_for(diagram, definition):
                    reads = _reads(text)
                    if reads:
                        sentence = f"Expected {called(event)} to wait for something fixed, because no variable is there yet, but it reads"
                        remedy = "Write a fixed text, or an expression without variables such as =now()."
                        yield problem(event, "START_READS_VARIABLES", f"{sentence} {', '.join(sorted(reads))}.", remedy)


def _waits_for(diagram, definition):
    if local(definition) == "timerEventDefinition":
        return [child.text for child in definition]
    word = local(definition).removesuffix("EventDefinition")
    meant = diagram.one(reference(definition.get(f"{word}Ref")), word) if word in ("message", "signal") else None
    return [] if meant is None else [meant.get("name")]


def _reads(text):
    if not (text or "").strip().startswith("="):
        return ()
    try:
        return feel.expression(text.strip()[1:]).reads
    except feel.FeelError:
        return ()
