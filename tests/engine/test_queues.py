"""engine/queues.py: what people have to do, counted by their own day, and what happened to a case, told in order."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from engine import queues
from engine.commands.claim_task import claim_task
from engine.commands.complete_task import complete_task
from engine.commands.move_clock import move_clock
from engine.commands.save_draft import save_draft
from engine.domain.errors import Conflict, Invalid, NotFound, NotPermitted
from engine.domain.people import Actor
from engine.store.models import ProcessInstance
from engine.store.records import Draft
from tests.engine.commands.office import ADMIN, AUDITOR_, LI, SUN, TANG, ZHAO
from tests.engine.store.town import open_office
from tests.engine.workflow.drawing import call, diagram, end, flows, start, user

QUEUED = '<zeebe:assignmentDefinition candidateGroups="居村"/><zeebe:taskSchedule dueDate="=due"/>'
REPAIR = diagram(
    start(), user("fix", ext=QUEUED, name="整改"), call("check", process="child"), end(), flows("s -> fix -> check -> e"), id="repair"
)
LOOK = user("look", ext='<zeebe:assignmentDefinition candidateGroups="消防"/>', name="复查")
CHILD = diagram(start(), LOOK, end(), flows("s -> look -> e"), id="child")
PRIVATE = diagram(
    start(), user("fix", ext='<zeebe:assignmentDefinition candidateGroups="居村" candidateUsers="zhao"/>'), end(), flows("s -> fix -> e"),
    id="private",
)  # fmt: skip


@pytest.fixture
def office(store_engine):
    office = open_office(store_engine, REPAIR, CHILD, PRIVATE, controlled=True)
    yield office
    office.expect_sound()


@pytest.mark.parametrize(
    ("now", "tomorrow"),
    [
        ("2024-04-12T15:59:59.999999+00:00", "2024-04-12T16:00:00+00:00"),
        ("2024-04-12T16:00:00+00:00", "2024-04-13T16:00:00+00:00"),
        ("2024-12-31T20:00:00+00:00", "2025-01-01T16:00:00+00:00"),
    ],
)
def test_a_day_ends_at_midnight_in_shanghai(now, tomorrow):
    assert queues.end_of_day(datetime.fromisoformat(now)) == datetime.fromisoformat(tomorrow)


def at(office, moment):
    """Move the engine's clock to a moment."""
    move_clock(office.engine, ADMIN, datetime.fromisoformat(moment))


def test_the_counts_of_a_queue_go_by_the_day_of_its_people(office):
    # given a Friday evening in Shanghai, with one task past its time, one due before midnight, one after it, and one without
    at(office, "2024-04-12T20:00:00+08:00")
    for due in ("2024-04-12T19:00:00+08:00", "2024-04-12T23:59:00+08:00", "2024-04-13T00:00:00+08:00", None):
        office.start("repair", due=due)
    claim_task(office.engine, LI, queues.queue(office.engine, LI, "居村")[0][0]["key"])

    # then
    (village, _) = queues.queues(office.engine, LI)
    assert village == {"group": "居村", "open": 4, "mine": 1, "due": 1, "overdue": 1}
    assert queues.queues(office.engine, SUN)[0]["mine"] == 0


def test_everybody_sees_their_own_queues_and_auditors_all_that_are_in_use(office):
    office.start("repair", due=None)

    assert [one["group"] for one in queues.queues(office.engine, ZHAO)] == ["消防", "消防@消防站"]
    assert [one["group"] for one in queues.queues(office.engine, AUDITOR_)] == ["居村"]


def test_a_queue_is_shown_to_its_members_and_to_those_who_see_everything(office):
    office.start("repair", due=None)

    with pytest.raises(NotPermitted, match="Expected a member of 居村 to look into its queue, but zhao is not one"):
        queues.queue(office.engine, ZHAO, "居村")
    with pytest.raises(Invalid, match="Expected an order among created, due, priority, but found 'name'"):
        queues.queue(office.engine, LI, "居村", order="name")
    for actor in (LI, TANG, AUDITOR_):
        assert len(queues.queue(office.engine, actor, "居村")[0]) == 1


def test_an_inbox_holds_what_stands_in_any_of_ones_queues_once(office):
    office.start("repair", due=None)
    shared = office.start("private")

    assert [task["instance_key"] for task in queues.inbox(office.engine, ZHAO)[0]] == [shared]
    both = Actor("zhao", "zhao", frozenset({"居村", "消防"}))
    assert len(queues.inbox(office.engine, both)[0]) == 2
    (first,), position = queues.inbox(office.engine, both, order="created", limit=1)
    (second,), rest = queues.inbox(office.engine, both, order="created", after=position, limit=1)
    assert {first["instance_key"], second["instance_key"]} > {shared} and rest is None


@pytest.fixture
def case(office):
    """A case that has come to its child's task: (its key, the child's)."""
    key = office.start("repair", by=LI, due=None)
    complete_task(office.engine, LI, office.task(key)["key"], {"result": "已整改"})
    (child,) = office.db(select(ProcessInstance.key).where(ProcessInstance.parent_key == key))
    complete_task(office.engine, ZHAO, office.task(child["key"])["key"], {})
    return key, child["key"]


def test_a_timeline_tells_a_case_with_its_children_in_order(office, case):
    key, child = case

    for asked in case:
        entries, position = queues.timeline(office.engine, LI, asked)
        assert position is None
        assert [(int(one["chain"]), one["seq"], one["kind"]) for one in entries] == [
            (key, 1, "instance:started"),
            (key, 2, "task:completed"),
            (child, 1, "instance:started"),
            (key, 3, "instance:continued"),
            (child, 2, "task:completed"),
        ]
    assert entries[1]["sentence"] == "li 完成了任务 整改"
    assert (entries[1]["actor"], entries[1]["element"], entries[1]["element_name"]) == ("li", "fix", "整改")
    assert entries[4]["element_name"] == "复查"
    assert entries[1]["data"]["variables"] == {"result": "已整改"}


def test_a_timeline_is_read_in_pages_that_lose_and_double_nothing(office, case):
    whole, _ = queues.timeline(office.engine, LI, case[0])

    for limit in (1, 2, 3):
        read, position = [], None
        while True:
            entries, position = queues.timeline(office.engine, LI, case[0], limit, position)
            read += entries
            if position is None:
                break
        assert read == whole


def test_a_timeline_is_for_those_who_see_the_case(office, case):
    assert queues.timeline(office.engine, ZHAO, case[0])[0]  # had a task of the child
    nobody = Actor("chen", "chen", frozenset({"财务"}))
    for actor, key in ((nobody, case[0]), (nobody, case[1]), (ADMIN, 1)):
        with pytest.raises(NotFound, match=f"Expected a process instance with key {key}, but there is none that {actor.username} can see"):
            queues.timeline(office.engine, actor, key)


def test_a_draft_is_ones_own_and_encrypted(office):
    task = office.task(office.start("repair", due=None))["key"]
    assert queues.draft(office.engine, LI, task) == {"values": {}, "revision": 0, "saved": None}

    assert save_draft(office.engine, LI, task, {"phone": "13800138000"}) == {"revision": 1}
    assert save_draft(office.engine, LI, task, {"phone": "13800138001"}, 1) == {"revision": 2}

    found = queues.draft(office.engine, LI, task)
    assert (found["values"], found["revision"]) == ({"phone": "13800138001"}, 2)
    assert abs(found["saved"] - datetime.now(UTC)) < timedelta(minutes=5)
    assert queues.draft(office.engine, SUN, task)["revision"] == 0
    (row,) = office.db(select(Draft.__table__))
    assert "13800138001" not in repr(row)


def test_two_windows_of_one_person_do_not_overwrite_each_others_draft(office):
    task = office.task(office.start("repair", due=None))["key"]
    save_draft(office.engine, LI, task, {"note": "一"})

    with pytest.raises(Conflict, match=f"Expected to go on from draft 0 of user task {task}, but it is at 1"):
        save_draft(office.engine, LI, task, {"note": "二"})

    assert queues.draft(office.engine, LI, task)["values"] == {"note": "一"}


def test_nobody_learns_of_a_task_by_asking_for_its_draft(office):
    task = office.task(office.start("repair", due=None))["key"]

    with pytest.raises(NotFound, match=f"Expected a user task with key {task}, but there is none that chen can see"):
        queues.draft(office.engine, Actor("chen", "chen", frozenset({"财务"})), task)
