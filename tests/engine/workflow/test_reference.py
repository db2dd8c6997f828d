"""Whatever is drawn from blocks, the machine does what a token game written for the tests does, on any schedule, saved after each step."""

from unittest.mock import patch

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from engine.workflow import definition, outside
from tests.engine.workflow.blocks import Drawing, blocks
from tests.engine.workflow.ledger import Case
from tests.engine.workflow.reference import Game

PICKS = some.fixed_dictionaries({f"pick{number}": some.integers(0, 2) for number in range(3)})


def label(case, kind, id, number):
    """What waits, as the game calls it: with the number of each round around it."""
    rounds, elements, book = [], case.ledger.elements, case.ledger
    while number in elements:
        above = elements.get(elements[number].scope)
        if above and above.type == "MULTI_INSTANCE_BODY" and above.element_id == elements[number].element_id:
            rounds.insert(0, int(book.variables[number]["loopCounter"]))
        number = elements[number].scope
    return kind, id, tuple(rounds)


def waiting(case):
    """{label: what the machine calls it} of all that a case waits for: ("complete_user_task", number) or ("trigger", subscription)."""
    book = case.ledger
    tasks = [(label(case, "task", task.element_id, number), ("task", number)) for number, task in book.tasks.items()]
    events = [(label(case, "event", sub.event_id, sub.number), ("event", id)) for id, sub in book.subscriptions.items()]
    return sorted(tasks + events)


def hit(case, found, variables):
    kind, number = found
    if kind == "task":
        case.do("complete_user_task", number=number, variables=variables)
    else:
        case.do("trigger", subscription=number, variables=variables)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(blocks(), PICKS, some.sampled_from([0, 2, outside.ROOM]), some.data())
def test_a_run_is_the_reference_token_game(block, picks, room, schedule):
    # given a process, as a diagram and as a tree; with its rounds in the state bytes, or outside of them
    (process,) = definition.read(Drawing().process(block))
    with patch.object(outside, "ROOM", room):
        case, game = Case(process, watched=False, key="k", **picks), Game(block, {"log": [], "key": "k", **picks})

        while not game.is_over:
            # then after every step the same is waited for, and the variables are the same
            assert [found for found, _ in waiting(case)] == game.waiting
            assert case.variables == game.variables
            # when anything happens that can
            place = schedule.draw(some.integers(0, len(game.waiting) - 1))
            variables = schedule.draw(PICKS)
            chosen, found = waiting(case)[place]
            game.hit(chosen, variables)
            hit(case, found, variables)

    assert case.status == "COMPLETED"
    assert case.variables == game.variables
