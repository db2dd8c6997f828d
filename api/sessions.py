"""Signing in and out."""

from flask import current_app, g, session
from flask.sessions import SecureCookieSessionInterface
from flask.views import MethodView
from flask_wtf.csrf import generate_csrf
from werkzeug.exceptions import Forbidden, NotFound

from api import schemas
from api.access import allow, as_deputy, identify, verify
from api.v2.door import Door
from engine.store import accounts


class SessionCookies(SecureCookieSessionInterface):
    """Flask's own, with one serializer for all requests: to make one costs more than to use it."""

    def __init__(self):
        self._serializer = None

    def get_signing_serializer(self, app):
        """See Flask."""
        if self._serializer is None:
            self._serializer = super().get_signing_serializer(app)
        return self._serializer


blueprint = Door("session", "Signing in and out", "/api")


@blueprint.route("/session")
class Session(MethodView):
    """The caller's session."""

    @allow("signed-in")
    @blueprint.response(200, schemas.SessionSchema)
    def get(self):
        """Who is signed in"""
        return _told(g.actor)

    @allow("public")
    @blueprint.arguments(schemas.SignInSchema)
    @blueprint.response(200, schemas.SessionSchema)
    def post(self, given):
        """Sign in"""
        return _told(sign_in(given["username"], given["password"]))

    @allow("signed-in")
    @blueprint.response(204)
    def delete(self):
        """Sign out"""
        session.clear()


@blueprint.route("/session/principal")
class Principal(MethodView):
    """For whom the caller acts."""

    @allow("signed-in")
    @blueprint.arguments(schemas.PrincipalSchema)
    @blueprint.response(200, schemas.SessionSchema)
    def put(self, given):
        """Act as somebody's deputy from now on, or, with null, as oneself again"""
        try:
            return _told(act_for(given["username"]))
        except Forbidden as error:
            raise NotFound(error.description) from error  # there is no such appointment


def act_for(principal):
    """Let the session's person act as the deputy of `principal`, a user name, or as themselves for None -> the Actor. Raises Forbidden."""
    session.pop("principal", None)
    own = identify()
    if principal is None:
        return own
    deputy = as_deputy(own, principal)
    session["principal"] = principal
    return deputy


def sign_in(username, password):
    """Open a session for the browser that asks -> the Actor. Raises Unauthorized, and TooManyRequests after too many failures."""
    with current_app.extensions["engine"].store.transaction() as transaction:
        account = accounts.account(transaction, username)
    verify(username, password, account)
    session.clear()  # a session that somebody else prepared ends here
    session["username"], session["changed"] = account.username, account.changed.isoformat()
    return account.actor


def _told(actor):
    named = {"username": actor.username, "display_name": actor.display_name, "groups": sorted(actor.groups)}
    return {**named, "behalf_of": actor.behalf_of, "csrf_token": generate_csrf()}
