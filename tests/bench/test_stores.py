"""bench/stores.py: only a durable store is measured, and a missing one is a sentence."""

import psycopg
import pytest

from bench import stores
from bench.stores import Store
from tests.postgres import start_postgres


def test_a_server_that_does_not_answer_is_said_so():
    url = "postgresql://nobody@127.0.0.1:1/none"
    with pytest.raises(stores.NoPostgres, match="to answer, but"), stores.postgres_server(url):
        pass


def test_a_machine_without_postgresql_is_told_what_to_do(monkeypatch):
    def nothing(fsync):
        raise RuntimeError("found no initdb")

    monkeypatch.setattr("tests.postgres.start_postgres", nothing)
    with pytest.raises(stores.NoPostgres, match=r"but found no initdb\. Name a running one with --postgres URL"), stores.postgres_server():
        pass


def test_a_server_that_loses_what_it_acknowledged_is_refused():
    server = start_postgres(fsync=False)
    try:
        with pytest.raises(stores.NoPostgres, match="fsync = on, but it is off"), stores.postgres_server(server.url()):
            pass
    finally:
        server.stop()


@pytest.fixture
def durable():
    server = start_postgres(fsync=True)
    yield server
    server.stop()


def test_a_server_given_by_its_plain_url_is_used_and_left_running(durable):
    plain = durable.url().replace("+psycopg", "")
    with stores.postgres_server(plain) as url, stores.new_database(url, "bench_given") as database:
        assert database.startswith("postgresql+psycopg://")
        with psycopg.connect(Store("", database).conninfo) as connection:
            assert connection.execute("SELECT current_database()").fetchone() == ("bench_given",)
    with psycopg.connect(Store("", url).conninfo) as connection:
        assert connection.execute("SELECT 1 FROM pg_database WHERE datname = 'bench_given'").fetchone() is None


def test_the_log_of_sqlite_is_as_long_as_it_gets_before_anybody_is_measured(tmp_path):
    store = Store("SQLite FULL", f"sqlite:///{tmp_path / 'bench.db'}", "FULL")
    holder = stores.grow_log(store)
    assert (tmp_path / "bench.db-wal").stat().st_size > 1000 * 4096
    assert holder.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
    holder.close()


def test_a_store_of_sqlite_is_removed_with_its_log(tmp_path):
    with stores.new_store("SQLite NORMAL", "floor_raw", tmp_path, None) as store:
        assert store.synchronous == "NORMAL"
        stores.grow_log(store).close()
        assert store.path.exists()
    assert list(tmp_path.iterdir()) == []
