"""A term of rectification was computed again: the hazard on the ledger has the new deadline, whoever else holds a copy of it."""

from datetime import UTC, datetime

import pytest

from cases.amend_entry import amend_hazard
from cases.follow_terms import follow_terms
from cases.hazards import Hazard
from cases.list_place import begin_place, list_place
from tests.cases.test_list_place import told

HAZARD = "松昆安整-2024-0001-01"
TERM = {"at": "2031-10-10T23:59:59+08:00", "date": "2031-10-10", "provisional": False}


@pytest.fixture
def mending(room):
    """A room whose one hazard is put right in the instance that asks, with a provisional deadline."""
    room.ask(list_place, **told())
    room.ask(begin_place, place_no="松昆安整-2024-0001")
    provisional = {"deadline": "2031-10-08T23:59:59+08:00", "deadline_provisional": True}
    room.ask(amend_hazard, hazard_no=HAZARD, values={"status": "整改中", **provisional})
    room.headers = {"terms": "rectify_deadline,pay_term"}
    return room


def test_the_ledger_has_the_new_deadline_and_says_which_it_was(mending):
    _, (change,) = mending.ask(follow_terms, hazard_no=HAZARD, rectify_deadline=TERM)

    row = mending.row(Hazard, Hazard.no == HAZARD)
    assert (row.deadline, row.deadline_provisional) == (datetime(2031, 10, 10, 15, 59, 59, tzinfo=UTC), False)
    assert row.due == row.deadline
    assert (change["before"]["deadline_provisional"], change["after"]["deadline_provisional"]) == (True, False)


def test_another_term_another_instance_and_another_number_leave_it(mending):
    before = mending.row(Hazard, Hazard.no == HAZARD).deadline

    assert mending.ask(follow_terms, hazard_no="松昆安整-2024-0001-99", rectify_deadline=TERM) == ({}, [])
    mending.headers = {"terms": "pay_term"}
    assert mending.ask(follow_terms, hazard_no=HAZARD, rectify_deadline=TERM) == ({}, [])
    mending.headers = {"terms": "rectify_deadline"}
    mending.instance_key = 12
    assert mending.ask(follow_terms, hazard_no=HAZARD, rectify_deadline=TERM) == ({}, [])
    assert mending.row(Hazard, Hazard.no == HAZARD).deadline == before
