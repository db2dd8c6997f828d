"""A job worker asks for work: it gets open jobs on a lease, and nobody else gets them until that is over."""

import threading

import pytest
from sqlalchemy import select

from engine.commands.activate_jobs import activate_jobs
from engine.commands.run_due import run_due
from engine.domain.errors import Invalid, NotPermitted
from engine.store.models import Job
from tests.engine.commands.office import LI, ROBOT
from tests.engine.commands.watching import later, recorded, row, rows, unchanged


def activate(office, limit=10, timeout=60_000, job_type="send-letter", **more):
    """What the robot gets."""
    return activate_jobs(office.engine, ROBOT, job_type, limit, timeout, "post-office", **more)


def test_a_job_comes_with_all_that_its_worker_has_to_know(office):
    # given
    office.deploy("letter.bpmn")
    key = office.start("letter", address="陈坊村 12 号", copies=2)

    # when
    with recorded(office) as told:
        (job,) = activate(office)

    # then
    kept = row(office, Job)
    assert (job["key"], job["instance_key"], job["element_id"], job["retries"]) == (kept["key"], key, "send", 3)
    assert job["headers"] == {"paper": "责令改正通知书"} and job["variables"] == {"address": "陈坊村 12 号", "copies": 2}
    assert (kept["claimed_by"], kept["lease"], kept["claimed_until"]) == ("post-office", job["lease"], job["claimed_until"])
    assert told == []  # a lease is no act upon a case


def test_only_the_variables_that_are_asked_for_come_along(office):
    office.deploy("letter.bpmn")
    office.start("letter", address="陈坊村 12 号", copies=2)

    (job,) = activate(office, fetch=["address"])

    assert job["variables"] == {"address": "陈坊村 12 号"}


def test_as_many_as_asked_for_come_and_the_oldest_first(office):
    office.deploy("letter.bpmn")
    instances = [office.start("letter") for _ in range(3)]

    first, second = activate(office, limit=2), activate(office, limit=2)

    assert [job["instance_key"] for job in first] == instances[:2]
    assert [job["instance_key"] for job in second] == instances[2:]


def test_jobs_of_another_type_are_left(office):
    office.deploy("letter.bpmn")
    office.start("letter")

    with unchanged(office):
        assert activate(office, job_type="send-telegram") == []


def test_a_job_whose_lease_is_over_is_given_to_the_next_worker(office):
    # given
    office.deploy("letter.bpmn")
    office.start("letter")
    (job,) = activate(office, timeout=3_600_000)
    later(office, minutes=50)
    assert activate(office) == []

    # when
    later(office, minutes=20)
    (again,) = activate(office)

    # then
    assert again["key"] == job["key"] and again["lease"] != job["lease"] and again["retries"] == 3


def test_two_workers_never_get_the_same_job(office):
    # given
    office.deploy("letter.bpmn")
    for _ in range(6):
        office.start("letter")
    together, got = threading.Barrier(2), []

    def ask():
        together.wait()
        for _ in range(3):
            got.extend(job["key"] for job in activate(office, limit=2))

    # when
    workers = [threading.Thread(target=ask) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    # then
    assert sorted(got) == [one["key"] for one in office.db(select(Job.key).order_by(Job.key))]


def test_a_villager_cannot_activate_jobs(office):
    office.deploy("letter.bpmn")
    office.start("letter")

    with unchanged(office), pytest.raises(NotPermitted, match="Expected a program or an administrator to activate jobs, but li is neither"):
        activate_jobs(office.engine, LI, "send-letter", 1, 1000)


def test_no_jobs_or_no_time_cannot_be_asked_for(office):
    office.deploy("letter.bpmn")
    office.start("letter")

    for limit, timeout in [(0, 1000), (1, 0), (-1, 1000)]:
        with unchanged(office), pytest.raises(Invalid, match=f"a positive timeout, but found {limit} and {timeout}"):
            activate(office, limit, timeout)


def test_a_job_that_is_over_is_not_given_out(office):
    # given: its instance went on by the deadline of seven days
    office.deploy("letter.bpmn")
    office.start("letter")
    later(office, days=8)
    run_due(office.engine, "worker")

    assert activate(office) == [] and [one["status"] for one in rows(office, Job)] == ["CANCELED"]
