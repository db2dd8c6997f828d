"""What every test may ask for: a fresh store of its own, on SQLite and on PostgreSQL."""

import os
import shutil

import hypothesis
import pytest
from xdist.scheduler import LoadFileScheduling

from cases import handlers, organisation
from engine.store import database, deployed, models, people, records, triggers
from engine.store.base import Base
from tests.agreement import watch
from tests.postgres import postgres

__all__ = ["postgres"]

#: Settings of whoever runs the tests are not the tests'.
for setting in ("ADMIN_PASSWORD", "CLOCK_CONTROL", "DATABASE_URL", "DATA_DIR", "DEMO", "HOST", "PORT", "SECRET_KEY", "SQLITE_SYNCHRONOUS"):
    os.environ.pop(setting, None)

#: How long one example takes is the machine's, not the code's.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")

#: Folders whose tests share a server, or a database, for as long as the tests run; the longest first.
SHARING = ("tests/crash/", "tests/browser/journeys/", "tests/browser/", "tests/journeys/", "tests/api/")


class ByDatabase(LoadFileScheduling):
    """A file goes to one process; of the folders that share, all tests on one database do, so that each server is started once."""

    def _split_scope(self, nodeid):
        folder = next((each for each in SHARING if nodeid.startswith(each)), None)
        database = next((each for each in ("postgresql", "sqlite") if each in nodeid), None)
        return folder + database if folder and database else super()._split_scope(nodeid)


def pytest_collection_modifyitems(items):
    """What a process does for minutes comes first, so that none is left with it at the end while the others wait."""
    items.sort(key=lambda item: next((place for place, folder in enumerate(SHARING) if item.nodeid.startswith(folder)), len(SHARING)))


def pytest_xdist_make_scheduler(config, log):
    """With `--dist loadfile`, which `make test` asks for."""
    return ByDatabase(config, log) if config.getvalue("dist") == "loadfile" else None


@pytest.fixture(scope="session", autouse=True)
def agreement():
    """After every command of every test, rows and machine agree (tests/agreement.py)."""
    eyes = watch()
    yield
    eyes.close()


#: The modules whose tables make up the schema.
SCHEMA = (deployed, models, people, records, handlers, organisation)


def make_schema(url):
    """All tables and the triggers of history, in an empty database."""
    engine = database.connect(url)
    try:
        with engine.execution_options(write=True).begin() as connection:
            Base.metadata.create_all(connection)
            triggers.install(connection)
    finally:
        engine.dispose()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory):
    """A SQLite file with the schema, to be copied."""
    path = tmp_path_factory.mktemp("template") / "store.db"
    make_schema(f"sqlite:///{path}")
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request, tmp_path):
    """The SQLAlchemy URL of a database that has the schema and nothing in it."""
    if request.param == "sqlite":
        path = tmp_path / "store.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
    else:
        server = request.getfixturevalue("postgres")
        url = server.database(make_schema)
        yield url
        server.drop(url)


@pytest.fixture
def store_engine(store_url):
    """A configured SQLAlchemy Engine on `store_url`."""
    engine = database.connect(store_url)
    yield engine
    engine.dispose()
