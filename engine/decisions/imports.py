"""What a .dmn file imports: other models, whose elements are seen under the name of the import (DMN 1.5, 6.3.3)."""

from dataclasses import dataclass, replace
from types import MappingProxyType

from engine.decisions.errors import Unreadable
from engine.decisions.reading import children
from engine.decisions.requirements import Requirements
from engine.decisions.vocabulary import MODELS
from engine.domain.imported import MOST


@dataclass(frozen=True)
class Model:
    """A file that was read. Its own elements alone can be required by who imports it; what it imports itself only comes along.

    `kinds`: {id: name of the element} of what can be required; `names`: under which its own elements see them; `types`: {name: Type} of
    its item definitions; `members`: as in Reading, with these names; `count`: how many models went into it, itself one of them.
    """

    requirements: Requirements
    kinds: dict
    names: frozenset
    types: dict
    members: set
    count: int


@dataclass(frozen=True)
class Import:
    """<import> with the Model that it means. An empty `name` brings what is imported among the names of the file itself."""

    name: str
    element: object  # lxml
    model: Model

    def within(self, name):
        """How the file that imports says a name, or an id, of the model."""
        return f"{self.name}.{name}" if self.name else name


def resolve(reading, candidates, read_model, path):
    """The imports of a file, into `reading.imports`, their item definitions into its types.

    `candidates`: {namespace: [Imported]}; `read_model`(Imported, path) -> Model, or raises Unreadable; `path`: the namespaces of the files
    that lead to this one, its own last.
    """
    names, count = set(), 1
    for element in children(reading.root, "import"):
        found = _import(reading, element, candidates, read_model, path)
        if found is None:
            continue
        if found.name and found.name in names:
            sentence = f"Expected imports with different names, but two are named {found.name}"
            reading.refuse(element, "DUPLICATE_NAME", sentence, "Rename one of them.")
        names.add(found.name)
        reading.imports[element.get("namespace")] = found
        count += found.model.count
        for name, type_ in found.model.types.items():
            if reading.types.setdefault(found.within(name), type_) is not type_:
                sentence = f"Expected imported item definitions with different names, but two are named {found.within(name)}"
                reading.refuse(element, "DUPLICATE_NAME", sentence, "Give the import a name.")
        reading.members |= found.model.members
    if count > MOST:
        sentence = f"Expected at most {MOST} models in a file, each as often as it is imported, but found {count}"
        reading.refuse(
            children(reading.root, "import")[0], "TOO_MANY_IMPORTS", sentence, "Import less, or bring models together in a file."
        )
    return count


def _import(reading, element, candidates, read_model, path):
    """-> Import, or None where it was refused."""
    kind, namespace, name = (element.get(attribute) for attribute in ("importType", "namespace", "name"))
    if kind not in MODELS:
        sentence = f"Expected an import to be of DMN, but its importType is {kind or 'missing'}"
        return reading.refuse(element, "UNSUPPORTED_IMPORT", sentence, f"Import a .dmn file, with importType {list(MODELS)[-1]}.")
    if not namespace:
        sentence = "Expected an import to say the namespace of the model that it means, but found none"
        return reading.refuse(element, "MISSING_NAMESPACE", sentence, "Enter the namespace of its <definitions>.")
    if name is None:
        sentence = f"Expected the import of {namespace} to have a name, but found none"
        return reading.refuse(element, "MISSING_NAME", sentence, 'Give it one; name="" brings what is imported in without a prefix.')
    if namespace in reading.imports:
        sentence = f"Expected one import of {namespace}, but found two"
        return reading.refuse(element, "DUPLICATE_IMPORT", sentence, "Keep one of them.")
    if namespace in path:
        circle = " → ".join((*path[path.index(namespace) :], namespace))
        return reading.refuse(element, "IMPORT_CYCLE", f"Expected imports that end, but found a circle: {circle}", "Remove one of them.")
    found = candidates.get(namespace, [])
    if not found:
        sentence = f"Expected a model with the namespace {namespace}, but it is neither deployed nor among the files given"
        remedy = "Deploy it before, or together with this file, or correct the namespace."
        return reading.refuse(element, "UNKNOWN_IMPORT", sentence, remedy)
    if len(found) > 1:
        sentence = f"Expected one model with the namespace {namespace}, but {len(found)} have it"
        return reading.refuse(element, "IMPORT_UNCLEAR", sentence, "Give the one that is meant a namespace of its own.")
    try:
        return Import(name.strip(), element, read_model(found[0], path))
    except Unreadable as error:
        first = error.problems[0]
        if first.code in ("IMPORT_CYCLE", "TOO_MANY_IMPORTS"):
            return reading.refuse(element, first.code, first.sentence, first.remedy)
        sentence = f"Expected the model {namespace} to be one that can be run, but at {first.element}: {first.sentence}"
        return reading.refuse(element, "IMPORT_UNREADABLE", sentence, f"There: {first.remedy}")


def placed(source):
    """The Requirements of an import's model as they stand in the graph of the file that imports it."""
    found, within = source.model.requirements, source.within

    def put(elements, *references):
        for element in elements.values():
            moved = {name: tuple(within(id_) for id_ in getattr(element, name)) for name in references if hasattr(element, name)}
            yield replace(element, id=within(element.id), path=(source.name, *element.path), **moved)

    return replace(
        found,
        decisions=_by_id(put(found.decisions, "inputs", "required", "knowledge")),
        inputs=_by_id(put(found.inputs)),
        invocables=_by_id(put(found.invocables, "knowledge", "outputs", "input_data", "input_decisions")),
    )


def _by_id(elements):
    return MappingProxyType({element.id: element for element in elements})
