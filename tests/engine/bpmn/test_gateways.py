"""Gateways: where tokens part and meet."""

import pytest

from tests.engine.bpmn.stories import play


@pytest.mark.parametrize("risk, way", [(9, "close"), (4, "repair"), (1, "note")])
def test_an_exclusive_gateway_takes_the_first_flow_whose_condition_is_true_and_passes_every_token(risk, way):
    case = play("exclusive_gateway", risk=risk)
    assert case.open == [way]

    assert case.complete(way).open == ["file"]


def test_a_parallel_gateway_takes_every_flow_and_waits_for_every_flow():
    case = play("parallel_gateway")
    assert case.open == ["owner", "police"]

    assert case.complete("owner").open == ["police"]
    assert case.complete("police").open == ["file"]
    assert case.complete("file").status == "COMPLETED"


def test_an_inclusive_gateway_takes_what_holds_and_waits_for_what_can_still_come_in_every_round():
    # given a first round in which both are asked
    case = play("inclusive_gateway", fire=True, power=True, clear=False)
    assert case.open == ["fire", "power"]

    # when both have answered and it is not clear: one is asked, then nobody
    case.complete("power").complete("fire", power=False)
    assert case.open == ["fire"]
    case.complete("fire", fire=False)
    assert case.open == ["self"]

    # then
    assert case.complete("self", clear=True).status == "COMPLETED"
    assert case.passed("flow").count("together_to_clear") == 3


def test_a_complex_gateway_fires_when_its_condition_holds_and_takes_what_holds():
    # given three, of whom two are enough
    case = play("complex_gateway", danger=False).complete("c")
    assert case.open == ["a", "b"]

    # when the second has come, and then the third
    assert case.complete("a").open == ["b", "decide"]
    case.complete("b")

    # then the third starts nothing more
    assert case.open == ["decide"]
    assert case.complete("decide").status == "COMPLETED"
    assert play("complex_gateway", danger=True).complete("a").complete("b").open == ["c", "warn"]


def test_an_event_based_gateway_goes_on_with_what_comes_first():
    answered, objected, late = (play("event_based_gateway", case_no="7") for _ in range(3))

    assert not answered.message("answer", "8")
    assert answered.message("answer", "7", got=1)
    assert objected.message("objection", "7")
    late.later(24 * 15)

    assert answered.variables["got"] == 1
    assert (answered.open, objected.open, late.open) == (["file"], ["hear"], ["remind"])
    assert answered.ledger.subscriptions == objected.ledger.subscriptions == late.ledger.subscriptions == {}
