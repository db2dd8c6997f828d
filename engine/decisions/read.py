"""A .dmn file becomes its requirements graph, or all the reasons why it cannot."""

from types import MappingProxyType

from engine.decisions import boxed, boxed_control, item_definitions, vocabulary, xml
from engine.decisions.errors import Unreadable, local, problem
from engine.decisions.graph import Graph
from engine.decisions.reading import Reading
from engine.decisions.requirements import Requirements, circle

#: importing these fills the registry of boxed expressions
READ_BY = (boxed, boxed_control)
#: Bytes of memory per byte of a file, and for any file: more than nine in ten files of the public conformance suite take (tracemalloc).
WEIGHT, AT_LEAST = 12, 20_000


def read(content):
    """Bytes of a .dmn file -> [Requirements], one. Raises Unreadable (a ValueError) that holds every problem that was found."""
    root = xml.read(content)
    namespace = root.tag[1:].partition("}")[0]
    if local(root) != "definitions" or namespace not in vocabulary.MODELS:
        sentence = f"Expected <definitions> of DMN 1.1 to 1.5, but found <{local(root)}> of {namespace or 'no namespace'}"
        raise Unreadable([problem(root, "NOT_DMN", sentence, "Export the file from the modeler as DMN.")])
    if unknown := vocabulary.check(root):
        raise Unreadable(unknown)
    reading = Reading(root)
    item_definitions.read(reading)
    found = _graph(reading, len(content))
    if reading.problems:
        raise Unreadable(reading.problems)
    return [found]


def _graph(reading, size):
    graph = Graph(reading)
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
    name = reading.root.get("name") or reading.root.get("id") or "definitions"
    return Requirements(
        reading.root.get("id") or name, name, MappingProxyType(decisions), MappingProxyType(inputs),
        MappingProxyType({**invocables, **services}), AT_LEAST + WEIGHT * size, reading.uses_calendar,
    )  # fmt: skip
