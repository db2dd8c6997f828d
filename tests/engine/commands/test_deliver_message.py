"""A published message reaches the one who waits for it, in a transaction of its own: once, or not at all."""

import threading

import pytest
from sqlalchemy import delete, insert, select, text, update

from engine.commands.cancel_instance import cancel_instance
from engine.commands.correlate_message import correlate_message
from engine.commands.deliver_message import deliver_message
from engine.commands.publish_message import publish_message
from engine.domain.people import THE_SYSTEM
from engine.store.models import Message
from engine.store.records import Outbox
from tests.engine.commands.office import ADMIN, ROBOT
from tests.engine.commands.postgres_office import on_postgres
from tests.engine.commands.watching import execute, recorded, row, rows, unchanged, until

#: The workers' connections that wait for a lock.
WAITING = text("SELECT pid FROM pg_stat_activity WHERE application_name = 'worker' AND wait_event_type = 'Lock'")


@pytest.fixture
def waiting(office):
    """The key of an instance that waits for a payment."""
    office.deploy("payment.bpmn")
    return office.start("payment", receipt="R-1")


def left_to_deliver(office):
    """The key of an outbox row: a published payment on its way."""
    left = []
    publish_message(office.engine, ROBOT, "payment", "R-1", variables={"amount": 500}, follow_ups=left)
    (key,) = left
    return key


def test_the_message_is_delivered_and_its_row_is_gone(office, waiting):
    # given
    outbox = left_to_deliver(office)
    assert office.instance(waiting)["status"] == "ACTIVE"

    # when
    with recorded(office) as told:
        deliver_message(office.engine, THE_SYSTEM, outbox)

    # then
    (body,) = told
    assert (body["kind"], body["chain"], body["data"]["correlation_key"]) == ("message:correlated", str(waiting), "R-1")
    assert office.instance(waiting)["status"] == "COMPLETED" and office.variables(waiting)["amount"] == 500
    assert row(office, Message)["delivered"] is not None and rows(office, Outbox) == []


def test_a_delivery_that_was_done_is_not_done_again(office, waiting):
    outbox = left_to_deliver(office)
    deliver_message(office.engine, THE_SYSTEM, outbox)
    office.start("payment", receipt="R-1")

    with unchanged(office):
        deliver_message(office.engine, THE_SYSTEM, outbox)


def test_two_deliveries_of_one_message_reach_one_instance(office, waiting):
    # given: the message is on its way twice, as after a sweep, and two wait for it
    second = office.start("payment", receipt="R-1")
    outbox = left_to_deliver(office)
    (sent,) = rows(office, Outbox)
    execute(office, insert(Outbox).values({**sent, "key": outbox + 1}))

    # when
    deliver_message(office.engine, THE_SYSTEM, outbox)
    with recorded(office) as told:
        deliver_message(office.engine, THE_SYSTEM, outbox + 1)

    # then
    assert told == [] and rows(office, Outbox) == []
    assert [office.instance(key)["status"] for key in (waiting, second)] == ["COMPLETED", "ACTIVE"]


def test_nothing_happens_where_nobody_waits_any_more(office, waiting):
    # given: another message was faster
    outbox = left_to_deliver(office)
    correlate_message(office.engine, ROBOT, "payment", "R-1")

    # when
    with recorded(office) as told:
        deliver_message(office.engine, THE_SYSTEM, outbox)

    # then
    assert told == [] and rows(office, Outbox) == [] and row(office, Message)["delivered"] is None


def test_the_next_one_in_line_gets_it_when_the_first_has_gone(office, waiting):
    # given
    second = office.start("payment", receipt="R-1")
    outbox = left_to_deliver(office)
    cancel_instance(office.engine, ADMIN, waiting)

    # when
    deliver_message(office.engine, THE_SYSTEM, outbox)

    # then
    assert office.instance(second)["status"] == "COMPLETED"


def test_a_message_that_is_there_no_more_leaves_only_its_row_to_clear(office, waiting):
    # given
    outbox = left_to_deliver(office)
    execute(office, delete(Message))

    # when
    with recorded(office) as told:
        deliver_message(office.engine, THE_SYSTEM, outbox)

    # then
    assert told == [] and rows(office, Outbox) == [] and office.instance(waiting)["status"] == "ACTIVE"


def test_a_message_given_away_while_its_delivery_waited_is_not_given_again(postgres, gate):
    with on_postgres(postgres, gate) as (office, workers):
        # given: somebody holds the message
        office.deploy("payment.bpmn")
        key = office.start("payment", receipt="R-1")
        delivery = threading.Thread(target=deliver_message, args=(workers, THE_SYSTEM, left_to_deliver(office)))
        with office.engine.store.engine.execution_options(write=True).begin() as connection:
            connection.execute(select(Message.key).with_for_update())

            # when: a delivery that has seen it free waits, and it is given away
            delivery.start()
            until(lambda: office.db(WAITING))
            connection.execute(update(Message).values(delivered=office.engine.time()))
        delivery.join()

        # then
        assert office.kinds(key) == ["instance:started"] and rows(office, Outbox) == []
