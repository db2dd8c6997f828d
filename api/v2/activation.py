"""Jobs as a worker is given them: the job's row, the case around it, and of a task listener's job the user task."""

import orjson
from flask import g

from api.json import moment
from api.v2.door import engine
from engine.store import search
from engine.store.search_jobs import JOBS
from engine.store.search_pages import Page
from engine.store.search_tasks import TASKS

#: What a person does when a listener of this event is asked.
ACTIONS = {"ASSIGNING": "assign", "UPDATING": "update", "COMPLETING": "complete", "CANCELING": "cancel"}
#: Under these names a listener's headers say what the transition will set.
RESERVED = "io.camunda.zeebe:"


def told(leased, with_lease):
    """Jobs of activate_jobs in the words of the answer; the lease's token only for whoever asked for one."""
    if not leased:
        return []
    by_key = {job["key"]: job for job in leased}
    instances, numbers = [job["instance_key"] for job in leased], [job["number"] for job in leased]
    with engine().store.read() as connection:
        rows = search.search(connection, JOBS, g.actor, {"job_key": {"in": list(by_key)}}, page=Page(limit=len(by_key))).items
        tasks = []
        if any(job["kind"] == "TASK_LISTENER" for job in leased):
            wanted = {"process_instance_key": {"in": instances}, "number": {"in": numbers}}
            tasks = search.search(connection, TASKS, g.actor, wanted, page=Page(limit=10_000)).items
    beside, task_of = {row["job_key"]: row for row in rows}, {(task["process_instance_key"], task["number"]): task for task in tasks}
    # A job whose instance was deleted in between has no row any more, and nobody to do it for.
    found = [(job, beside[key]) for key, job in by_key.items() if key in beside]
    return [_told(job, row, task_of.get((job["instance_key"], job["number"])), with_lease) for job, row in found]


def _told(job, row, task, with_lease):
    return {
        **row,
        "worker": job["claimed_by"],
        "retries": job["retries"],
        "deadline": int(job["claimed_until"].timestamp() * 1000),
        "variables": job["variables"],
        "user_task": _listened(job, task) if job["kind"] == "TASK_LISTENER" and task else None,
        "job_lease_token": job["lease"] if with_lease else None,
    }


def _listened(job, task):
    intended = {name.removeprefix(RESERVED): text for name, text in job["headers"].items() if name.startswith(RESERVED)}
    return {
        "action": ACTIONS.get(job["listener_event"], ""),
        "assignee": intended.get("assignee", task["assignee"]) or None,
        "candidate_groups": _list(intended.get("candidateGroups"), task["candidate_groups"]),
        "candidate_users": _list(intended.get("candidateUsers"), task["candidate_users"]),
        "changed_attributes": _list(intended.get("changedAttributes"), []),
        "due_date": intended.get("dueDate", moment(task["due_date"])),
        "follow_up_date": intended.get("followUpDate", moment(task["follow_up_date"])),
        "form_key": task["form_key"],
        "priority": int(intended.get("priority", task["priority"])),
        "user_task_key": task["user_task_key"],
    }


def _list(text, otherwise):
    return otherwise if text is None else orjson.loads(text)
