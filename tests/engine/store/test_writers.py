"""The line of SQLite's writers: one at a time, the next at once, and whoever waits in vain is told."""

import threading

import pytest

from engine.domain.errors import Busy
from engine.store import writers
from engine.store.store import Store


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
def test_a_command_stands_in_line_before_it_reads_and_no_reader_does(store_engine):
    # given somebody whose command is under way, and has not even begun to write
    store, under_way, may_end, order = Store(store_engine), threading.Event(), threading.Event(), []

    def first(_transaction):
        under_way.set()
        assert may_end.wait(10)
        order.append("first")

    writing = threading.Thread(target=lambda: store.write(first))
    writing.start()
    assert under_way.wait(10)

    # then readers go on, and the next command waits before it computes anything
    waiting = threading.Thread(target=lambda: store.write(lambda _transaction: order.append("second")))
    waiting.start()
    with store.look_up() as transaction:
        assert not transaction.writing
    waiting.join(0.3)
    assert waiting.is_alive() and order == []

    # and is through as soon as the first has gone
    may_end.set()
    waiting.join(10)
    writing.join(10)
    assert order == ["first", "second"]


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
    with line.turn(), pytest.raises(Busy, match=r"within 0.05 seconds, but other writers did not finish"), line.turn():
        pytest.fail("two had their turn at once")

    with line.turn():
        pass
