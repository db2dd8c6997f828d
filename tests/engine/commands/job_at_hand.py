"""A job at hand: what the tests of a worker's answers begin with."""

from engine.commands.activate_jobs import activate_jobs
from engine.commands.fail_job import fail_job
from engine.store.models import Job
from tests.engine.commands.office import ROBOT
from tests.engine.commands.watching import row


def letter_to_send(office, **variables):
    """(instance, job): a letter whose job the robot has on a lease of a minute."""
    office.deploy("letter.bpmn")
    key = office.start("letter", **variables)
    (job,) = activate_jobs(office.engine, ROBOT, "send-letter", 1, 60_000, "post-office")
    return key, job


def job_row(office, job):
    """The row of a job as it stands."""
    return row(office, Job, Job.key == job["key"])


def fail_for_good(office, job):
    """The job has no retries left and waits for a person."""
    fail_job(office.engine, ROBOT, job["key"], 0, "邮局停业")
