"""The engine's clock is moved, for tests and demonstrations: only where CLOCK_CONTROL allows it, and recorded."""

from datetime import UTC, datetime, timedelta

import pytest

from engine.commands.move_clock import move_clock
from engine.domain.errors import NotPermitted
from engine.engine import Engine
from engine.store.clock import Clock
from engine.store.models import Timer
from engine.store.records import ClockOffset
from tests.engine.commands.office import ADMIN, LI
from tests.engine.commands.watching import recorded, row, rows, subject, unchanged

SPRING = datetime(2031, 3, 1, 1, 0, tzinfo=UTC)


def test_the_clock_stands_where_it_was_set_and_goes_on(office):
    # given
    before = office.engine.time()

    # when
    with recorded(office) as told:
        move_clock(office.engine, ADMIN, SPRING)

    # then
    (body,) = told
    assert (body["kind"], body["actor"], body["data"]["to"]) == ("clock:moved", "admin", "2031-03-01T01:00:00.000000Z")
    assert before <= datetime.fromisoformat(body["data"]["from"]) and body["at"] == body["data"]["from"]
    first, second = office.engine.time(), office.engine.time()
    assert SPRING < first < second < SPRING + timedelta(hours=1)


def test_everything_that_happens_happens_at_that_time(office):
    office.deploy("cooling.bpmn")
    move_clock(office.engine, ADMIN, SPRING)

    key = office.start("cooling")

    assert office.instance(key)["started"].date() == SPRING.date()
    assert row(office, Timer)["due"] - office.instance(key)["started"] == timedelta(days=10)
    assert office.history(key)[0]["at"].startswith("2031-03-01T01:")


def test_it_can_be_moved_again_and_back_and_is_reset_to_the_time_of_the_machine(office):
    # when
    for moment in (SPRING, SPRING + timedelta(days=9), SPRING - timedelta(days=3650)):
        move_clock(office.engine, ADMIN, moment)
        assert moment < office.engine.time() < moment + timedelta(hours=1)
    move_clock(office.engine, ADMIN, None)

    # then
    assert abs(office.engine.time() - datetime.now(UTC)) < timedelta(hours=1)
    assert row(office, ClockOffset)["microseconds"] == 0
    entries = subject(office, "clock")
    assert [(body["kind"], body["data"]["to"] is None) for body in entries] == [("clock:moved", False)] * 3 + [("clock:reset", True)]


def test_every_process_reads_the_same_clock(office):
    move_clock(office.engine, ADMIN, SPRING)

    another = Engine(office.engine.store, office.engine.vault, Clock(controlled=True))

    assert another.time().date() == SPRING.date()


def test_without_control_it_cannot_be_moved_and_a_moved_one_counts_for_nothing(office):
    # given
    move_clock(office.engine, ADMIN, SPRING)
    uncontrolled = Engine(office.engine.store, office.engine.vault, Clock(controlled=False))

    # when, then
    for moment in (SPRING, None):
        with unchanged(office), pytest.raises(NotPermitted, match="Expected CLOCK_CONTROL=1 in order to move the clock, but it is not set"):
            move_clock(uncontrolled, ADMIN, moment)
    assert abs(uncontrolled.time() - datetime.now(UTC)) < timedelta(hours=1)


def test_only_an_administrator_moves_the_clock(office):
    for moment in (SPRING, None):
        with unchanged(office), pytest.raises(NotPermitted, match="Expected an administrator to move the clock, but li is not one"):
            move_clock(office.engine, LI, moment)
    assert rows(office, ClockOffset) == []
