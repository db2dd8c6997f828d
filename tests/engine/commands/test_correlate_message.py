"""A message is correlated at once, or not at all."""

import pytest

from engine.commands.cancel_instance import cancel_instance
from engine.commands.correlate_message import correlate_message
from engine.domain.errors import NotFound, NotPermitted
from engine.store.models import Message, ProcessInstance
from tests.engine.commands.office import ADMIN, LI, ROBOT
from tests.engine.commands.watching import recorded, row, rows, unchanged


def test_the_one_who_waits_gets_it_at_once(office):
    # given
    office.deploy("payment.bpmn")
    key = office.start("payment", receipt="R-1")

    # when
    with recorded(office) as told:
        answer = correlate_message(office.engine, ROBOT, "payment", "R-1", {"amount": 500})

    # then
    assert answer["instance_key"] == key and answer["key"] != key
    assert [(body["kind"], body["element"], body["actor"], body["chain"]) for body in told] == [
        ("message:correlated", "paid", "robot", str(key))
    ]
    assert office.instance(key)["status"] == "COMPLETED" and office.variables(key)["amount"] == 500
    assert rows(office, Message) == []


def test_a_process_that_starts_by_the_message_starts(office):
    # given
    office.deploy("unasked_payment.bpmn")

    # when
    with recorded(office) as told:
        answer = correlate_message(office.engine, ROBOT, "payment", variables={"amount": 500})

    # then
    assert answer["instance_key"] == row(office, ProcessInstance)["key"]
    assert [(body["kind"], body["element"], body["actor"]) for body in told] == [("instance:started", "arrived", "robot")]


def test_where_nobody_waits_it_is_not_kept(office):
    office.deploy("payment.bpmn")
    office.start("payment", receipt="R-1")

    for name, receipt in [("payment", "R-2"), ("payment", ""), ("refund", "R-1")]:
        with unchanged(office), pytest.raises(NotFound, match=f"Expected a subscription of message '{name}' .* but nobody waits for it"):
            correlate_message(office.engine, ROBOT, name, receipt)


def test_an_instance_that_is_over_waits_no_more(office):
    office.deploy("payment.bpmn")
    cancel_instance(office.engine, ADMIN, office.start("payment", receipt="R-1"))

    with unchanged(office), pytest.raises(NotFound, match="but nobody waits for it"):
        correlate_message(office.engine, ROBOT, "payment", "R-1")


def test_a_villager_cannot_correlate_a_message(office):
    office.deploy("payment.bpmn")
    office.start("payment", receipt="R-1")

    with unchanged(office), pytest.raises(NotPermitted, match=r"Expected a program .* to correlate message 'payment', but li is neither"):
        correlate_message(office.engine, LI, "payment", "R-1")
