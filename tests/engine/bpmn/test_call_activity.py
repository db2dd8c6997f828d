"""Call activities: which process is called, what it is given, and what comes back."""

from tests.engine.bpmn.stories import play


def test_a_call_hands_everything_down_and_up_unless_it_says_otherwise():
    # given a call that hands down all that it sees
    case = play("call_activity", kind="fire", found=2)
    (child,) = case.ledger.children.values()
    assert (child.process_id, child.binding, child.version_tag) == ("inspection", "deployment", None)
    assert child.variables == {"log": [], "kind": "fire", "found": 2}
    assert case.definition.references["processes"] == {("inspection", "deployment", None)}

    # when it is over, all of its variables come back; the next hands down its inputs alone, to a process that an expression names
    case.child("inspect", found=5)
    (child,) = case.ledger.children.values()
    assert (child.process_id, child.binding, child.version_tag) == ("rectification_fire", "versionTag", "2026")
    assert child.variables == {"hazards": 5}

    # then nothing of that one comes back
    case.child("rectify", cost=3)
    assert case.status == "COMPLETED"
    assert "cost" not in case.variables


def test_an_error_that_ends_the_called_process_is_caught_at_the_call():
    case = play("call_activity", kind="fire", found=2).child("inspect")

    assert case.child_error("rectify", "REFUSED").open == ["punish"]
