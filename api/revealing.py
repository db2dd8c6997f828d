"""A value that a form keeps apart, shown to who may see it and gives a reason."""

from flask.views import MethodView
from marshmallow import Schema, fields

from api.access import allow
from api.v2.door import Door, ask, engine
from api.v2.fields import Flag
from engine.commands.reveal_value import reveal_value, value_behind

blueprint = Door("revealing", "What forms keep apart", "/api")


class RevealingSchema(Schema):
    """Which value, and why."""

    ref = fields.String(required=True, metadata={"description": "of the variable {hmac, ref}"})
    reason = fields.String(required=True)
    emergency = Flag(load_default=False, metadata={"description": "the secrecy of an audience is broken, where one must"})


class RevealedSchema(Schema):
    """A value that was kept apart."""

    label = fields.String()
    value = fields.Raw()


@blueprint.route("/instances/<key>/revealing")
class Revealing(MethodView):
    """One value of a case."""

    @allow("signed-in")
    @blueprint.arguments(RevealingSchema)
    @blueprint.response(200, RevealedSchema)
    def post(self, given, key):
        """Show an identity number, a telephone or the like; who looked, and why, stands in the history of the case"""
        answer = ask(reveal_value, key, given["ref"], given["reason"], given["emergency"])
        return answer | {"value": value_behind(engine(), given["ref"])}
