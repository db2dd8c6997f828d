"""User tasks and the queues that they stand in."""

from datetime import UTC

from sqlalchemy import bindparam, func, select

from engine.store.base import NEVER
from engine.store.deployed import Form
from engine.store.models import TaskCandidate, UserTask
from engine.store.statements import by_number, change, remove, upsert, with_instance

tasks, candidates, forms = UserTask.__table__, TaskCandidate.__table__, Form.__table__

LOAD = ("load task", with_instance(tasks, tasks.c.key == bindparam("key")))
BY_NUMBER = (
    "task by number",
    lambda _: select(tasks).where(by_number(tasks)),
)

CHANGING = [
    "status",
    "assignee",
    "candidate_groups",
    "candidate_users",
    "priority",
    "due",
    "follow_up",
    "completed",
    "completed_by",
    "confirmed_by",
    "pending",
]


def _form_of_task():
    # The latest version of the form at the moment in which the task opens: found inside of the insert, so that it costs no statement.
    tagged = bindparam("form_version_tag", type_=forms.c.version_tag.type)
    latest = (
        select(forms.c.key)
        .where(forms.c.form_id == bindparam("form_id", type_=forms.c.form_id.type), (tagged.is_(None)) | (forms.c.version_tag == tagged))
        .order_by(forms.c.version.desc())
        .limit(1)
        .scalar_subquery()
    )
    return func.coalesce(bindparam("form_key", type_=tasks.c.form_key.type), latest)


SAVE = ("upsert tasks", upsert(tasks, ["key"], CHANGING, form_key=_form_of_task()))
ACTED_FOR = ("say for whom a task was done", change(tasks, ["key"], ["acted_for"]))
CANCEL = ("cancel tasks", change(tasks, ["root_key", "instance_key", "number"], ["status", "completed"]))

QUEUE = ("upsert candidates", upsert(candidates, ["task_key", "candidate"], ["open", "assignee", "due", "priority"]))
UNQUEUE = ("delete candidates", remove(candidates, ["task_key", "candidate"]))
CLOSE_QUEUES = (
    "close candidates",
    lambda _: candidates.update().where(candidates.c.task_key.in_(select(tasks.c.key).where(by_number(tasks, "key_")))).values(open=False),
)


def queue_rows(task, groups, users, is_open):
    """The rows of task_candidate for a row of user_task: one per group and per user."""
    common = {
        "task_key": task["key"],
        "root_key": task["root_key"],
        "open": is_open,
        "assignee": task["assignee"],
        "created": task["created"],
        "due": task["due"].astimezone(UTC) if task["due"] else NEVER,
        "priority": -task["priority"],
    }
    for group in dict.fromkeys(groups):
        yield {**common, "candidate": group, "unit": group.partition("@")[2] or None}
    for user in dict.fromkeys(users):
        yield {**common, "candidate": "user:" + user, "unit": None}
