"""Data objects and stores: each stands for the variable of its name."""

from tests.engine.bpmn.stories import play


def test_a_data_object_is_read_and_written_as_the_variable_of_its_name():
    # given a report that does not exist yet
    case = play("data")
    assert "report" not in case.variables

    # when somebody writes it, then the next sees what its arrow says
    case.complete("write", text="short", note="not mapped")
    assert case.variables == {"log": [], "report": {"text": "short"}}
    (child,) = case.ledger.children.values()
    assert child.variables == {"text": "short"}

    # and a condition reads it, and a worker what it takes from a store or puts there
    assert case.child("check").open == ["keep"]
    case.work("keep", archived="2026/7")
    assert case.variables["archived"] == "2026/7"
    assert case.status == "COMPLETED"
