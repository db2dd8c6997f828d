"""What every activity can have: mappings, flows with conditions, boundary events, loops, and that it undoes another."""

import pytest

from tests.engine.bpmn.stories import diagram, go_through, play
from tests.engine.workflow.ledger import Case

KINDS = ["plain", "by_hand", "person", "worker", "send", "receive", "script", "rule", "call", "part"]
PASSED = {"plain", "by_hand"}  # over as soon as they begin


def answered(case):
    """The case, whose decisions are answered."""
    case.answers["risk"] = lambda call: ("finish_call", {"result": "low"})
    return case


def started(xml, **variables):
    """A case that asks a decision somewhere, from its start."""
    case = answered(Case(xml, started=False, watched=False))
    return case.do("start", variables={"case_no": "7", **variables}, at=None, caught_above={})


def test_inputs_are_its_own_and_only_outputs_go_out():
    # given a count that each activity reads through an input and hands on through an output
    case = started(diagram("every_mappings"), n=0)

    # when each is done, two of them with a result that no output names
    go_through(case)

    # then each has counted once, and left nothing else
    assert [id for id in case.passed() if id in KINDS] == KINDS
    assert case.variables == {"case_no": "7", "n": len(KINDS)}


def test_flows_out_of_it_have_conditions_and_a_default():
    for place, id in enumerate(KINDS):
        case = go_through(started(diagram("every_flows"), leave=id))

        taken = case.passed("flow")
        assert [flow for flow in taken if flow.endswith(("_on", "_left"))] == [f"{before}_on" for before in KINDS[:place]] + [f"{id}_left"]
        assert case.status == "COMPLETED"


def test_a_boundary_event_ends_it_and_waits_no_longer_when_it_is_over():
    # given
    late, in_time = (play("every_boundary", case_no="7", watched=False) for _ in range(2))

    # when nobody does anything, or everybody in time
    for _ in KINDS:
        late.later()
    go_through(in_time)

    # then
    assert [id for id in late.passed("terminated") if id in KINDS] == [id for id in KINDS if id not in PASSED]
    assert [id for id in late.passed() if id.endswith("_late")] == [f"{id}_late" for id in KINDS if id not in PASSED]
    assert late.status == "COMPLETED"
    assert not [id for id in in_time.passed() if id.endswith("_late")]
    assert in_time.ledger.subscriptions == {}


@pytest.mark.parametrize("sequential", [b"false", b"true"], ids=["parallel", "sequential"])
def test_it_is_done_once_for_every_element_of_a_list(sequential):
    case = started(diagram("every_multi_instance").replace(b'isSequential="false"', b'isSequential="' + sequential + b'"'), items=[1, 2])

    go_through(case)

    for id in KINDS:
        assert case.variables[f"{id}_results"] == [2, 4], id
    assert case.passed().count("inside") == 2


def test_it_is_done_again_as_often_as_its_loop_says():
    case = go_through(started(diagram("every_loop")))

    assert [case.passed().count(id) for id in KINDS] == [3] * len(KINDS)  # the loop's body, and two rounds
    assert case.status == "COMPLETED"


def test_it_can_undo_what_another_has_done():
    # given ten that are done, one for each kind of activity to undo
    case = started(diagram("every_compensation"))

    # when
    go_through(case)

    # then the last was undone first
    assert [id for id in case.passed() if id in KINDS] == KINDS[::-1]
    assert case.status == "COMPLETED"
