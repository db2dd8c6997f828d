"""engine/store/leases.py: due rows are shared among workers, come back from one that was killed, and are dead after the last attempt."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event, insert, select, text

from engine.store import leases
from engine.store.models import Timer
from engine.store.records import Outbox

NOW = datetime(2024, 4, 12, 1, 30, tzinfo=UTC)
SECOND = timedelta(seconds=1)
postgresql = pytest.mark.parametrize("store_url", ["postgresql"], indirect=True)


@pytest.fixture
def writing(store_engine):
    """writing() begins a transaction on a store with six timers: keys 1 to 5 fell due one second after the other, 6 is not due yet."""
    engine = store_engine.execution_options(write=True)
    with engine.begin() as connection:
        rows = [{"key": key, "definition_key": 1, "element_id": "t", "due": NOW + (key - 5) * SECOND} for key in range(1, 7)]
        connection.execute(insert(Timer), rows)
    return engine.begin


def lease(writing, worker="a", limit=10, now=NOW, queue="timer"):
    with writing() as connection:
        return [key for key, _ in leases.lease(connection, queue, worker, limit, now)]


def test_due_rows_are_leased_in_the_order_in_which_they_fell_due(writing):
    assert lease(writing, limit=3) == [1, 2, 3]
    assert lease(writing, worker="b", limit=3) == [4, 5]
    assert lease(writing, worker="c") == []


def test_a_lease_says_since_when_the_row_is_due(writing):
    with writing() as connection:
        assert leases.lease(connection, "timer", "a", 1, NOW) == [(1, NOW - 4 * SECOND)]


def test_the_rows_of_a_killed_worker_come_back(writing):
    lease(writing)

    assert lease(writing, "b", now=NOW + leases.LEASE * SECOND, limit=1) == [6]
    assert lease(writing, "b", now=NOW + (leases.LEASE + 1) * SECOND) == [1, 2, 3, 4, 5]


def test_the_outbox_is_leased_alike(writing):
    with writing() as connection:
        connection.execute(insert(Outbox), [{"key": 9, "kind": "message", "payload": "{}", "due": NOW}])

    assert lease(writing, queue="outbox") == [9]
    assert lease(writing) == [1, 2, 3, 4, 5]


@postgresql
def test_workers_that_lease_at_once_skip_each_others_rows(writing):
    with writing() as one, writing() as other:
        other.execute(text("SET LOCAL lock_timeout = '2s'"))
        taken = [leases.lease(connection, "timer", "any", 3, NOW) for connection in (one, other)]

    assert [[key for key, _ in keys] for keys in taken] == [[1, 2, 3], [4, 5]]


def test_a_row_that_fails_waits_longer_each_time_and_is_dead_after_the_last(writing):
    now, waits = NOW, []
    while True:
        (found,) = lease(writing, limit=1, now=now)
        assert found == 1
        with writing() as connection:
            dead = leases.postpone(connection, "timer", 1, "ValueError: no", now)
            attempts, until = connection.execute(select(Timer.attempts, Timer.claimed_until).where(Timer.key == 1)).one()
        if dead:
            break
        waits.append((until - now).total_seconds())
        assert lease(writing, limit=10, now=until)[:1] != [1]
        with writing() as connection:  # the others are done
            connection.execute(text("DELETE FROM timer WHERE key > 1"))
        now = until + SECOND

    assert waits == list(leases.BACK_OFF)
    assert attempts == len(leases.BACK_OFF) + 1
    assert lease(writing, now=now + timedelta(days=365)) == []


def test_a_row_that_is_gone_is_not_postponed(writing):
    with writing() as connection:
        assert leases.postpone(connection, "timer", 77, "ValueError: no", NOW) is False


def test_the_next_due_row_is_the_first_that_nobody_holds(writing):
    with writing() as connection:
        connection.execute(insert(Outbox), [{"key": 9, "kind": "message", "payload": "{}", "due": NOW + 9 * SECOND}])
        assert leases.next_due(connection, NOW) == NOW - 4 * SECOND
        leases.lease(connection, "timer", "a", 10, NOW)
        assert leases.next_due(connection, NOW) == NOW + SECOND
        connection.execute(text("DELETE FROM timer"))
        assert leases.next_due(connection, NOW) == NOW + 9 * SECOND
        connection.execute(text("UPDATE outbox SET dead = :dead"), {"dead": True})
        assert leases.next_due(connection, NOW) is None


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
def test_the_next_due_row_is_the_first_of_the_partial_index(writing, store_engine):
    asked = []
    event.listen(store_engine, "before_cursor_execute", lambda *told: asked.append(told[2:4]))
    with writing() as connection:
        leases.next_due(connection, NOW)
        queries = [pair for pair in asked if "FROM timer" in pair[0]]
        plans = [connection.exec_driver_sql("EXPLAIN QUERY PLAN " + query, parameters).all() for query, parameters in queries]

    assert [[step[-1] for step in plan] for plan in plans] == [["SCAN timer USING INDEX ix_timer_due"]]
