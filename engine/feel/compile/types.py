"""Type names: `instance of`, and the types of a function's parameters."""

from engine.feel.compile.build import compiles
from engine.feel.scope import MISSING
from engine.feel.values.far import midnight
from engine.feel.values.kinds import CONTEXT, DATE, DATE_TIME, FUNCTION, LIST, RANGE, kind

_NAMED = {
    **{name: name for name in ("number", "string", "boolean", "list", "context", "range", "function", "date", "time", "date and time")},
    **dict.fromkeys(("days and time duration", "day and time duration", "dayTimeDuration"), "days and time duration"),
    **dict.fromkeys(("years and months duration", "year and month duration", "yearMonthDuration"), "years and months duration"),
    "dateTime": "date and time",
}  # fmt: skip
_ANY = ("Any", "any")


@compiles("instance_of")
def instance_of(children, build):
    value, test = build.compile(children[0]), checker(children[1])
    if test is None:
        reason = f"Expected the name of a FEEL type after instance of, but found {children[1].children[0]}"
        return lambda scope: scope.env.warn(reason)
    null = children[1].data == "named_type" and children[1].children[0] == "Null"

    def run(scope):
        found = value(scope)
        return null if found is None else test(found)

    return run


def checker(tree):
    """A type of the grammar -> predicate of a value that is not null; None if it names no type of FEEL."""
    if tree.data == "named_type":
        return _named(str(tree.children[0]))
    if tree.data == "any_function":
        return lambda value: kind(value) == FUNCTION
    if tree.data == "context_type":
        return _context(tree.children)
    if tree.data == "function_type":
        wanted = sum(1 for child in tree.children[0].children if child is not None)
        return lambda value: kind(value) == FUNCTION and (value.parameters is None or len(value.parameters) == wanted)
    outer, inner = str(tree.children[0]), checker(tree.children[1])
    if inner is None or len(tree.children) > 2:
        return None
    if outer == LIST:
        return lambda value: kind(value) == LIST and all(item is None or inner(item) for item in value)
    if outer == RANGE:
        return lambda value: kind(value) == RANGE and all(bound is None or inner(bound) for bound in (value.start, value.end))
    return None


def _named(name):
    if name in _ANY:
        return lambda value: True
    if name == "Null":
        return lambda value: value is None
    wanted = _NAMED.get(name)
    return wanted and (lambda value: kind(value) == wanted)


def _context(children):
    if children[0] != CONTEXT:
        return None
    fields = [(str(child.children[0]), checker(child.children[1])) for child in children[1:]]
    if any(test is None for _, test in fields):
        return None

    def holds(value):
        return kind(value) == CONTEXT and all(name in value and (value[name] is None or test(value[name])) for name, test in fields)

    return holds


def conversion(tree):
    """A type of the grammar -> function that gives a value as that type (DMN 1.5, 10.3.2.9.4), or MISSING if it cannot be one.

    A list of one is its item, an item is a list of one, a date is its midnight in UTC. A type that FEEL does not know takes anything.
    """
    test = checker(tree) or (lambda value: True)
    of_lists = bool(tree.children) and tree.children[0] == LIST
    of_moments = tree.data == "named_type" and _NAMED.get(str(tree.children[0])) == DATE_TIME

    def convert(value):
        if value is None or test(value):
            return value
        if kind(value) == LIST and len(value) == 1 and not of_lists and test(value[0]):
            return value[0]
        if of_lists and test([value]):
            return [value]
        if of_moments and kind(value) == DATE:
            return midnight(value)
        return MISSING

    return convert
