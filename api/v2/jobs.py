"""/v2/jobs: programs ask for work, and say what came of it."""

from flask import g

from api.access import allow
from api.v2.activation import told
from api.v2.door import Door, ask, engine
from api.v2.paging import look
from api.v2.patience import LONGEST, wait_for
from api.v2.schemas_jobs import Activated, Activation, JobCompletion, JobError, JobFailure, JobPage, JobSearch, JobUpdate
from api.v2.user_tasks import changes
from engine.commands import complete_job as completing
from engine.commands import fail_job as failing
from engine.commands import throw_error as throwing
from engine.commands import update_job as updating
from engine.commands.activate_jobs import activate_jobs as activate
from engine.store.search_jobs import JOBS, waiting

blueprint = Door("Jobs", "Programs ask for work")


@blueprint.post("/jobs/activation")
@allow("integration")
@blueprint.arguments(Activation)
@blueprint.response(200, Activated)
def activate_jobs(given):
    """Take jobs of a type; where there are none, wait a while for the first (less than ten seconds, whatever is asked for)"""
    timeout = given["request_timeout"] or LONGEST * 1000
    return {"jobs": told(wait_for(lambda: _take(given), max(0, timeout)), bool(given["with_lease"]))}


def _take(given):
    # A look first: taking is writing, and a worker that waits for work must not keep others from theirs.
    with engine().store.transaction() as transaction:
        if not waiting(transaction.connection, given["type"], engine().clock.now(transaction.cursor)):
            return []
    limit, fetch = given["max_jobs_to_activate"], given.get("fetch_variable")
    return activate(engine(), g.actor, given["type"], limit, given["timeout"], given["worker"] or "", fetch)


@blueprint.post("/jobs/search")
@allow("signed-in")
@blueprint.arguments(JobSearch, required=False)
@blueprint.response(200, JobPage)
def search_jobs(asked):
    """Search jobs"""
    return look(JOBS, asked)


@blueprint.post("/jobs/<key>/completion")
@allow("integration")
@blueprint.arguments(JobCompletion, required=False)
@blueprint.response(204)
def complete_job(given, key):
    """Complete a job"""
    result = given.get("result") or {}
    ask(
        completing.complete_job,
        key,
        given.get("variables") or {},
        denied=bool(result.get("denied")),
        denied_reason=result.get("denied_reason"),
        corrections=changes(result.get("corrections") or {}),
        lease=given.get("job_lease_token"),
    )


@blueprint.post("/jobs/<key>/failure")
@allow("integration")
@blueprint.arguments(JobFailure, required=False)
@blueprint.response(204)
def fail_job(given, key):
    """Say that a job could not be done"""
    told_why = {"retries": given["retries"], "message": given["error_message"], "back_off": given["retry_back_off"]}
    ask(failing.fail_job, key, **told_why, variables=given.get("variables"), lease=given.get("job_lease_token"))


@blueprint.post("/jobs/<key>/error")
@allow("integration")
@blueprint.arguments(JobError)
@blueprint.response(204)
def throw_job_error(given, key):
    """Throw a business error, which the diagram deals with"""
    variables, lease = given.get("variables"), given.get("job_lease_token")
    ask(throwing.throw_error, key, given["error_code"], given.get("error_message") or "", variables, lease=lease)


@blueprint.patch("/jobs/<key>")
@allow("integration")
@blueprint.arguments(JobUpdate)
@blueprint.response(204)
def update_job(given, key):
    """Give a job other retries, or its worker more time"""
    changeset = given["changeset"]
    ask(updating.update_job, key, changeset.get("retries"), changeset.get("timeout"), lease=given.get("job_lease_token"))
