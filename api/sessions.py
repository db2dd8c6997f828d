"""Signing in and out."""

from flask import current_app, g, session
from flask.sessions import SecureCookieSessionInterface
from flask.views import MethodView
from flask_wtf.csrf import generate_csrf

from api import schemas
from api.access import allow, verify
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
        with current_app.extensions["engine"].store.transaction() as transaction:
            account = accounts.account(transaction, given["username"])
        verify(given["username"], given["password"], account)
        session.clear()  # a session that somebody else prepared ends here
        session["username"], session["changed"] = account.username, account.changed.isoformat()
        return _told(account.actor)

    @allow("signed-in")
    @blueprint.response(204)
    def delete(self):
        """Sign out"""
        session.clear()


def _told(actor):
    named = {"username": actor.username, "display_name": actor.display_name, "groups": sorted(actor.groups)}
    return {**named, "csrf_token": generate_csrf()}
