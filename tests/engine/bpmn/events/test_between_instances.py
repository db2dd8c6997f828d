"""What goes from instance to instance, and what begins one: on the store, by the commands."""

import pytest

from engine.commands.broadcast_signal import broadcast_signal
from engine.commands.complete_task import complete_task
from engine.commands.deploy import deploy as deploy_resources
from engine.commands.evaluate_conditionals import evaluate_conditionals
from engine.commands.publish_message import publish_message
from engine.commands.run_due import run_due
from engine.domain.errors import Conflict, Invalid, NotFound, NotPermitted
from engine.gate.resource import Resource
from engine.store.models import Incident, ProcessInstance, UserTask
from engine.store.records import Outbox
from tests.engine.commands.office import ADMIN, LI, ROBOT
from tests.engine.commands.watching import later, rows, unchanged
from tests.engine.workflow.drawing import call, catch, diagram, end, flows, start, throw

HOUR = 3_600_000


def began(office, process):
    """[(start event, variables)] of all instances of a process, in the order in which they began."""
    instances = rows(office, ProcessInstance, ProcessInstance.process_id == process)
    return [(office.history(one["key"])[0]["element"], office.variables(one["key"])) for one in instances]


def open_tasks(office):
    """Sorted element ids of all open tasks."""
    return sorted(row["element_id"] for row in rows(office, UserTask, UserTask.completed.is_(None)))


def done(office, element, **variables):
    """Somebody completes the one open task of an element."""
    (task,) = rows(office, UserTask, UserTask.element_id == element, UserTask.completed.is_(None))
    complete_task(office.engine, ADMIN, task["key"], variables)


def statuses(office, process):
    """How the instances of a process are, in the order in which they began."""
    return [one["status"] for one in rows(office, ProcessInstance, ProcessInstance.process_id == process)]


# -- what begins an instance


def test_each_of_several_start_events_begins_an_instance(office, deploy):
    # given: a process with a start by hand, by a letter, each week, by the alarm and by a condition
    deploy("several_starts")

    # when each happens
    office.start("several_starts", how="hand")
    publish_message(office.engine, ROBOT, "letter", variables={"from": "Li"})
    later(office, days=7, seconds=1)
    run_due(office.engine, "worker")
    broadcast_signal(office.engine, ROBOT, "alarm", {"place": "汤村"})
    evaluate_conditionals(office.engine, ROBOT, {"open_hazards": 11})

    # then
    assert began(office, "several_starts") == [
        (None, {"how": "hand"}),
        ("letter", {"from": "Li"}),
        ("weekly", {}),
        ("alarm", {"place": "汤村"}),
        ("too_many", {"open_hazards": 11}),
    ]
    assert open_tasks(office) == ["register"] * 5

    # when the same is deployed again, then it still begins once
    deploy("several_starts")
    broadcast_signal(office.engine, ROBOT, "alarm")
    assert len(began(office, "several_starts")) == 6


def test_conditions_are_evaluated_of_every_process_or_of_one(office, deploy):
    # given
    (deployed,) = deploy("several_starts")["deployed"]
    key = deployed["key"]

    # when they do not hold, or cannot be computed, nothing begins
    with unchanged(office):
        for variables in ({"open_hazards": 10}, {}, {"open_hazards": "many"}):
            assert evaluate_conditionals(office.engine, ROBOT, variables)["started"] == []

    # when they do
    told = evaluate_conditionals(office.engine, ROBOT, {"open_hazards": 12}, key)

    # then, with the condition in its history
    (one,) = told["started"]
    assert one["definition_key"] == key and office.task(one["key"], "register")
    assert office.history(one["key"])[0]["data"]["condition"] == "open_hazards > 10"
    with office.refuses(NotFound, "Expected a deployed process definition with key 7, but there is none"):
        evaluate_conditionals(office.engine, ROBOT, {}, 7)
    with office.refuses(NotPermitted, r"Expected a program .* to evaluate conditional start events, but li is neither"):
        evaluate_conditionals(office.engine, LI, {"open_hazards": 12})


def test_the_clock_begins_instances_at_a_date_and_as_often_as_a_cycle_says(office, deploy):
    # given
    deploy("timer_start")
    with office.refuses(Invalid, "timer_start to have a none start event, but it starts only by a message, signal, timer or condition"):
        office.start("timer_start")

    # when
    for _ in range(5):
        later(office, hours=1, seconds=1)
        run_due(office.engine, "worker")
    later(office, days=1)
    run_due(office.engine, "worker")

    # then; and one is left, for the new year
    assert [element for element, _ in began(office, "timer_start")] == ["thrice"] * 3 + ["tomorrow"]
    later(office, days=366)
    run_due(office.engine, "worker")
    assert began(office, "timer_start")[-1][0] == "new_year"


def test_either_trigger_of_a_multiple_start_event_begins_an_instance(office, deploy):
    deploy("multiple_start")

    publish_message(office.engine, ROBOT, "called")
    broadcast_signal(office.engine, ROBOT, "storm")

    assert began(office, "multiple_start") == [("either", {}), ("either", {})]


# -- messages


def test_a_message_that_a_process_throws_waits_for_the_one_it_is_for(office, deploy):
    # given: nobody waits for the payment yet
    deploy("message_throw", "message_catch", "several_starts")

    # when it is thrown, with its inputs as variables
    office.start("message_throw", receipt="R-1", fine=250)
    waiting = [office.start("message_catch", receipt=receipt) for receipt in ("R-2", "R-1", "R-1")]

    # then it goes to one alone, the first who has the key; and the letter at the end began a process
    assert [office.instance(key)["status"] for key in waiting] == ["ACTIVE", "COMPLETED", "ACTIVE"]
    assert office.variables(waiting[1]) == {"receipt": "R-1", "amount": 500}
    assert began(office, "several_starts") == [("letter", {"about": "R-1"})]


def test_a_message_id_is_honoured_for_as_long_as_its_message_lives(office, deploy):
    # given
    deploy("message_throw", "message_catch")
    for _ in range(2):  # a diagram that throws it again means the same message
        office.start("message_throw", receipt="R-1", fine=1)

    # when a program publishes it again
    with unchanged(office), pytest.raises(Conflict, match="Expected message id 'bank-R-1' to be new"):
        publish_message(office.engine, ROBOT, "payment", "R-1", HOUR, {}, "bank-R-1")
    first, second = (office.start("message_catch", receipt="R-1") for _ in range(2))
    assert [office.instance(key)["status"] for key in (first, second)] == ["COMPLETED", "ACTIVE"]

    # then, when its hour is over, the id is free
    later(office, minutes=61)
    publish_message(office.engine, ROBOT, "payment", "R-1", HOUR, {}, "bank-R-1")
    assert office.instance(second)["status"] == "COMPLETED"


# -- signals


def test_a_signal_that_a_process_throws_is_heard_by_every_instance_once(office, deploy):
    # given: who waits in between, at a boundary, and beside everything
    deploy("signal_throw", "signal_catch", "signal_boundary", "signal_event_subprocess")
    for process in ("signal_catch", "signal_catch", "signal_boundary", "signal_event_subprocess"):
        office.start(process)
    other = office.start("signal_throw")

    # when a storm is thrown
    assert open_tasks(office) == ["answer", "answer", "rectify", "rectify", "storm_task"]

    # then who threw it heard it once too; what it began to wait for afterwards it did not
    assert office.instance(other)["status"] == "ACTIVE"

    # when another one throws, the first hears it, goes on, and throws the all clear at its end
    office.start("signal_throw")

    # then all heard that: the interrupting event sub-process has ended the answers in its process, the boundary only its task
    assert open_tasks(office) == ["answer"] * 2 + ["close_file"] * 2 + ["storm_task"] * 3
    assert statuses(office, "signal_catch") == ["COMPLETED"] * 2
    assert rows(office, Outbox) == []


def test_a_caller_that_comes_to_wait_in_the_very_step_in_which_its_called_process_throws_hears_it(office):
    """To whom it might be too late is told: what waits in another branch of the case at that moment must not be passed over."""
    thrower = diagram(start(), throw("alarm", "signal"), end(), flows("s -> alarm -> e"), id="thrower")
    caller = diagram(start(), call("c", process="thrower"), catch("heard", "signal"), end(), flows("s -> c -> heard -> e"), id="caller")
    deploy_resources(office.engine, ADMIN, [Resource("thrower.bpmn", thrower), Resource("caller.bpmn", caller)])

    office.start("caller")

    assert statuses(office, "caller") == ["COMPLETED"]


# -- errors and escalations out of a called process


@pytest.mark.parametrize("code, task", [("UNSAFE", "evacuate"), ("FLOODED", "pump")])
def test_an_error_goes_through_called_processes_to_the_nearest_that_catches_it(office, deploy, code, task):
    # given: an order calls, inside of a sub-process, a process that calls an inspection
    deploy("error_called", "error_between", "error_call")
    office.start("error_call")

    # when
    done(office, "inspect", found=code)

    # then all between are over
    assert open_tasks(office) == [task] and rows(office, Incident) == []
    assert [statuses(office, process) for process in ("error_called", "error_between")] == [["TERMINATED"], ["TERMINATED"]]
    done(office, task)
    assert statuses(office, "error_call") == ["COMPLETED"]


def test_an_error_that_no_caller_catches_is_an_incident_where_it_was_thrown(office, deploy):
    # given
    deploy("error_called", "error_between", "error_call")
    office.start("error_call")

    # when
    done(office, "inspect", found="GHOST")

    # then nothing was ended by it
    (incident,) = rows(office, Incident)
    assert (incident["element_id"], incident["error_type"]) == ("report", "UNHANDLED_ERROR_EVENT")
    assert [statuses(office, f"error_{process}") for process in ("called", "between", "call")] == [["ACTIVE"]] * 3


def test_an_escalation_reaches_the_caller_and_ends_the_called_process_only_where_it_interrupts(office, deploy):
    # given
    deploy("escalation_called", "escalation_call")
    office.start("escalation_call")
    assert open_tasks(office) == ["rectify", "urge"]

    # when
    done(office, "rectify")

    # then
    assert open_tasks(office) == ["take_over", "urge"] and statuses(office, "escalation_called") == ["TERMINATED"]
    done(office, "take_over")
    done(office, "urge")
    assert statuses(office, "escalation_call") == ["COMPLETED"]
