"""What the rules accept, the machine compiles; and where the rules find a queue, the machine finds the same."""

import pytest

from engine.gate import extensions
from engine.gate.diagram import Diagram
from engine.gate.rules.people import assignment, lane_of, lanes_of
from engine.gate.xml import read as read_xml
from engine.workflow import definition, dialect_extensions
from tests.engine.gate.drawn import around, file, found
from tests.engine.gate.rules import (
    test_activities,
    test_carried,
    test_data,
    test_events,
    test_expressions,
    test_gateways,
    test_messages,
    test_people,
    test_structure,
    test_timers,
)

BODIES = {
    **test_structure.ACCEPTED,
    **test_gateways.ACCEPTED,
    **{
        name: body
        for table in (test_timers.CASES, test_expressions.VALUES, test_people.QUEUES)
        for name, (body, codes) in table.items()
        if not codes
    },
    **{
        name: around(drawn, "x")
        for table in (test_messages.THROWN, test_activities.TASKS, test_carried.CASES)
        for name, (drawn, codes) in table.items()
        if not codes
    },
    **{name: around(drawn) + test_data.REPORT for name, (drawn, codes) in test_data.CASES.items() if not codes},
    **{
        f"{kind or 'none'} at the {place}": test_events.PLACES[place][0](kind)
        for place, kind in test_events.EACH
        if kind in test_events.PLACES[place][1]
    },
}


def test_gate_and_machine_know_the_same_extensions():
    executed = {name: set(row.attributes) for name, row in extensions.ZEEBE.items()}

    assert {name: executed[name] for name in dialect_extensions.PLAIN} == dialect_extensions.PLAIN


def test_there_is_something_to_compare():
    assert len(BODIES) > 100


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_the_machine_compiles_what_the_rules_accept(body):
    assert found(file(body)) == []

    definition.read(file(body))


@pytest.mark.parametrize(
    "body",
    [body for body, codes in test_people.QUEUES.values() if not codes],
    ids=[name for name, (_, codes) in test_people.QUEUES.items() if not codes],
)
def test_the_machine_puts_a_task_into_the_queue_that_the_rules_see(body):
    diagram = Diagram(read_xml(file(body), "test.bpmn"))
    (compiled,) = definition.read(file(body))
    tasks = [(scope, task) for scope in diagram.scopes for task in scope.of("userTask")]
    assert tasks

    for scope, task in tasks:
        lane = lane_of(scope, task, lanes_of(diagram))
        if not assignment(task):
            assert compiled.elements[task.get("id")].lane == lane.get("name")
