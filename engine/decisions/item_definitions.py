"""The item definitions of a file become types, and so does every typeRef."""

from engine import feel
from engine.decisions.errors import local
from engine.decisions.reading import children
from engine.decisions.types import ANY, Allowed, Type
from engine.decisions.vocabulary import FEEL, MODELS

NAMES = {
    *("string", "number", "boolean", "date", "time", "date and time", "days and time duration", "years and months duration"),
    *("range", "context", "list", "function", "Any"),
}
#: The names that XML files use for some of them.
ALIASES = {
    "dateTime": "date and time",
    "dayTimeDuration": "days and time duration",
    "yearMonthDuration": "years and months duration",
    "any": "Any",
}


def read(reading):
    """All item definitions of a file, into `reading.types` -> {name: Type} of them. A definition that contains itself is refused."""
    found = {}
    for element in children(reading.root, "itemDefinition"):
        name = reading.name(element)
        if name in found:
            reading.refuse(element, "DUPLICATE_NAME", f"Expected one item definition named {name}, but found two", "Rename one of them.")
        if name in reading.types:
            sentence = f"Expected item definitions with different names, but an imported one is named {name} too"
            reading.refuse(element, "DUPLICATE_NAME", sentence, "Rename this one, or give the import a name.")
        found[name] = element
    imported = dict(reading.types)
    for name in found:
        _define(reading, name, found, ())
    return {name: type_ for name, type_ in reading.types.items() if name not in imported}


def of(reading, element):
    """The Type that the element's attribute typeRef names; ANY where it has none."""
    return _named(reading, element, element.get("typeRef"), reading.types)


def allowed(reading, element, name):
    """The Allowed of a child such as outputValues, or None."""
    child = reading.only(element, name)
    tests = None if child is None else reading.tests(child)
    if tests is None:
        return None
    text = reading.text(child)
    try:
        values = feel.expression(f"[{text}]")
        order = None if values.reads else values(feel.Scope({}))
    except (feel.FeelError, feel.FeelBudget):
        order = None
    return Allowed(text, tests, tuple(order) if type(order) is list else ())


def _define(reading, name, elements, path):
    if name in path:
        circle = " → ".join([*path[path.index(name) :], name])
        reading.refuse(elements[name], "TYPE_CYCLE", f"Expected item definitions that end, but found {circle}", "Type one of them Any.")
    elif name not in reading.types:
        reading.types[name] = ANY
        reading.types[name] = _type(reading, elements[name], elements, (*path, name))


def _type(reading, element, elements, path):
    reading.expect_feel(element, "typeLanguage")
    name = reading.name(element)
    found = _base(reading, element, name, elements, path)
    limits, whole = _limits(reading, element, "allowedValues"), _limits(reading, element, "typeConstraint")
    if element.get("isCollection") != "true":
        return found.named(name, *limits, *whole)
    # allowedValues speak of the items, typeConstraint of the whole (DMN 1.5, 7.3.3).
    return Type(name, "list", items=found.named(found.name, *limits), limits=whole)


def _limits(reading, element, name):
    limit = allowed(reading, element, name)
    return (limit,) if limit else ()


def _base(reading, element, name, elements, path):
    parts = tuple((reading.name(part), _type(reading, part, elements, path)) for part in children(element, "itemComponent"))
    reference, function = reading.only(element, "typeRef"), reading.only(element, "functionItem")
    if sum((bool(parts), reference is not None, function is not None)) > 1:
        sentence = f"Expected {name} to have a typeRef, components or a function, but found several of them"
        reading.refuse(element, "TYPE_UNCLEAR", sentence, "Keep one of them.")
    if parts:
        return Type(name, "context", parts=parts)
    if function is not None:
        return Type(name, "function", result=_named(reading, function, function.get("outputTypeRef"), elements, path))
    return _named(reading, element, None if reference is None else reference.text, elements, path)


def _named(reading, element, reference, known, path=None):
    """The type of that name: FEEL's own, or an item definition. `path` is given while those are read, and reads the named one first."""
    name = (reference or "").strip()
    if not name:
        return ANY
    prefix, colon, rest = name.partition(":")
    if colon and name not in known:
        namespace = element.nsmap.get(prefix)
        if namespace in {*FEEL, *MODELS, reading.namespace}:
            name = rest
        elif namespace in reading.imports:
            name = reading.imports[namespace].within(rest)
    if name in known or name in reading.types:
        if path is not None and name in known:
            _define(reading, name, known, path)
        return reading.types[name]
    name = ALIASES.get(name, name)
    if name in NAMES:
        return Type(name, name)
    sentence = f"Expected {local(element)} to have a type of FEEL or of this file, but found {reference}"
    reading.refuse(element, "UNKNOWN_TYPE", sentence, f"Use one of {', '.join(sorted({*NAMES, *known, *reading.types}))}."[:400])
    return ANY
