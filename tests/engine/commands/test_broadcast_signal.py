"""A signal reaches everybody who waits for it: each in a transaction of its own."""

import orjson
import pytest

from engine.commands.broadcast_signal import broadcast_signal
from engine.commands.run_due import run_due
from engine.domain.errors import NotPermitted
from engine.store.models import ProcessInstance
from engine.store.records import Outbox
from tests.engine.commands.office import LI, ROBOT
from tests.engine.commands.watching import recorded, row, rows, unchanged


def test_all_who_wait_hear_it_and_all_who_start_by_it_start(office):
    # given
    office.deploy("alarm.bpmn", "drill.bpmn")
    waiting = [office.start("alarm") for _ in range(3)]

    # when
    with recorded(office) as told:
        key = broadcast_signal(office.engine, ROBOT, "alarm", {"place": "陈坊村"})["key"]

    # then
    started = row(office, ProcessInstance, ProcessInstance.process_id == "drill")["key"]
    assert (told[0]["kind"], told[0]["actor"], told[0]["chain"], told[0]["data"]["waiting"]) == ("signal:broadcast", "robot", str(key), 4)
    assert {(body["kind"], body["chain"]) for body in told[1:]} == {
        *(("signal:received", str(each)) for each in waiting),
        ("instance:started", str(started)),
    }
    assert all(body["data"]["from"] == "robot" for body in told[1:]) and len(told) == 5
    assert [office.instance(each)["status"] for each in waiting] == ["COMPLETED"] * 3
    assert all(office.variables(each) == {"place": "陈坊村"} for each in [*waiting, started])
    assert rows(office, Outbox) == []


def test_broadcasting_itself_changes_no_instance_but_leaves_a_delivery_to_each(office):
    # given
    office.deploy("alarm.bpmn")
    waiting = [office.start("alarm") for _ in range(2)]
    left = []

    # when
    with recorded(office) as told:
        broadcast_signal(office.engine, ROBOT, "alarm", follow_ups=left)

    # then: the worker does what is left
    assert [body["kind"] for body in told] == ["signal:broadcast"]
    sent = rows(office, Outbox)
    assert [one["key"] for one in sent] == left
    assert [(one["kind"], orjson.loads(one["payload"])["name"]) for one in sent] == [("signal", "alarm")] * 2
    assert {office.instance(each)["status"] for each in waiting} == {"ACTIVE"}
    assert run_due(office.engine, "worker").done == 2
    assert {office.instance(each)["status"] for each in waiting} == {"COMPLETED"}


def test_a_signal_does_not_wait_for_those_who_come_later(office):
    # given
    office.deploy("alarm.bpmn")

    # when
    with recorded(office) as told:
        broadcast_signal(office.engine, ROBOT, "alarm")
    key = office.start("alarm")

    # then
    assert [(body["kind"], body["data"]["waiting"]) for body in told] == [("signal:broadcast", 0)]
    assert office.instance(key)["status"] == "ACTIVE"


def test_a_signal_of_another_name_is_not_heard(office):
    office.deploy("alarm.bpmn")
    key = office.start("alarm")

    broadcast_signal(office.engine, ROBOT, "all-clear")

    assert office.instance(key)["status"] == "ACTIVE"


def test_a_villager_cannot_broadcast_a_signal(office):
    office.deploy("alarm.bpmn")
    office.start("alarm")

    with unchanged(office), pytest.raises(NotPermitted, match="Expected a program or an administrator to broadcast signal 'alarm', but li"):
        broadcast_signal(office.engine, LI, "alarm")
