"""An application on each database with a few people in it, asked in this process; and the official client before a real server."""

import json
import shutil

import pytest
from camunda_orchestration_sdk import CamundaClient

from api.access import hasher
from api.app import create_app
from api.config import Config
from engine.commands.create_account import create_account
from engine.domain.people import THE_SYSTEM
from tests.api.v2.people import PASSWORD, PEOPLE, Caller
from tests.conftest import make_schema
from tests.server import start_server


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def database_url(request, tmp_path_factory):
    """The URL of a database with the schema, the same for the whole session."""
    if request.param == "sqlite":
        path = tmp_path_factory.mktemp("api") / "store.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        return f"sqlite:///{path}"
    return request.getfixturevalue("postgres").database(make_schema)


@pytest.fixture(scope="session")
def app(database_url, tmp_path_factory):
    """The application, with everybody of PEOPLE."""
    folder = tmp_path_factory.mktemp("data")
    (folder / "keys").mkdir()
    app = create_app(Config(folder, database_url, "only for tests, and nothing else", clock_control=True, max_body=1 << 20))
    known = hasher.hash(PASSWORD)
    for username, (name, memberships) in PEOPLE.items():
        create_account(app.extensions["engine"], THE_SYSTEM, username, name, known, f"{username}@example.org", memberships)
    yield app
    app.extensions["engine"].store.engine.dispose()
    app.extensions["engine"].gate.close()


@pytest.fixture
def ask(app):
    """ask(method, path, body=None, by="admin", **more) -> Answer, of a request under /v2 in somebody's name (None: nobody's)."""
    return Caller(app.test_client())


@pytest.fixture(scope="session")
def server(app, database_url, tmp_path_factory):
    """A real server on the same database."""
    server = start_server(database_url, tmp_path_factory.mktemp("served"), CLOCK_CONTROL=1)
    yield server
    server.stop()
    assert "Traceback" not in server.said()


@pytest.fixture
def client_of(server):
    """client_of(username) -> the official client, signed in by Basic authentication."""
    opened = []

    def make(username):
        settings = {
            "CAMUNDA_REST_ADDRESS": server.url + "/v2",
            "CAMUNDA_AUTH_STRATEGY": "BASIC",
            "CAMUNDA_BASIC_AUTH_USERNAME": username,
            "CAMUNDA_BASIC_AUTH_PASSWORD": PASSWORD,
        }
        opened.append(CamundaClient(configuration=settings))
        return opened[-1]

    yield make
    for client in opened:
        client.close()


@pytest.fixture
def deployed(ask):
    """deployed(name, …): deploy files that lie beside the tests, as the administrator -> the answer."""

    def deploy(*names):
        return json.loads(ask.deploy(*names).data)

    return deploy
