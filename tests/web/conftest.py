"""The application on SQLite with a few people in it, whose pages are asked for in this process as a browser asks."""

import re
import shutil

import pytest

from api.app import create_app
from api.config import Config
from engine.commands.create_account import create_account
from engine.domain.people import THE_SYSTEM
from tests.api.v2.people import PASSWORD, PEOPLE, Caller
from tests.passwords import hasher

HTML = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


class Browser:
    """Somebody's browser. `get` and `post` follow nothing; `post` shows the session's token, as the page's script does."""

    def __init__(self, app):
        self.client = app.test_client()

    def get(self, path, **headers):
        return self.client.get(path, headers={**HTML, **_named(headers)})

    def post(self, path, data=None, **headers):
        page = self.get("/me").text
        token = re.search(r'name="csrf" content="([^"]*)"', page)
        shown = {"X-CSRF-Token": token[1], "X-Requested-With": "XMLHttpRequest"} if token else {}
        return self.client.post(path, data=data, headers={**HTML, **shown, **_named(headers)})

    def sign_in(self, username, password=PASSWORD, **more):
        return self.client.post("/login", data={"username": username, "password": password, **more}, headers=HTML)


def _named(headers):
    return {name.replace("_", "-"): value for name, value in headers.items()}


@pytest.fixture(scope="module")
def app(sqlite_template, tmp_path_factory):
    """The application, with everybody of PEOPLE and nothing of what another file of tests has put into its own."""
    folder = tmp_path_factory.mktemp("web")
    (folder / "keys").mkdir()
    shutil.copy(sqlite_template, folder / "store.db")
    app = create_app(Config(folder, f"sqlite:///{folder / 'store.db'}", "only for tests, and nothing else", clock_control=True))
    known = hasher.hash(PASSWORD)
    for username, (name, memberships) in PEOPLE.items():
        create_account(app.extensions["engine"], THE_SYSTEM, username, name, known, None, memberships)
    yield app
    app.extensions["engine"].store.engine.dispose()
    app.extensions["engine"].gate.close()


@pytest.fixture
def browser(app):
    """A browser in which nobody is signed in."""
    return Browser(app)


@pytest.fixture
def of(app):
    """of("li"): the browser of somebody who is signed in."""

    def signed_in(username):
        browser = Browser(app)
        assert browser.sign_in(username).status_code == 302
        return browser

    return signed_in


@pytest.fixture
def ask(app):
    """ask(method, path, …) under /v2, as in tests/api."""
    return Caller(app.test_client())
