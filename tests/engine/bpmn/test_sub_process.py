"""Sub-processes: embedded, started by an event, transactions."""

from tests.engine.bpmn.stories import play


def test_a_sub_process_has_variables_of_its_own_and_is_over_when_nothing_is_left_inside():
    case = play("sub_process").complete("look")
    assert case.open == ["photo"]

    case.complete("photo", pictures=3)

    assert case.variables == {"log": [], "taken": 3}
    assert case.status == "COMPLETED"


def test_an_event_sub_process_begins_beside_what_is_open_and_is_waited_for():
    case = play("sub_process").signal("alarm")
    assert case.open == ["leave", "look", "photo"]

    case.complete("look").complete("photo")
    assert case.open == ["leave"]

    assert case.complete("leave").status == "COMPLETED"


def test_a_boundary_event_ends_everything_inside():
    case = play("sub_process").signal("alarm").later(8)

    assert case.passed()[-2:] == ["evening", "off"]
    assert case.status == "COMPLETED"


def test_a_transaction_that_is_cancelled_undoes_what_is_complete_and_leaves_by_its_cancel_event():
    case = play("transaction").complete("rent")
    assert case.open == ["agree", "carry"]

    case.complete("agree", no=True)
    assert case.open == ["give_back"]

    assert case.complete("give_back").open == ["report"]


def test_a_transaction_that_is_not_cancelled_is_a_sub_process():
    case = play("transaction").complete("rent").complete("agree", no=False).complete("carry")

    assert case.status == "COMPLETED"
    assert "give_back" not in case.passed()
