"""An application on each database with a few people in it, asked in this process through both doors."""

import json
import shutil

import pytest

from api.app import create_app
from api.config import Config
from engine.commands.create_account import create_account
from engine.domain.people import THE_SYSTEM
from engine.store import accounts
from tests.api.v2.people import PASSWORD, PEOPLE, Caller
from tests.conftest import make_schema
from tests.passwords import hasher


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def database_url(request, tmp_path_factory):
    """The URL of a database with the schema, the same for the whole session."""
    if request.param == "sqlite":
        path = tmp_path_factory.mktemp("api") / "store.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        return f"sqlite:///{path}"
    return request.getfixturevalue("postgres").database(make_schema)


@pytest.fixture(scope="session")
def known():
    """The hash of everybody's PASSWORD: making one takes as long as verifying it."""
    return hasher.hash(PASSWORD)


@pytest.fixture(scope="session")
def app(database_url, known, tmp_path_factory):
    """The application, with everybody of PEOPLE."""
    folder = tmp_path_factory.mktemp("data")
    (folder / "keys").mkdir()
    app = create_app(Config(folder, database_url, "only for tests, and nothing else", clock_control=True, max_body=1 << 20))
    for username, (name, memberships) in PEOPLE.items():
        create_account(app.extensions["engine"], THE_SYSTEM, username, name, known, f"{username}@example.org", memberships)
    yield app
    app.extensions["engine"].store.engine.dispose()
    app.extensions["engine"].gate.close()


@pytest.fixture
def ask(app):
    """ask(method, path, body=None, by="admin", **more) -> Answer, of a request under /v2 in somebody's name (None: nobody's)."""
    return Caller(app.test_client())


@pytest.fixture
def api(app):
    """api(method, path, …): the same as ask, under /api."""
    return Caller(app.test_client(), "/api")


@pytest.fixture
def join(app, known):
    """join(username, (role, unit), …): somebody more, with the password PASSWORD; who is there already stays as they are."""

    def create(username, *memberships, name=None):
        engine = app.extensions["engine"]
        with engine.store.read() as connection:
            if accounts.exists(connection, username):
                return
        create_account(engine, THE_SYSTEM, username, name or username, known, None, memberships)

    return create


@pytest.fixture
def deployed(ask):
    """deployed(name, …): deploy files that lie beside the tests, as the administrator -> the answer."""

    def deploy(*names):
        return json.loads(ask.deploy(*names).data)

    return deploy
