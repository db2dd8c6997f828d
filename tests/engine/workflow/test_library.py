"""What was compiled once is kept, within bounds."""

from threading import Barrier, Thread

import pytest

from engine.workflow.library import Library


def test_a_key_is_compiled_once():
    shelf, calls = Library(100), []

    def compile():
        calls.append(1)
        return "value", 10

    assert shelf.get("a", compile) == shelf.get("a", compile) == "value"
    assert len(calls) == 1


def test_what_was_not_asked_for_longest_goes_first():
    shelf = Library(30)
    for key in "abc":
        shelf.get(key, lambda: ("old", 10))
    shelf.get("a", lambda: ("new", 10))

    shelf.get("d", lambda: ("old", 10))

    assert shelf.get("a", lambda: ("new", 10)) == "old"
    assert shelf.get("b", lambda: ("new", 10)) == "new"
    assert shelf.weight <= 30


def test_what_is_heavier_than_all_is_handed_out_and_not_kept():
    shelf = Library(30)
    shelf.get("a", lambda: ("small", 10))

    assert shelf.get("b", lambda: ("huge", 31)) == "huge"
    assert (len(shelf), shelf.weight) == (1, 10)


def test_a_failed_compilation_leaves_nothing_behind():
    shelf = Library(30)
    with pytest.raises(ZeroDivisionError):
        shelf.get("a", lambda: 1 / 0)

    assert shelf.get("a", lambda: ("second try", 10)) == "second try"
    assert not shelf._compiling


def test_threads_that_ask_for_one_key_compile_it_once():
    shelf, calls, together, found = Library(100), [], Barrier(8), []

    def ask():
        together.wait()
        found.append(shelf.get("a", compile))

    def compile():
        calls.append(1)
        return object(), 10

    threads = [Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(calls) == 1
    assert len(set(map(id, found))) == 1


def test_another_key_does_not_wait():
    shelf = Library(100)

    assert shelf.get("a", lambda: (shelf.get("b", lambda: ("inner", 10)), 10)) == "inner"
