"""What the tests of the store ask for: an office whose rows, machine and chains must agree when a test is over; a few cases to look at."""

import pytest

from engine.store import database
from tests.conftest import make_schema
from tests.engine.store.filled import fill
from tests.engine.store.town import open_office


@pytest.fixture
def office(store_engine):
    """An Office without diagrams; a test deploys its own."""
    office = open_office(store_engine)
    yield office
    office.expect_sound()


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def filled_engine(request, tmp_path_factory):
    """An Engine on a database with the cases of filled.py, made once: whoever writes in it rolls back."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('filled') / 'store.db'}"
    else:
        url = request.getfixturevalue("postgres").database()
    make_schema(url)
    engine = database.connect(url)
    fill(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def filled(filled_engine):
    """A Connection on that database, in a transaction that may write and is rolled back."""
    with filled_engine.connect().execution_options(write=True) as connection:
        yield connection
        connection.rollback()
