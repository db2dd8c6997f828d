"""A .dmn file becomes its requirements graph, or all the reasons why it cannot."""

from types import MappingProxyType

from engine.decisions import boxed, boxed_control, imports, item_definitions, vocabulary, xml
from engine.decisions.errors import Unreadable, local, problem
from engine.decisions.graph import Graph
from engine.decisions.reading import Reading
from engine.decisions.requirements import Requirements, circle, order
from engine.feel.names import WORD

#: importing these fills the registry of boxed expressions
READ_BY = (boxed, boxed_control)
#: Bytes of memory per byte of a file, and for any file: more than nine in ten files of the public conformance suite take (tracemalloc).
WEIGHT, AT_LEAST = 12, 20_000


def read(content, imported=None):
    """Bytes of a .dmn file -> [Requirements], one. Raises Unreadable (a ValueError) that holds every problem that was found.

    `imported`: {namespace: [engine.domain.imported.Imported]} of the models that it may import.
    """
    return [_model(content, imported or {}, (), {}).requirements]


def _model(content, imported, path, done):
    """-> imports.Model. `path`: namespaces of the files that import this one; `done`: {Imported: its Model, or the Unreadable}."""
    root = xml.read(content)
    namespace = root.tag[1:].partition("}")[0]
    if local(root) != "definitions" or namespace not in vocabulary.MODELS:
        sentence = f"Expected <definitions> of DMN 1.1 to 1.5, but found <{local(root)}> of {namespace or 'no namespace'}"
        raise Unreadable([problem(root, "NOT_DMN", sentence, "Export the file from the modeler as DMN.")])
    if unknown := vocabulary.check(root):
        raise Unreadable(unknown)
    reading = Reading(root)

    def imported_model(one, path):
        if one not in done:
            try:
                done[one] = _model(one.content, one.imports, path, done)
            except Unreadable as error:
                done[one] = error
        if isinstance(done[one], Unreadable):
            raise done[one]
        return done[one]

    count = imports.resolve(reading, imported, imported_model, (*path, reading.namespace))
    if reading.problems:
        raise Unreadable(reading.problems)  # whatever uses a refused import would be told as wrong too
    types = item_definitions.read(reading)
    graph = Graph(reading)
    found = _requirements(reading, graph, len(content))
    if reading.problems:
        raise Unreadable(reading.problems)
    kinds = {id_: local(element) for id_, element in graph.elements.items()}
    members = reading.members | {name for name in graph.names if not WORD.fullmatch(name)}
    return imports.Model(found, kinds, graph.names, types, members, count)


def _requirements(reading, graph, size):
    inputs = {id_: graph.input_data(id_, element) for id_, element in graph.of("inputData")}
    decisions = {id_: graph.decision(id_, element) for id_, element in graph.of("decision")}
    invocables = {id_: graph.knowledge_model(id_, element) for id_, element in graph.of("businessKnowledgeModel")}
    services = {id_: graph.service(id_, element) for id_, element in graph.of("decisionService")}
    edges = {
        **{id_: (*each.required, *each.knowledge) for id_, each in decisions.items()},
        **{id_: each.knowledge for id_, each in invocables.items()},
        **{id_: each.outputs for id_, each in services.items()},
    }
    if path := circle(edges):
        names = " → ".join(graph.elements[id_].get("name") or id_ for id_ in path)
        sentence = f"Expected requirements that end, but found a circle: {names}"
        reading.refuse(graph.elements[path[0]], "REQUIREMENT_CYCLE", sentence, "Remove one of these requirements.")
    for each in graph.imported:
        decisions, inputs, services = {**decisions, **each.decisions}, {**inputs, **each.inputs}, {**services, **each.invocables}
    name = reading.root.get("name") or reading.root.get("id") or "definitions"
    found = Requirements(
        reading.root.get("id") or name, name, MappingProxyType(decisions), MappingProxyType(inputs),
        MappingProxyType({**invocables, **services}), AT_LEAST + WEIGHT * size + sum(each.weight for each in graph.imported),
        reading.uses_calendar or any(each.uses_calendar for each in graph.imported),
    )  # fmt: skip
    if graph.imported and not reading.problems:
        _expect_given(reading, graph, found)
    return found


def _expect_given(reading, graph, found):
    """What a service decides rests on what it is given, and an imported input cannot be given to it."""
    for id_, element in graph.of("decisionService"):
        service = found.invocables[id_]
        for decision in order(found, service.outputs, service.input_decisions):
            if outside := next((found.inputs[id_] for id_ in decision.inputs if found.inputs[id_].path), None):
                sentence = f"Expected decision service {service.names[-1]} to be given all that it needs, but {outside.id} is imported"
                remedy = "Make the decision that requires it an input decision of the service."
                reading.refuse(element, "REFERENCE_OUTSIDE", sentence, remedy)
