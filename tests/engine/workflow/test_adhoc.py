"""Ad-hoc sub-processes: who chooses what starts, and when it is done."""

import pytest

from engine.domain.errors import Invalid, WrongState
from tests.engine.workflow.drawing import diagram, element, end, flows, handler, start, user
from tests.engine.workflow.ledger import Case

INSIDE = user("a") + user("b") + user("b2") + flows("b -> b2")
THEN = start() + user("z") + end() + flows("s -> x -> z -> e")
DONE = "<bpmn:completionCondition>=ok = 1</bpmn:completionCondition>"


def adhoc(*more, **attributes):
    return element("adHocSubProcess", "x", INSIDE, *more, **attributes)


def test_plain_bpmn_starts_everything_and_its_condition_ends_the_rest():
    case = Case(diagram(adhoc(DONE), THEN), ok=0)
    assert case.open == ["a", "b"]

    case.complete("b")
    assert case.open == ["a", "b2"]
    case.complete("a", ok=1)

    assert case.open == ["z"]


@pytest.mark.parametrize("pick", [None, ["a", "b2"], "a", [1]])
def test_a_choice_of_what_cannot_start_is_an_incident(pick):
    case = Case(diagram(adhoc(ext='<zeebe:adHoc activeElementsCollection="=pick"/>'), THEN), pick=pick)

    assert case.incidents["x"][0] == "EXTRACT_VALUE_ERROR"
    case.set(pick=["b"]).resolve("x")

    assert case.open == ["b"]


def test_only_elements_inside_can_be_activated_and_only_while_it_is_active():
    case = Case(diagram(adhoc(ext="<zeebe:adHoc/>"), THEN))
    number = case.number("x", case.ledger.elements)
    for elements in (["b2"], ["nowhere"], []):
        with pytest.raises(Invalid):
            case.do("activate_adhoc", number=number, elements=elements)
    with pytest.raises(WrongState):
        case.do("activate_adhoc", number=1, elements=["a"])


def test_in_sequence_what_people_activate_waits_for_its_turn():
    case = Case(diagram(adhoc(DONE, ext="<zeebe:adHoc/>", ordering="Sequential"), THEN), ok=0)
    number = case.number("x", case.ledger.elements)

    case.do("activate_adhoc", number=number, elements=["b", "a"])
    assert case.open == ["b"]
    case.do("activate_adhoc", number=number, elements=["a"])
    assert case.complete("b").open == ["b2"]
    assert case.complete("b2").open == ["a"]
    assert case.complete("a").open == ["a"]

    assert case.complete("a", ok=1).open == ["z"]


def test_in_sequence_the_next_does_not_wait_for_an_event_sub_process_beside_it():
    beside = handler("h", "message", interrupting=False)
    case = Case(
        diagram(adhoc(beside, ext='<zeebe:adHoc activeElementsCollection="=pick"/>', ordering="Sequential"), THEN), pick=["b", "a"], key="k"
    )
    assert case.message() and case.open == ["b", "r"]

    assert case.complete("b").open == ["b2", "r"]
    assert case.complete("b2").open == ["a", "r"]
    assert case.complete("a").open == ["r"]
    assert case.complete("r").open == ["z"]


def test_once_its_condition_has_held_nothing_more_is_activated():
    case = Case(diagram(adhoc(DONE, ext="<zeebe:adHoc/>", cancelRemainingInstances="false"), THEN), ok=0)
    number = case.number("x", case.ledger.elements)
    case.do("activate_adhoc", number=number, elements=["a", "b"])

    assert case.complete("a", ok=1).open == ["b"]
    with pytest.raises(WrongState, match="its completion condition has held"):
        case.do("activate_adhoc", number=number, elements=["a"])

    assert case.complete("b").complete("b2").open == ["z"]
