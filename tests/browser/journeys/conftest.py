"""A town whose worker runs, and people who click."""

import pytest

from tests.browser.journeys.clicking import Clicking
from tests.journeys.conftest import running


@pytest.fixture(scope="session", params=["sqlite"])
def busy_town(tmp_path_factory):
    """A Town of its own for journeys by clicking: what is due, and what is sent, is done by its worker."""
    folder = tmp_path_factory.mktemp("busy")
    with running(folder, f"sqlite:///{folder / 'town.db'}", worker=True, WEB_WORKERS=1) as town:
        yield town


@pytest.fixture(scope="session")
def windows(busy_town, chromium):
    """{username: Window}: whoever has signed in stays at work, from one story to the next."""
    opened = {}
    yield opened
    for window in opened.values():
        window.close()


@pytest.fixture(scope="session")
def looked_at():
    """(kind of page, width) of all that axe has looked at."""
    return set()


@pytest.fixture
def clicking(busy_town, chromium, windows, looked_at):
    """clicking(): the town as people see it who click."""
    opened = []

    def begin():
        opened.append(Clicking(busy_town, chromium, windows, looked_at))
        return opened[-1]

    yield begin
    for town in opened:
        town.admin.json("POST", "/v2/clock/reset", status=204)
        town.leave()
