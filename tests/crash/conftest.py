"""A place that crashes happen in, and the mother of those who are killed there."""

import pytest

from api.app import READERS
from engine.gate import Gate
from tests.crash.mothered import Mother
from tests.crash.place import Place


@pytest.fixture(scope="session")
def mother(tmp_path_factory):
    """The process that bears the ones to be killed, warmed up."""
    mother = Mother(tmp_path_factory.mktemp("mother") / "log")
    yield mother
    mother.stop()


@pytest.fixture(scope="session")
def gate():
    """The gate with its child process, the same for all tests of a session."""
    gate = Gate(READERS)
    yield gate
    gate.close()


@pytest.fixture
def place(store_url, tmp_path, gate):
    """A Place on a fresh database; when the test is over, every chain must be whole."""
    place = Place(store_url, tmp_path / "data", gate)
    yield place
    place.expect_whole_chains()
    place.close()
