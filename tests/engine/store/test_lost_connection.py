"""A database that restarts, or drops its connections, is told of as busy; the next request finds it again."""

import psycopg
import pytest
from sqlalchemy import make_url, select, text

from engine.commands.complete_task import complete_task
from engine.domain.errors import Busy
from engine.store.models import UserTask
from tests.engine.commands.office import ADMIN
from tests.engine.store.town import deploy_drawn
from tests.engine.workflow.drawing import diagram, end, flows, start, user

DIAGRAM = diagram(start(), user("t"), user("u"), end(), flows("s -> t -> u -> e"))


def drop_connections(store_engine):
    """What a restart of the server does to whoever is connected."""
    url = make_url(store_engine.url)
    with psycopg.connect(host=url.query["host"], user=url.username, dbname="postgres", autocommit=True) as server:
        server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [url.database])


@pytest.mark.parametrize("store_url", ["postgresql"], indirect=True)
def test_whoever_meets_a_dead_connection_is_asked_to_come_again_and_the_next_is_served(office, store_engine):
    # given several connections that wait in the pool
    deploy_drawn(office.engine, DIAGRAM)
    instance = office.start("p")
    key = office.task(instance)["key"]
    held = [store_engine.connect() for _ in range(3)]
    for connection in held:
        connection.close()

    # when
    drop_connections(store_engine)
    with pytest.raises(Busy, match="Expected the database to answer, but the connection was lost"):
        complete_task(office.engine, ADMIN, key, {})

    # then nothing has happened, and the request is done when it is sent again
    complete_task(office.engine, ADMIN, key, {})
    assert office.kinds(instance) == ["instance:started", "task:completed"]


@pytest.mark.parametrize("store_url", ["postgresql"], indirect=True)
def test_reading_is_told_the_same(office, store_engine):
    with office.engine.store.read() as connection:
        connection.execute(select(UserTask.key)).all()
    drop_connections(store_engine)

    with pytest.raises(Busy), office.engine.store.read() as connection:
        connection.execute(select(UserTask.key)).all()
    office.engine.time()
    drop_connections(store_engine)
    with pytest.raises(Busy), office.engine.store.look_up() as transaction:
        transaction.connection.execute(text("SELECT 1"))

    assert office.db(select(UserTask.key)) == []
