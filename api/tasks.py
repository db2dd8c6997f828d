"""What Camunda's API does not have for a user task: the second officer, drafts."""

from flask import current_app, g, request
from flask.views import MethodView
from flask_smorest import Blueprint

from api import schemas
from api.access import allow
from api.json import moment
from engine import queues
from engine.commands.confirm_task import confirm_task
from engine.commands.decline_task import decline_task
from engine.commands.save_draft import save_draft

blueprint = Blueprint("tasks", __name__, url_prefix="/api/tasks", description="The second officer's confirmation, and drafts")


def _act(command, *arguments):
    return command(current_app.extensions["engine"], g.actor, *arguments, idempotency_key=request.headers.get("Idempotency-Key"))


@blueprint.route("/<int:key>/confirmation")
class Confirmation(MethodView):
    """Of a task that takes several officers."""

    @allow("signed-in")
    @blueprint.response(204)
    def post(self, key):
        """Confirm, as another officer, what was filed"""
        _act(confirm_task, key)

    @allow("signed-in")
    @blueprint.arguments(schemas.ReasonSchema)
    @blueprint.response(204)
    def delete(self, given, key):
        """Send it back to whoever filed it, with a reason"""
        _act(decline_task, key, given["reason"])


@blueprint.route("/<int:key>/draft")
class Draft(MethodView):
    """The caller's draft of a task's form."""

    @allow("signed-in")
    @blueprint.response(200, schemas.SavedDraftSchema)
    def get(self, key):
        """What the caller typed so far"""
        draft = queues.draft(current_app.extensions["engine"], g.actor, key)
        return {**draft, "saved": moment(draft["saved"])}

    @allow("signed-in")
    @blueprint.arguments(schemas.DraftSchema)
    @blueprint.response(200, schemas.SavedDraftSchema)
    def put(self, given, key):
        """Keep what the caller typed"""
        return {"values": given["values"], "saved": None, **_act(save_draft, key, given["values"], given["revision"])}
