"""What tests of the machine share."""

from pathlib import Path

import pytest

from engine.workflow import definition


@pytest.fixture(scope="session")
def w1():
    """The measured workload: a hazard case of six user tasks with a parallel pair and a rework loop."""
    return definition.read((Path(__file__).parent / "w1.bpmn").read_bytes())[0]
