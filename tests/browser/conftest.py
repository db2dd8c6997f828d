"""The town of the journeys, on SQLite alone, before Debian's Chromium."""

import os
import shutil

import pytest
from playwright.sync_api import sync_playwright

from api.config import Config
from engine.store import database
from tests.browser.window import SCREENS, Window
from tests.journeys.conftest import _prepare
from tests.journeys.town import SECRET, Town
from tests.server import start_server


@pytest.fixture(scope="session", params=["sqlite"])
def town(tmp_path_factory):
    """A Town that runs. Nothing is due by itself here: no worker."""
    folder = tmp_path_factory.mktemp("town")
    (folder / "keys").mkdir()
    url = f"sqlite:///{folder / 'town.db'}"
    _prepare(Config(folder, url, SECRET, demo=True))
    reading = database.connect(url)
    server = start_server(url, folder, CLOCK_CONTROL=1, WEB_WORKERS=1)
    town = Town(server, url, folder, reading)
    yield town
    town.leave()
    server.stop()
    reading.dispose()
    assert "Traceback" not in server.said()


@pytest.fixture(scope="session")
def chromium():
    """The browser; `make test` installs it."""
    path = shutil.which("chromium")
    assert path, "Expected Chromium for the tests of the pages, but it is not installed; run: sh tests/install_chromium.sh"
    with sync_playwright() as playwright:
        # Chromium's sandbox wants an ordinary user.
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"] if os.geteuid() == 0 else [])
        yield browser
        browser.close()


@pytest.fixture(params=SCREENS, ids=lambda width: f"{width}px")
def opened(request, town, chromium):
    """opened(): a new window, of the width of this round; every window must be free of faults at the end."""
    windows = []

    def open_one():
        windows.append(Window(chromium, town.server.url, request.param))
        return windows[-1]

    yield open_one
    for window in windows:
        wrong = window.wrong
        window.close()
        assert wrong == []
