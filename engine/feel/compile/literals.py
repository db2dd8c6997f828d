"""Literals: numbers, strings, temporal values, lists, contexts and ranges."""

from collections import Counter
from decimal import DecimalException

from engine.feel.compile.build import compiles, constant, fixed, folded
from engine.feel.scope import Frame
from engine.feel.values import temporal
from engine.feel.values.kinds import BOOLEAN, CONTEXT, FUNCTION, LIST, NUMBERS, RANGE, kind, shown
from engine.feel.values.order import comparable
from engine.feel.values.ranges import Range


@compiles("number")
def number(children, build):
    text = str(children[0])
    try:
        return constant(NUMBERS.create_decimal(text))
    except DecimalException:
        return lambda scope: scope.env.warn(f"Expected a number within decimal128, but found {text}")


@compiles("string")
def string(children, build):
    return constant(str(children[0]))


@compiles("true")
def true(children, build):
    return constant(True)


@compiles("false")
def false(children, build):
    return constant(False)


@compiles("null")
def null(children, build):
    return constant(None)


@compiles("temporal")
def at_literal(children, build):
    text = str(children[0])
    try:
        value = temporal.parse(text)
    except OverflowError:
        value = None
    if value is not None:
        return constant(value)
    reason = f'Expected a date, time or duration after @, but found "{text}"'
    return lambda scope: scope.env.warn(reason)


@compiles("list")
def list_(children, build):
    items = [build.compile(child) for child in children]
    if all(fixed(item) for item in items):
        values = [fixed(item)[0] for item in items]
        if not any(isinstance(value, (list, dict)) for value in values):
            return constant(values)
    if len(items) == 1:
        (only,) = items
        return lambda scope: [only(scope)]

    def run(scope):
        return [item(scope) for item in items]

    return run


@compiles("context")
def context(children, build):
    keys = [str(entry.children[0]) for entry in children]
    if len(set(keys)) < len(keys):
        twice = Counter(keys).most_common(1)[0][0]
        return lambda scope: scope.env.warn(f'Expected each key of a context once, but found "{twice}" again')
    entries, inner = [], build.bind()
    for key, entry in zip(keys, children, strict=True):
        entries.append((key, inner.compile(entry.children[1])))
        inner.bound[key] = inner.bound.get(key, False)
    if not any(inner.bound.values()):
        return _plain_context(entries)

    def run(scope):
        values = {}
        frame = Frame(values, scope)
        for key, entry in entries:
            values[key] = entry(frame)
        return values

    return run


def _plain_context(entries):
    """No entry reads a former one, so none needs a scope of its own."""

    def run(scope):
        return {key: entry(scope) for key, entry in entries}

    return run


@compiles("range")
def range_(children, build):
    opening, start, _, end, closing = children
    start, end = build.compile(start), build.compile(end)
    start_included, end_included = opening == "[", closing == "]"

    def run(scope):
        return make(start(scope), start_included, end(scope), end_included, scope.env)

    return folded(run, start, end)


def make(start, start_included, end, end_included, env):
    """A Range with two ends; null with a reason if they cannot be compared."""
    for bound in (start, end):
        if kind(bound) in (LIST, CONTEXT, RANGE, FUNCTION, BOOLEAN):
            return env.warn(f"Expected an end of a range that can be ordered, but found {shown(bound)}")
    if start is not None and end is not None and comparable(start, end) is None:
        return env.warn(f"Expected two ends of a range that can be compared, but found {shown(start)} and {shown(end)}")
    return Range(start, start_included, end, end_included)


@compiles("open_range")
def open_range(children, build):
    sign, operand = str(children[0]), build.compile(children[1])

    def run(scope):
        value = operand(scope)
        if sign in ("=", "!="):
            return Range(value, sign == "=", value, sign == "=", sign)
        if comparable(value, value) is None:
            return scope.env.warn(f"Expected a value that can be ordered after {sign}, but found {shown(value)}")
        if sign[0] == "<":
            return Range(None, False, value, sign == "<=", sign)
        return Range(value, sign == ">=", None, False, sign)

    return folded(run, operand)
