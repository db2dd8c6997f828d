"""What comes in and goes out at /v2/jobs."""

from marshmallow import ValidationError, fields, validates_schema

from api.v2 import filters
from api.v2.fields import INT32, TIMESPAN, Flag, Key, Many, Moment, Part, Text, Unsupported, Variables, Whole, Word
from api.v2.paging import SearchRequest, Sort, found
from api.v2.schemas import Answer, OfTenant, Request
from api.v2.schemas_tasks import Changeset

STATES = (
    "CANCELED", "COMPLETED", "CREATED", "ERROR_THROWN", "FAILED", "MIGRATED", "PRIORITY_UPDATED", "RETRIES_UPDATED", "TIMED_OUT",
    "TIMEOUT_UPDATED",
)  # fmt: skip
KINDS = ("AD_HOC_SUB_PROCESS", "BPMN_ELEMENT", "EXECUTION_LISTENER", "TASK_LISTENER")
EVENTS = (
    "ASSIGNING", "BEFORE_ALL", "CANCEL", "CANCELING", "COMPLETING", "CREATING", "END", "START", "UNSPECIFIED", "UPDATING",
)  # fmt: skip
NO_PRIORITY = "jobs of this server have no priority"


class Activation(Request):
    """Which jobs a worker would have, and for how long."""

    type = Text(1, 1000, required=True)
    timeout = Whole(1, TIMESPAN, required=True)
    max_jobs_to_activate = Whole(1, 1000, required=True)
    worker = Text(0, 1000, load_default="", allow_none=True)
    fetch_variable = Many(Text(1), allow_none=True)
    request_timeout = Whole(-INT32, TIMESPAN, load_default=0, allow_none=True)
    tenant_ids = Many(Word(("<default>",)), 10, allow_none=True)
    tenant_filter = Word(("PROVIDED", "ASSIGNED"), allow_none=True)
    with_lease = Flag(load_default=False, allow_none=True)


class ListenedTask(Answer):
    """The user task that a task listener's job is about, as it will be when the transition is done."""

    action = Text()
    assignee = Text()
    candidate_groups = Many(Text())
    candidate_users = Many(Text())
    changed_attributes = Many(Text())
    due_date = Text()
    follow_up_date = Text()
    form_key = Key()
    priority = fields.Integer()
    user_task_key = Key()


class ActivatedJob(OfTenant):
    """A job that was given out."""

    type = Text()
    process_definition_id = Text()
    process_definition_version = fields.Integer()
    element_id = Text()
    custom_headers = fields.Dict()
    worker = Text()
    retries = fields.Integer()
    deadline = fields.Integer(metadata={"description": "Milliseconds since 1970."})
    variables = fields.Dict()
    physical_tenant_id = Text(dump_default="default")
    job_key = Key()
    process_instance_key = Key()
    process_definition_key = Key()
    element_instance_key = Key()
    kind = Text()
    listener_event_type = Text()
    user_task = Part(ListenedTask)
    tags = Many(Text())
    root_process_instance_key = Key()
    business_id = Text()
    priority = fields.Integer()
    job_lease_token = Text()


class Activated(Answer):
    """The jobs that were given out."""

    jobs = Many(Part(ActivatedJob))


class Corrections(Changeset):
    """What a listener corrects; the empty string takes the assignee off."""

    assignee = Text(0, 256, allow_none=True)


class Result(Request):
    """What a task listener decides."""

    type = Word(("userTask",), load_default="userTask")
    denied = Flag(load_default=False, allow_none=True)
    denied_reason = Text(allow_none=True)
    corrections = Part(Corrections, allow_none=True)
    activate_elements = Unsupported("ad-hoc sub-processes are not driven by jobs here")
    is_completion_condition_fulfilled = Unsupported("ad-hoc sub-processes are not driven by jobs here")
    is_cancel_remaining_instances = Unsupported("ad-hoc sub-processes are not driven by jobs here")


class JobCompletion(Request):
    """What the worker found out."""

    variables = Variables(allow_none=True)
    result = Part(Result, allow_none=True)
    job_lease_token = Text(1, allow_none=True)
    business_id = Unsupported("a process instance keeps the business id that it was started with")


class JobFailure(Request):
    """Why the worker could not do it, and how often it may still be tried."""

    retries = Whole(load_default=0)
    error_message = Text(load_default="")
    retry_back_off = Whole(0, TIMESPAN, load_default=0)
    variables = Variables()
    job_lease_token = Text(1, allow_none=True)


class JobError(Request):
    """A business error."""

    error_code = Text(1, required=True)
    error_message = Text(allow_none=True)
    variables = Variables(allow_none=True)
    job_lease_token = Text(1, allow_none=True)


class JobChangeset(Request):
    """What changes of a job."""

    retries = Whole(1, allow_none=True)
    timeout = Whole(1, TIMESPAN, allow_none=True)
    priority = Unsupported(NO_PRIORITY)

    @validates_schema
    def changes_something(self, data, **_):
        """At least one of them."""
        if data.get("retries") is None and data.get("timeout") is None:
            raise ValidationError("Expected retries or timeout to change, but found neither")


class JobUpdate(Request):
    """A changeset."""

    changeset = Part(JobChangeset, required=True)
    operation_reference = Unsupported("this server keeps no operation references")
    job_lease_token = Text(1, allow_none=True)


class Job(OfTenant):
    """A job."""

    custom_headers = fields.Dict()
    deadline = Moment()
    denied_reason = Text()
    element_id = Text()
    element_instance_key = Key()
    end_time = Moment()
    error_code = Text()
    error_message = Text()
    has_failed_with_retries_left = Flag()
    is_denied = Flag()
    job_key = Key()
    kind = Text()
    listener_event_type = Text()
    process_definition_id = Text()
    process_definition_key = Key()
    process_instance_key = Key()
    root_process_instance_key = Key()
    business_id = Text()
    retries = fields.Integer()
    state = Text()
    type = Text()
    worker = Text()
    creation_time = Moment()
    last_update_time = Moment()
    priority = fields.Integer()


class JobFilter(Request):
    """What jobs can be filtered by."""

    deadline = filters.by_moment()
    denied_reason = filters.by_text()
    element_id = filters.by_text()
    element_instance_key = filters.by_key()
    end_time = filters.by_moment()
    error_code = filters.by_text()
    error_message = filters.by_text()
    has_failed_with_retries_left = filters.by_flag()
    is_denied = filters.by_flag()
    job_key = filters.by_key()
    kind = filters.by_word(KINDS)
    listener_event_type = filters.by_word(EVENTS)
    priority = filters.by_number()
    process_definition_id = filters.by_text()
    process_definition_key = filters.by_key()
    process_instance_key = filters.by_key()
    retries = filters.by_number()
    state = filters.by_word(STATES)
    tenant_id = filters.by_tenant()
    type = filters.by_text()
    worker = filters.by_text()
    creation_time = filters.by_moment()
    last_update_time = filters.by_moment()


class JobSearch(SearchRequest):
    """A search for jobs."""

    filter = Part(JobFilter)
    sort = Sort(*(name for name in JobFilter._declared_fields if name != "last_update_time"))


JobPage = found(Job)
