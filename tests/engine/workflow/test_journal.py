"""Undoing: after any mixture of changes, everything is as it was at the mark."""

from collections import deque
from copy import deepcopy

from hypothesis import given
from hypothesis import strategies as some

from engine.domain.outcome import Outcome
from engine.workflow.journal import Journal


class Thing:
    def __init__(self):
        self.n = 0


CHANGES = some.lists(
    some.tuples(
        some.sampled_from(["put", "drop", "assign", "add", "append", "list", "path", "nested"]), some.integers(0, 3), some.integers()
    ),
    max_size=30,
)


def change(journal, todo, mapping, items, thing, changes):
    for word, key, value in changes:
        if word == "put":
            journal.put(mapping, key, value)
        elif word == "drop":
            journal.drop(mapping, key)
        elif word == "assign":
            journal.assign(thing, "n", value)
        elif word == "add":
            journal.add(items, key)
        elif word == "append":
            todo.append(value)
        elif word == "list":
            journal.append(mapping["list"], value)
        elif word == "path":
            journal.path.append(value)
        else:
            journal.put(mapping["inner"], key, value)


@given(CHANGES, CHANGES)
def test_what_was_done_since_the_mark_is_undone_and_what_was_done_before_stays(before, after):
    todo, mapping, items, thing, outcome = deque(), {"inner": {}, "list": []}, {2}, Thing(), Outcome()
    journal = Journal(todo, outcome.path)
    change(journal, todo, mapping, items, thing, before)
    journal.mark("operation", "instance")
    kept = deepcopy((todo, mapping, items, thing.n, outcome))

    change(journal, todo, mapping, items, thing, after)
    journal.undo()

    assert (todo, mapping, items, thing.n, outcome) == kept
    assert journal.point == ("operation", "instance", None)
