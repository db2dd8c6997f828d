"""What nobody needs any more is cleared away, and a message that met nobody although somebody waits is reported and delivered."""

import logging

from sqlalchemy import delete

from engine.commands.claim_task import claim_task
from engine.commands.complete_task import complete_task
from engine.commands.publish_message import publish_message
from engine.commands.run_due import run_due
from engine.commands.save_draft import save_draft
from engine.commands.sweep import sweep
from engine.store.models import Message
from engine.store.records import Draft, Idempotency, Outbox
from tests.engine.commands.office import LI, ROBOT
from tests.engine.commands.watching import execute, later, recorded, row, rows, unchanged

HOUR = 3_600_000


def publish(office, receipt, time_to_live, **more):
    """The robot publishes a payment."""
    publish_message(office.engine, ROBOT, "payment", receipt, time_to_live, {"amount": 500}, **more)


def test_expired_messages_go_and_living_ones_stay(office):
    # given
    publish(office, "R-1", HOUR)
    publish(office, "R-2", 3 * HOUR)
    later(office, hours=2)

    # when
    with recorded(office) as told:
        assert sweep(office.engine) == 0

    # then
    assert [one["correlation_key"] for one in rows(office, Message)] == ["R-2"] and told == []


def test_an_expired_message_stays_until_its_delivery_is_done(office):
    # given
    office.deploy("payment.bpmn")
    key = office.start("payment", receipt="R-1")
    publish(office, "R-1", 0, follow_ups=[])
    later(office, minutes=1)

    # when
    sweep(office.engine)

    # then
    assert row(office, Message)["delivered"] is None
    run_due(office.engine, "worker")
    assert office.instance(key)["status"] == "COMPLETED"
    sweep(office.engine)
    assert rows(office, Message) == []


def test_a_request_is_remembered_for_seven_days(office):
    # given
    publish(office, "R-1", 0, idempotency_key="old")
    later(office, days=6, hours=23)
    publish(office, "R-2", 0, idempotency_key="new")

    # when
    sweep(office.engine)
    both = [one["key"] for one in rows(office, Idempotency)]
    later(office, hours=2)
    sweep(office.engine)

    # then
    assert both == ["new", "old"] and [one["key"] for one in rows(office, Idempotency)] == ["new"]


def test_drafts_of_closed_tasks_go_and_those_of_open_ones_stay(office):
    # given
    office.deploy("urging.bpmn")
    done, going_on = (office.task(office.start("urging"))["key"] for _ in range(2))
    for task in (done, going_on):
        claim_task(office.engine, LI, task)
        save_draft(office.engine, LI, task, {"note": "已清理通道"})
    complete_task(office.engine, LI, done, {})

    # when
    sweep(office.engine)

    # then
    assert [one["task_key"] for one in rows(office, Draft)] == [going_on]


def test_a_message_whose_delivery_was_lost_is_reported_and_delivered(office, caplog):
    # given
    office.deploy("payment.bpmn")
    key = office.start("payment", receipt="R-1")
    publish(office, "R-1", HOUR, follow_ups=[])
    execute(office, delete(Outbox))
    message = row(office, Message)["key"]

    # when
    with caplog.at_level(logging.ERROR, "engine.commands.sweep"):
        found = sweep(office.engine)

    # then
    assert found == 1 and [record.levelname for record in caplog.records] == ["ERROR"]
    assert caplog.records[0].getMessage().startswith(f"message {message} waits although its subscription is open")
    with recorded(office) as told:
        run_due(office.engine, "worker")
    assert [(body["kind"], body["chain"]) for body in told] == [("message:correlated", str(key))]
    assert office.instance(key)["status"] == "COMPLETED" and sweep(office.engine) == 0


def test_a_delivery_under_way_is_no_fault(office, caplog):
    office.deploy("payment.bpmn", "unasked_payment.bpmn")
    office.start("payment", receipt="R-1")
    publish(office, "R-1", HOUR, follow_ups=[])

    with unchanged(office), caplog.at_level(logging.ERROR, "engine.commands.sweep"):
        assert sweep(office.engine) == 0

    assert caplog.records == []
