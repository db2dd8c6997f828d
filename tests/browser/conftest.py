"""The town of the journeys, on SQLite alone, before Debian's Chromium."""

import os
import shutil

import pytest
from playwright.sync_api import sync_playwright

from tests.browser.window import SCREENS, Window
from tests.journeys.conftest import running


@pytest.fixture(scope="session", params=["sqlite"])
def town(tmp_path_factory):
    """A Town that runs. Nothing is due by itself here: no worker."""
    folder = tmp_path_factory.mktemp("town")
    with running(folder, f"sqlite:///{folder / 'town.db'}", WEB_WORKERS=1) as town:
        yield town


def launched(playwright):
    """The browser; `make test` installs it."""
    path = shutil.which("chromium-headless-shell")
    assert path, "Expected Chromium for the tests of the pages, but it is not installed; run: sh tests/install_chromium.sh"
    # Chromium's sandbox wants an ordinary user; the fields of a date are in the browser's own language.
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    return playwright.chromium.launch(executable_path=path, args=["--lang=zh-CN", *sandbox], env={**os.environ, "LANGUAGE": "zh_CN"})


@pytest.fixture(scope="session")
def chromium():
    """The browser of all tests of a process."""
    with sync_playwright() as playwright:
        browser = launched(playwright)
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
