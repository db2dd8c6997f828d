"""engine/store/keys.py: blocks of a thousand, no key twice among threads, processes and after a fork, none lost to a lock."""

import json
import os
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from sqlalchemy import event, select

from engine.store import keys
from engine.store.keys import BLOCK, FIRST, Keys
from engine.store.records import KeyBlock
from engine.store.store import Store
from tests.engine.store.colleague import take_keys, together
from tests.engine.store.town import PATIENCE, until_somebody_waits

sqlite = pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
postgresql = pytest.mark.parametrize("store_url", ["postgresql"], indirect=True)


def leased(store_engine):
    """The next key that no process has leased."""
    with store_engine.connect() as connection:
        return connection.execute(select(KeyBlock.next)).scalar()


def test_keys_count_on_from_the_first_and_a_block_is_leased_at_once(store_engine):
    ours = Keys(store_engine)

    taken = [ours.take() for _ in range(BLOCK)]

    assert taken == list(range(FIRST, FIRST + BLOCK))
    assert leased(store_engine) == FIRST + BLOCK
    assert ours.take() == FIRST + BLOCK
    assert leased(store_engine) == FIRST + 2 * BLOCK


def test_two_processes_have_blocks_of_their_own(store_engine):
    one, other = Keys(store_engine), Keys(store_engine)

    assert [one.take(), other.take(), one.take()] == [FIRST, FIRST + BLOCK, FIRST + 1]


def test_no_key_is_given_twice_among_processes_that_begin_together(store_engine, store_url):
    said = together(store_url, *[[(take_keys, 2 * BLOCK + 1)]] * 3)

    taken = [key for (own,) in said for key in own]
    assert len(set(taken)) == len(taken) == 3 * (2 * BLOCK + 1)
    assert leased(store_engine) == FIRST + 9 * BLOCK


def test_no_key_is_given_twice_among_threads(store_engine):
    ours = Keys(store_engine)

    with ThreadPoolExecutor(4) as pool:
        taken = list(pool.map(lambda _: ours.take(), range(2 * BLOCK)))

    assert sorted(taken) == list(range(FIRST, FIRST + 2 * BLOCK))


@sqlite
def test_a_forked_child_forgets_its_parents_block(store_engine):
    ours = Keys(store_engine)
    ours.take()
    store_engine.dispose()
    reading, writing = os.pipe()

    child = os.fork()
    if child == 0:
        os.write(writing, json.dumps([ours.take(), ours.take()]).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        told = json.loads(pipe.read())
    assert os.waitpid(child, 0) == (child, 0)

    assert told == [FIRST + BLOCK, FIRST + BLOCK + 1]
    assert ours.take() == FIRST + 1


def test_a_block_that_was_leased_in_a_writing_transaction_is_given_back_by_its_rollback(store_engine):
    with store_engine.execution_options(write=True).connect() as connection:
        assert keys.lease(connection) == FIRST
        connection.rollback()

    assert Keys(store_engine).take() == FIRST


@sqlite
def test_whoever_holds_the_only_write_lock_leases_inside_of_it(store_engine):
    store = Store(store_engine)
    assert store.keys.take(may_lease=False) is None

    def attempt(transaction):
        transaction.begin_writing()
        return [transaction.key(), transaction.key()]

    assert store.write(attempt) == [FIRST, FIRST + 1]


@sqlite
def test_whoever_holds_the_write_lock_does_not_wait_for_a_thread_that_waits_for_it(store_engine):
    store, leasing = Store(store_engine), Event()

    def attempt(transaction):
        transaction.begin_writing()
        # given another thread that needs a block, holds the lock of the keys, and waits for ours
        event.listen(store_engine, "checkout", lambda *_: leasing.set())
        other = pool.submit(store.keys.take)
        assert leasing.wait(PATIENCE)

        # when, then
        assert [transaction.key(), transaction.key()] == [FIRST, FIRST + 1]
        assert not other.done()
        return other

    with ThreadPoolExecutor(1) as pool:
        other = store.write(attempt)
        assert other.result(PATIENCE) == FIRST + BLOCK


@postgresql
def test_two_who_lease_the_first_keys_of_a_new_database_at_once_get_different_ones(store_engine):
    with ThreadPoolExecutor(1) as pool, store_engine.connect() as first:
        assert keys.lease(first) == FIRST
        other = pool.submit(Keys(store_engine).take)
        until_somebody_waits(store_engine)
        first.commit()

        assert other.result(PATIENCE) == FIRST + BLOCK
