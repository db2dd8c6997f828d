"""The worker's round: leased rows are done one by one; a killed worker's come back, and one that raises never stops the others."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import insert

from engine.commands.publish_message import publish_message
from engine.commands.run_due import run_due
from engine.store import leases
from engine.store.models import ProcessInstance, Timer
from engine.store.records import Outbox
from tests.engine.commands.office import ROBOT
from tests.engine.commands.watching import execute, later, recorded, row, rows, unchanged


def lease(office, worker, limit=50):
    """A worker leases due timers, and is killed before it does them."""
    with office.engine.store.engine.execution_options(write=True).begin() as connection:
        return leases.lease(connection, "timer", worker, limit, office.engine.time())


def test_a_round_does_what_is_due_of_both_queues_and_nothing_else(office):
    # given
    office.deploy("cooling.bpmn", "payment.bpmn")
    waiting = office.start("payment", receipt="R-1")
    due = office.start("cooling")
    later(office, days=10)
    young = office.start("cooling")
    publish_message(office.engine, ROBOT, "payment", "R-1", follow_ups=[])

    # when
    with recorded(office) as told:
        done = run_due(office.engine, "worker")

    # then
    assert (done.done, done.failed, len(done.late)) == (2, 0, 1) and done.late[0] >= 0
    assert [(body["kind"], body["chain"]) for body in told] == [("message:correlated", str(waiting)), ("timer:fired", str(due))]
    assert office.instance(young)["status"] == "ACTIVE" and row(office, Timer)["instance_key"] == young
    assert rows(office, Outbox) == []


def test_where_nothing_is_due_nothing_happens(office):
    office.deploy("cooling.bpmn")
    office.start("cooling")

    with unchanged(office):
        assert run_due(office.engine, "worker").done == 0


def test_a_round_takes_no_more_than_its_limit_and_the_oldest_first(office):
    # given
    office.deploy("cooling.bpmn")
    keys = [office.start("cooling") for _ in range(3)]
    later(office, days=11)

    # when
    done = run_due(office.engine, "worker", limit=2)

    # then
    assert done.done == 2
    assert [office.instance(key)["status"] for key in keys] == ["COMPLETED", "COMPLETED", "ACTIVE"]


def test_the_rows_of_a_killed_worker_are_done_by_the_next_when_its_lease_is_over(office):
    # given
    office.deploy("cooling.bpmn")
    key = office.start("cooling")
    later(office, days=11)
    assert len(lease(office, "killed")) == 1

    # when, then: as long as the lease runs they are the other's; half a minute earlier it runs, however slow this machine is
    later(office, seconds=-30)
    assert run_due(office.engine, "next").done == 0 and row(office, Timer)["claimed_by"] == "killed"
    later(office, seconds=30 + leases.LEASE + 1)
    assert run_due(office.engine, "next").done == 1
    assert office.kinds(key) == ["instance:started", "timer:fired"]


def test_two_workers_share_the_rows_and_do_each_once(office):
    # given
    office.deploy("cooling.bpmn")
    keys = [office.start("cooling") for _ in range(8)]
    later(office, days=11)
    together, rounds = threading.Barrier(2), []

    def worker(name):
        together.wait()
        while (done := run_due(office.engine, name, limit=2)).done or done.failed:
            rounds.append(done)

    # when
    workers = [threading.Thread(target=worker, args=(name,)) for name in ("one", "two")]
    for each in workers:
        each.start()
    for each in workers:
        each.join()

    # then
    assert sum(done.done for done in rounds) == len(keys) and sum(done.failed for done in rounds) == 0
    assert [office.kinds(key) for key in keys] == [["instance:started", "timer:fired"]] * len(keys)


@pytest.fixture
def broken(office):
    """A row of the outbox and a timer that cannot be done: one is of a kind that nobody knows, the other's process is not there."""
    now = office.engine.time()
    delivery = {"key": 7, "kind": "telegram", "payload": "{}", "due": now}
    timer = {"key": 8, "definition_key": 4711, "element_id": "weekly", "due": now}
    execute(office, insert(Outbox).values(**delivery), insert(Timer).values(**timer))
    return now


def state_of(office, table):
    """The row that cannot be done."""
    return row(office, table, table.key < 10)


def test_a_row_that_raises_never_stops_the_others(office, broken):
    # given
    office.deploy("cooling.bpmn", "payment.bpmn")
    waiting, due = office.start("payment", receipt="R-1"), office.start("cooling")
    later(office, days=11)
    publish_message(office.engine, ROBOT, "payment", "R-1", follow_ups=[])

    # when
    with recorded(office) as told:
        done = run_due(office.engine, "worker")

    # then
    assert (done.done, done.failed) == (2, 2)
    assert [(body["kind"], body["chain"]) for body in told] == [("message:correlated", str(waiting)), ("timer:fired", str(due))]


def test_a_row_that_raises_waits_longer_each_time_and_ends_dead(office, broken):
    # when, then
    for attempt, wait in enumerate(leases.BACK_OFF, 1):
        before = office.engine.time()
        assert run_due(office.engine, "worker").failed == 2
        after, pause = office.engine.time(), timedelta(seconds=wait)
        for table, error in ((Outbox, "KeyError: 'telegram'"), (Timer, "ValueError: ")):
            found = state_of(office, table)
            assert (found["attempts"], found["dead"]) == (attempt, False) and found["error"].startswith(error)
            assert before + pause <= found["claimed_until"] <= after + pause
        if wait > 60:  # a slow machine could sleep through a shorter one
            assert run_due(office.engine, "worker").failed == 0
        later(office, seconds=wait + 1)
    run_due(office.engine, "worker")
    for table in (Outbox, Timer):
        found = state_of(office, table)
        assert (found["attempts"], found["dead"]) == (len(leases.BACK_OFF) + 1, True)

    # and then it is left alone, until a person has looked at it
    later(office, days=30)
    with unchanged(office):
        assert run_due(office.engine, "worker").failed == 0
    assert rows(office, ProcessInstance) == []


def test_a_dead_row_is_reported_once(office, broken, caplog):
    # given
    attempts = len(leases.BACK_OFF)
    execute(office, Outbox.__table__.update().values(attempts=attempts), Timer.__table__.update().values(attempts=attempts))

    # when
    for _ in range(2):
        run_due(office.engine, "worker")
        later(office, hours=2)

    # then
    said = [record.getMessage() for record in caplog.records if "is dead" in record.getMessage()]
    assert said == [f"{name} is dead after {attempts + 1} attempts: a person has to look at it" for name in ("outbox 7", "timer 8")]


def test_the_next_round_is_due_when_the_next_free_row_is(office):
    # given
    assert office.engine.nap(1000) == 1000
    office.deploy("cooling.bpmn")
    office.start("cooling")

    # when, then: ten days from now, then at once, then not as long as another worker has it
    days = timedelta(days=10).total_seconds()
    assert days - 100 < office.engine.nap(days * 2) <= days
    later(office, days=11)
    assert office.engine.nap(1000) == 0
    lease(office, "another")
    assert office.engine.nap(1000) == 1000
