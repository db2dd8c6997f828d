"""Ad-hoc sub-processes: what begins, and when it is over."""

from tests.engine.bpmn.stories import play


def test_people_activate_what_they_need_until_the_condition_holds_and_what_is_left_is_cancelled():
    # given nothing is open until somebody activates it
    case = play("ad_hoc", enough=False)
    assert (case.open, case.status) == ([], "ACTIVE")
    number = case.number("inspect", case.ledger.elements)

    # when one thing is done and it is not enough, others may be begun
    case.do("activate_adhoc", number=number, elements=["measure"]).complete("measure")
    assert (case.open, case.status) == ([], "ACTIVE")
    case.do("activate_adhoc", number=number, elements=["measure", "sample"]).complete("sample")
    assert case.open == ["analyse", "measure"]
    case.complete("analyse", enough=True)

    # then
    assert case.status == "COMPLETED"
    assert list(case.ledger.closed_tasks.values()).count("CANCELED") == 1


def test_an_expression_chooses_what_begins_and_the_rest_may_be_waited_for():
    case = play("ad_hoc_chosen", steps=["measure", "sample"], enough=False)
    assert case.open == ["measure", "sample"]

    case.complete("measure", enough=True)
    assert case.open == ["sample"]

    assert case.complete("sample").complete("analyse").status == "COMPLETED"


def test_in_sequence_everything_begins_one_after_the_other():
    case = play("ad_hoc_in_turn")

    for id in ("measure", "sample", "analyse"):
        assert case.open == [id]
        case.complete(id)

    assert case.status == "COMPLETED"
