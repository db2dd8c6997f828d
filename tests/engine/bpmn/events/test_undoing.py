"""Compensation, and transactions that are cancelled."""

from tests.engine.bpmn.events.beside import play


def test_what_was_done_is_undone_last_first_and_what_is_named_before():
    # given an order that was sent and paid for, when the payment is taken back, and then everything
    case = play("compensation", done=[], undone=[])

    # then nothing is undone twice
    assert case.variables["done"] == ["order", "send", "pay"]
    assert case.variables["undone"] == ["pay_back", "call_back", "cancel_order"]
    assert case.status == "COMPLETED"


def test_an_event_sub_process_compensates_the_sub_process_around_it_and_is_waited_for():
    # given
    case = play("compensation_event_subprocess", done=[])

    # then the sub-process is over, and its handler is open
    assert case.variables["done"] == ["inspect"] and "left" in case.passed("left")
    assert case.open == ["apologise"] and "take_back" not in case.passed("left")
    assert case.complete("apologise").status == "COMPLETED"


def test_a_cancelled_transaction_is_undone_and_left_by_its_cancel_event():
    case = play("cancel", done=[], undone=[])

    case.complete("confirm", yes=False)

    assert case.variables["undone"] == ["release"]
    assert case.open == ["tell"] and "closure" in case.passed("terminated")
    assert case.complete("tell").status == "COMPLETED" and "done" not in case.passed()


def test_a_transaction_that_is_not_cancelled_goes_on():
    case = play("cancel", done=[], undone=[]).complete("confirm", yes=True)

    assert case.status == "COMPLETED" and "done" in case.passed() and case.variables["undone"] == []
