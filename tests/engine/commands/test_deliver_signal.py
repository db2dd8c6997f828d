"""A signal reaches one of those who waited for it: once, and without touching the others."""

import pytest

from engine.commands.broadcast_signal import broadcast_signal
from engine.commands.cancel_instance import cancel_instance
from engine.commands.deliver_signal import deliver_signal
from engine.domain.people import THE_SYSTEM
from engine.store.models import ProcessInstance
from engine.store.records import Outbox
from tests.engine.commands.office import ADMIN, ROBOT
from tests.engine.commands.watching import recorded, row, rows, unchanged


@pytest.fixture
def waiting(office):
    """The keys of two instances that wait for the alarm."""
    office.deploy("alarm.bpmn")
    return [office.start("alarm") for _ in range(2)]


def broadcast(office):
    """Keys of the deliveries of an alarm, in the order of those who wait."""
    left = []
    broadcast_signal(office.engine, ROBOT, "alarm", {"place": "汤村"}, follow_ups=left)
    return left


def test_one_delivery_reaches_one_instance(office, waiting):
    # given
    first, second = broadcast(office)

    # when
    with recorded(office) as told:
        deliver_signal(office.engine, THE_SYSTEM, first)

    # then
    assert [(body["kind"], body["element"], body["chain"]) for body in told] == [("signal:received", "heard", str(waiting[0]))]
    assert office.variables(waiting[0]) == {"place": "汤村"}
    assert [office.instance(each)["status"] for each in waiting] == ["COMPLETED", "ACTIVE"]
    assert [one["key"] for one in rows(office, Outbox)] == [second]


def test_a_delivery_that_was_done_is_not_done_again(office, waiting):
    first, _ = broadcast(office)
    deliver_signal(office.engine, THE_SYSTEM, first)

    with unchanged(office):
        deliver_signal(office.engine, THE_SYSTEM, first)


def test_one_who_waits_no_more_does_not_hear_it(office, waiting):
    # given
    first, second = broadcast(office)
    cancel_instance(office.engine, ADMIN, waiting[0])

    # when
    with recorded(office) as told:
        deliver_signal(office.engine, THE_SYSTEM, first)

    # then
    assert told == [] and [one["key"] for one in rows(office, Outbox)] == [second]


def test_a_start_event_starts_its_process(office):
    # given
    office.deploy("drill.bpmn")
    (outbox,) = broadcast(office)
    assert rows(office, ProcessInstance) == []

    # when
    with recorded(office) as told:
        deliver_signal(office.engine, THE_SYSTEM, outbox)
        deliver_signal(office.engine, THE_SYSTEM, outbox)

    # then
    started = row(office, ProcessInstance)["key"]
    assert [(body["kind"], body["element"], body["chain"]) for body in told] == [("instance:started", "rung", str(started))]
    assert office.task(started, "evacuate")["status"] == "CREATED"
