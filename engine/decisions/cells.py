"""What a cell of a decision table says about its column: the values at which its answer can change, if it can be told without running."""

from engine.feel import FeelError, Scope
from engine.feel.compile.build import Build, Notes
from engine.feel.functions.registry import vocabulary
from engine.feel.parser import parse

#: These only compare the input with the values inside them.
TRANSPARENT = {"tests", "no_tests", "value_test", "list", "conjunction", "disjunction"}
ORDERING = {"comparison_test", "comparison", "range", "open_range", "between"}
LITERALS = {"number", "string", "temporal", "true", "false", "null", "negation"}
CONSTRUCTORS = {"date", "time", "date and time", "duration"}
EQUALS = {"EQ", "NE"}


class NotUnderstood(Exception):
    """The cell asks for more than a comparison with fixed values."""


def constants(text):
    """-> [value] with which the unary tests compare their input. Raises NotUnderstood."""
    try:
        return list(_constants(parse(text, vocabulary(()), "unary_tests"), ordering=False))
    except FeelError as error:
        raise NotUnderstood(text) from error


def _constants(tree, ordering):
    name = tree.data
    if name in LITERALS or (name == "call" and _is_constructor(tree)):
        value = Build(Notes()).compile(tree)(Scope({}))
        if ordering and isinstance(value, str):
            raise NotUnderstood("an order of strings")
        yield value
    elif name in TRANSPARENT or name in ORDERING:
        signs = {child.type for child in tree.children if not hasattr(child, "data")}
        for child in tree.children:
            if hasattr(child, "data"):
                yield from _constants(child, ordering or (name in ORDERING and not signs & EQUALS))
    elif not (name == "name" and tree.children[0] == "?"):
        raise NotUnderstood(name)


def _is_constructor(tree):
    called, *arguments = tree.children
    return called.data == "name" and called.children[0] in CONSTRUCTORS and all(argument.data in LITERALS for argument in arguments)
