"""A job worker could not do its job: it is tried again, or becomes an incident."""

from datetime import timedelta

from engine.commands.command import command
from engine.commands.complete_job import workable_job
from engine.domain.errors import Invalid
from engine.store import waits


@command
def fail_job(step, key, retries=None, message="", back_off=0, variables=None, lease=None):
    """`retries`: how many are left (one less than before if unnamed); with none left the job waits for a person. `back_off` in ms."""
    job, case = workable_job(step, key, "fail", lease)

    retries = max(job["retries"] - 1, 0) if retries is None else retries
    if retries < 0 or back_off < 0:
        raise Invalid(f"Expected retries and back-off of zero or more, but found {retries} and {back_off}")

    if variables:
        step.advance(case, "set_variables", scope=job["number"], variables=variables, local=True)
    row = job_columns(job) | {"status": "CREATED", "retries": retries, "error_message": message, "claimed_by": None, "claimed_until": None}
    row["lease"] = None  # whoever failed has no more to say about it
    row |= {"available": step.now + timedelta(milliseconds=back_off)}
    if retries == 0:
        row["status"] = "FAILED"
        sentence = message or f"Expected job {job['type']} to be done, but no retries are left"
        raised = {"number": job["number"], "element_id": job["element_id"], "error_type": "JOB_NO_RETRIES", "message": sentence}
        case.incidents.append(raised | {"job_key": key})
    step.batches.append((waits.CHANGE_JOB, [row]))

    case.note("job:failed", job["element_id"], job=str(key), type=job["type"], retries=retries, message=message)
    return step.save()


def job_columns(job):
    """The columns of a job that CHANGE_JOB writes, as they stand."""
    return {"key_key": job["key"], **{name: job[name] for name in waits.JOB_CHANGES}}
