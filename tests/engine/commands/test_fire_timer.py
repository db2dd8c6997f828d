"""A timer is due: its event happens, once, and a cycle goes on without drifting."""

from datetime import timedelta

from sqlalchemy import update

from engine.commands.cancel_instance import cancel_instance
from engine.commands.fire_timer import fire_timer
from engine.domain.people import THE_SYSTEM
from engine.store.models import ProcessInstance, Timer
from tests.engine.commands.office import ADMIN
from tests.engine.commands.watching import execute, later, recorded, row, rows, unchanged


def fire(office, timer):
    """Whether the timer of a row fired."""
    return fire_timer(office.engine, THE_SYSTEM, timer["key"])


def test_a_duration_ends(office):
    # given
    office.deploy("cooling.bpmn")
    key = office.start("cooling")
    timer = row(office, Timer)
    later(office, days=10)

    # when
    with recorded(office) as told:
        assert fire(office, timer) is True

    # then
    (body,) = told
    assert (body["kind"], body["element"], body["chain"], body["actor"]) == ("timer:fired", "wait", str(key), "system")
    assert body["data"]["due"] == timer["due"].strftime("%Y-%m-%dT%H:%M:%S.%fZ") and float(body["data"]["late"]) >= 0
    assert office.instance(key)["status"] == "COMPLETED" and rows(office, Timer) == []


def test_a_date_comes(office):
    # given
    office.deploy("hearing.bpmn")
    day = (office.engine.time() + timedelta(days=3)).replace(microsecond=0)
    key = office.start("hearing", day=day.isoformat())
    timer = row(office, Timer)
    assert timer["due"] == day

    # when, then
    later(office, days=2)
    assert fire(office, timer) is False
    later(office, days=1, seconds=1)
    assert fire(office, timer) is True
    assert office.instance(key)["status"] == "COMPLETED"


def test_a_timer_that_is_not_due_does_nothing(office):
    office.deploy("cooling.bpmn")
    office.start("cooling")
    later(office, days=9)

    with unchanged(office):
        assert fire(office, row(office, Timer)) is False


def test_a_timer_that_is_gone_does_nothing(office):
    # given: one has fired, the instance of the other was cancelled
    office.deploy("cooling.bpmn")
    office.start("cooling")
    cancelled = office.start("cooling")
    fired, withdrawn = rows(office, Timer)
    later(office, days=11)
    assert fire(office, fired) is True
    cancel_instance(office.engine, ADMIN, cancelled, "误报")

    # when, then
    with unchanged(office):
        assert fire(office, fired) is False
        assert fire(office, withdrawn) is False


def test_a_cycle_that_was_missed_fires_once_for_all_that_was_missed_and_does_not_drift(office):
    # given: every day, three times; the machine was off for two days and a half
    office.deploy("urging.bpmn")
    key = office.start("urging")
    timer = row(office, Timer)
    began = timer["due"] - timedelta(days=1)
    later(office, days=2, hours=12)

    # when
    with recorded(office) as told:
        fired = [fire(office, timer), fire(office, timer)]

    # then
    assert fired == [True, False] and [body["kind"] for body in told] == ["timer:fired"]
    assert row(office, Timer)["due"] == began + timedelta(days=3)
    assert office.task(key, "rectify")["status"] == "CREATED"

    # and when: two are left of the three
    for days in (1, 1):
        later(office, days=days)
        assert fire(office, row(office, Timer)) is True

    # then
    assert rows(office, Timer) == [] and office.kinds(key) == ["instance:started", *["timer:fired"] * 3]


def test_a_start_timer_starts_its_process_as_often_as_its_cycle_says(office):
    # given: every week, twice
    office.deploy("weekly_patrol.bpmn")
    timer = row(office, Timer)
    with unchanged(office):
        assert fire(office, timer) is False

    # when
    later(office, days=7, minutes=1)
    with recorded(office) as told:
        fired = [fire(office, timer), fire(office, timer)]

    # then
    (started,) = rows(office, ProcessInstance)
    assert fired == [True, False]
    assert [(body["kind"], body["element"], body["chain"]) for body in told] == [("instance:started", "weekly", str(started["key"]))]
    assert (started["process_id"], started["started_by"]) == ("weekly_patrol", "system")
    assert row(office, Timer)["due"] == timer["due"] + timedelta(days=7)

    # and when
    later(office, days=7)
    assert fire(office, timer) is True

    # then
    assert len(rows(office, ProcessInstance)) == 2 and rows(office, Timer) == []


def test_a_timer_that_there_never_was_does_nothing(office):
    with unchanged(office):
        assert fire_timer(office.engine, THE_SYSTEM, 4711) is False


def test_a_fired_cycle_is_free_again_whoever_had_leased_it(office):
    # given
    office.deploy("urging.bpmn")
    office.start("urging")
    later(office, days=1)
    timer = row(office, Timer)
    lease = {"claimed_by": "killed", "claimed_until": timer["due"] + timedelta(days=9), "attempts": 3, "error": "…"}
    execute(office, update(Timer).values(**lease))

    # when
    fire(office, timer)

    # then
    after = row(office, Timer)
    assert [after[name] for name in ("claimed_by", "claimed_until", "attempts", "dead", "error")] == [None, None, 0, False, None]
