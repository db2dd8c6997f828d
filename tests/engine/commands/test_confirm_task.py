"""确认: what the first officer files counts when the others, under their own accounts, have confirmed it (bihuan:officers)."""

from sqlalchemy import select

from engine.commands.claim_task import claim_task
from engine.commands.complete_job import complete_job
from engine.commands.complete_task import complete_task
from engine.commands.confirm_task import confirm_task
from engine.domain.errors import NotFound, NotPermitted, Separated, WrongState
from engine.store.models import Job, UserTask
from tests.engine.commands.office import ADMIN, AUDITOR_, LI, ROBOT, SUN, TANG, ZHAO


def test_what_one_officer_files_waits_for_another(office):
    # given
    instance, key = office.begin("officers")

    # when
    answer = complete_task(office.engine, LI, key, {"found": 2})

    # then nothing has gone on, and the filed values are not yet the case's
    assert answer == {"opened": []}
    task = office.task(instance, "inspect")
    assert (task["status"], task["completed_by"], task["assignee"]) == ("COMPLETING", "li", "li")
    assert office.variables(instance) == {}
    assert office.trail(instance)[1:] == [("task:confirmation-asked", "li", "inspect")]
    assert office.history(instance)[1]["data"]["filed"] == {"found": 2}


def test_with_the_second_officer_the_task_is_done(office):
    # given
    instance, key = office.begin("officers")
    complete_task(office.engine, LI, key, {"found": 2})

    # when
    answer = confirm_task(office.engine, SUN, key)

    # then
    assert answer["opened"] == [{"key": office.task(instance)["key"], "element": "hear"}]
    assert office.variables(instance) == {"found": 2}
    assert office.trail(instance)[2:] == [("task:completed", "sun", "inspect")]
    data = office.history(instance)[2]["data"]
    assert (data["filed_by"], data["confirmed_by"]) == ("li", ["sun"])
    (done,) = office.db(select(UserTask.__table__).where(UserTask.key == key))
    assert (done["status"], done["completed_by"], done["confirmed_by"], done["pending"]) == ("COMPLETED", "li", '["sun"]', None)


def test_three_officers_are_three_people(office):
    # given a task that takes three, and was filed and confirmed by two
    instance, key = office.begin("officers")
    complete_task(office.engine, LI, key, {})
    confirm_task(office.engine, SUN, key)
    hear = office.task(instance, "hear")["key"]
    complete_task(office.engine, LI, hear, {})
    confirm_task(office.engine, SUN, hear)
    assert office.trail(instance)[-1] == ("task:confirmed", "sun", "hear")

    # then neither of them is the third
    for before in (LI, SUN):
        with office.refuses(Separated, f"Expected another officer than {before.username} to confirm user task {hear}"):
            confirm_task(office.engine, before, hear)
    confirm_task(office.engine, TANG, hear)
    assert office.history(instance)[-1]["data"]["confirmed_by"] == ["sun", "tang"]
    assert office.instance(instance)["status"] == "COMPLETED"


def test_whoever_filed_cannot_confirm_even_as_an_administrator(office):
    _, key = office.begin("officers")
    complete_task(office.engine, ADMIN, key, {})

    with office.refuses(Separated, f"Expected another officer than admin to confirm user task {key}, but they took part in it already"):
        confirm_task(office.engine, ADMIN, key)


def test_an_administrator_may_be_the_second_officer(office):
    instance, key = office.begin("officers")
    complete_task(office.engine, LI, key, {})

    confirm_task(office.engine, ADMIN, key)

    assert office.trail(instance)[2:] == [("task:completed", "admin", "inspect")]


def test_only_a_candidate_confirms(office):
    _, key = office.begin("officers")
    complete_task(office.engine, LI, key, {})

    with office.refuses(NotPermitted, f"Expected a member of 居村 to confirm user task {key}, but auditor is none"):
        confirm_task(office.engine, AUDITOR_, key)
    with office.refuses(NotFound, "none that zhao can see"):
        confirm_task(office.engine, ZHAO, key)


def test_nothing_is_confirmed_that_nobody_filed_or_that_is_done(office):
    _, key = office.begin("officers")

    with office.refuses(WrongState, f"Expected to confirm user task {key}, but it waits for no further officer: it is CREATED"):
        confirm_task(office.engine, SUN, key)
    complete_task(office.engine, LI, key, {})
    confirm_task(office.engine, SUN, key)
    with office.refuses(WrongState, f"Expected to confirm user task {key}, but it waits for no further officer: it is COMPLETED"):
        confirm_task(office.engine, TANG, key)


def test_what_waits_for_an_officer_can_neither_be_claimed_nor_filed_again(office):
    _, key = office.begin("officers")
    complete_task(office.engine, LI, key, {})

    with office.refuses(WrongState, f"Expected to claim user task {key}, but it is COMPLETING"):
        claim_task(office.engine, SUN, key)
    with office.refuses(WrongState, f"Expected to complete user task {key}, but it is COMPLETING"):
        complete_task(office.engine, LI, key, {"found": 9})


def test_a_confirmation_counts_only_for_what_was_filed_when_it_was_given(office):
    # given a task of three officers that all signed, and that a listener put back
    instance, key = office.begin("officers_listened")
    complete_task(office.engine, LI, key, {"found": 1})
    confirm_task(office.engine, SUN, key)
    confirm_task(office.engine, TANG, key)
    assert office.task(instance)["status"] == "COMPLETING"
    (job,) = office.db(select(Job.__table__).where(Job.instance_key == instance))
    complete_job(office.engine, ROBOT, job["key"], denied=True, denied_reason="记录不全")
    assert office.task(instance)["status"] == "CREATED"
    assert office.variables(instance, office.task(instance)["number"]) == {}

    # when something else is filed
    complete_task(office.engine, LI, key, {"found": 2})

    # then both sign again
    confirm_task(office.engine, SUN, key)
    assert office.task(instance)["status"] == "COMPLETING" and office.task(instance)["pending"] == '{"found":2}'
    confirm_task(office.engine, TANG, key)
    assert office.task(instance)["pending"] is None
