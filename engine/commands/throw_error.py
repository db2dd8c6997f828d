"""A job worker reports a business error: the diagram says what happens then."""

from engine.commands.command import command
from engine.commands.complete_job import workable_job


@command
def throw_error(step, key, code, message="", variables=None, lease=None):
    """Throw the BPMN error `code` at the job's element. Where nothing catches it, an incident stays at the element."""
    job, case = workable_job(step, key, "throw an error of", lease)

    step.advance(case, "throw_error", number=job["number"], code=code, message=message, variables=variables or {})

    case.note("job:error-thrown", job["element_id"], job=str(key), type=job["type"], code=code, message=message)
    return step.save()
