"""转办: a task is given to somebody who belongs to its queue, by somebody who may give it."""

from sqlalchemy import select

from engine.commands.assign_task import assign_task
from engine.commands.change_account import change_account
from engine.commands.claim_task import claim_task
from engine.commands.complete_task import complete_task
from engine.domain.errors import Conflict, Invalid, NotFound, NotPermitted, WrongState
from engine.store.models import TaskCandidate
from tests.engine.commands.office import ADMIN, AUDITOR_, LI, SUN, TANG


def test_a_candidate_gives_a_task_that_nobody_holds_to_another(office):
    # given
    instance, key = office.begin("patrol")

    # when
    assign_task(office.engine, LI, key, "sun")

    # then
    assert office.task(instance)["assignee"] == "sun"
    (queue,) = office.db(select(TaskCandidate.__table__).where(TaskCandidate.task_key == key))
    assert queue["assignee"] == "sun"
    assert office.trail(instance)[1:] == [("task:assigned", "li", "inspect")]
    data = office.history(instance)[1]["data"]
    assert (data["assignee"], data["before"]) == ("sun", None)


def test_whoever_holds_a_task_passes_it_on(office):
    instance, key = office.begin("patrol")
    claim_task(office.engine, LI, key)

    assign_task(office.engine, LI, key, "sun")

    assert office.task(instance)["assignee"] == "sun"
    assert office.history(instance)[2]["data"]["before"] == "li"


def test_without_override_a_held_task_stays_where_it_is(office):
    _, key = office.begin("patrol")
    claim_task(office.engine, LI, key)

    with office.refuses(
        Conflict, f"Expected to assign user task {key} to sun without override, but it is already assigned to li"
    ) as caught:
        assign_task(office.engine, LI, key, "sun", allow_override=False)
    assert caught.value.details["assignee"] == "li"


def test_an_administrator_takes_a_task_from_its_holder_and_gives_it_away(office):
    instance, key = office.begin("patrol")
    claim_task(office.engine, LI, key)

    assign_task(office.engine, ADMIN, key, "sun")

    assert office.trail(instance)[2:] == [("task:assigned", "admin", "inspect")]
    assert office.task(instance)["assignee"] == "sun"


def test_a_colleague_does_not_take_a_task_from_its_holder(office):
    _, key = office.begin("patrol")
    claim_task(office.engine, LI, key)

    with office.refuses(Conflict, f"Expected to assign user task {key} to sun, but it is already assigned to li"):
        assign_task(office.engine, SUN, key, "sun")


def test_a_task_is_given_only_to_somebody_of_its_queue(office):
    _, key = office.begin("patrol")

    for outsider in ("tang", "zhao", "auditor", "robot"):
        with office.refuses(NotPermitted, f"Expected {outsider} to belong to 居村@陈坊村 in order to be given user task {key}"):
            assign_task(office.engine, ADMIN, key, outsider)


def test_who_sees_a_task_and_is_no_candidate_gives_it_to_nobody(office):
    instance, key = office.begin("patrol")
    complete_task(office.engine, LI, key, {})
    review = office.task(instance, "review")["key"]

    for outsider in (LI, AUDITOR_):
        with office.refuses(NotPermitted, f"Expected to assign user task {review} as a member of 消防, but {outsider.username} is not one"):
            assign_task(office.engine, outsider, review, "zhao")


def test_who_cannot_see_a_task_cannot_give_it(office):
    _, key = office.begin("patrol")

    with office.refuses(NotFound, "none that tang can see"):
        assign_task(office.engine, TANG, key, "tang")


def test_a_task_is_not_given_to_nobody_and_not_to_a_closed_account(office):
    # given
    _, key = office.begin("patrol")
    change_account(office.engine, ADMIN, "sun", {"active": False})

    # then
    for name in ("wang", "sun", "system"):
        with office.refuses(Invalid, f"Expected the user name of an active account, but nobody is called '{name}'"):
            assign_task(office.engine, LI, key, name)


def test_a_completed_task_cannot_be_assigned(office):
    _, key = office.begin("patrol")
    complete_task(office.engine, LI, key, {})

    with office.refuses(WrongState, f"Expected to assign user task {key}, but it is COMPLETED"):
        assign_task(office.engine, LI, key, "sun")
