"""退回: a task goes back into its queues, where the others find it again."""

from sqlalchemy import select

from engine.commands.claim_task import claim_task
from engine.commands.complete_task import complete_task
from engine.commands.release_task import release_task
from engine.domain.errors import NotFound, NotPermitted, WrongState
from engine.store.models import TaskCandidate
from tests.engine.commands.office import ADMIN, AUDITOR_, LI, SUN, TANG


def test_a_released_task_stands_free_in_its_queue(office):
    # given
    instance, key = office.begin("patrol")
    claim_task(office.engine, LI, key)

    # when
    release_task(office.engine, LI, key)

    # then
    assert office.task(instance)["assignee"] is None
    (queue,) = office.db(select(TaskCandidate.__table__).where(TaskCandidate.task_key == key))
    assert (queue["assignee"], queue["open"]) == (None, True)
    assert office.trail(instance)[2:] == [("task:released", "li", "inspect")]
    assert office.history(instance)[2]["data"]["before"] == "li"
    claim_task(office.engine, SUN, key)


def test_a_task_that_nobody_holds_stays_as_it_is(office):
    _, key = office.begin("patrol")
    before = office.everything()

    release_task(office.engine, LI, key)

    assert office.everything() == before


def test_an_administrator_may_release_for_somebody_and_history_names_both(office):
    instance, key = office.begin("patrol")
    claim_task(office.engine, LI, key)

    release_task(office.engine, ADMIN, key)

    assert office.trail(instance)[2:] == [("task:released", "admin", "inspect")]
    assert office.history(instance)[2]["data"]["before"] == "li"


def test_nobody_else_releases_a_task_from_its_holder(office):
    _, key = office.begin("patrol")
    claim_task(office.engine, LI, key)

    for other in (SUN, AUDITOR_):
        with office.refuses(NotPermitted, f"Expected to release user task {key} as li, who holds it, but the caller is {other.username}"):
            release_task(office.engine, other, key)


def test_who_cannot_see_a_task_cannot_release_it(office):
    _, key = office.begin("patrol")
    claim_task(office.engine, LI, key)

    with office.refuses(NotFound, "none that tang can see"):
        release_task(office.engine, TANG, key)


def test_a_task_without_a_queue_has_nowhere_to_go_back_to(office):
    _, key = office.begin("personal")

    with office.refuses(WrongState, f"Expected user task {key} to have a queue to go back to, but it was assigned without candidates"):
        release_task(office.engine, LI, key)


def test_a_completed_task_cannot_be_released(office):
    _, key = office.begin("patrol")
    complete_task(office.engine, LI, key, {})

    with office.refuses(WrongState, f"Expected to release user task {key}, but it is COMPLETED"):
        release_task(office.engine, LI, key)
