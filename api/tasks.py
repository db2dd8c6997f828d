"""What Camunda's API does not have for a user task: the second officer, drafts."""

from flask import current_app, g
from flask.views import MethodView

from api import schemas
from api.access import allow
from api.json import moment
from api.v2.door import Door, ask
from engine import queues
from engine.commands.confirm_task import confirm_task
from engine.commands.decline_task import decline_task
from engine.commands.recuse import recuse
from engine.commands.save_draft import save_draft

blueprint = Door("tasks", "The second officer's confirmation, and drafts", "/api/tasks")


@blueprint.route("/<key>/confirmation")
class Confirmation(MethodView):
    """Of a task that takes several officers."""

    @allow("signed-in")
    @blueprint.response(204)
    def post(self, key):
        """Confirm, as another officer, what was filed"""
        ask(confirm_task, key)

    @allow("signed-in")
    @blueprint.arguments(schemas.ReasonSchema)
    @blueprint.response(204)
    def delete(self, given, key):
        """Send it back to whoever filed it, with a reason"""
        ask(decline_task, key, given["reason"])


@blueprint.route("/<key>/recusal")
class Recusal(MethodView):
    """Of a task that is subject to 回避."""

    @allow("signed-in")
    @blueprint.arguments(schemas.RecusalSchema)
    @blueprint.response(204)
    def post(self, given, key):
        """Withdraw from its case, or decide that somebody else has to, with a reason"""
        ask(recuse, key, given["reason"], given["username"])


@blueprint.route("/<key>/draft")
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
        kept = ask(save_draft, key, given["values"], given["revision"])
        saved = queues.draft(current_app.extensions["engine"], g.actor, key)["saved"]
        return {"values": given["values"], "saved": moment(saved), **kept}
