"""Dates, priority and candidates of an open task change, in its row, in its queues and in history."""

from datetime import UTC, datetime

from sqlalchemy import select

from engine.commands.claim_task import claim_task
from engine.commands.complete_task import complete_task
from engine.commands.update_task import update_task
from engine.domain.errors import Invalid, NotFound, NotPermitted, WrongState
from engine.store.base import NEVER
from engine.store.models import TaskCandidate
from tests.engine.commands.office import ADMIN, AUDITOR_, LI, SUN, TANG, ZHAO

DUE = datetime(2030, 1, 31, 9, tzinfo=UTC)


def queues(office, key):
    """{candidate: (due, priority)} of the queues in which a task stands."""
    rows = office.db(select(TaskCandidate.__table__).where(TaskCandidate.task_key == key))
    return {row["candidate"]: (row["due"], -row["priority"]) for row in rows}


def test_dates_and_priority_change_where_the_inbox_looks_for_them(office):
    # given
    instance, key = office.begin("patrol")

    # when
    update_task(office.engine, LI, key, {"due": DUE, "follow_up": DUE, "priority": 90})

    # then
    task = office.task(instance)
    assert (task["due"], task["follow_up"], task["priority"]) == (DUE, DUE, 90)
    assert queues(office, key) == {"居村@陈坊村": (DUE, 90)}
    assert office.trail(instance)[1:] == [("task:updated", "li", "inspect")]
    data = office.history(instance)[1]["data"]
    assert data["changes"] == {"due": "2030-01-31T09:00:00.000000Z", "follow_up": "2030-01-31T09:00:00.000000Z", "priority": 90}
    assert data["before"] == {"due": None, "follow_up": None, "priority": 50}


def test_a_date_can_be_taken_away_again(office):
    instance, key = office.begin("patrol")
    update_task(office.engine, LI, key, {"due": DUE})

    update_task(office.engine, LI, key, {"due": None})

    assert office.task(instance)["due"] is None
    assert queues(office, key) == {"居村@陈坊村": (NEVER, 50)}
    assert office.history(instance)[2]["data"]["before"] == {"due": "2030-01-31T09:00:00.000000Z"}


def test_an_administrator_moves_a_task_to_other_queues(office):
    # given
    instance, key = office.begin("patrol")

    # when
    update_task(office.engine, ADMIN, key, {"candidate_groups": ["消防", "居村@汤村"], "candidate_users": ["sun"]})

    # then the old queue has it no more, and the new ones do
    assert set(queues(office, key)) == {"消防", "居村@汤村", "user:sun"}
    assert office.trail(instance)[1:] == [("task:updated", "admin", "inspect")]
    assert office.history(instance)[1]["data"]["before"] == {"candidate_groups": ["居村@陈坊村"], "candidate_users": []}
    with office.refuses(NotFound, "none that li can see"):
        claim_task(office.engine, LI, key)
    claim_task(office.engine, TANG, key)


def test_nobody_else_moves_a_task_past_its_queue(office):
    _, key = office.begin("patrol")

    for changes in ({"candidate_groups": ["消防"]}, {"candidate_users": ["li"], "priority": 1}):
        with office.refuses(NotPermitted, "Expected an administrator to change who may claim user task .*, but li is not one"):
            update_task(office.engine, LI, key, changes)


def test_what_a_task_does_not_have_cannot_change(office):
    _, key = office.begin("patrol")

    with office.refuses(Invalid, "Expected changes among due, .*, but found assignee, status"):
        update_task(office.engine, ADMIN, key, {"status": "COMPLETED", "assignee": "li"})
    for priority in (-1, 101):
        with office.refuses(Invalid, f"Expected a priority from 0 to 100, but found {priority}"):
            update_task(office.engine, LI, key, {"priority": priority})


def test_only_who_could_complete_a_task_changes_it(office):
    _, key = office.begin("patrol")

    with office.refuses(NotPermitted, f"Expected to update user task {key} as a member of 居村@陈坊村, but auditor is not one"):
        update_task(office.engine, AUDITOR_, key, {"priority": 1})
    with office.refuses(NotFound, "none that zhao can see"):
        update_task(office.engine, ZHAO, key, {"priority": 1})
    claim_task(office.engine, LI, key)
    with office.refuses(NotPermitted, f"Expected to update user task {key} as li, who holds it, but the caller is sun"):
        update_task(office.engine, SUN, key, {"priority": 1})


def test_a_completed_task_does_not_change(office):
    _, key = office.begin("patrol")
    complete_task(office.engine, LI, key, {})

    with office.refuses(WrongState, f"Expected to update user task {key}, but it is COMPLETED"):
        update_task(office.engine, LI, key, {"priority": 1})
