"""Process instances, their elements and their incidents as they can be searched, in the words of the Camunda 8 API."""

from sqlalchemy import Text, and_, case, literal, select

from engine.domain.outcome import ACTIVE
from engine.store.base import Moment
from engine.store.deployed import ProcessDefinition
from engine.store.models import ElementInstance, Incident, Job, ProcessInstance, Variable
from engine.store.search import Search
from engine.store.search_fields import Member, Tags, Value, Variables, column, constant, of_instance
from engine.store.search_tasks import TENANT, element_of

instances, definitions, elements = ProcessInstance.__table__, ProcessDefinition.__table__, ElementInstance.__table__
incidents, jobs, variables = Incident.__table__, Job.__table__, Variable.__table__


def _of_instance(table, *conditions):
    same = (table.c.instance_key == instances.c.key, table.c.root_key == instances.c.root_key)
    return select(literal(1)).where(*same, *conditions).correlate(instances)


INSTANCES = Search(
    instances.join(definitions, definitions.c.key == instances.c.definition_key),
    "process_instance_key",
    {
        "process_definition_id": column(instances.c.process_id),
        "process_definition_name": column(definitions.c.name),
        "process_definition_version": column(definitions.c.version, "number"),
        "process_definition_version_tag": column(definitions.c.version_tag),
        "start_date": column(instances.c.started, "moment"),
        "end_date": column(instances.c.ended, "moment"),
        "state": column(instances.c.status),
        "suspended_date": constant(None, Moment(), "moment"),
        "has_incident": Value(instances.c.incidents > 0, "flag", False),
        "tenant_id": constant(TENANT, Text()),
        "process_instance_key": column(instances.c.key, "key"),
        "process_definition_key": column(instances.c.definition_key, "key"),
        "parent_process_instance_key": column(instances.c.parent_key, "key"),
        "parent_element_instance_key": column(instances.c.parent_element_key, "key"),
        "root_process_instance_key": column(instances.c.root_key, "key"),
        "tags": column(instances.c.tags, "json"),
        "business_id": column(instances.c.business_id),
    },
    {
        "tags": Tags(instances.c.tags),
        "variables": Variables(instances.c.key, 1),
        "element_id": Member(_of_instance(elements), elements.c.element_id),
        "element_instance_state": Member(_of_instance(elements), elements.c.status),
        "has_element_instance_incident": Value(_of_instance(incidents, incidents.c.resolved.is_(None)).exists(), "flag"),
        "error_message": Member(_of_instance(incidents, incidents.c.resolved.is_(None)), incidents.c.message),
        "has_retries_left": Value(
            _of_instance(jobs, jobs.c.ended.is_(None), jobs.c.retries > 0, jobs.c.error_message.is_not(None)).exists(), "flag"
        ),
    },
    instances.c.root_key,
    instances.c.key,
)

_incident = (
    select(incidents.c.key)
    .where(incidents.c.instance_key == elements.c.instance_key, incidents.c.number == elements.c.number, incidents.c.resolved.is_(None))
    .correlate(elements)
    .order_by(incidents.c.key)
    .limit(1)
    .scalar_subquery()
)
_around = elements.alias("around")

ELEMENTS = Search(
    elements.join(instances, instances.c.key == elements.c.instance_key).outerjoin(
        _around,
        and_(
            _around.c.root_key == elements.c.root_key,
            _around.c.instance_key == elements.c.instance_key,
            _around.c.number == elements.c.scope,
        ),
    ),
    "element_instance_key",
    {
        "process_definition_id": column(instances.c.process_id),
        "start_date": column(elements.c.started, "moment"),
        "end_date": column(elements.c.ended, "moment"),
        "element_id": column(elements.c.element_id),
        "type": column(elements.c.type),
        "state": column(elements.c.status),
        "has_incident": Value(_incident.is_not(None), "flag", False),
        "tenant_id": constant(TENANT, Text()),
        "element_instance_key": column(elements.c.key, "key"),
        "process_instance_key": of_instance(elements),
        "root_process_instance_key": column(elements.c.root_key, "key"),
        "process_definition_key": column(instances.c.definition_key, "key"),
        "incident_key": Value(_incident, "key"),
    },
    # The process instance itself is scope 1, under its own key.
    {"element_instance_scope_key": Value(case((elements.c.scope == 1, elements.c.instance_key), else_=_around.c.key), "key")},
    elements.c.root_key,
    elements.c.instance_key,
    # The process itself is no element of its own path.
    elements.c.number != 1,
)

INCIDENTS = Search(
    incidents.outerjoin(elements, element_of(incidents, incidents.c.number)),
    "incident_key",
    {
        "process_definition_id": column(incidents.c.process_id),
        "error_type": column(incidents.c.error_type),
        "error_message": column(incidents.c.message),
        "element_id": column(incidents.c.element_id),
        "creation_time": column(incidents.c.created, "moment"),
        "state": column(incidents.c.status),
        "tenant_id": constant(TENANT, Text()),
        "incident_key": column(incidents.c.key, "key"),
        "process_definition_key": column(incidents.c.definition_key, "key"),
        "process_instance_key": column(incidents.c.instance_key, "key"),
        "root_process_instance_key": column(incidents.c.root_key, "key"),
        "element_instance_key": Value(case((incidents.c.number == 1, incidents.c.instance_key), else_=elements.c.key), "key"),
        "job_key": column(incidents.c.job_key, "key"),
    },
    root=incidents.c.root_key,
    instance=incidents.c.instance_key,
)


def result(connection, key):
    """(status, {name: JSON text} of the variables of the process itself) of an instance that is over; None while it is active."""
    status = connection.execute(select(instances.c.status).where(instances.c.key == key)).scalar()
    if status in (None, ACTIVE):
        return None
    chosen = select(variables.c.name, variables.c.value).where(variables.c.instance_key == key, variables.c.scope == 1)
    return status, {row.name: row.value for row in connection.execute(chosen)}
