"""The worker: rounds until it is told to stop, idle for no longer than half a second, and alive whatever the database does meanwhile."""

import threading
from contextlib import contextmanager

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import event, text

from engine.commands.publish_message import publish_message
from engine.commands.work import NAP, work
from engine.engine import Engine
from engine.store import database
from engine.store.clock import Clock
from engine.store.models import Message
from engine.store.records import Seal
from engine.store.store import Store
from tests.engine.commands.office import ROBOT
from tests.engine.commands.postgres_office import on_postgres
from tests.engine.commands.sealed_office import SealedOffice
from tests.engine.commands.watching import PATIENCE, later, row, rows, until


class Naps(threading.Event):
    """An event that keeps account of how long it was waited for, and is set at the third time."""

    def __init__(self):
        super().__init__()
        self.asked = []

    def wait(self, timeout=None):
        """As every event, and noted."""
        self.asked.append(timeout)
        if len(self.asked) == 3:
            self.set()
        return super().wait(timeout)


@contextmanager
def working(engine, **more):
    """A worker in a thread of its own while the block runs; it ends when it is told to."""
    stop = threading.Event()
    thread = threading.Thread(target=work, args=(engine, "worker", stop), kwargs=more)
    thread.start()
    try:
        yield thread
    finally:
        stop.set()
        thread.join(PATIENCE)
    assert not thread.is_alive()


def is_over(office, key):
    """A condition for `until`: has the instance come to its end?"""
    return lambda: office.instance(key)["status"] == "COMPLETED"


def test_what_falls_due_while_the_worker_runs_is_done_and_it_ends_when_told(office):
    # given
    office.deploy("cooling.bpmn")
    key = office.start("cooling")

    # when
    with working(office.engine) as worker:
        later(office, days=11)
        until(is_over(office, key))
        assert worker.is_alive()

    # then
    assert office.kinds(key) == ["instance:started", "timer:fired"]


def test_a_worker_that_is_told_before_it_begins_does_nothing(office):
    office.deploy("cooling.bpmn")
    key = office.start("cooling")
    later(office, days=11)
    stop = threading.Event()
    stop.set()

    work(office.engine, "worker", stop)

    assert office.instance(key)["status"] == "ACTIVE"


def test_an_idle_worker_looks_again_after_half_a_second_at_the_latest(office):
    # given
    office.deploy("cooling.bpmn")
    office.start("cooling")
    naps = Naps()

    # when
    work(office.engine, "worker", naps)

    # then
    assert naps.asked == [NAP] * 3 and NAP == 0.5


def test_the_first_round_sweeps_and_seals(store_engine, gate):
    # given
    signing_key = Ed25519PrivateKey.generate()
    office = SealedOffice(store_engine, gate, signing_key)
    publish_message(office.engine, ROBOT, "payment", "R-1")
    later(office, minutes=1)
    assert len(rows(office, Message)) == 1

    # when
    work(office.engine, "worker", Naps(), signing_key)

    # then
    assert rows(office, Message) == [] and row(office, Seal)["number"] == 1
    office.expect_sound()


def impatient(office, url):
    """An Engine on the same database that waits only a moment for other writers."""
    options = {} if url.startswith("sqlite") else {"connect_args": {"options": "-c lock_timeout=50ms"}}
    store_engine = database.connect(url, **options)
    if url.startswith("sqlite"):
        event.listen(store_engine, "connect", lambda connection, _record: connection.execute("PRAGMA busy_timeout=50"))
    return Engine(Store(store_engine), office.engine.vault, Clock(controlled=True), office.engine.gate)


@contextmanager
def writing(store_engine):
    """The connection of somebody who keeps the worker's rows from everybody else who would write."""
    with store_engine.execution_options(write=True).begin() as connection:
        if store_engine.dialect.name == "postgresql":
            connection.execute(text("LOCK TABLE timer, outbox IN EXCLUSIVE MODE"))
        yield connection


def test_a_worker_without_work_waits_for_nobody_who_writes(office, store_url, caplog):
    # given
    office.deploy("cooling.bpmn")
    office.start("cooling")
    engine, naps = impatient(office, store_url), Naps()

    # when
    with writing(office.engine.store.engine):
        work(engine, "worker", naps)

    # then: its first sweep would write, no round does
    engine.store.engine.dispose()
    assert naps.asked == [NAP] * 3 and [record.getMessage() for record in caplog.records if "run_due" in record.getMessage()] == []


def test_a_worker_outlives_a_busy_database(office, store_url, caplog):
    # given
    office.deploy("cooling.bpmn")
    key = office.start("cooling")
    later(office, days=11)
    engine, store_engine = impatient(office, store_url), office.engine.store.engine

    # when: somebody else writes for longer than it waits
    with writing(store_engine) as connection, working(engine):
        until(lambda: sum("run_due: Expected to write" in record.getMessage() for record in caplog.records) >= 2)
        connection.rollback()

        # then
        until(is_over(office, key))
    engine.store.engine.dispose()
    assert office.kinds(key) == ["instance:started", "timer:fired"]


def test_a_worker_outlives_the_loss_of_its_connections(postgres, gate):
    with on_postgres(postgres, gate) as (office, workers):
        # given
        office.deploy("cooling.bpmn")
        before = office.start("cooling")

        with working(workers):
            later(office, days=11)
            until(is_over(office, before))

            # when
            postgres.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'worker'")
            after = office.start("cooling")
            later(office, days=11)

            # then
            until(is_over(office, after))
