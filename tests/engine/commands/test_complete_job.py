"""A job worker has done its job: the case goes on, and a task listener's answer is heard."""

import pytest

from engine.commands.activate_jobs import activate_jobs
from engine.commands.claim_task import claim_task
from engine.commands.complete_job import complete_job
from engine.commands.complete_task import complete_task
from engine.domain.errors import Conflict, NotFound, NotPermitted, WrongState
from tests.engine.commands.job_at_hand import fail_for_good, job_row, letter_to_send
from tests.engine.commands.office import LI, ROBOT
from tests.engine.commands.watching import later, recorded, unchanged


def test_the_case_goes_on_with_what_the_worker_found_out(office):
    # given
    key, job = letter_to_send(office, address="陈坊村 12 号")

    # when
    with recorded(office) as told:
        complete_job(office.engine, ROBOT, job["key"], {"tracking": "EMS-1"}, lease=job["lease"])

    # then
    (body,) = told
    assert (body["kind"], body["element"], body["actor"], body["chain"]) == ("job:completed", "send", "robot", str(key))
    assert body["data"]["job"] == str(job["key"]) and body["data"]["worker"] == "post-office"
    assert office.instance(key)["status"] == "COMPLETED" and office.variables(key)["tracking"] == "EMS-1"
    assert job_row(office, job)["status"] == "COMPLETED" and job_row(office, job)["ended"] is not None


def test_a_job_can_be_completed_by_one_who_names_no_lease(office):
    key, job = letter_to_send(office)

    complete_job(office.engine, ROBOT, job["key"])

    assert office.instance(key)["status"] == "COMPLETED"


def test_whose_lease_went_to_somebody_else_comes_too_late(office):
    # given
    _, job = letter_to_send(office)
    later(office, minutes=2)
    activate_jobs(office.engine, ROBOT, "send-letter", 1, 60_000, "another")

    # when, then
    with unchanged(office), pytest.raises(Conflict, match=f"Expected to complete job {job['key']} under the lease .* but it was given to"):
        complete_job(office.engine, ROBOT, job["key"], lease=job["lease"])


def test_a_job_is_completed_once(office):
    _, job = letter_to_send(office)
    complete_job(office.engine, ROBOT, job["key"])

    with unchanged(office), pytest.raises(NotFound, match=f"Expected to complete job {job['key']}, but no such job is open"):
        complete_job(office.engine, ROBOT, job["key"])


def test_there_has_to_be_such_a_job(office):
    with pytest.raises(NotFound, match="Expected a job with key 4711, but there is none"):
        complete_job(office.engine, ROBOT, 4711)


def test_a_job_that_failed_for_good_waits_for_a_person(office):
    _, job = letter_to_send(office)
    fail_for_good(office, job)

    with unchanged(office), pytest.raises(WrongState, match=f"Expected to complete job {job['key']}, but it has failed and waits for"):
        complete_job(office.engine, ROBOT, job["key"])


def test_a_villager_cannot_complete_a_job(office):
    _, job = letter_to_send(office)

    with unchanged(office), pytest.raises(NotPermitted, match="Expected a program or an administrator to complete jobs, but li is neither"):
        complete_job(office.engine, LI, job["key"])


def test_the_job_of_an_element_can_deny_nothing(office):
    _, job = letter_to_send(office)

    with unchanged(office), pytest.raises(WrongState, match="Expected a denial or corrections from a task listener's job, but job"):
        complete_job(office.engine, ROBOT, job["key"], denied=True)


def handed_in(office):
    """(instance, task, job): 李 has handed in a task whose completion a listener is asked about."""
    office.deploy("../../api/v2/listened.bpmn")
    key = office.start("listened")
    task = office.task(key)["key"]
    claim_task(office.engine, LI, task)
    (assigning,) = activate_jobs(office.engine, ROBOT, "check-assignee", 1, 60_000)
    complete_job(office.engine, ROBOT, assigning["key"])
    complete_task(office.engine, LI, task, {"approved": True})
    (job,) = activate_jobs(office.engine, ROBOT, "check-decision", 1, 60_000)
    return key, task, job


def test_a_denied_task_is_as_if_it_had_not_been_handed_in(office):
    # given
    key, task, job = handed_in(office)
    assert office.task(key)["status"] == "COMPLETING"

    # when
    with recorded(office) as told:
        complete_job(office.engine, ROBOT, job["key"], denied=True, denied_reason="缺少附件")

    # then
    (body,) = told
    assert (body["kind"], body["data"]["denied"]) == ("job:completed", "缺少附件")
    back = office.task(key)
    assert (back["key"], back["status"], back["assignee"], back["completed_by"]) == (task, "CREATED", "li", None)
    assert office.variables(key) == {}


def test_a_listener_that_denies_nothing_lets_the_task_end(office):
    key, _, job = handed_in(office)

    complete_job(office.engine, ROBOT, job["key"])

    assert office.instance(key)["status"] == "COMPLETED" and office.variables(key) == {"approved": True}


def test_a_listener_corrects_the_task_that_it_lets_pass(office):
    # given
    office.deploy("../../api/v2/listened.bpmn")
    key = office.start("listened")
    claim_task(office.engine, LI, office.task(key)["key"])
    (job,) = activate_jobs(office.engine, ROBOT, "check-assignee", 1, 60_000)

    # when
    complete_job(office.engine, ROBOT, job["key"], corrections={"assignee": "sun", "priority": 90})

    # then
    assert (office.task(key)["assignee"], office.task(key)["priority"], office.task(key)["status"]) == ("sun", 90, "CREATED")
