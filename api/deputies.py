"""Who acts for whom while they are away."""

from flask import g
from flask.views import MethodView

from api import schemas
from api.access import allow
from api.v2.door import Door, ask, engine
from engine.commands.appoint_deputy import appoint_deputy
from engine.commands.end_deputy import end_deputy
from engine.domain.people import ZONE
from engine.store import deputies

blueprint = Door("deputies", "Who acts for whom while they are away", "/api/deputies")


@blueprint.route("")
class Deputies(MethodView):
    """The caller's: those who act for them, and those for whom they act."""

    @allow("signed-in")
    @blueprint.response(200, schemas.DeputiesSchema)
    def get(self):
        """Appointments that are not over"""
        with engine().store.transaction() as transaction:
            today = engine().clock.now(transaction.cursor).astimezone(ZONE).date()
            return {"deputies": deputies.read(transaction.fetch(deputies.OF, username=g.actor.username, day=today))}

    @allow("signed-in")
    @blueprint.arguments(schemas.DeputySchema)
    @blueprint.response(201, schemas.DeputySchema)
    def post(self, given):
        """Appoint a deputy"""
        given["principal"] = given["principal"] or g.actor.username
        return given | ask(appoint_deputy, given["principal"], given["deputy"], given["first"], given["last"])


@blueprint.route("/<key>")
class OneDeputy(MethodView):
    """An appointment."""

    @allow("signed-in")
    @blueprint.response(204)
    def delete(self, key):
        """End it: today the deputy acts for themselves alone"""
        ask(end_deputy, key)
