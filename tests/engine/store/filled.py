"""A database with a few cases in it, for the tests of searching: rows written straight into the tables, as the commands leave them."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import insert

from engine.domain.people import ADMINISTRATOR, Actor
from engine.store.deployed import Deployment, Form, ProcessDefinition, Resource
from engine.store.models import ElementInstance, Incident, Job, ProcessInstance, TaskCandidate, UserTask, Variable

MIDNIGHT = datetime(2024, 4, 12, tzinfo=UTC)
ADMIN = Actor("admin", groups=frozenset({ADMINISTRATOR}))
LI = Actor("li", groups=frozenset({"居村", "居村@陈坊村"}), units=frozenset({"陈坊村"}))
ZHAO = Actor("zhao", groups=frozenset({"消防"}))


def fill(engine, cases=3):
    """`cases` process instances of one definition: keys 1000, 2000, …, each with two tasks (key + 1, + 2) in the queue 居村.

    The second task of a case is due after as many hours as the case has thousands; the first never. Case 1000 was started by wang, has
    an incident at its first task, a job, and variables in the process and in a task.
    """
    with engine.execution_options(write=True).begin() as connection:
        connection.execute(insert(Deployment), [{"key": 1, "deployed": MIDNIGHT, "actor": "admin"}])
        resources = [
            {"key": 2, "deployment_key": 1, "name": "repair.bpmn", "hash": "a", "content": b"<definitions/>"},
            {"key": 3, "deployment_key": 1, "name": "repair.form", "hash": "b", "content": b'{"components": []}'},
        ]
        connection.execute(insert(Resource), resources)
        connection.execute(insert(Form), [{"key": 4, "form_id": "report", "version": 1, "deployment_key": 1, "resource_key": 3}])
        connection.execute(insert(ProcessDefinition), [definition(10, 1, "整改"), definition(11, 2, None, start_form_id="report")])
        for number in range(1, cases + 1):
            _case(connection, number)


def definition(key, version, name, start_form_id=None):
    """A row of process_definition."""
    row = {"key": key, "process_id": "repair", "version": version, "version_tag": f"v{version}", "name": name}
    return {**row, "start_form_id": start_form_id, "deployment_key": 1, "resource_key": 2}


def _case(connection, number):
    key, at = number * 1000, MIDNIGHT + timedelta(hours=number)
    of_case = {"instance_key": key, "root_key": key}
    defined = {"definition_key": 10, "process_id": "repair"}
    row = {"key": key, "root_key": key, **defined, "status": "ACTIVE", "state": b"", "revision": 1, "incidents": number == 1}
    row |= {"business_id": f"case-{number}", "tags": '["urgent","tag_1"]' if number == 1 else "[]", "started": at}
    row |= {"started_by": "wang" if number == 1 else "li", "history_seq": 1, "history_head": ""}
    connection.execute(insert(ProcessInstance), [row])
    for place in (1, 2):
        _task(connection, key + place, place, at + timedelta(minutes=place), number if place == 2 else None, of_case | defined)
    if number == 1:
        job = {"key": key + 50, **of_case, **defined, "number": 4, "element_id": "send", "type": "mail", "kind": "BPMN_ELEMENT"}
        job |= {"listener_event": "UNSPECIFIED", "headers": '{"to":"a"}', "status": "CREATED", "retries": 3, "available": at, "created": at}
        connection.execute(insert(Job), [job])
        element = {"key": key + 4, **of_case, "number": 4, "scope": 1, "element_id": "send", "type": "SERVICE_TASK"}
        connection.execute(insert(ElementInstance), [element | {"status": "ACTIVE", "started": at}])
        incident = {"key": key + 60, **of_case, **defined, "number": 2, "element_id": "repair1", "error_type": "IO_MAPPING_ERROR"}
        connection.execute(insert(Incident), [incident | {"message": "no such name", "status": "ACTIVE", "created": at}])
        found = [(1, "level", '"high"'), (1, "amount", "1.5"), (2, "level", '"own"'), (1, "long", '"' + "x" * 9000 + '"')]
        rows = [
            {**of_case, "key": key + 70 + place, "scope": scope, "name": name, "value": value}
            for place, (scope, name, value) in enumerate(found)
        ]
        connection.execute(insert(Variable), rows)


def _task(connection, key, place, at, due, common):
    element = {"key": key, "instance_key": common["instance_key"], "root_key": common["root_key"], "number": place + 1, "scope": 1}
    element |= {"element_id": f"repair{place}", "type": "USER_TASK", "status": "ACTIVE", "started": at}
    connection.execute(insert(ElementInstance), [element])
    row = {"key": key, **common, "number": place + 1, "element_id": f"repair{place}", "name": "A[1]*" if place == 1 else "a%_b"}
    row |= {"status": "CREATED", "assignee": "li" if place == 2 else None, "candidate_groups": '["居村"]', "candidate_users": "[]"}
    row |= {"priority": 50 + place, "created": at, "due": at + timedelta(hours=due) if due else None, "headers": '{"a":"b"}'}
    connection.execute(insert(UserTask), [row])
    queue = {"task_key": key, "candidate": "居村", "root_key": common["root_key"], "open": True, "assignee": row["assignee"]}
    connection.execute(insert(TaskCandidate), [queue | {"created": at, "due": row["due"] or MIDNIGHT, "priority": -row["priority"]}])
    if place == 2:
        connection.execute(
            insert(TaskCandidate), [queue | {"candidate": "user:sun", "created": at, "due": row["due"] or MIDNIGHT, "priority": 0}]
        )
