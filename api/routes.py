"""All routes, and their description: what flask-smorest makes of the schemas that they check with."""

from flask_smorest import Api

from api import attachments, deputies, designs, docs, histories, interests, papers, queues, revealing, sessions, tasks, tokens, v2

#: How a caller shows who they are; the page offers both under its button "Authorize", and a session needs neither.
CREDENTIALS = {"basic": {"type": "http", "scheme": "basic"}, "token": {"type": "http", "scheme": "bearer"}}


class Described(Api):
    """An Api whose errors are answered by api/errors.py, like all others."""

    def _register_error_handlers(self):
        """None of its own."""


def install(app):
    """Add /v2, /api and their description to `app`."""
    told = {"components": {"securitySchemes": CREDENTIALS}, "security": [{name: []} for name in CREDENTIALS]}
    app.config.update(API_TITLE="Bihuan", API_VERSION="v2", OPENAPI_VERSION="3.0.3", API_SPEC_OPTIONS=told)
    app.session_interface = sessions.SessionCookies()
    api = app.extensions["openapi"] = Described(app)
    v2.register(api)
    for module in (queues, tasks, attachments, deputies, designs, interests, papers, histories, revealing, sessions, tokens):
        api.register_blueprint(module.blueprint)
    app.register_blueprint(docs.blueprint)
