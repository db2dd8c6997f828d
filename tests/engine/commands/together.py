"""Two requests at once: both have begun, and stand before the same lock, when the first of them may go on."""

import time
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import text, update

from engine.domain.errors import EngineError
from engine.store.models import ProcessInstance

#: Seconds until two requests must have reached the lock.
PATIENCE = 30

WAITING = text("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")


def both_waiting(office, instance, *requests):
    """The answers of requests, callables, or what they raised; none of them can write before all of them have begun.

    The lock is the instance's row (PostgreSQL) or the database (SQLite).
    """
    engine = office.engine.store.engine
    with ThreadPoolExecutor(len(requests)) as pool:
        with engine.connect().execution_options(write=True) as connection, connection.begin():
            connection.execute(update(ProcessInstance).where(ProcessInstance.key == instance).values(root_key=ProcessInstance.root_key))
            futures = [pool.submit(_outcome, request) for request in requests]
            if not office.engine.store.is_sqlite:
                until_waiting(engine, futures)
        return [future.result() for future in futures]


def _outcome(request):
    try:
        return request()
    except EngineError as error:
        return error


def until_waiting(engine, futures):
    """Wait until each of `futures` stands before a lock of PostgreSQL, or is through."""
    # A request that needs no lock that is held (a start) is through already, and waits for nobody.
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with engine.connect() as connection:
            if connection.execute(WAITING).scalar() + sum(future.done() for future in futures) >= len(futures):
                return
        time.sleep(0.01)
    raise AssertionError(f"Expected {len(futures)} requests to wait for a lock within {PATIENCE} s")
