"""A job gets other retries, or its worker more time."""

import pytest

from engine.commands.activate_jobs import activate_jobs
from engine.commands.complete_job import complete_job
from engine.commands.fail_job import fail_job
from engine.commands.update_job import update_job
from engine.domain.errors import Conflict, Invalid, NotFound, NotPermitted, WrongState
from tests.engine.commands.job_at_hand import fail_for_good, job_row, letter_to_send
from tests.engine.commands.office import LI, ROBOT
from tests.engine.commands.watching import later, recorded, unchanged


def test_a_job_gets_other_retries(office):
    # given
    key, job = letter_to_send(office)

    # when
    with recorded(office) as told:
        update_job(office.engine, ROBOT, job["key"], retries=7)

    # then
    (body,) = told
    assert (body["kind"], body["element"], body["chain"]) == ("job:updated", "send", str(key))
    assert body["data"] == {"job": str(job["key"]), "retries": 7, "timeout": None}
    assert dict(job_row(office, job)) == {**job_before(job), "retries": 7}


def job_before(job):
    """The columns of an activated job, as its row has them."""
    return {name: value for name, value in job.items() if name != "variables"} | {"headers": '{"paper":"责令改正通知书"}'}


def test_its_worker_gets_more_time(office):
    # given
    _, job = letter_to_send(office)

    # when
    with recorded(office) as told:
        update_job(office.engine, ROBOT, job["key"], timeout=600_000, lease=job["lease"])

    # then
    assert [(body["kind"], body["data"]["timeout"]) for body in told] == [("job:updated", 600_000)]
    later(office, minutes=9)
    assert activate_jobs(office.engine, ROBOT, "send-letter", 1, 1000) == []
    later(office, minutes=2)
    assert [each["key"] for each in activate_jobs(office.engine, ROBOT, "send-letter", 1, 1000)] == [job["key"]]


def test_a_job_that_nobody_works_on_has_no_worker_to_give_time_to(office):
    _, job = letter_to_send(office)
    fail_job(office.engine, ROBOT, job["key"])

    with unchanged(office), pytest.raises(WrongState, match="more time, but nobody has activated it"):
        update_job(office.engine, ROBOT, job["key"], timeout=600_000)


def test_a_failed_job_may_get_retries_before_its_incident_is_resolved(office):
    _, job = letter_to_send(office)
    fail_for_good(office, job)

    update_job(office.engine, ROBOT, job["key"], retries=2)

    assert (job_row(office, job)["retries"], job_row(office, job)["status"]) == (2, "FAILED")


def test_nothing_or_too_little_is_no_change(office):
    _, job = letter_to_send(office)

    for changes, sentence in [
        ({}, "Expected retries or a timeout to change, but found neither"),
        ({"retries": 0}, "Expected retries and a timeout above zero, but found 0 and None"),
        ({"timeout": 0}, "Expected retries and a timeout above zero, but found None and 0"),
        ({"retries": 2, "timeout": -5}, "Expected retries and a timeout above zero, but found 2 and -5"),
    ]:
        with unchanged(office), pytest.raises(Invalid, match=sentence):
            update_job(office.engine, ROBOT, job["key"], **changes)


def test_whoever_does_not_hold_the_lease_gets_no_time(office):
    _, job = letter_to_send(office)

    with unchanged(office), pytest.raises(Conflict, match=f"Expected to update job {job['key']} under the lease"):
        update_job(office.engine, ROBOT, job["key"], timeout=1000, lease="of somebody else")


def test_a_job_that_is_over_cannot_be_changed(office):
    _, job = letter_to_send(office)
    complete_job(office.engine, ROBOT, job["key"])

    with unchanged(office), pytest.raises(NotFound, match=f"Expected to update job {job['key']}, but no such job is open"):
        update_job(office.engine, ROBOT, job["key"], retries=2)


def test_a_villager_cannot_change_a_job(office):
    _, job = letter_to_send(office)

    with unchanged(office), pytest.raises(NotPermitted, match="Expected a program or an administrator to update jobs, but li is neither"):
        update_job(office.engine, LI, job["key"], retries=2)
