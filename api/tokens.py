"""Tokens for programs: made here, shown once, kept as a hash."""

import hashlib
import secrets
from datetime import timedelta

from flask import current_app, g
from flask.views import MethodView

from api import schemas
from api.access import allow
from api.json import moment
from api.v2.door import Door
from engine.commands.create_token import create_token, expect_own
from engine.commands.revoke_token import revoke_token
from engine.store import tokens

blueprint = Door("tokens", "Tokens with which programs sign in", "/api/tokens")

#: Bytes of randomness in a token.
STRENGTH = 32


@blueprint.route("")
class Tokens(MethodView):
    """The tokens of an account: the caller's own; an administrator may name another."""

    @allow("signed-in")
    @blueprint.arguments(schemas.WhoseQuery, location="query")
    @blueprint.response(200, schemas.TokensSchema)
    def get(self, query):
        """Their names and how long they hold; never the tokens themselves"""
        username = query["username"] or g.actor.username
        expect_own(g.actor, username, "list")
        with current_app.extensions["engine"].store.transaction() as transaction:
            rows = transaction.fetch(tokens.OF, username=username)
        return {"tokens": [{"name": row.name, "created": moment(row.created), "expires": moment(row.expires)} for row in rows]}

    @allow("signed-in")
    @blueprint.arguments(schemas.NewTokenSchema)
    @blueprint.response(201, schemas.MadeTokenSchema)
    def post(self, given):
        """Make a token. It is shown this once: send it as `Authorization: Bearer …`"""
        engine, token = current_app.extensions["engine"], secrets.token_urlsafe(STRENGTH)
        expires = engine.time() + timedelta(days=given["days"])
        digest = hashlib.sha256(token.encode()).hexdigest()
        create_token(engine, g.actor, given["username"] or g.actor.username, given["name"], digest, expires)
        return {"token": token, "name": given["name"], "expires": moment(expires)}


@blueprint.route("/<name>")
class OneToken(MethodView):
    """A token by its name."""

    @allow("signed-in")
    @blueprint.arguments(schemas.WhoseQuery, location="query")
    @blueprint.response(204)
    def delete(self, query, name):
        """Revoke it: from this moment nobody signs in with it"""
        revoke_token(current_app.extensions["engine"], g.actor, query["username"] or g.actor.username, name)
