"""A town on each database for all journeys: prepared as `make run` prepares it, served by gunicorn and its worker, its clock movable."""

from contextlib import contextmanager

import pytest
from sqlalchemy import update

from api.app import create_app
from api.config import Config
from api.demo import PASSWORD, certify
from api.prepare import prepare
from engine.commands.create_account import create_account
from engine.domain.people import THE_SYSTEM
from engine.store import database
from engine.store.people import Account
from tests.journeys.town import ADMIN_PASSWORD, MORE_PEOPLE, SECRET, Town
from tests.passwords import hasher
from tests.server import start_server

#: With several test processes, each database's town stands in one of them.
STORES = [pytest.param(store, marks=pytest.mark.xdist_group(f"journeys-{store}")) for store in ("sqlite", "postgresql")]


@pytest.fixture(scope="session", params=STORES)
def town(request, tmp_path_factory):
    """A Town that runs."""
    folder = tmp_path_factory.mktemp("town")
    url = f"sqlite:///{folder / 'town.db'}" if request.param == "sqlite" else request.getfixturevalue("postgres").database()
    with running(folder, url, worker=True) as town:
        yield town


@contextmanager
def running(folder, url, worker=False, **settings):
    """A Town on a database that is prepared for it, until the end of the block; nothing went wrong in its server then."""
    (folder / "keys").mkdir()
    _prepare(Config(folder, url, SECRET, demo=True))
    reading = database.connect(url)
    server = start_server(url, folder, worker=worker, watched=True, CLOCK_CONTROL=1, **settings)
    town = Town(server, url, folder, reading)
    yield town
    town.leave()
    server.stop()
    reading.dispose()
    assert "Traceback" not in server.said()


def _prepare(config):
    app = create_app(config)
    with pytest.MonkeyPatch.context() as environment, app.app_context():
        environment.setenv("ADMIN_PASSWORD", ADMIN_PASSWORD)
        told = list(prepare(app))
        assert told[-1].startswith("Deployed"), told
    known = hasher.hash(PASSWORD)
    for username, (name, memberships) in MORE_PEOPLE.items():
        create_account(app.extensions["engine"], THE_SYSTEM, username, name, known, None, memberships)
    with app.extensions["engine"].store.engine.execution_options(write=True).begin() as connection:
        connection.execute(update(Account).where(Account.username != "admin").values(password_hash=known))
    certify(app.extensions["engine"], [(username, *told) for username, told in MORE_PEOPLE.items()])
    app.extensions["engine"].store.engine.dispose()
    app.extensions["engine"].gate.close()


@pytest.fixture
def clock(town):
    """clock("2024-04-01T10:00"): the town's clock stands there, in Shanghai, and goes on; after the test it is right again."""
    yield town.set_clock
    town.admin.json("POST", "/v2/clock/reset", status=204)
