"""Publisher and subscriber look before the other has committed: with the lock of the name none is missed, without it both miss it."""

import logging
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from sqlalchemy import func, insert, select, text

from engine.commands.publish_message import publish, publish_message
from engine.commands.run_due import run_due
from engine.commands.step import Step
from engine.commands.sweep import sweep
from engine.store import messages
from engine.store.models import Message, MessageSubscription
from tests.engine.commands.office import ROBOT
from tests.engine.store.town import PATIENCE, deploy_drawn, until_somebody_waits
from tests.engine.workflow.drawing import catch, diagram, end, flows, start

HOUR = 3_600_000  # milliseconds
WAITING = diagram(start(), catch("got", "message"), end(), flows("s -> got -> e"), id="waiting")
postgresql = pytest.mark.parametrize("store_url", ["postgresql"], indirect=True)
sqlite = pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)


@pytest.fixture
def thread():
    with ThreadPoolExecutor(1) as pool:
        yield pool


@pytest.fixture
def waiting(office):
    """subscribe() starts a case that waits for the message "msg" with the key "k" -> its key."""
    deploy_drawn(office.engine, WAITING)
    return lambda: office.start("waiting", key="k")


def publish_slowly(engine, has_looked, go):
    """Publish the message: look who waits for it, and write and commit only when told to."""

    def attempt(transaction):
        step = Step(engine, transaction, ROBOT)
        publish(step, "msg", "k", HOUR, {"answer": 42}, None)
        has_looked.set()
        assert go.wait(PATIENCE)
        return step.save()

    return engine.store.write(attempt)


def expect_received(office, case):
    while run_due(office.engine, "worker").done:
        pass
    assert office.instance(case)["status"] == "COMPLETED"
    assert office.variables(case)["answer"] == 42
    assert sweep(office.engine) == 0


@postgresql
def test_a_subscriber_waits_for_a_publisher_who_has_looked_and_not_committed(office, store_engine, waiting, thread):
    # given a publisher who found that nobody waits
    has_looked, go = Event(), Event()
    with ThreadPoolExecutor(1) as publishing:
        published = publishing.submit(publish_slowly, office.engine, has_looked, go)
        assert has_looked.wait(PATIENCE)

        # when somebody subscribes before the message is there
        subscribed = thread.submit(waiting)
        until_somebody_waits(store_engine)
        go.set()
        published.result(PATIENCE)

    # then the subscriber looks only after the message is there
    expect_received(office, subscribed.result(PATIENCE))


@postgresql
def test_a_publisher_waits_for_a_subscriber_who_has_looked_and_not_committed(office, store_engine, waiting, thread):
    # given a subscriber who found no message, and cannot write yet because somebody else locks the table
    with ThreadPoolExecutor(1) as subscribing, store_engine.connect() as connection:
        with connection.begin():
            connection.execute(text("LOCK TABLE message_subscription IN EXCLUSIVE MODE"))
            subscribed = subscribing.submit(waiting)
            until_somebody_waits(store_engine)

            # when the message is published before the subscription is there
            published = thread.submit(publish_message, office.engine, ROBOT, "msg", "k", HOUR, {"answer": 42})
            until_somebody_waits(store_engine, 2)
        published.result(PATIENCE)
        case = subscribed.result(PATIENCE)

    # then the publisher looked only after the subscription was there
    expect_received(office, case)


def look(connection):
    """How many messages, and how many subscriptions, there are."""
    return [connection.execute(select(func.count()).select_from(table)).scalar() for table in (Message, MessageSubscription)]


@postgresql
def test_without_the_lock_both_look_too_early_and_the_sweep_reports_it(office, store_engine, waiting, caplog):
    # given the rows of a subscription and of a message, neither of which is there yet
    case = waiting()
    (subscription,) = map(dict, office.db(select(MessageSubscription.__table__)))
    publish_message(office.engine, ROBOT, "another", "k", HOUR, {"answer": 42})
    (message,) = map(dict, office.db(select(Message.__table__)))
    with store_engine.begin() as connection:
        connection.execute(text("DELETE FROM message_subscription"))
        connection.execute(text("DELETE FROM message"))

    # when publisher and subscriber look, and then write, side by side
    with store_engine.connect() as publisher, store_engine.connect() as subscriber:
        looks = [look(publisher), look(subscriber)]
        publisher.execute(insert(Message), [message | {"name": "msg"}])
        publisher.commit()
        subscriber.execute(insert(MessageSubscription), [subscription])
        subscriber.commit()

    # then neither has seen the other, and only the sweep finds the two
    assert looks == [[0, 0], [0, 0]]
    assert run_due(office.engine, "worker").done == 0
    with caplog.at_level(logging.ERROR):
        assert sweep(office.engine) == 1
    assert f"message {message['key']} waits although its subscription is open" in caplog.text
    expect_received(office, case)


@sqlite
def test_on_sqlite_the_publisher_holds_the_only_write_lock_when_it_looks(office, waiting, thread):
    # given
    has_looked, go = Event(), Event()
    with ThreadPoolExecutor(1) as publishing:
        published = publishing.submit(publish_slowly, office.engine, has_looked, go)
        assert has_looked.wait(PATIENCE)

        # when somebody subscribes meanwhile
        subscribed = thread.submit(waiting)

        # then they are not through before the message is there
        with pytest.raises(TimeoutError):
            subscribed.result(0.3)
        assert office.db(select(MessageSubscription.key)) == []
        go.set()
        published.result(PATIENCE)
    expect_received(office, subscribed.result(PATIENCE))


@postgresql
def test_locks_of_several_names_are_taken_in_one_order(office, store_engine, thread):
    """Otherwise two who take the same two locks could each hold one and wait for the other."""

    def take(pairs):
        office.engine.store.write(lambda transaction: messages.lock_names(transaction, pairs))

    free = text("SELECT pg_try_advisory_xact_lock(hashtextextended('b\x1f1', 0))")
    with office.engine.store.transaction() as first:
        messages.lock_names(first, [("a", "1")])
        later = thread.submit(take, [("b", "1"), ("a", "1")])
        until_somebody_waits(store_engine)
        with store_engine.connect() as third:
            assert third.execute(free).scalar()
    later.result(PATIENCE)
