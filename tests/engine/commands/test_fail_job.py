"""A job worker could not do its job: it is tried again after a while, or becomes an incident."""

import pytest

from engine.commands.activate_jobs import activate_jobs
from engine.commands.cancel_instance import cancel_instance
from engine.commands.complete_job import complete_job
from engine.commands.fail_job import fail_job
from engine.commands.resolve_incident import resolve_incident
from engine.commands.run_due import run_due
from engine.domain.errors import Conflict, Invalid, NotFound, NotPermitted, WrongState
from engine.store.models import Incident
from tests.engine.commands.job_at_hand import fail_for_good, job_row, letter_to_send
from tests.engine.commands.office import ADMIN, LI, ROBOT
from tests.engine.commands.watching import later, recorded, row, rows, unchanged


def activate(office):
    """The keys of the jobs that the robot gets."""
    return [job["key"] for job in activate_jobs(office.engine, ROBOT, "send-letter", 10, 60_000)]


def test_a_failed_job_has_one_retry_less_and_is_there_again_at_once(office):
    # given
    key, job = letter_to_send(office)

    # when
    with recorded(office) as told:
        fail_job(office.engine, ROBOT, job["key"], message="邮局停业", lease=job["lease"])

    # then
    (body,) = told
    assert (body["kind"], body["element"], body["chain"]) == ("job:failed", "send", str(key))
    assert body["data"] == {"job": str(job["key"]), "type": "send-letter", "retries": 2, "message": "邮局停业"}
    kept = job_row(office, job)
    assert (kept["status"], kept["retries"], kept["error_message"], kept["claimed_by"]) == ("CREATED", 2, "邮局停业", None)
    assert activate(office) == [job["key"]]


def test_whoever_failed_has_no_more_to_say_about_it(office):
    _, job = letter_to_send(office)
    fail_job(office.engine, ROBOT, job["key"], lease=job["lease"])

    with unchanged(office), pytest.raises(Conflict, match="was given to somebody else since"):
        complete_job(office.engine, ROBOT, job["key"], lease=job["lease"])


def test_it_is_not_given_out_before_its_back_off_is_over(office):
    # given
    _, job = letter_to_send(office)

    # when
    fail_job(office.engine, ROBOT, job["key"], retries=5, back_off=3_600_000)

    # then
    later(office, minutes=59)
    assert activate(office) == []
    later(office, minutes=2)
    assert activate(office) == [job["key"]] and job_row(office, job)["retries"] == 5


def test_a_worker_leaves_what_it_found_out_at_the_element(office):
    # given
    key, job = letter_to_send(office, address="陈坊村")

    # when
    fail_job(office.engine, ROBOT, job["key"], variables={"attempt": 1})

    # then
    assert office.variables(key) == {"address": "陈坊村"} and office.variables(key, job["number"]) == {"attempt": 1}


def test_a_job_without_retries_is_an_incident(office):
    # given
    key, job = letter_to_send(office)

    # when
    with recorded(office) as told:
        fail_job(office.engine, ROBOT, job["key"], 0, "邮局停业")

    # then
    assert [body["kind"] for body in told] == ["job:failed"] and told[0]["data"]["retries"] == 0
    incident = row(office, Incident)
    assert (incident["error_type"], incident["message"], incident["job_key"]) == ("JOB_NO_RETRIES", "邮局停业", job["key"])
    assert office.instance(key)["incidents"] == 1 and job_row(office, job)["status"] == "FAILED"
    later(office, days=1)
    assert activate(office) == []


def test_the_last_of_its_retries_makes_an_incident(office):
    _, job = letter_to_send(office)

    for _ in range(3):
        fail_job(office.engine, ROBOT, job["key"])

    assert job_row(office, job)["status"] == "FAILED" and row(office, Incident)["status"] == "ACTIVE"
    assert row(office, Incident)["message"] == "Expected job send-letter to be done, but no retries are left"


def test_a_person_resolves_the_incident_and_the_job_is_done(office):
    # given
    key, job = letter_to_send(office)
    fail_for_good(office, job)

    # when
    resolve_incident(office.engine, ADMIN, row(office, Incident)["key"])

    # then
    assert activate(office) == [job["key"]] and office.instance(key)["incidents"] == 0
    complete_job(office.engine, ROBOT, job["key"])
    assert office.instance(key)["status"] == "COMPLETED"


def test_a_job_that_failed_for_good_cannot_fail_again(office):
    key, job = letter_to_send(office)
    fail_for_good(office, job)

    for retries in (0, 3):
        with unchanged(office), pytest.raises(WrongState, match=f"Expected to fail job {job['key']}, but it has failed and waits for"):
            fail_job(office.engine, ROBOT, job["key"], retries)

    assert office.instance(key)["incidents"] == 1


def cancelled(office, key):
    cancel_instance(office.engine, ADMIN, key, "误报")


def overdue(office, key):
    later(office, days=8)
    assert run_due(office.engine, "worker").done == 1


@pytest.mark.parametrize("end", [cancelled, overdue])
def test_the_incident_of_a_job_that_is_withdrawn_is_over(office, end):
    # given
    key, job = letter_to_send(office)
    fail_for_good(office, job)

    # when
    end(office, key)

    # then
    assert office.instance(key)["incidents"] == 0 and row(office, Incident)["status"] == "RESOLVED"
    assert job_row(office, job)["status"] == "CANCELED"


def test_the_incident_of_one_job_outlives_the_end_of_another(office):
    # given
    office.deploy("two_letters.bpmn")
    key = office.start("two_letters")
    first, second = activate_jobs(office.engine, ROBOT, "send-letter", 2, 60_000)
    fail_for_good(office, first)

    # when
    complete_job(office.engine, ROBOT, second["key"])

    # then
    assert office.instance(key)["incidents"] == 1 and row(office, Incident)["status"] == "ACTIVE"


def test_neither_retries_nor_back_off_can_be_below_zero(office):
    _, job = letter_to_send(office)

    for retries, back_off in [(-1, 0), (1, -1)]:
        with unchanged(office), pytest.raises(Invalid, match=f"back-off of zero or more, but found {retries} and {back_off}"):
            fail_job(office.engine, ROBOT, job["key"], retries, back_off=back_off)


def test_whose_lease_went_to_somebody_else_comes_too_late(office):
    _, job = letter_to_send(office)
    later(office, minutes=2)
    assert activate(office) == [job["key"]]

    with unchanged(office), pytest.raises(Conflict, match=f"Expected to fail job {job['key']} under the lease"):
        fail_job(office.engine, ROBOT, job["key"], lease=job["lease"])


def test_a_job_that_is_over_cannot_fail(office):
    _, job = letter_to_send(office)
    complete_job(office.engine, ROBOT, job["key"])

    with unchanged(office), pytest.raises(NotFound, match=f"Expected to fail job {job['key']}, but no such job is open"):
        fail_job(office.engine, ROBOT, job["key"])
    assert rows(office, Incident) == []


def test_a_villager_cannot_fail_a_job(office):
    _, job = letter_to_send(office)

    with unchanged(office), pytest.raises(NotPermitted, match="Expected a program or an administrator to fail jobs, but li is neither"):
        fail_job(office.engine, LI, job["key"])
