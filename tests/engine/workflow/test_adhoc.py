"""Ad-hoc sub-processes: who chooses what starts, and when it is done."""

import pytest

from engine.domain.errors import Invalid, WrongState
from tests.engine.workflow.drawing import diagram, element, end, flows, start, user
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
