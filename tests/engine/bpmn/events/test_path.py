"""Events of the path itself: none, link, terminate; and several triggers in one event."""

import pytest

from tests.engine.bpmn.events.beside import play
from tests.engine.workflow.ledger import NOW


def test_events_without_a_trigger_are_passed():
    case = play("none")

    assert case.status == "COMPLETED"
    assert [id for id in case.passed() if id != "none"] == ["reported", "visit", "arrived", "left", "noted", "filed"]


def test_a_link_leads_to_its_other_end():
    # given
    case = play("link", pages=2)
    assert case.open == ["rectify"] and [id for id in case.passed() if "page" in id] == ["to_page_2", "from_page_1"]

    # then
    assert case.complete("rectify").status == "COMPLETED"
    assert "from_page_1" not in play("link", pages=1).passed()


def test_terminate_ends_everything_in_its_own_scope_and_no_more():
    # given
    case = play("terminate")
    assert case.open == ["downstairs", "upstairs"]

    # when, then: the sub-process is over, and what is behind it begins
    case.complete("downstairs")
    assert case.open == ["tell", "write"] and case.passed("terminated") == ["upstairs"]

    # when, then: so is the process
    case.complete("tell")
    assert case.status == "COMPLETED" and case.ledger.closed_tasks[case.ledger.path[-2][2]] == "CANCELED"


def test_one_of_several_triggers_is_enough_unless_all_are_asked_for():
    # given
    case = play("multiple_catch", hazard="H-1")
    assert case.message("call", "H-1")
    assert len(case.ledger.subscriptions) == 2  # of the next event

    # when
    case.signal("storm", level=2)
    assert case.status == "ACTIVE"
    assert case.message("call", "H-1", caller="Li")

    # then
    assert case.status == "COMPLETED"
    assert (case.variables["level"], case.variables["caller"]) == (2, "Li")


@pytest.mark.parametrize("place", ["multiple_boundary", "multiple_event_subprocess"])
def test_several_triggers_at_a_boundary_and_beside_everything(place):
    # given
    case = play(place, hazard="H-1", hazards=2)

    # when either happens, each time, and then both have
    case.message("call", "H-1")
    case.signal("storm")
    assert case.open == ["hear", "hear", "rectify"]
    case.set(hazards=5)
    assert case.open == ["hear", "hear", "rectify", "watch"]

    # then what waits for all has happened once and for all; the interrupting one needs one of its two
    case.set(hazards=1).set(hazards=5).signal("storm")
    assert case.open.count("watch") == 1 and case.open.count("hear") == 3
    case.set(hazards=0)
    assert "rectify" not in case.open and "close_file" in case.open


@pytest.mark.parametrize("place", ["multiple_boundary_all", "multiple_event_subprocess_all"])
def test_all_of_several_triggers_interrupt(place):
    case = play(place, hazard="H-1")

    case.signal("storm")
    assert case.open == ["rectify"]
    case.message("call", "H-1")

    assert case.open == ["close_file"] and case.ledger.subscriptions == {}


def test_one_event_throws_several_things():
    case = play("multiple_throw", hazard="H-1")

    assert [(thrown.kind, thrown.name, thrown.element_id) for thrown in case.out.thrown] == [
        ("signal", "storm", "tell"),
        ("message", "call", "tell"),
        ("signal", "storm", "say"),
    ]
    # The signal is told once, though nobody hears the escalation beside it.
    assert list(case.incidents) == ["say"] and case.resolve("say").status == "COMPLETED" and case.out.thrown == []


def test_a_definition_that_stands_at_the_top_of_the_file_is_shared():
    case = play("shared_definition")
    (overdue,) = case.ledger.subscriptions.values()
    assert (overdue.event_id, (overdue.due - NOW).days) == ("overdue", 3)

    case.complete("rectify")

    (wait,) = case.ledger.subscriptions.values()
    assert (wait.event_id, (wait.due - NOW).days) == ("wait", 3)


def test_a_worker_can_throw_a_message():
    # given
    case = play("message_job")
    (job,) = case.ledger.jobs.values()
    assert (job.element_id, job.type, job.headers) == ("send_notice", "send-notice", {"channel": "sms"})

    # when
    case.work("send_notice").work("send_copy")

    # then it did, the machine itself threw nothing
    assert case.status == "COMPLETED" and case.out.thrown == []
