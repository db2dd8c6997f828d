"""Messages, signals and conditions, wherever an instance waits for them: in between, at a boundary, beside everything."""

import pytest

from tests.engine.bpmn.events.beside import play

#: kind -> (what lets the interrupting event happen, what the other one)
HAPPENS = {
    "message": (lambda case: case.message("withdrawn", "H-1"), lambda case: case.message("question", "H-1")),
    "signal": (lambda case: case.signal("all clear"), lambda case: case.signal("storm")),
    "conditional": (lambda case: case.set(hazards=0), lambda case: case.set(hazards=9)),
}
PLACES = (
    "message_boundary", "message_event_subprocess",
    "signal_boundary", "signal_event_subprocess",
    "conditional_boundary", "conditional_event_subprocess",
)  # fmt: skip


def waiting(place):
    """A hazard that is being rectified, and what lets the interrupting event happen, and the other one."""
    kind = place.partition("_")[0]
    return play(place, hazard="H-1", hazards=3, limit=5), *HAPPENS[kind]


@pytest.mark.parametrize("place", PLACES)
def test_an_interrupting_event_ends_what_it_waits_at(place):
    # given
    case, happens, _ = waiting(place)

    # when
    happens(case)

    # then nothing is waited for any more, and its path is the only one
    assert case.open == ["close_file"] and case.passed("terminated") == ["rectify"]
    assert case.ledger.subscriptions == {}
    case.complete("close_file")
    assert case.status == "COMPLETED" and "done" not in case.passed()


@pytest.mark.parametrize("place", PLACES)
def test_a_non_interrupting_event_goes_on_beside_as_often_as_it_happens(place):
    # given
    case, _, happens = waiting(place)

    # when it happens twice; a condition that stays true does not, it has to become untrue before it can become true again
    happens(case)
    if place.startswith("conditional"):
        case.set(hazards=8).set(hazards=3)
    happens(case)

    # then
    assert case.open == ["answer", "answer", "rectify"]
    for id in ("rectify", "answer", "answer"):
        case.complete(id)
    assert case.status == "COMPLETED" and case.passed("terminated") == []
    assert case.ledger.subscriptions == {}


def test_a_message_is_caught_by_its_name_and_correlation_key_and_brings_variables():
    # given
    case = play("message_catch", receipt=17)
    assert [(sub.name, sub.correlation_key) for sub in case.ledger.subscriptions.values()] == [("payment", "17")]

    # when
    missed = [case.message("payment", "18"), case.message("refund", "17")]
    assert case.message("payment", "17", amount=500)

    # then
    assert missed == [False, False]
    assert case.status == "COMPLETED" and case.variables["amount"] == 500


def test_a_signal_is_caught_by_its_name_which_can_be_computed():
    case = play("signal_catch", place="汤村")

    case.signal("all clear")
    assert case.status == "ACTIVE"
    case.signal("all clear in 汤村", until="noon")

    assert case.status == "COMPLETED" and case.variables["until"] == "noon"


def test_a_condition_is_met_when_a_variable_that_it_reads_makes_it_true():
    # given
    case = play("conditional_catch", hazards=2)

    # when
    case.set(people=0)
    assert case.status == "ACTIVE"
    case.set(hazards=0)

    # then, and where it holds from the start nothing is waited for
    assert case.status == "COMPLETED"
    assert play("conditional_catch", hazards=0).status == "COMPLETED"


def test_a_condition_at_a_boundary_looks_at_each_of_its_variables():
    case, *_ = waiting("conditional_boundary")

    case.set(limit=2)

    assert case.open == ["answer", "rectify"]
