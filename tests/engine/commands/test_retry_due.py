"""What the worker gave up after many attempts is tried again, by an administrator, and done then."""

import pytest

from engine.commands.publish_message import publish_message
from engine.commands.retry_due import retry_delivery, retry_timer
from engine.commands.run_due import run_due
from engine.domain.errors import NotFound, NotPermitted, WrongState
from engine.store.models import Timer
from engine.store.records import Outbox
from tests.engine.commands.office import ADMIN, LI, ROBOT
from tests.engine.commands.watching import execute, later, recorded, row, unchanged

GIVEN_UP = {"dead": True, "attempts": 7, "error": "ConnectionError: nobody answered"}


@pytest.fixture
def given_up(office):
    """(a case whose timer was given up, one that waits for a message whose delivery was)."""
    office.deploy("cooling.bpmn", "payment.bpmn")
    due, waiting = office.start("cooling"), office.start("payment", receipt="R-1")
    later(office, days=11)
    publish_message(office.engine, ROBOT, "payment", "R-1", follow_ups=[])
    execute(office, Timer.__table__.update().values(**GIVEN_UP), Outbox.__table__.update().values(**GIVEN_UP))
    assert run_due(office.engine, "worker").done == 0
    return due, waiting


def test_a_timer_is_the_worker_s_again(office, given_up):
    timer = row(office, Timer)

    retry_timer(office.engine, ADMIN, timer["key"])

    assert office.kinds(given_up[0])[1:] == ["timer:retried"]
    entry = office.history(given_up[0])[1]
    assert (entry["actor"], entry["element"], entry["data"]["error"]) == ("admin", timer["element_id"], GIVEN_UP["error"])
    assert run_due(office.engine, "worker").done == 1
    assert office.kinds(given_up[0])[2:] == ["timer:fired"]


def test_a_delivery_is_too(office, given_up):
    delivery = row(office, Outbox)

    with recorded(office) as told:
        retry_delivery(office.engine, ADMIN, delivery["key"])

    assert [(body["kind"], body["data"]["error"]) for body in told] == [("delivery:retried", GIVEN_UP["error"])]
    assert run_due(office.engine, "worker").done == 1
    assert "message:correlated" in office.kinds(given_up[1])


def test_only_what_was_given_up_and_only_by_an_administrator(office, given_up):
    timer, delivery = row(office, Timer)["key"], row(office, Outbox)["key"]
    with unchanged(office):
        for retry, key in ((retry_timer, timer), (retry_delivery, delivery)):
            with pytest.raises(NotPermitted):
                retry(office.engine, LI, key)
            with pytest.raises(NotFound):
                retry(office.engine, ADMIN, 4711)
    retry_timer(office.engine, ADMIN, timer)
    retry_delivery(office.engine, ADMIN, delivery)
    with unchanged(office):
        for retry, key in ((retry_timer, timer), (retry_delivery, delivery)):
            with pytest.raises(WrongState, match="tried again by itself"):
                retry(office.engine, ADMIN, key)
