"""create_app: the one place where configuration, store, engine, handlers, access and routes are put together."""

from pathlib import Path

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.pool import QueuePool

from api import access, cli, errors, headers, migrations, routes
from api.config import BadSetting, from_environment
from api.json import ExactJSON
from cases import handlers, organisation  # noqa: F401 - its tables hang on Base too
from engine.engine import Engine
from engine.gate import Gate
from engine.store import database, people, records  # noqa: F401 - every table hangs on Base before it is bound
from engine.store.base import Base
from engine.store.clock import Clock
from engine.store.seals import load_or_create_key
from engine.store.store import Store
from engine.store.vault import Vault
from web import install as install_pages

#: What the gate's child process reads files with: names, because the gate stands below them.
READERS = {"bpmn": "engine.workflow.definition:read", "dmn": "engine.decisions.check:check", "form": "forms.compile:check"}

ROOT = Path(__file__).resolve().parent.parent

db = SQLAlchemy(model_class=Base, session_options={"autoflush": False})


def create_app(config=None):
    """The Flask application for a Config (by default the environment's)."""
    config = config or from_environment()
    app = Flask("bihuan", root_path=str(ROOT), static_folder=None)
    app.json = ExactJSON(app)
    app.config.update(
        SECRET_KEY=config.secret_key,
        SQLALCHEMY_DATABASE_URI=config.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=engine_options(config),
        MAX_CONTENT_LENGTH=config.max_body,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=config.secure_cookies,
        WTF_CSRF_TIME_LIMIT=None,
        BIHUAN=config,
    )
    db.init_app(app)
    with app.app_context():
        database.configure(db.engine, config.synchronous)
        database.guard(db.session.session_factory.class_)
        store = Store(db.engine)
    try:
        vault, signing_key = Vault.at(config.data_dir / "keys" / "vault"), load_or_create_key(config.data_dir / "keys" / "seal.pem")
    except PermissionError as error:
        raise BadSetting(str(error)) from error
    app.extensions["engine"] = Engine(store, vault, Clock(config.clock_control), Gate(READERS))
    handlers.register(app.extensions["engine"])
    app.extensions["signing_key"] = signing_key
    errors.install(app)
    access.install(app)
    headers.install(app)
    routes.install(app)
    cli.install(app)
    migrations.install(app)
    install_pages(app)
    return app


def engine_options(config):
    """What the pool of a web process needs: a connection per thread and one for leasing keys."""
    options = {"poolclass": QueuePool, "pool_size": 20, "max_overflow": 20}
    if config.database_url.startswith("postgresql"):
        options["pool_pre_ping"] = False
        options["connect_args"] = {"options": f"-c lock_timeout={database.PATIENCE}s -c timezone=UTC"}
    return options
