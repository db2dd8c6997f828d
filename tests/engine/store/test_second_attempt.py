"""A writer that was overtaken tries again inside of the write lock, and cannot lose; one that waits in vain is told so."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import event, select

from engine.commands.set_variables import set_variables
from engine.commands.step import Step
from engine.domain.errors import Busy
from engine.store import database, instances
from engine.store.models import ProcessInstance
from engine.store.transaction import Lost
from tests.engine.commands.office import ADMIN
from tests.engine.store.town import PATIENCE, deploy_drawn, open_engine, until_somebody_waits
from tests.engine.workflow.drawing import diagram, end, flows, start, user

SINGLE = diagram(start(), user("work"), end(), flows("s -> work -> e"), id="single")
sqlite = pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
postgresql = pytest.mark.parametrize("store_url", ["postgresql"], indirect=True)


@pytest.fixture
def case(office):
    deploy_drawn(office.engine, SINGLE)
    return office.start("single")


def add_one(step, case):
    """A change that depends on what was read."""
    count = step.case(case).variables().get("count", 0)
    return set_variables.__wrapped__(step, case, {"count": count + 1})


@sqlite
def test_the_second_attempt_holds_the_lock_from_its_first_look_on(office, case, store_engine):
    # given a writer between whose look and whose write another process is always faster, as long as it can be
    turns, elsewhere = [], open_engine(store_engine)
    other = sqlite3.connect(store_engine.url.database, timeout=0, isolation_level=None)

    def attempt(transaction):
        step = Step(office.engine, transaction, ADMIN)
        step.case(case)
        if transaction.writing:
            with pytest.raises(sqlite3.OperationalError, match="database is locked"):
                other.execute("BEGIN IMMEDIATE")
        else:
            set_variables(elsewhere, ADMIN, case, {"count": 10})
        turns.append(transaction.writing)
        return add_one(step, case)

    # when
    office.engine.store.write(attempt)
    other.close()

    # then the first attempt is as if it had never been, and the second one read what had overtaken it
    assert turns == [False, True]
    assert office.variables(case) == {"count": 11}
    assert office.kinds(case) == ["instance:started", "variables:set", "variables:set"]


def begin_to_write(transaction, row):
    transaction.begin_writing([row])


def update_the_instance(transaction, row):
    kept = {name: row[name] for name in ("state", "status", "incidents", "ended", "history_seq", "history_head")}
    transaction.write([], [{**kept, "revision": 99, "key_key": row.key, "key_revision": row.revision}])


@sqlite
@pytest.mark.parametrize("change", [begin_to_write, update_the_instance])
def test_an_overtaken_attempt_is_lost(office, case, change):
    with office.engine.store.transaction() as transaction:
        row, _ = transaction.load_instance(case)
        set_variables(office.engine, ADMIN, case, {"count": 10})

        with pytest.raises(Lost):
            change(transaction, row)

    assert office.instance(case)["revision"] == row.revision + 1


@postgresql
def test_on_postgresql_the_later_one_waits_and_reads_what_the_earlier_one_wrote(office, case, store_engine):
    # given somebody who has read the case, and with it holds its root
    turns = []

    def count():
        def attempt(transaction):
            turns.append("count")
            return add_one(Step(office.engine, transaction, ADMIN), case)

        return office.engine.store.write(attempt)

    with ThreadPoolExecutor(1) as pool:

        def hold(transaction):
            step = Step(office.engine, transaction, ADMIN)
            step.case(case)
            later = pool.submit(count)
            until_somebody_waits(store_engine)
            set_variables.__wrapped__(step, case, {"count": 10})
            return later

        # when
        office.engine.store.write(hold).result(PATIENCE)

    # then
    assert turns == ["count"]
    assert office.variables(case) == {"count": 11}


def impatient(store_url):
    """A database whose writers wait a tenth of a second instead of PATIENCE, by the connection's own setting."""
    if store_url.startswith("postgresql"):
        return database.connect(store_url, connect_args={"options": "-c lock_timeout=100ms"})
    store_engine = database.connect(store_url)
    event.listen(store_engine, "connect", lambda connection, _record: connection.execute("PRAGMA busy_timeout=100"))
    return store_engine


def test_a_writer_that_waits_in_vain_is_busy_and_changes_nothing(office, case, store_url, store_engine):
    before, hasty = office.everything(), impatient(store_url)

    # given
    with store_engine.connect().execution_options(write=True) as connection, connection.begin():
        connection.execute(select(ProcessInstance.key).where(ProcessInstance.key == case).with_for_update())

        # when
        with pytest.raises(Busy, match="Expected to write within ten seconds, but another writer did not finish"):
            set_variables(open_engine(hasty), ADMIN, case, {"count": 10})

    # then
    assert office.everything() == before
    set_variables(open_engine(hasty), ADMIN, case, {"count": 10})
    hasty.dispose()


@sqlite
def test_readers_do_not_wait_for_a_writer(office, case, store_url, store_engine):
    hasty = impatient(store_url)
    with store_engine.connect().execution_options(write=True) as connection, connection.begin():
        connection.exec_driver_sql("UPDATE process_instance SET business_id = 'unseen'")

        with open_engine(hasty).store.transaction() as transaction:
            (row,) = transaction.fetch(instances.PEEK, key=case)

    assert row.business_id is None
    hasty.dispose()


def test_an_attempt_that_always_loses_ends_as_busy(office):
    turns = []

    def attempt(transaction):
        turns.append(transaction.writing)
        raise Lost

    with pytest.raises(Busy, match="Expected to write within a few attempts"):
        office.engine.store.write(attempt)
    assert turns[1:] == [True] * 4
