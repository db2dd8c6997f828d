"""The worker is killed 200 times over 2,000 due rows, before and after commits and at any moment: each is done once, and in time."""

import random
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from engine.commands.move_clock import move_clock
from engine.domain.outcome import COMPLETED
from engine.store import models, records
from tests.crash.deeds import ADMIN
from tests.crash.mothered import ROOT
from tests.crash.place import ON_BOTH

pytestmark = ON_BOTH

KILLS, ROWS = 200, 2_000
#: Of the rows 1,300 are timers. Every fourth tells somebody who waits, which makes two rows more, the message and its delivery; one tells
#: all who listen, which makes a row more and one for each.
TIMERS, CALLS, LISTENERS = 1_300, 325, 49
SIREN = TIMERS // 2 + 1

#: When timers fall due by the engine's clock: a few at once, which warm up the mother, the others from BEGIN on.
WARMING, BEGIN = 8, datetime(2031, 3, 3, 1, 0, tzinfo=UTC)
#: Within how many seconds they do: at least 60, and on a slow machine, or a busy one, as long as it needs to start so many instances for
#: each of them. Otherwise the lateness would be that of the machine, and not that of the kills.
SPAN, STARTS = 60, 8
#: Deaths are spread over so much of that time, and come at most so many commits, or seconds, after their time.
DYING, COMMITS, SECONDS = 0.9, 24, 0.3
#: So many of the killed work beside a worker that is not.
ACCOMPANIED = 20

LATENESS = 5  # seconds, for 99 rows of 100
PATIENCE = 120  # seconds until what must come has come


@pytest.fixture
def worker(place):
    """worker() -> a real worker process, as it is started in production; none outlives the test."""
    started = []

    def start():
        with (place.folder / "worker.log").open("ab") as log:
            told = {"cwd": ROOT, "env": place.environment, "stdin": subprocess.DEVNULL, "stdout": log, "stderr": log}
            started.append(subprocess.Popen([sys.executable, "worker.py"], **told))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait()


def test_two_thousand_due_rows_survive_two_hundred_kills(place, mother, worker):
    # given: instances that wait for times to come, others that wait for what these will tell, and a worker
    due, span = _prepare(place, mother)
    first = worker()
    _wait_for(lambda: place.count(records.Seal), "the worker to be at work")

    # when: their time comes, and the worker is killed again and again; towards the end there is another one, which stays
    move_clock(place.engine, ADMIN, BEGIN - timedelta(seconds=0.5))
    began = time.monotonic() + 0.5
    _wait_for(lambda: place.count(models.Timer) < TIMERS - WARMING, "a timer to fire")
    first.kill()
    assert first.wait() == -9
    for number, death in zip(range(1, KILLS), _deaths(place), strict=False):
        delay = max(0.0, began + span * DYING * number / KILLS - time.monotonic())
        told = {"seconds": death["seconds"] + delay} if "seconds" in death else {**death, "delay": delay}
        assert mother.bear(place.environment, "work", **told) == {"signal": "SIGKILL"}, mother.said()
        if number == KILLS - ACCOMPANIED:
            last = worker()
    left = place.count(models.Timer)
    _wait_for(lambda: place.count(models.Timer) + place.count(records.Outbox) == 0, "all rows to be done")
    last.terminate()

    # then: the kills were in the middle of it, and everything is there, once, and in time
    assert last.wait(PATIENCE) == 0
    assert left > 0
    _expect_everything_once(place, due)
    late = sorted(_lateness(place, due))
    assert len(late) == ROWS
    assert late[ROWS * 99 // 100 - 1] <= LATENESS
    assert "Traceback" not in mother.said() + (place.folder / "worker.log").read_text()


def _prepare(place, mother):
    """({instance: when its timer falls due}, within how many seconds they do)."""
    place.deploy("due.bpmn")
    began = time.monotonic()
    for _ in range(LISTENERS):
        place.start("listener", hears="siren", times=0)
    for number in range(CALLS):
        place.start("listener", hears="call", number=str(number), times=0)
    span = max(SPAN, (time.monotonic() - began) / (LISTENERS + CALLS) * STARTS * TIMERS)
    due = {}
    for number in range(WARMING, TIMERS):
        _remind(place, due, number, BEGIN + timedelta(seconds=span * number / TIMERS))
    mother.warm(place.environment)
    for number in range(WARMING):
        _remind(place, due, number, place.engine.time())
    _wait_for(lambda: mother.warm(place.environment) == 0, "the mother to be warm")
    return due, span


def _remind(place, due, number, moment):
    tells = "siren" if number == SIREN else "nobody" if number % 4 else "call"
    answer = place.start("reminder", due=moment.isoformat(), tells=tells, number=str(number // 4), times=0)
    due[answer["key"]] = moment


def _deaths(place):
    """At each kind of moment in turn; "during" a commit is one of its own where the database is another process."""
    chance = random.Random(2024)
    points = ("before", "after") if place.engine.store.is_sqlite else ("before", "during", "after")
    while True:
        for point in points:
            yield {"point": point, "number": chance.randint(1, COMMITS)}
        yield {"seconds": chance.uniform(0, SECONDS)}


def _expect_everything_once(place, due):
    chains = dict(place.db(select(models.ProcessInstance.key, models.ProcessInstance.process_id)))
    told = place.entries("timer:fired", "message:correlated", "signal:received")
    assert sorted(chain for chain, _ in told) == sorted(chains)
    assert sorted(chain for chain, body in told if body["kind"] == "timer:fired") == sorted(due)
    assert [sum(body["kind"] == kind for _, body in told) for kind in ("message:correlated", "signal:received")] == [CALLS, LISTENERS]
    assert place.count(records.History, records.History.chain.in_(select(models.ProcessInstance.key))) == 2 * len(chains)
    assert place.variables("times") == dict.fromkeys(chains, 1)
    assert place.statuses() == {COMPLETED: TIMERS + CALLS + LISTENERS}
    for element, times in (("wait", TIMERS), ("count", TIMERS), ("call", CALLS), ("siren", 1), ("heard", CALLS + LISTENERS)):
        assert place.count(models.ElementInstance, models.ElementInstance.element_id == element) == times
    assert len(place.entries("message:published")) == CALLS and len(place.entries("signal:broadcast")) == 1
    assert place.count(models.Message, models.Message.delivered.is_(None)) == 0
    assert place.count(models.MessageSubscription) == place.count(models.Incident) == 0


def _lateness(place, due):
    """By how many seconds the effect of each row came after the time of the timer that it goes back to."""
    thrown = {}
    for chain, body in place.entries("message:published", "signal:broadcast"):
        thrown[str(chain)] = due[int(body["data"]["thrown_by"]["instance"])]
        yield (datetime.fromisoformat(body["at"]) - thrown[str(chain)]).total_seconds()
        if body["kind"] == "signal:broadcast":
            siren = thrown[str(chain)]
    for chain, body in place.entries("timer:fired", "message:correlated", "signal:received"):
        went_back_to = due.get(chain) or thrown.get(body["data"].get("message"), siren)
        yield (datetime.fromisoformat(body["at"]) - went_back_to).total_seconds()


def _wait_for(condition, what):
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, f"Expected {what} within {PATIENCE} s"
        time.sleep(0.05)
