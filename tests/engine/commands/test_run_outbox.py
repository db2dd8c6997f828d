"""A row of the outbox is done: what a commit left for other roots is published, broadcast or delivered, once."""

from engine.commands.broadcast_signal import broadcast_signal
from engine.commands.publish_message import publish_message
from engine.commands.run_outbox import run_outbox
from engine.commands.start_instance import start_instance
from engine.store.models import Message
from engine.store.records import Outbox
from tests.engine.commands.office import LI, ROBOT
from tests.engine.commands.watching import later, recorded, row, rows, unchanged


def thrown(office, **variables):
    """(the courier's key, [outbox key of its message, of its signal]), not done yet."""
    left = []
    key = start_instance(office.engine, LI, "courier", variables={"receipt": "R-1", "amount": 500, **variables}, follow_ups=left)["key"]
    return key, left


def test_what_an_instance_throws_is_left_to_transactions_of_their_own(office):
    # given
    office.deploy("courier.bpmn", "payment.bpmn")
    waiting = office.start("payment", receipt="R-1")

    # when
    key, left = thrown(office)

    # then
    assert [(one["key"], one["kind"]) for one in rows(office, Outbox)] == [(left[0], "publish"), (left[1], "broadcast")]
    assert office.instance(key)["status"] == "COMPLETED" and office.instance(waiting)["status"] == "ACTIVE"


def test_a_thrown_message_is_published_with_what_its_event_says(office):
    # given
    office.deploy("courier.bpmn", "payment.bpmn")
    key, (outbox, _) = thrown(office)

    # when
    with recorded(office) as told:
        run_outbox(office.engine, outbox)

    # then
    (body,) = told
    assert (body["kind"], body["actor"]) == ("message:published", "system")
    assert body["data"]["thrown_by"] == {"instance": str(key), "element": "tell"} and body["data"]["variables"] == {"amount": "500"}
    message = row(office, Message)
    assert (message["name"], message["correlation_key"], message["message_id"]) == ("payment", "R-1", "R-1")
    later(office, minutes=59)
    late = office.start("payment", receipt="R-1")
    assert office.instance(late)["status"] == "COMPLETED" and office.variables(late)["amount"] == 500


def test_a_thrown_signal_is_broadcast_and_then_delivered(office):
    # given
    office.deploy("courier.bpmn", "alarm.bpmn")
    waiting = office.start("alarm")
    key, (_, outbox) = thrown(office)

    # when
    with recorded(office) as told:
        run_outbox(office.engine, outbox)

    # then
    assert [body["kind"] for body in told] == ["signal:broadcast", "signal:received"]
    assert told[0]["data"]["thrown_by"] == {"instance": str(key), "element": "ring"}
    assert office.instance(waiting)["status"] == "COMPLETED"


def test_a_row_that_was_done_is_not_done_again(office):
    office.deploy("courier.bpmn")
    _, left = thrown(office)
    for outbox in left:
        run_outbox(office.engine, outbox)

    with unchanged(office):
        for outbox in [*left, 4711]:
            run_outbox(office.engine, outbox)


def test_the_same_message_thrown_again_is_told_and_changes_nothing_else(office):
    # given
    office.deploy("courier.bpmn")
    _, (first, _) = thrown(office)
    _, (second, _) = thrown(office, amount=900)
    run_outbox(office.engine, first)

    # when
    with recorded(office) as told:
        run_outbox(office.engine, second)

    # then
    assert [(body["kind"], body["data"]) for body in told] == [("message:published", {"name": "payment", "repeated": True})]
    assert row(office, Message)["variables"] == '{"amount":500}'
    assert second not in [one["key"] for one in rows(office, Outbox)]


def test_a_message_thrown_again_when_the_first_has_expired_is_a_new_one(office):
    office.deploy("courier.bpmn", "payment.bpmn")
    _, (first, _) = thrown(office)
    run_outbox(office.engine, first)
    later(office, minutes=61)
    _, (second, _) = thrown(office, amount=900)

    run_outbox(office.engine, second)

    assert office.variables(office.start("payment", receipt="R-1"))["amount"] == 900


def test_each_kind_of_delivery_is_done_by_its_command(office):
    # given
    office.deploy("payment.bpmn", "alarm.bpmn")
    waiting = [office.start("payment", receipt="R-1"), office.start("alarm")]
    left = []
    publish_message(office.engine, ROBOT, "payment", "R-1", follow_ups=left)
    broadcast_signal(office.engine, ROBOT, "alarm", follow_ups=left)

    # when
    with recorded(office) as told:
        for outbox in left:
            run_outbox(office.engine, outbox)

    # then
    assert [body["kind"] for body in told] == ["message:correlated", "signal:received"]
    assert [office.instance(key)["status"] for key in waiting] == ["COMPLETED"] * 2
