"""Who stands too near to a party to act in its cases."""

from flask import g
from flask.views import MethodView
from marshmallow import Schema

from api import schemas
from api.access import allow
from api.v2.door import Door, ask
from api.v2.fields import Key, Text
from cases.declare_interest import declare_interest, end_interest

blueprint = Door("interests", "Who stands too near to a party (利害关系)", "/api/interests")


class InterestSchema(Schema):
    """A relation of somebody's to a party."""

    key = Key(dump_only=True)
    username = Text(load_default=None, metadata={"description": "the caller, unless an administrator names another"})
    party = Text(required=True, metadata={"description": "the name of an enterprise or person"})
    relation = Text(required=True, metadata={"description": "近亲属, 持股, 曾任职, …"})


@blueprint.route("")
class Interests(MethodView):
    """All of them."""

    @allow("signed-in")
    @blueprint.arguments(InterestSchema)
    @blueprint.response(201, InterestSchema)
    def post(self, given):
        """Declare one: from now on tasks that are subject to 回避 are not that person's in the cases of that party"""
        given["username"] = given["username"] or g.actor.username
        return given | ask(declare_interest, given["username"], given["party"], given["relation"])


@blueprint.route("/<key>")
class OneInterest(MethodView):
    """An interest."""

    @allow("administrator")
    @blueprint.arguments(schemas.ReasonSchema)
    @blueprint.response(204)
    def delete(self, given, key):
        """End it, with a reason"""
        ask(end_interest, key, given["reason"])
