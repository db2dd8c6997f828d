"""The rounds of a wide multi-instance on a real store: a step costs the same however many there are."""

import pytest
from sqlalchemy import func, select

from engine.commands.activate_jobs import activate_jobs
from engine.commands.cancel_instance import cancel_instance
from engine.commands.complete_job import complete_job
from engine.commands.complete_task import complete_task
from engine.commands.publish_message import publish_message
from engine.commands.run_due import run_due
from engine.store.models import RoundElement, UserTask, Variable
from engine.workflow import outside
from tests.engine.commands.office import ADMIN, ROBOT
from tests.engine.commands.watching import later
from tests.engine.store.counted import counting_engine
from tests.engine.store.town import open_office
from tests.engine.workflow.drawing import boundary, catch, diagram, end, flows, job, multi, start, sub, user

INNER = start("s2") + user("b") + catch("m", "message") + job("w") + end("e2") + flows("s2 -> b -> m -> w -> e2")
PARTS = sub("a", INNER, multi(result="r")) + boundary("t", "a", "timer") + user("z") + user("late")
WIDE = diagram(start(), end(), PARTS, flows("s -> a -> z -> e", "t -> late"))
MANY = outside.ROOM + 1


@pytest.fixture
def counted(store_url):
    """(an Office, the Counter of what it asks its database)."""
    store_engine, counter = counting_engine(store_url)
    office = open_office(store_engine, WIDE, controlled=True)
    yield office, counter
    office.expect_sound()
    store_engine.dispose()


def begin(office, items):
    """(the instance, the keys of its open tasks)"""
    instance = office.start("p", key="k", r=None, items=list(range(items)))
    query = select(UserTask.key).where(UserTask.instance_key == instance).order_by(UserTask.number)
    return instance, [row["key"] for row in office.db(query)]


def count(office, table, instance):
    return office.db(select(func.count().label("n")).select_from(table).where(table.instance_key == instance))[0]["n"]


def test_a_step_asks_as_much_of_the_database_beside_hundreds_of_rounds_as_beside_some(counted):
    office, counter = counted
    costs = {}
    for items in (3, MANY, 4 * MANY):
        _, tasks = begin(office, items)
        counter.forget()
        complete_task(office.engine, ADMIN, tasks[0], {})
        costs[items] = (len(counter.statements), counter.round_trips)
    assert costs[4 * MANY] == costs[MANY]
    # beside one whose rounds are in the bytes: the round and its variables are read, its rows are written, for one more wait for an answer
    assert costs[MANY][0] <= costs[3][0] + 4
    assert costs[MANY][1] in (costs[3][1], costs[3][1] + 1)


def test_a_round_goes_through_its_task_its_message_and_its_job_and_leaves_what_it_gave(counted):
    office, _ = counted
    instance, tasks = begin(office, MANY)

    complete_task(office.engine, ADMIN, tasks[3], {})
    publish_message(office.engine, ADMIN, "msg", "k", variables={})
    (leased,) = activate_jobs(office.engine, ROBOT, "do", 10, 60_000)
    assert (leased["variables"]["item"], leased["variables"]["loopCounter"]) == (3, 4)
    complete_job(office.engine, ROBOT, leased["key"], {"r": "done"})

    assert count(office, RoundElement, instance) == 2 * (MANY - 1)
    office.expect_sound()

    # when what is left is ended by the timer at the loop
    later(office, hours=2)
    run_due(office.engine, "worker")

    assert office.task(instance)["element_id"] == "late"
    assert count(office, RoundElement, instance) == 0
    assert {row["scope"] for row in office.db(select(Variable.scope).where(Variable.instance_key == instance))} == {1}


def test_to_cancel_the_instance_leaves_no_round(counted):
    office, _ = counted
    instance, tasks = begin(office, MANY)
    complete_task(office.engine, ADMIN, tasks[0], {})

    cancel_instance(office.engine, ADMIN, instance)

    assert count(office, RoundElement, instance) == 0
    assert office.instance(instance)["status"] == "TERMINATED"
