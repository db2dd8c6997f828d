"""A job gets other retries, or its worker more time."""

from datetime import timedelta

from engine.commands.command import command
from engine.commands.complete_job import open_job
from engine.commands.fail_job import job_columns
from engine.domain.errors import Invalid, WrongState
from engine.store import waits


@command
def update_job(step, key, retries=None, timeout=None, lease=None):
    """`retries`: one or more; `timeout`: milliseconds from now on. Raises Conflict where `lease` is not the one it was given out with."""
    job, case = open_job(step, key, "update", lease)

    if retries is None and timeout is None:
        raise Invalid("Expected retries or a timeout to change, but found neither")
    if (retries is not None and retries < 1) or (timeout is not None and timeout < 1):
        raise Invalid(f"Expected retries and a timeout above zero, but found {retries} and {timeout}")

    if timeout is not None and job["claimed_until"] is None:
        raise WrongState(f"Expected to give the worker of job {key} more time, but nobody has activated it")

    row = job_columns(job)
    if retries is not None:
        row["retries"] = retries
    if timeout is not None:
        row["available"] = row["claimed_until"] = step.now + timedelta(milliseconds=timeout)
    step.batches.append((waits.CHANGE_JOB, [row]))

    case.note("job:updated", job["element_id"], job=str(key), retries=retries, timeout=timeout)
    return step.save()
