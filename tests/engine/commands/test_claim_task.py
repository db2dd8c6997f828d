"""签收: whoever is first in a queue has the task, and nobody else has it then."""

import dataclasses

from sqlalchemy import select

from engine.commands.claim_task import claim_task
from engine.commands.complete_task import complete_task
from engine.domain.errors import Conflict, NotFound, NotPermitted, WrongState
from engine.store.models import TaskCandidate
from tests.engine.commands.office import ADMIN, AUDITOR_, LI, SUN, TANG


def test_a_claimed_task_is_its_claimers_in_its_queue_and_in_history(office):
    # given
    instance, key = office.begin("patrol")

    # when
    claim_task(office.engine, LI, key)

    # then
    assert (office.task(instance)["assignee"], office.task(instance)["status"]) == ("li", "CREATED")
    (queue,) = office.db(select(TaskCandidate.__table__).where(TaskCandidate.task_key == key))
    assert (queue["candidate"], queue["assignee"], queue["open"]) == ("居村@陈坊村", "li", True)
    assert office.trail(instance) == [("instance:started", "admin", None), ("task:claimed", "li", "inspect")]
    assert office.history(instance)[1]["data"]["task"] == str(key)


def test_history_says_on_whose_behalf_somebody_claimed(office):
    instance, key = office.begin("patrol")

    claim_task(office.engine, dataclasses.replace(LI, behalf_of="sun"), key)

    assert (office.history(instance)[1]["actor"], office.history(instance)[1]["for"]) == ("li", "sun")


def test_claiming_again_what_one_has_changes_nothing(office):
    _, key = office.begin("patrol")
    claim_task(office.engine, LI, key)
    before = office.everything()

    claim_task(office.engine, LI, key)

    assert office.everything() == before


def test_a_task_in_somebodys_own_queue_is_theirs_to_claim(office):
    # given a task whose queue is a person
    instance, explain = office.begin("personal")
    complete_task(office.engine, LI, explain, {})

    # when
    claim_task(office.engine, SUN, office.task(instance)["key"])

    # then
    assert office.task(instance)["assignee"] == "sun"


def test_only_one_of_two_can_claim_a_task(office):
    _, key = office.begin("patrol")
    claim_task(office.engine, LI, key)

    with office.refuses(Conflict, f"Expected to claim user task {key} for sun, but it is already assigned to li") as caught:
        claim_task(office.engine, SUN, key)
    assert caught.value.details["assignee"] == "li"


def test_an_administrator_takes_a_task_from_its_holder_only_where_they_say_so(office):
    # given
    instance, key = office.begin("patrol")
    claim_task(office.engine, LI, key)

    # then
    with office.refuses(Conflict, "already assigned to li"):
        claim_task(office.engine, ADMIN, key)
    claim_task(office.engine, ADMIN, key, allow_override=True)
    assert office.trail(instance)[2:] == [("task:claimed", "admin", "inspect")]


def test_saying_so_does_not_help_anybody_else(office):
    _, key = office.begin("patrol")
    claim_task(office.engine, LI, key)

    with office.refuses(Conflict, "already assigned to li"):
        claim_task(office.engine, SUN, key, allow_override=True)


def test_the_queue_of_one_village_is_not_that_of_another(office):
    _, key = office.begin("patrol")

    with office.refuses(NotFound, f"Expected a user task with key {key}, but there is none that tang can see"):
        claim_task(office.engine, TANG, key)


def test_who_sees_a_task_in_another_queue_cannot_claim_it(office):
    # given a case that has left the village
    instance, key = office.begin("patrol")
    complete_task(office.engine, LI, key, {})
    review = office.task(instance, "review")["key"]

    # then
    with office.refuses(NotPermitted, f"Expected to claim user task {review} as a member of 消防, but sun is not one"):
        claim_task(office.engine, SUN, review)


def test_an_auditor_sees_every_task_and_claims_none(office):
    _, key = office.begin("patrol")

    with office.refuses(NotPermitted, "as a member of 居村@陈坊村, but auditor is not one"):
        claim_task(office.engine, AUDITOR_, key)


def test_a_task_without_a_queue_is_only_for_whom_the_diagram_names(office):
    instance, key = office.begin("personal")

    with office.refuses(NotFound, "none that sun can see"):
        claim_task(office.engine, SUN, key)
    with office.refuses(Conflict, "already assigned to li"):
        claim_task(office.engine, AUDITOR_, key)
    claim_task(office.engine, LI, key)
    assert office.kinds(instance) == ["instance:started"]


def test_a_completed_task_cannot_be_claimed(office):
    _, key = office.begin("patrol")
    complete_task(office.engine, LI, key, {})

    with office.refuses(WrongState, f"Expected to claim user task {key}, but it is COMPLETED"):
        claim_task(office.engine, SUN, key)


def test_a_key_that_is_no_task_cannot_be_claimed(office):
    instance, _ = office.begin("patrol")

    with office.refuses(NotFound, f"Expected a user task with key {instance}, but there is none"):
        claim_task(office.engine, ADMIN, instance)
