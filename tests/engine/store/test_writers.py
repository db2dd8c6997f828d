"""The line of SQLite's writers: one at a time, the next at once, and whoever waits in vain is told."""

import threading

import pytest

from engine.domain.errors import Busy
from engine.store import writers
from engine.store.store import Store


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
def test_a_writer_waits_for_the_one_before_it_and_no_reader_does(store_engine):
    # given somebody who writes
    store, done = Store(store_engine), []
    with store.transaction("BEGIN IMMEDIATE"):
        waiting = threading.Thread(target=lambda: store.write(lambda transaction: (transaction.begin_writing(), done.append("second"))))
        waiting.start()

        # then readers go on, and the second writer stands in the line
        with store.look_up() as transaction:
            assert not transaction.writing
        waiting.join(0.3)
        assert waiting.is_alive() and done == []

    # and is through as soon as the first has gone
    waiting.join(10)
    assert done == ["second"]


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
def test_a_writer_that_fails_leaves_the_line(store_engine):
    store = Store(store_engine)

    def failing(transaction):
        transaction.begin_writing()
        raise LookupError

    with pytest.raises(LookupError):
        store.write(failing)

    store.write(lambda transaction: transaction.begin_writing())


def test_whoever_waits_in_vain_is_told_to_come_again(monkeypatch):
    monkeypatch.setattr(writers, "PATIENCE", 0.05)
    line = writers.Writers()
    line.enter()

    with pytest.raises(Busy, match=r"Expected to write within 0.05 seconds, but other writers did not finish"):
        line.enter()

    line.leave()
    line.enter()
