"""engine/store/visibility.py: who sees a case, by one predicate that lists and details share."""

import pytest
from sqlalchemy import insert, select, update

from engine.domain.people import ADMINISTRATOR, AUDITOR, DESIGNER, INTEGRATION, PARTY, THE_SYSTEM, Actor
from engine.store import search, visibility
from engine.store.models import ElementInstance, ProcessInstance, TaskCandidate, UserTask
from engine.store.search_instances import ELEMENTS, INCIDENTS, INSTANCES
from engine.store.search_jobs import JOBS
from engine.store.search_tasks import TASKS
from engine.store.search_variables import VARIABLES
from tests.engine.store.filled import MIDNIGHT

STRANGER = Actor("chen", groups=frozenset({"财务"}))


def seen(filled, actor):
    """The cases that somebody sees: asked one by one, and in the list, which must agree."""

    def root(key):
        return filled.execute(select(ProcessInstance.root_key).where(ProcessInstance.key == key)).scalar()

    one_by_one = [key for key in (1000, 2000, 3000) if visibility.sees(filled, actor, root(key), key)]
    listed = [row["process_instance_key"] for row in search.search(filled, INSTANCES, actor).items]
    assert listed == one_by_one
    return listed


@pytest.mark.parametrize("role", [ADMINISTRATOR, AUDITOR, INTEGRATION])
def test_administrators_auditors_and_programs_see_everything(filled, role):
    assert seen(filled, Actor("somebody", groups=frozenset({role}))) == [1000, 2000, 3000]


def test_the_system_sees_everything_and_a_designer_nothing_by_being_one(filled):
    assert seen(filled, THE_SYSTEM) == [1000, 2000, 3000]
    assert seen(filled, Actor("shen", groups=frozenset({DESIGNER}))) == []


def test_a_stranger_sees_nothing(filled):
    assert seen(filled, STRANGER) == []


def test_whoever_has_a_task_in_a_queue_of_theirs_sees_the_case_and_still_does_when_it_is_done(filled):
    villager = Actor("sun2", groups=frozenset({"居村"}))
    filled.execute(update(TaskCandidate).values(open=False).where(TaskCandidate.root_key == 2000))

    assert seen(filled, villager) == [1000, 2000, 3000]


def test_a_person_who_is_a_candidate_sees_the_case(filled):
    queued = {
        "task_key": 2001,
        "candidate": "user:chen",
        "root_key": 2000,
        "open": True,
        "created": MIDNIGHT,
        "due": MIDNIGHT,
        "priority": 0,
    }
    filled.execute(insert(TaskCandidate), [queued])

    assert seen(filled, STRANGER) == [2000]


def test_a_party_sees_of_a_case_only_the_instances_in_which_it_has_work(filled):
    # given a case that called another process, in which a task stands in an enterprise's queue
    for table in (ProcessInstance, UserTask, TaskCandidate, ElementInstance):
        filled.execute(update(table).values(root_key=1000).where(table.root_key == 2000))
    queued = {
        "task_key": 2001,
        "candidate": "企业@五金厂",
        "root_key": 1000,
        "open": True,
        "created": MIDNIGHT,
        "due": MIDNIGHT,
        "priority": 0,
    }
    filled.execute(insert(TaskCandidate), [queued])
    groups = frozenset({PARTY, f"{PARTY}@五金厂"})

    def keys(actor):
        rows = [search.search(filled, spec, actor).items for spec in (INSTANCES, TASKS, ELEMENTS)]
        return [{row["process_instance_key"] for row in found} for found in rows]

    # then the enterprise sees that one alone; who works for the town as well sees the case
    assert keys(Actor("factory", groups=groups)) == [{2000}, {2000}, {2000}]
    assert not visibility.sees(filled, Actor("factory", groups=groups), 1000, 1000)
    assert keys(Actor("both", groups=groups | {"消防"}))[0] == {1000, 2000}

    # and what it started itself it sees, but not for that what its case called
    filled.execute(update(ProcessInstance).values(started_by="factory"))
    assert seen(filled, Actor("factory", groups=frozenset({PARTY}))) == [1000, 3000]


def test_a_group_that_is_called_like_a_person_is_not_that_person(filled):
    assert seen(filled, Actor("居村")) == []
    assert seen(filled, Actor("chen", groups=frozenset({"sun"}))) == []


@pytest.mark.parametrize("column", [UserTask.assignee, UserTask.completed_by])
def test_whoever_has_or_did_a_task_sees_the_case(filled, column):
    filled.execute(update(UserTask).values({column: "chen"}).where(UserTask.key == 3001))

    assert seen(filled, STRANGER) == [3000]


def test_whoever_started_a_case_sees_it(filled):
    assert seen(filled, Actor("wang")) == [1000]


@pytest.mark.parametrize(
    ("spec", "key", "every"),
    [(INSTANCES, 1000, 3), (TASKS, 1001, 6), (ELEMENTS, 1001, 7), (INCIDENTS, 1060, 1), (JOBS, 1050, 1), (VARIABLES, 1070, 4)],
    ids=["instances", "tasks", "elements", "incidents", "jobs", "variables"],
)
def test_every_list_and_every_detail_keeps_to_it(filled, spec, key, every):
    wang = Actor("wang")
    whole = search.search(filled, spec, THE_SYSTEM).items
    of_wang = search.search(filled, spec, wang).items

    assert len(whole) == every
    assert of_wang == [row for row in whole if row["root_process_instance_key"] == 1000]
    assert search.search(filled, spec, STRANGER).total == 0
    assert search.get(filled, spec, wang, key) is not None
    assert search.get(filled, spec, STRANGER, key) is None
