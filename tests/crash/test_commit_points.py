"""Each kind of command is killed just before and just after its commit: before, there is nothing of it; after, all, and once."""

import threading

import pytest
from sqlalchemy import select

from engine.commands.activate_jobs import activate_jobs
from engine.commands.move_clock import move_clock
from engine.commands.run_due import run_due
from engine.domain.outcome import COMPLETED
from engine.store import models, people, records
from engine.store.base import Base
from engine.store.deployed import ProcessDefinition
from tests.crash.deeds import ADMIN, DEEDS, HANDED_IN
from tests.crash.place import ON_BOTH

pytestmark = ON_BOTH
POINTS = ("before", "after")

#: A lease of keys changes no case, and whether one is needed depends on the process: its commit is not a command's.
BESIDE = ("key_block",)
#: What a crash may leave: numbers that nobody will ever use.
NOT_EFFECTS = {"key_block"}


@pytest.fixture
def killed(place, mother):
    """killed(deed, target, point, number=1): have a child do it until it dies there; True if it left anything in the database."""

    def kill(deed, target, point, number=1):
        before = _everything(place)
        assert mother.bear(place.environment, deed, target, point=point, number=number, beside=BESIDE) == {"signal": "SIGKILL"}, (
            mother.said()
        )
        return _everything(place) != before

    return kill


@pytest.mark.parametrize("point", POINTS)
def test_a_completed_task_is_completed_once(place, killed, point):
    # given
    place.deploy("points.bpmn")
    started = place.start("signing")
    task = started["opened"][0]["key"]

    # when
    assert killed("complete_task", task, point) is (point == "after")

    # then
    _expect_once(place, lambda: DEEDS["complete_task"](place.engine, task), {"opened": []})
    assert place.kinds(started["key"]) == ["instance:started", "task:completed"]
    assert place.variables("opinion") == {started["key"]: "同意"}
    assert place.statuses() == {COMPLETED: 1}


@pytest.mark.parametrize("point", POINTS)
def test_a_completed_job_is_completed_once(place, killed, point):
    # given
    place.deploy("points.bpmn")
    started = place.start("printing")
    (job,) = activate_jobs(place.engine, ADMIN, "print", 1, 60_000)

    # when
    assert killed("complete_job", job["key"], point) is (point == "after")

    # then
    _expect_once(place, lambda: DEEDS["complete_job"](place.engine, job["key"]), None)
    assert place.kinds(started["key"]) == ["instance:started", "job:completed"]
    assert place.variables("pages") == {started["key"]: 3}
    assert place.statuses() == {COMPLETED: 1}


@pytest.mark.parametrize("point, number", [(point, number) for number in (1, 2) for point in POINTS])
def test_a_message_is_published_once_and_delivered_once(place, killed, point, number):
    # given: publishing is the first commit, the delivery to the instance the second
    place.deploy("due.bpmn")
    waiting = place.start("listener", number="12350", hears="call", times=0)["key"]
    published, delivered = number == 2 or point == "after", (point, number) == ("after", 2)

    # when
    assert killed("publish_message", "12350", point, number) is published

    # then
    assert place.count(models.Message) == published
    assert ("message:correlated" in place.kinds(waiting)) is delivered
    _expect_once(place, lambda: DEEDS["publish_message"](place.engine, "12350"))
    run_due(place.engine, "worker")
    assert place.count(models.Message) == 1 and place.count(records.Outbox) == 0
    assert len(place.entries("message:published")) == 1
    assert place.kinds(waiting) == ["instance:started", "message:correlated"]
    assert place.variables("opinion") == {waiting: HANDED_IN["opinion"]}
    assert place.variables("times") == {waiting: 1}


@pytest.mark.parametrize("point", POINTS)
def test_a_timer_fires_once(place, killed, point):
    # given
    place.deploy("due.bpmn")
    due = place.engine.time()
    started = place.start("reminder", due=due.isoformat(), tells="nobody", times=0)["key"]
    move_clock(place.engine, ADMIN, due)
    ((timer,),) = place.db(select(models.Timer.key))

    # when
    assert killed("fire_timer", timer, point) is (point == "after")

    # then
    assert DEEDS["fire_timer"](place.engine, timer) is (point == "before")
    assert DEEDS["fire_timer"](place.engine, timer) is False
    assert place.kinds(started) == ["instance:started", "timer:fired"]
    assert place.variables("times") == {started: 1}


@pytest.mark.parametrize("point", POINTS)
def test_a_file_is_deployed_once(place, killed, point):
    # when
    assert killed("deploy", "due.bpmn", point) is (point == "after")

    # then
    _expect_once(place, lambda: DEEDS["deploy"](place.engine, "due.bpmn"))
    versions = place.db(select(ProcessDefinition.process_id, ProcessDefinition.version).order_by(ProcessDefinition.process_id))
    assert list(map(tuple, versions)) == [("listener", 1), ("reminder", 1)]
    assert len(place.entries("deployment:created")) == 1


@pytest.mark.parametrize("point", POINTS)
def test_an_instance_starts_once_with_its_child_and_the_row_of_its_handler(place, killed, point):
    # given: a handler that writes into the transaction of the step, and then a call of another process
    place.deploy("points.bpmn")

    # when
    assert killed("start_instance", "filing", point) is (point == "after")

    # then
    answer = _expect_once(place, lambda: DEEDS["start_instance"](place.engine, "filing"))
    rows = place.db(select(models.ProcessInstance.process_id, models.ProcessInstance.root_key).order_by(models.ProcessInstance.process_id))
    assert list(map(tuple, rows)) == [("filing", answer["key"]), ("signing", answer["key"])]
    assert place.db(select(records.Comment.key)) == [(answer["key"],)]
    assert place.variables("registered")[answer["key"]] is True
    assert [chain for chain, _ in place.entries("instance:started")] == sorted(
        key for (key,) in place.db(select(models.ProcessInstance.key))
    )


def test_a_request_that_is_repeated_while_the_first_one_commits_gets_its_answer(place, mother):
    # given: a first request that holds its locks and is halted just before its commit
    place.deploy("points.bpmn")
    started = place.start("signing")
    task = started["opened"][0]["key"]
    held = mother.bear(place.environment, "complete_task", task, point="before", number=1, stroke="SIGSTOP", beside=BESIDE)

    # when: the same request comes again, and the first one goes on
    answers = []
    again = threading.Thread(target=lambda: answers.append(DEEDS["complete_task"](place.engine, task)))
    again.start()
    again.join(0.5)  # until it waits; were it slower, it would only meet an easier case
    ended = mother.resume(held["stopped"])
    again.join()

    # then
    assert ended == {"exit": 0}
    assert answers == [{"opened": []}]
    assert place.kinds(started["key"]) == ["instance:started", "task:completed"]


def _expect_once(place, do, *expected):
    """The retry's answer; the same comes once more, and nothing more is done for it."""
    answer = do()
    left = _everything(place)
    assert [answer] == list(expected or [answer])
    assert do() == answer
    assert _everything(place) == left
    return answer


def _everything(place):
    """A picture of all tables."""
    tables = [table for table in Base.metadata.sorted_tables if table.name not in NOT_EFFECTS]
    assert people.Account.__table__ in tables
    return {table.name: sorted(map(repr, place.db(select(table)))) for table in tables}
