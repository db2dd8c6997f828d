"""All routes, and their description: what flask-smorest makes of the schemas that they check with."""

from flask_smorest import Api

from api import docs, queues, sessions, tasks, v2


class Described(Api):
    """An Api whose errors are answered by api/errors.py, like all others."""

    def _register_error_handlers(self):
        """None of its own."""


def install(app):
    """Add /v2, /api and their description to `app`."""
    app.config.update(API_TITLE="Bihuan", API_VERSION="v2", OPENAPI_VERSION="3.0.3")
    api = app.extensions["openapi"] = Described(app)
    v2.register(api)
    for module in (queues, tasks, sessions):
        api.register_blueprint(module.blueprint)
    app.register_blueprint(docs.blueprint)
