"""A decision requirements graph: what a .dmn file says, compiled, never changed by an evaluation."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter

from engine.decisions.table import Table
from engine.decisions.types import ANY, Type


@dataclass(frozen=True, slots=True)
class InputData:
    """A value that comes from outside, under one of `names`."""

    id: str
    names: tuple
    type: Type = ANY
    path: tuple = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """`type` is the kind of its logic: DECISION_TABLE, LITERAL_EXPRESSION, CONTEXT, …, UNSPECIFIED where it has none."""

    id: str
    name: str
    names: tuple  # under which other decisions read the result
    type: str
    version_tag: str | None
    inputs: tuple  # ids of required input data
    required: tuple  # ids of required decisions
    knowledge: tuple  # ids of required business knowledge models and decision services
    result_type: Type
    logic: object = field(repr=False)  # closure (scope, run) -> value
    path: tuple = ()

    @property
    def table(self):
        """The decision's Table, or None if its logic is something else."""
        return self.logic if isinstance(self.logic, Table) else None


@dataclass(frozen=True, slots=True)
class KnowledgeModel:
    """A business knowledge model: a function that decisions call."""

    id: str
    names: tuple
    parameters: Mapping  # name -> Type, in order
    knowledge: tuple
    result_type: Type
    body: object = field(repr=False)
    path: tuple = ()


@dataclass(frozen=True, slots=True)
class Service:
    """A decision service: some decisions of the graph as a function of others and of input data."""

    id: str
    names: tuple
    outputs: tuple  # ids of decisions
    input_data: tuple  # ids
    input_decisions: tuple  # ids
    result_type: Type
    path: tuple = ()


@dataclass(frozen=True, slots=True)
class Requirements:
    """What is imported stands in it too, after the file's own, with "name of the import." before its id.

    `path` of an element: the names of the imports that lead to its model, from the file on; empty for the file's own.
    `weight`: bytes of memory that keeping it costs, estimated; `uses_calendar`: some expression asks for working days.
    """

    id: str
    name: str
    decisions: Mapping  # id -> Decision
    inputs: Mapping  # id -> InputData
    invocables: Mapping  # id -> KnowledgeModel | Service
    weight: int
    uses_calendar: bool


def order(requirements, wanted, known=()):
    """The decisions that have to be made for the ids in `wanted`, each once, required ones first. What is `known` is not made again."""
    found, path, waiting = dict.fromkeys(known), [], [iter(wanted)]
    while waiting:
        id_ = next(waiting[-1], None)
        if id_ is None:
            waiting.pop()
            if path:
                found[path.pop()] = None
        elif id_ not in found:
            path.append(id_)
            waiting.append(iter(requirements.decisions[id_].required))
    return [requirements.decisions[id_] for id_ in found if id_ not in known]


def circle(edges):
    """`edges`: {id: ids that it requires} -> the ids of one requirement that leads back to itself, in order, or None."""
    try:
        TopologicalSorter(edges).prepare()
    except CycleError as error:
        return error.args[1][::-1]
    return None
