"""bench/peers/: each peer does the same work, on each store, and has made it durable when it says so."""

import pytest

from bench import peers, workload
from bench.peers.raw_rows import LostUpdate, RawRows, connect
from bench.stores import Store, new_database

INSTALLED = ["floor_raw", "floor_core", "floor_orm", "spiff"]  # viewflow has an environment of its own; the bench counts its rows itself


@pytest.fixture(params=["NORMAL", "FULL", "PostgreSQL"])
def store(request, tmp_path):
    if request.param != "PostgreSQL":
        yield Store("SQLite " + request.param, f"sqlite:///{tmp_path / 'bench.db'}", request.param)
        return
    with new_database(request.getfixturevalue("postgres").url(), "bench_peers") as url:
        yield Store("PostgreSQL", url)


@pytest.fixture(params=INSTALLED)
def peer(request, store):
    found = peers.load(request.param)()
    found.setup(store)
    yield found
    found.close()


def test_every_peer_leaves_the_same_rows(peer):
    for number in range(4):
        workload.run_case(peer, workload.Case(number), reworks=int(number == 3))
    assert peer.counts() == {"cases": 4, "tasks": 27, "candidates": 27, "history": 31}


def test_every_step_is_seen_by_another_connection_once_it_is_acknowledged(peer, store):
    case, [(task, element)] = peer.start_case(workload.Case(0).start)
    other = connect(store)
    inbox = "SELECT grp FROM candidate WHERE open = 1"
    assert other.execute(inbox).fetchall() == [("居村",)]
    peer.complete(case, task, workload.Case(0).filed(element, True))
    assert other.execute("SELECT element FROM task WHERE closed IS NULL").fetchall() == [("assign",)]
    assert other.execute("SELECT count(*) FROM history").fetchone() == (2,)
    assert other.execute("SELECT version FROM hazard_case").fetchone() == (2,)
    other.close()


def test_a_finished_case_is_closed_and_has_left_every_queue(peer, store):
    workload.run_case(peer, workload.Case(0), reworks=1)
    other = connect(store)
    assert other.execute("SELECT status FROM hazard_case WHERE ended IS NOT NULL").fetchall() == [("closed",)]
    assert other.execute("SELECT count(*) FROM candidate WHERE open = 1").fetchone() == (0,)
    assert other.execute("SELECT count(*) FROM task WHERE closed IS NULL").fetchone() == (0,)
    other.close()


def test_a_task_can_be_completed_only_once(peer):
    case, [(task, element)] = peer.start_case(workload.Case(0).start)
    peer.complete(case, task, workload.Case(0).filed(element, True))
    with pytest.raises(KeyError):
        peer.complete(case, task, workload.Case(0).filed(element, True))


def test_a_case_that_somebody_else_changed_is_not_overwritten(store):
    rows = RawRows(store)
    rows.begin()
    rows.new(1, "{}", 0)
    with pytest.raises(LostUpdate, match="case 1 at version 7"):
        rows.save(1, 7, "{}", None)
    rows.disconnect()


@pytest.mark.parametrize("synchronous, pragma", [("NORMAL", 1), ("FULL", 2)])
def test_the_stores_of_sqlite_differ_in_what_they_promise(tmp_path, synchronous, pragma):
    connection = connect(Store("", f"sqlite:///{tmp_path / 'bench.db'}", synchronous))
    assert connection.execute("PRAGMA synchronous").fetchone() == (pragma,)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()


def test_a_peer_that_is_not_there_is_named():
    with pytest.raises(peers.NotAvailable, match=r"Expected Nobody in bench\.peers\.nothing, but No module"):
        peers.load_attribute("bench.peers.nothing:Nobody")
