"""Multi-instance: in parallel and one after the other, what is collected, when it is enough, inside each other, and ended from outside."""

from tests.engine.bpmn.stories import play


def test_all_are_asked_at_once_and_it_ends_when_enough_have_answered():
    case = play("opinions", departments=["fire", "power", "police"])
    assert case.open == ["ask"] * 3
    numbers = sorted(case.ledger.tasks)
    assert [case.ledger.variables[number]["loopCounter"] for number in numbers] == ["1", "2", "3"]

    # when the third answers first, then the first
    for number, word in ((numbers[2], "yes"), (numbers[0], "no")):
        case.do("complete_user_task", number=number, variables={"opinion": word})

    # then the results stand in the order of the list, and who did not answer left none
    assert case.variables["opinions"] == [{"from": "fire", "says": "no"}, None, {"from": "police", "says": "yes"}]
    assert case.ledger.closed_tasks[numbers[1]] == "CANCELED"
    assert case.status == "COMPLETED"
    assert {"department", "opinion", "loopCounter"}.isdisjoint(case.variables)


def test_one_after_the_other_until_the_condition_holds():
    case = play("stamps", offices=["first", "last", "never"])

    for _ in range(2):
        assert case.open == ["stamp"]
        case.complete("stamp")

    assert case.variables["stamped"] == ["first 1", "last 2"] + [None]
    assert case.status == "COMPLETED"


DOCUMENTS = [{"name": "order", "pages": [1, 2]}, {"name": "letter", "pages": [3]}]


def test_a_list_inside_each_element_of_a_list():
    case = play("documents", documents=DOCUMENTS, case_no="7")
    assert case.open == ["sign", "sign"]

    for _ in range(3):
        case.complete("sign")

    assert case.variables["signed"] == DOCUMENTS
    assert case.status == "COMPLETED"


def test_a_boundary_event_ends_all_that_is_inside():
    case = play("documents", documents=DOCUMENTS, case_no="7").complete("sign")

    assert case.message("withdrawal", "7")

    assert case.passed()[-2:] == ["withdrawn", "gone"]
    assert case.status == "COMPLETED"
    assert "signed" not in case.variables


def test_a_process_is_called_for_every_element():
    case = play("children", hazards=["wires", "stove"])
    assert sorted(child.variables["hazard"] for child in case.ledger.children.values()) == ["stove", "wires"]

    case.child("rectify", result="mended").child("rectify", result="gone")

    assert case.variables["results"] == ["wires: mended", "stove: gone"]
    assert case.status == "COMPLETED"


def test_an_error_of_one_called_process_ends_them_all():
    case = play("children", hazards=["wires", "stove"])

    assert case.child_error("rectify", "REFUSED").open == ["punish"]

    assert case.ledger.children == {}
