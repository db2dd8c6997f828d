"""Timers: dates, durations, cycles and cron, written out or as FEEL."""

from datetime import UTC, datetime, timedelta

from tests.engine.bpmn.events.beside import play
from tests.engine.workflow.ledger import NOW


def due(case):
    """{event: when} of the timers that are set."""
    return {sub.event_id: sub.due for sub in case.ledger.subscriptions.values()}


def test_a_duration_and_a_date_are_written_out_or_computed():
    case = play("timer_catch", wait="PT30M", due="2026-03-09T08:00:00+08:00")

    assert due(case) == {"an_hour": NOW + timedelta(hours=1)}
    assert due(case.later(1)) == {"as_long": NOW + timedelta(hours=1.5)}
    assert due(case.later(0.5)) == {"a_date": datetime(2026, 3, 5, 1, tzinfo=UTC)}
    assert due(case.later(64)) == {"due": datetime(2026, 3, 9, tzinfo=UTC)}
    assert case.later(96).status == "COMPLETED"


def test_a_value_that_is_no_time_is_an_incident_that_can_be_resolved():
    case = play("timer_catch", wait="soon").later(1)
    assert case.incidents == {"as_long": ("EXTRACT_VALUE_ERROR", "Expected a duration like P3D or PT1H30M, but found 'soon' from 'wait'")}

    case.set(wait="PT1M").resolve("as_long")

    assert list(due(case)) == ["as_long"]


def test_cycles_go_on_beside_a_task_until_its_deadline_ends_it():
    # given a task from nine in the morning: a reminder every twelve hours, twice; one each morning; three days
    case = play("timer_boundary", reminded=[])

    # when
    for _ in range(71):
        case.later(1)

    # then
    assert case.variables["reminded"] == ["remind", "remind", "greet", "greet"]
    assert case.open == ["rectify"] and sorted(due(case)) == ["each_morning", "overdue"]
    case.later(1)
    assert case.open == ["take_over"] and due(case) == {}


def test_a_task_that_is_done_in_time_leaves_no_timer():
    case = play("timer_boundary", reminded=[])

    case.complete("rectify")

    assert case.status == "COMPLETED" and due(case) == {}


def test_an_event_sub_process_is_begun_by_the_clock():
    # given
    case = play("timer_event_subprocess", last_day="2026-03-04")

    # when
    case.later(24)
    assert case.open == ["look", "rectify"]
    case.complete("look").later(24)

    # then the last day has come, which interrupts, and ended the cycle
    assert case.open == ["close_file"] and due(case) == {}
