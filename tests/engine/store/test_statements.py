"""What a step costs: at most eight statements, one more for every further kind of row, and on PostgreSQL few waits for an answer."""

from pathlib import Path

import pytest

from bench.workload import path, pool, run_case
from engine.commands.complete_task import complete_task
from engine.commands.start_instance import start_instance
from tests.engine.commands.office import ADMIN
from tests.engine.store.counted import counting_engine
from tests.engine.store.town import deploy_drawn, open_office
from tests.engine.workflow.drawing import boundary, catch, diagram, end, flows, gateway, job, script, start, timer, user

W1 = Path(__file__).resolve().parents[3] / "bench" / "w1.bpmn"
#: (begins and ends of transactions, waits for an answer) of a step. SQLite reads without the lock, gives that up, and takes it to write;
#: PostgreSQL is waited for when all is read, and when all is written and committed.
AROUND = {"sqlite": (["BEGIN", "ROLLBACK", "BEGIN IMMEDIATE", "COMMIT"], 0), "postgresql": (["BEGIN", "COMMIT"], 2)}


@pytest.fixture
def counted(store_url):
    """(an Office, the Counter of what it asks its database)."""
    store_engine, counter = counting_engine(store_url)
    office = open_office(store_engine)
    yield office, counter
    office.expect_sound()
    store_engine.dispose()


class Worker:
    """Takes cases of W1 through the commands, and keeps what each completion cost."""

    name = "the product"

    def __init__(self, office, counter):
        self.office, self.counter, self.costs = office, counter, []

    def start_case(self, fields):
        started = start_instance(self.office.engine, ADMIN, "hazard", variables=fields)
        return started["key"], _opened(started)

    def complete(self, _case, task, fields):
        self.counter.forget()
        answer = complete_task(self.office.engine, ADMIN, task, fields)
        self.costs.append((len(self.counter.statements), list(self.counter.control), self.counter.round_trips))
        return _opened(answer)


def _opened(answer):
    return [(task["key"], task["element"]) for task in answer["opened"]]


def test_a_step_of_w1_issues_at_most_eight_statements(counted):
    # given the workload of the bench, sent back once: every element of it, and every gateway in both ways
    office, counter = counted
    deploy_drawn(office.engine, W1.read_bytes())
    worker = Worker(office, counter)

    # when
    for case in pool()[:2]:
        run_case(worker, case, 1)

    # then
    control, round_trips = AROUND[office.engine.store.engine.dialect.name]
    assert len(worker.costs) == 2 * len(path(1))
    for statements, around, waited in worker.costs:
        assert statements <= 8
        assert around == control
        assert waited == round_trips


def test_the_count_sees_every_statement_and_every_round_trip(counted):
    office, counter = counted
    counter.forget()

    with office.engine.store.read() as connection:
        for number in range(3):
            connection.exec_driver_sql(f"SELECT {number}")

    assert counter.statements == ["SELECT 0", "SELECT 1", "SELECT 2"]
    # Each statement, the first one together with psycopg's BEGIN, and the ROLLBACK.
    assert counter.round_trips == (0 if office.engine.store.is_sqlite else 4)


QUEUED = '<zeebe:assignmentDefinition candidateGroups="居村"/>'
#: id -> (what stands beside the second task, what its kind of row is called)
BESIDE = {
    "job": (job("b"), "INSERT INTO job"),
    "timer": (catch("b", "timer"), "INSERT INTO timer"),
    "signal": (catch("b", "signal"), "INSERT INTO message_subscription"),
    "incident": (script("b", "function(x) x"), "INSERT INTO incident"),
}


def cost(office, counter, process):
    """The statements of completing the first task of a new case, without those that lease keys."""
    started = start_instance(office.engine, ADMIN, process, variables={"n": 0, "log": []})
    counter.forget()
    complete_task(office.engine, ADMIN, started["opened"][0]["key"], {"n": 1})
    return list(counter.statements)


@pytest.mark.parametrize("kind", BESIDE)
def test_every_further_kind_of_row_costs_one_statement_more(counted, kind):
    # given the same step without and with something of that kind, and with two of them
    office, counter = counted
    beside, insert = BESIDE[kind]
    again = beside.replace('id="b"', 'id="b2"')
    shape = [start(), user("a", ext=QUEUED), gateway("parallel", "f"), user("c", ext=QUEUED), flows("s -> a -> f -> c")]
    deploy_drawn(
        office.engine,
        diagram(*shape, user("b", ext=QUEUED), flows("f -> b"), id="none"),
        diagram(*shape, beside, flows("f -> b"), id="one"),
        diagram(*shape, beside, again, flows("f -> b", "f -> b2"), id="two"),
    )

    # when
    none, one, two = (cost(office, counter, process) for process in ("none", "one", "two"))

    # then
    assert len(none) == 8
    assert len(one) == 9
    assert len(two) == 9
    assert sum(statement.startswith(insert) for statement in two) == 1


def test_a_timer_that_is_closed_costs_one_statement_more_too(counted):
    office, counter = counted
    shape = [start(), user("a", ext=QUEUED), user("b", ext=QUEUED), end(), flows("s -> a -> b -> e")]
    deploy_drawn(office.engine, diagram(*shape, id="none"), diagram(*shape, boundary("t", "a", timer("PT1H")), flows("t -> e"), id="timed"))

    none, timed = (cost(office, counter, process) for process in ("none", "timed"))

    assert (len(none), len(timed)) == (8, 9)
    assert sum(statement.startswith("DELETE FROM timer") for statement in timed) == 1
