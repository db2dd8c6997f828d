"""A job worker reports a business error: the diagram says what happens then."""

import pytest

from engine.commands.complete_job import complete_job
from engine.commands.throw_error import throw_error
from engine.domain.errors import Conflict, NotFound, NotPermitted, WrongState
from engine.store.models import Incident
from tests.engine.commands.job_at_hand import fail_for_good, job_row, letter_to_send
from tests.engine.commands.office import LI, ROBOT
from tests.engine.commands.watching import recorded, row, rows, unchanged


def test_the_boundary_event_for_its_code_catches_it(office):
    # given
    key, job = letter_to_send(office)

    # when
    with recorded(office) as told:
        throw_error(office.engine, ROBOT, job["key"], "unknown-address", "查无此人", {"returned": "2026-03-01"}, lease=job["lease"])

    # then
    (body,) = told
    assert (body["kind"], body["element"], body["chain"], body["actor"]) == ("job:error-thrown", "send", str(key), "robot")
    assert (body["data"]["code"], body["data"]["message"], body["data"]["job"]) == ("unknown-address", "查无此人", str(job["key"]))
    assert office.task(key, "visit")["status"] == "CREATED"
    assert office.variables(key)["returned"] == "2026-03-01"
    assert job_row(office, job)["status"] == "ERROR_THROWN" and rows(office, Incident) == []


def test_a_code_that_nothing_catches_is_an_incident(office):
    # given
    key, job = letter_to_send(office)

    # when
    with recorded(office) as told:
        throw_error(office.engine, ROBOT, job["key"], "burnt", "着火了")

    # then
    incident = row(office, Incident)
    assert [body["kind"] for body in told] == ["job:error-thrown"] and list(told[0]["data"]["incidents"]) == ["send"]
    assert (incident["error_type"], incident["element_id"], incident["status"]) == ("UNHANDLED_ERROR_EVENT", "send", "ACTIVE")
    assert office.instance(key)["status"] == "ACTIVE" and office.instance(key)["incidents"] == 1


def test_a_job_that_failed_for_good_throws_nothing(office):
    _, job = letter_to_send(office)
    fail_for_good(office, job)

    with unchanged(office), pytest.raises(WrongState, match=f"Expected to throw an error of job {job['key']}, but it has failed"):
        throw_error(office.engine, ROBOT, job["key"], "unknown-address")


def test_a_job_that_is_over_throws_nothing(office):
    _, job = letter_to_send(office)
    complete_job(office.engine, ROBOT, job["key"])

    with unchanged(office), pytest.raises(NotFound, match=f"Expected to throw an error of job {job['key']}, but no such job is open"):
        throw_error(office.engine, ROBOT, job["key"], "unknown-address")


def test_whoever_does_not_hold_the_lease_throws_nothing(office):
    _, job = letter_to_send(office)

    with unchanged(office), pytest.raises(Conflict, match=f"Expected to throw an error of job {job['key']} under the lease"):
        throw_error(office.engine, ROBOT, job["key"], "unknown-address", lease="of somebody else")


def test_a_villager_throws_nothing(office):
    _, job = letter_to_send(office)

    with unchanged(office), pytest.raises(NotPermitted, match="Expected a program or an administrator to throw an error of jobs, but li"):
        throw_error(office.engine, LI, job["key"], "unknown-address")
