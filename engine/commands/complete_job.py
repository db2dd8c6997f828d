"""A job worker has done its job."""

from engine.commands.command import command
from engine.commands.publish_message import expect_integration
from engine.domain.errors import Conflict, NotFound, WrongState


@command
def complete_job(step, key, variables=None, denied=False, denied_reason=None, corrections=None, lease=None):
    """Complete a job with `variables`. Of a task listener's: `denied` puts the task back, `corrections` change it.

    Raises NotFound where it is over, WrongState where it has failed for good, Conflict where `lease` is not the one it was given out with.
    """
    job, case = workable_job(step, key, "complete", lease)

    step.advance(
        case,
        "complete_job",
        number=job["number"],
        variables=variables or {},
        denied=denied,
        denied_reason=denied_reason,
        corrections=corrections or {},
    )

    if denied and job["listener_event"] == "COMPLETING":
        case.task_edits[job["number"]] = {"completed_by": None}  # nobody did it, as separation of duty counts

    case.note(
        "job:completed",
        job["element_id"],
        job=str(key),
        type=job["type"],
        worker=job["claimed_by"],
        denied=denied_reason if denied else None,
    )
    return step.save()


def open_job(step, key, wish, lease=None):
    """(the job's row, its case) of a job that is not over, for an actor who may work on jobs and holds its `lease`, if one is named."""
    expect_integration(step, f"{wish} jobs")
    job, case = step.job(key)
    if job["ended"] is not None or not case.is_active:
        raise NotFound(f"Expected to {wish} job {key}, but no such job is open")
    if lease is not None and job["lease"] != lease:
        raise Conflict(f"Expected to {wish} job {key} under the lease it is given out with now, but it was given to somebody else since")
    return job, case


def workable_job(step, key, wish, lease=None):
    """The same of a job that has not failed for good: its incident would outlive what a worker says of it."""
    job, case = open_job(step, key, wish, lease)
    if job["status"] == "FAILED":
        raise WrongState(f"Expected to {wish} job {key}, but it has failed and waits for its incident to be resolved")
    return job, case
