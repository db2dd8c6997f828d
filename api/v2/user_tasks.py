"""/v2/user-tasks: what people have to do, and how they take, give, fill in and hand in a task."""

from flask import g

from api.access import allow
from api.v2.door import Door, ask
from api.v2.forms import the_form
from api.v2.paging import detail, look
from api.v2.schemas_forms import Form
from api.v2.schemas_tasks import (
    Assignment,
    Completion,
    EffectiveSearch,
    SeenSearch,
    Update,
    UserTask,
    UserTaskPage,
    UserTaskSearch,
)
from api.v2.schemas_variables import Truncation, VariablePage
from api.v2.variables import shortened
from engine.commands.assign_task import assign_task
from engine.commands.claim_task import claim_task
from engine.commands.complete_task import complete_task
from engine.commands.release_task import release_task
from engine.commands.update_task import update_task
from engine.domain.errors import WrongState
from engine.store.search_tasks import TASKS
from engine.store.search_variables import seen_by_task

blueprint = Door("User tasks", "What people have to do")


@blueprint.post("/user-tasks/search")
@allow("signed-in")
@blueprint.arguments(UserTaskSearch)
@blueprint.response(200, UserTaskPage)
def search_user_tasks(asked):
    """Search user tasks"""
    return look(TASKS, asked)


@blueprint.get("/user-tasks/<key>")
@allow("signed-in")
@blueprint.response(200, UserTask)
def get_user_task(key):
    """A user task"""
    return detail(TASKS, key, "user task")


@blueprint.get("/user-tasks/<key>/form")
@allow("signed-in")
@blueprint.response(200, Form)
@blueprint.alt_response(204, description="The task has no form")
def get_user_task_form(key):
    """The form of a user task, in the version that it was opened with"""
    return the_form(detail(TASKS, key, "user task")["form_key"])


@blueprint.post("/user-tasks/<key>/assignment")
@allow("signed-in")
@blueprint.arguments(Assignment)
@blueprint.response(204)
def assign_user_task(given, key):
    """Claim a task (the caller's name, allowOverride false), or give it to somebody"""
    overriding = given["allow_override"] is not False
    if given["assignee"] == g.actor.username and not overriding:
        ask(claim_task, key)
    else:
        ask(assign_task, key, given["assignee"], overriding)


@blueprint.delete("/user-tasks/<key>/assignee")
@allow("signed-in")
@blueprint.response(204)
def unassign_user_task(key):
    """Put a task back into its queues"""
    ask(release_task, key)


@blueprint.post("/user-tasks/<key>/completion")
@allow("signed-in")
@blueprint.arguments(Completion, required=False)
@blueprint.response(204)
def complete_user_task(given, key):
    """Complete a task; where it takes several officers, it then waits for the next one at /api/tasks/{key}/confirmation"""
    try:
        ask(complete_task, key, given.get("variables") or {})
    except WrongState as error:
        raise _pointing_to_confirmation(error, key) from error


def _pointing_to_confirmation(error, key):
    if error.details.get("status") != "COMPLETING":
        return error
    advice = f"where it waits for another officer, they confirm it with POST /api/tasks/{key}/confirmation"
    return type(error)(f"{error.sentence}; {advice}", **error.details)


@blueprint.patch("/user-tasks/<key>")
@allow("signed-in")
@blueprint.arguments(Update, required=False)
@blueprint.response(204)
def update_user_task(given, key):
    """Change dates, priority and candidates of a task"""
    ask(update_task, key, changes(given.get("changeset") or {}))


def changes(changeset):
    """A Changeset in the engine's words: what is null stays as it is, an empty date is none."""
    named = {"due_date": "due", "follow_up_date": "follow_up"}
    return {named.get(name, name): None if value == "" else value for name, value in changeset.items() if value is not None}


@blueprint.post("/user-tasks/<key>/variables/search")
@allow("signed-in")
@blueprint.arguments(Truncation, location="query")
@blueprint.arguments(SeenSearch, required=False)
@blueprint.response(200, VariablePage)
def search_user_task_variables(query, asked, key):
    """The variables of all scopes around a user task"""
    return _seen(query, asked, key, effective=False)


@blueprint.post("/user-tasks/<key>/effective-variables/search")
@allow("signed-in")
@blueprint.arguments(Truncation, location="query")
@blueprint.arguments(EffectiveSearch, required=False)
@blueprint.response(200, VariablePage)
def search_user_task_effective_variables(query, asked, key):
    """The variables that a user task sees, each name once"""
    return _seen(query, asked, key, effective=True)


def _seen(query, asked, key, effective):
    task = detail(TASKS, key, "user task")
    spec = seen_by_task(task["root_process_instance_key"], task["process_instance_key"], task["number"], effective)
    return shortened(look(spec, asked), query)
