"""The official client before a real server, on the database of the application that the other tests ask."""

import pytest
from camunda_orchestration_sdk import CamundaClient

from tests.api.v2.people import PASSWORD
from tests.server import start_server


@pytest.fixture(scope="session")
def server(app, database_url, tmp_path_factory):
    """A real server on the same database."""
    server = start_server(database_url, tmp_path_factory.mktemp("served"), watched=True, CLOCK_CONTROL=1)
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
