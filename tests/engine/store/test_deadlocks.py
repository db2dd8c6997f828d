"""Two stories that deadlock on PostgreSQL, and why ours do not: the root is locked first, and no transaction locks two roots."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import psycopg
import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError

from engine.commands.cancel_instance import cancel_instance
from engine.commands.complete_task import complete_task
from engine.commands.run_due import run_due
from engine.commands.step import Step
from engine.domain.errors import WrongState
from engine.store import database
from engine.store.models import ProcessInstance
from engine.store.records import Outbox
from tests.engine.commands.office import ADMIN
from tests.engine.store.town import PATIENCE, deploy_drawn, open_engine, until_somebody_waits
from tests.engine.workflow.drawing import call, catch, diagram, end, flows, gateway, start, user

pytestmark = pytest.mark.parametrize("store_url", ["postgresql"], indirect=True)

PARENT = diagram(start(), call("called"), user("after"), end(), flows("s -> called -> after -> e"), id="parent")
CHILD = diagram(start(), user("work"), end(), flows("s -> work -> e"), id="child")

#: Sends a message to the case that `other` names, and waits for the one that is sent to `key`.
TO_OTHER = '<zeebe:publishMessage correlationKey="=other" timeToLive="=&quot;PT1H&quot;"/>'
PAIR = diagram(
    start(), gateway("parallel", "fork"), user("work"), end("sent", "message", ext=TO_OTHER), catch("got", "message"), end(),
    flows("s -> fork -> work -> sent", "fork -> got -> e"), id="pair",
)  # fmt: skip


@pytest.fixture
def deadlocks(postgres):
    """How many deadlocks the server has broken since the test began."""
    log = postgres.folder / "log"
    before = log.read_text().count("deadlock detected")
    return lambda: log.read_text().count("deadlock detected") - before


@pytest.fixture
def threads():
    with ThreadPoolExecutor(2) as pool:
        yield pool


@pytest.fixture
def family(office):
    """(the parent, its child, the child's task)."""
    deploy_drawn(office.engine, PARENT, CHILD)
    parent = office.start("parent")
    (child,) = office.db(select(ProcessInstance.key).where(ProcessInstance.parent_key == parent))
    return parent, child["key"], office.task(child["key"])["key"]


def from_the_child(step, parent, task):
    """The child's last task: it ends, and its parent goes on."""
    return (lambda: step.task(task)), (lambda: complete_task.__wrapped__(step, task, {}))


def from_the_parent(step, parent, task):
    """The parent is cancelled, and its child with it."""
    return (lambda: step.case(parent)), (lambda: cancel_instance.__wrapped__(step, parent))


def run(engine, act, family, holds=None, go=None):
    """One of the two, in a transaction that says when it has read what it begins with, and goes on when it is told to."""
    parent, _, task = family

    def attempt(transaction):
        load, change = act(Step(engine, transaction, ADMIN), parent, task)
        load()
        if holds is not None:
            holds.set()
            assert go.wait(PATIENCE)
        return change()

    return engine.store.write(attempt)


def both_ends(office, family, threads, first, second):
    """`first` has loaded what it begins with when `second` begins -> their futures, both done."""
    holds, go = Event(), Event()
    earlier = threads.submit(run, office.engine, first, family, holds, go)
    assert holds.wait(PATIENCE)
    later = threads.submit(run, office.engine, second, family)
    until_somebody_waits(office.engine.store.engine)
    go.set()
    earlier.result(PATIENCE)
    later.exception(PATIENCE)
    return later


def test_a_child_ends_while_its_parent_is_cancelled(office, family, threads, deadlocks):
    later = both_ends(office, family, threads, from_the_child, from_the_parent)

    assert later.exception() is None
    assert office.kinds(family[0]) == ["instance:started", "instance:continued", "instance:cancelled"]
    assert office.kinds(family[1]) == ["instance:started", "task:completed"]
    assert deadlocks() == 0


def test_a_parent_is_cancelled_while_its_child_ends(office, family, threads, deadlocks):
    later = both_ends(office, family, threads, from_the_parent, from_the_child)

    with pytest.raises(WrongState, match="but it is CANCELED"):
        later.result()
    assert [office.kinds(key) for key in family[:2]] == [["instance:started", "instance:cancelled"]] * 2
    assert deadlocks() == 0


def lock(store_engine, keys, after_first):
    """A transaction that locks the rows of process instances one after the other, and does something in between."""
    with store_engine.connect() as connection, connection.begin():
        connection.execute(text("SET LOCAL deadlock_timeout = '50ms'"))
        for place, key in enumerate(keys):
            connection.execute(select(ProcessInstance.key).where(ProcessInstance.key == key).with_for_update())
            if place == 0:
                after_first()


def crossed(store_engine, threads, one, other):
    """Two transactions that have each locked the first of their rows before either goes on -> the errors that they met."""
    meeting = Barrier(2, timeout=PATIENCE)
    pair = [threads.submit(lock, store_engine, keys, meeting.wait) for keys in (one, other)]
    return [error.orig for error in (future.exception(PATIENCE) for future in pair) if isinstance(error, OperationalError)]


def test_without_the_root_locked_first_the_same_two_deadlock(office, store_engine, family, threads, deadlocks):
    parent, child, _ = family

    (error,) = crossed(store_engine, threads, [child, parent], [parent, child])

    assert isinstance(error, psycopg.errors.DeadlockDetected)
    assert deadlocks() == 1


@pytest.fixture
def pair(office):
    """Two cases, each of which is about to send a message to the other."""
    deploy_drawn(office.engine, PAIR)
    return office.start("pair", key="a", other="b"), office.start("pair", key="b", other="a")


def outbox(office):
    return [row["kind"] for row in office.db(select(Outbox.kind).order_by(Outbox.key))]


def until_nothing_is_due(engine):
    while run_due(engine, "worker").done:
        pass


def test_two_cases_send_each_other_a_message_at_once(office, pair, threads, deadlocks):
    # given two people who complete the sending tasks, both of whom have their case's lock before either goes on
    meeting = Barrier(2, timeout=PATIENCE)
    tasks = [office.task(case)["key"] for case in pair]

    def complete(task):
        def attempt(transaction):
            step = Step(office.engine, transaction, ADMIN)
            step.task(task)
            meeting.wait()
            return complete_task.__wrapped__(step, task, {})

        return office.engine.store.write(attempt)

    # when
    list(threads.map(complete, tasks))

    # then neither touched the other's case: what they sent is a row each, and reaches it later
    assert outbox(office) == ["publish", "publish"]
    assert [office.instance(case)["status"] for case in pair] == ["ACTIVE", "ACTIVE"]
    until_nothing_is_due(office.engine)
    assert [office.instance(case)["status"] for case in pair] == ["COMPLETED", "COMPLETED"]
    assert [office.kinds(case)[-1] for case in pair] == ["message:correlated"] * 2
    assert deadlocks() == 0


def test_a_case_sends_to_another_one_that_is_locked_without_waiting_for_it(office, store_url, store_engine, pair):
    # given somebody who holds the receiver, and a sender who has no patience
    ours, other = pair
    hasty = database.connect(store_url, connect_args={"options": "-c lock_timeout=200ms"})
    with store_engine.connect() as connection, connection.begin():
        connection.execute(select(ProcessInstance.key).where(ProcessInstance.key == other).with_for_update())

        # when
        complete_task(open_engine(hasty), ADMIN, office.task(ours)["key"], {})

        # then the sender is through, and the delivery is left to the worker
        assert office.kinds(ours) == ["instance:started", "task:completed"]
        assert outbox(office) == ["message"]
    hasty.dispose()
    until_nothing_is_due(office.engine)
    assert office.kinds(other) == ["instance:started", "message:correlated"]


def test_two_transactions_that_lock_each_others_root_deadlock(store_engine, pair, threads, deadlocks):
    ours, other = pair

    (error,) = crossed(store_engine, threads, [ours, other], [other, ours])

    assert isinstance(error, psycopg.errors.DeadlockDetected)
    assert deadlocks() == 1
