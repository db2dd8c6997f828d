"""Jobs as they can be searched, in the words of the Camunda 8 API, and whether any waits for a worker."""

from sqlalchemy import Boolean, Integer, Text, and_, case, func, literal, select

from engine.store.base import Moment
from engine.store.deployed import ProcessDefinition
from engine.store.models import ElementInstance, Job, ProcessInstance
from engine.store.search import Search
from engine.store.search_fields import Value, column, constant
from engine.store.search_tasks import TENANT, element_of

jobs, instances, definitions, elements = Job.__table__, ProcessInstance.__table__, ProcessDefinition.__table__, ElementInstance.__table__

_source = (
    jobs.join(instances, instances.c.key == jobs.c.instance_key)
    .join(definitions, definitions.c.key == jobs.c.definition_key)
    .outerjoin(elements, element_of(jobs, jobs.c.number))
)

JOBS = Search(
    _source,
    "job_key",
    {
        "custom_headers": column(jobs.c.headers, "json"),
        "deadline": column(jobs.c.claimed_until, "moment"),
        "denied_reason": constant(None, Text()),
        "element_id": column(jobs.c.element_id),
        # A listener of the process itself stands at number 1, under the key of the instance.
        "element_instance_key": Value(case((jobs.c.number == 1, jobs.c.instance_key), else_=elements.c.key), "key"),
        "end_time": column(jobs.c.ended, "moment"),
        "error_code": column(jobs.c.error_code),
        "error_message": column(jobs.c.error_message),
        "has_failed_with_retries_left": Value(
            and_(jobs.c.status == "CREATED", jobs.c.retries > 0, jobs.c.error_message.is_not(None)), "flag", False
        ),
        "is_denied": constant(None, Boolean(), "flag"),
        "job_key": column(jobs.c.key, "key"),
        "kind": column(jobs.c.kind),
        "listener_event_type": column(jobs.c.listener_event),
        "process_definition_id": column(jobs.c.process_id),
        "process_definition_key": column(jobs.c.definition_key, "key"),
        "process_instance_key": column(jobs.c.instance_key, "key"),
        "root_process_instance_key": column(jobs.c.root_key, "key"),
        "business_id": column(instances.c.business_id),
        "retries": column(jobs.c.retries, "number"),
        "state": column(jobs.c.status),
        "tenant_id": constant(TENANT, Text()),
        "type": column(jobs.c.type),
        "worker": Value(func.coalesce(jobs.c.claimed_by, ""), "text", False),
        "creation_time": column(jobs.c.created, "moment"),
        "last_update_time": constant(None, Moment(), "moment"),
        "priority": constant(0, Integer(), "number"),
        "process_definition_version": column(definitions.c.version, "number"),
        "tags": column(instances.c.tags, "json"),
        "number": column(jobs.c.number, "number"),
    },
    root=jobs.c.root_key,
    instance=jobs.c.instance_key,
)


def waiting(connection, job_type, now):
    """Is there a job of this type that a worker could have now?"""
    open_ones = select(literal(1)).where(
        jobs.c.type == job_type, jobs.c.ended.is_(None), jobs.c.status == "CREATED", jobs.c.available <= now
    )
    return connection.execute(open_ones.limit(1)).first() is not None
