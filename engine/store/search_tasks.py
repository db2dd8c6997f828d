"""User tasks as they can be searched, in the words of the Camunda 8 API."""

from sqlalchemy import Text, and_, func, literal, select

from engine.store.deployed import ProcessDefinition
from engine.store.models import ElementInstance, ProcessInstance, TaskCandidate, UserTask
from engine.store.search import Search
from engine.store.search_fields import Member, Tags, Variables, column, constant, of_instance

tasks, instances, definitions = UserTask.__table__, ProcessInstance.__table__, ProcessDefinition.__table__
candidates, elements = TaskCandidate.__table__, ElementInstance.__table__

#: The one tenant that there is, as Camunda names it where nobody made another.
TENANT = "<default>"
#: What a candidate who is a person, not a group, begins with.
_PERSON = "user:"


def element_of(table, number):
    """The condition that joins element_instance to a row of `table`: the element with that number in the same instance."""
    return and_(elements.c.root_key == table.c.root_key, elements.c.instance_key == table.c.instance_key, elements.c.number == number)


_queued = select(literal(1)).where(candidates.c.task_key == tasks.c.key).correlate(tasks)
_person = func.substr(candidates.c.candidate, 1, len(_PERSON), type_=Text()) == _PERSON

TASKS = Search(
    tasks.join(instances, instances.c.key == tasks.c.instance_key).join(definitions, definitions.c.key == tasks.c.definition_key),
    "user_task_key",
    {
        "name": column(tasks.c.name),
        "state": column(tasks.c.status),
        "assignee": column(tasks.c.assignee),
        "element_id": column(tasks.c.element_id),
        "candidate_groups": column(tasks.c.candidate_groups, "json"),
        "candidate_users": column(tasks.c.candidate_users, "json"),
        "process_definition_id": column(tasks.c.process_id),
        "creation_date": column(tasks.c.created, "moment"),
        "completion_date": column(tasks.c.completed, "moment"),
        "follow_up_date": column(tasks.c.follow_up, "moment"),
        "due_date": column(tasks.c.due, "moment"),
        "tenant_id": constant(TENANT, Text()),
        "external_form_reference": column(tasks.c.external_form),
        "process_definition_version": column(definitions.c.version, "number"),
        "custom_headers": column(tasks.c.headers, "json"),
        "priority": column(tasks.c.priority, "number"),
        "user_task_key": column(tasks.c.key, "key"),
        "element_instance_key": column(tasks.c.key, "key"),  # a user task's key is that of its element instance
        "process_name": column(definitions.c.name),
        "process_definition_key": column(tasks.c.definition_key, "key"),
        "process_instance_key": of_instance(tasks),
        "root_process_instance_key": column(tasks.c.root_key, "key"),
        "business_id": column(instances.c.business_id),
        "form_key": column(tasks.c.form_key, "key"),
        "tags": column(instances.c.tags, "json"),
        "number": column(tasks.c.number, "number"),
    },
    {
        "candidate_group": Member(_queued.where(~_person), candidates.c.candidate),
        "candidate_user": Member(_queued.where(_person), func.substr(candidates.c.candidate, len(_PERSON) + 1, type_=Text())),
        "process_instance_variables": Variables(tasks.c.instance_key, 1),
        "local_variables": Variables(tasks.c.instance_key, tasks.c.number),
        "tags": Tags(instances.c.tags),
    },
    tasks.c.root_key,
    tasks.c.instance_key,
)
