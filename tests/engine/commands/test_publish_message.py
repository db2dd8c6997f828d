"""A message is published: whoever waits for it gets it, and where nobody does, it waits itself, as long as it may live."""

import pytest

from engine.commands.publish_message import publish_message
from engine.domain.errors import Conflict, NotPermitted
from engine.store.models import Message, ProcessInstance
from engine.store.records import Outbox
from tests.engine.commands.office import LI, ROBOT
from tests.engine.commands.watching import later, recorded, row, rows, unchanged

HOUR = 3_600_000


def publish(office, receipt, time_to_live=0, message_id=None, **more):
    """The robot publishes a payment."""
    return publish_message(office.engine, ROBOT, "payment", receipt, time_to_live, {"amount": 500}, message_id, **more)


def test_a_message_reaches_the_one_who_waits_for_it(office):
    # given
    office.deploy("payment.bpmn")
    other, waiting = office.start("payment", receipt="R-1"), office.start("payment", receipt="R-2")

    # when
    with recorded(office) as told:
        key = publish(office, "R-2")["key"]

    # then
    assert [(body["kind"], body["actor"]) for body in told] == [("message:published", "robot"), ("message:correlated", "system")]
    assert told[0]["chain"] == str(key) and told[0]["data"]["variables"] == {"amount": 500}
    assert told[1]["chain"] == str(waiting) and told[1]["data"]["from"] == "robot" and told[1]["data"]["message"] == str(key)
    assert office.instance(waiting)["status"] == "COMPLETED" and office.variables(waiting)["amount"] == 500
    assert office.instance(other)["status"] == "ACTIVE"
    assert row(office, Message)["delivered"] is not None and rows(office, Outbox) == []


def test_a_message_nobody_waits_for_is_kept_for_one_who_comes_in_time(office):
    # given
    office.deploy("payment.bpmn")

    # when
    with recorded(office) as told:
        publish(office, "R-1", HOUR)
    later(office, minutes=59)
    key = office.start("payment", receipt="R-1")

    # then
    assert [body["kind"] for body in told] == ["message:published"]
    assert office.instance(key)["status"] == "COMPLETED"
    assert office.kinds(key) == ["instance:started", "message:correlated"]


def test_a_message_whose_time_is_over_reaches_nobody(office):
    # given
    office.deploy("payment.bpmn")
    publish(office, "R-1", HOUR)

    # when
    later(office, minutes=61)
    key = office.start("payment", receipt="R-1")

    # then
    assert office.instance(key)["status"] == "ACTIVE" and row(office, Message)["delivered"] is None


def test_a_message_without_a_time_to_live_does_not_wait(office):
    # given
    office.deploy("payment.bpmn")
    publish(office, "R-1")

    # when
    key = office.start("payment", receipt="R-1")

    # then
    assert office.instance(key)["status"] == "ACTIVE"


def test_a_message_is_given_to_one_alone(office):
    # given
    office.deploy("payment.bpmn")
    first, second = office.start("payment", receipt="R-1"), office.start("payment", receipt="R-1")

    # when
    publish(office, "R-1", HOUR)

    # then
    assert [office.instance(key)["status"] for key in (first, second)] == ["COMPLETED", "ACTIVE"]


def test_a_repeated_message_id_is_refused_while_the_message_is_kept(office):
    # given: one that waits still, and one that was given to somebody
    office.deploy("payment.bpmn")
    office.start("payment", receipt="R-1")
    for receipt in ("R-1", "R-2"):
        publish(office, receipt, HOUR, "bank-77")

    # when, then
    for receipt in ("R-1", "R-2"):
        with unchanged(office), pytest.raises(Conflict, match="Expected message id 'bank-77' to be new, but message 'payment' with this"):
            publish(office, receipt, HOUR, "bank-77")


def test_a_message_id_belongs_to_its_name_and_correlation_key(office):
    # given
    publish(office, "R-1", HOUR, "bank-77")

    # when
    publish(office, "R-2", HOUR, "bank-77")
    publish_message(office.engine, ROBOT, "refund", "R-1", HOUR, {}, "bank-77")

    # then
    assert [(one["name"], one["correlation_key"]) for one in rows(office, Message)] == [
        ("payment", "R-1"),
        ("payment", "R-2"),
        ("refund", "R-1"),
    ]


def test_a_message_id_may_be_used_again_when_the_message_has_expired(office):
    # given: it is not swept away yet, and its delivery is still under way
    office.deploy("payment.bpmn")
    key = office.start("payment", receipt="R-1")
    left = []
    publish(office, "R-1", 0, "bank-77", follow_ups=left)

    # when
    publish(office, "R-1", HOUR, "bank-77", follow_ups=left)

    # then
    assert [one["message_id"] for one in rows(office, Message)] == [None, "bank-77"]
    assert len(rows(office, Outbox)) == len(left) == 2
    assert office.instance(key)["status"] == "ACTIVE"


def test_a_message_starts_a_process(office):
    # given
    office.deploy("unasked_payment.bpmn")

    # when
    with recorded(office) as told:
        publish(office, "R-9")

    # then
    started = row(office, ProcessInstance)
    assert [body["kind"] for body in told] == ["message:published", "instance:started"]
    assert told[1]["chain"] == str(started["key"]) and told[1]["element"] == "arrived" and told[1]["data"]["from"] == "robot"
    assert started["started_by"] == "system" and office.variables(started["key"]) == {"amount": 500}
    assert office.task(started["key"], "register")["status"] == "CREATED"


def test_an_instance_that_waits_comes_before_a_process_that_could_start(office):
    # given
    office.deploy("unasked_payment.bpmn", "payment.bpmn")
    waiting = office.start("payment", receipt="R-1")

    # when
    publish(office, "R-1")

    # then
    assert row(office, ProcessInstance)["key"] == waiting
    assert office.instance(waiting)["status"] == "COMPLETED"


def test_the_same_request_publishes_once(office):
    # when
    with recorded(office) as told:
        answers = [publish(office, "R-1", HOUR, idempotency_key="once") for _ in range(2)]

    # then
    assert answers[0] == answers[1] == {"key": row(office, Message)["key"]}
    assert len(told) == 1


def test_a_villager_cannot_publish_a_message(office):
    office.deploy("payment.bpmn")
    office.start("payment", receipt="R-1")

    with unchanged(office), pytest.raises(NotPermitted, match=r"Expected a program .* to publish message 'payment', but li is neither"):
        publish_message(office.engine, LI, "payment", "R-1")
