"""bench/w1.py and bench/child.py: peers in processes of their own, taking turns; one that breaks does not end the others."""

import sys

import pytest

from bench import child, w1
from bench.stores import Store


def test_peers_are_measured_beside_each_other(tmp_path):
    found = w1.measure("SQLite NORMAL", dict.fromkeys(["floor_raw", "spiff"], sys.executable), tmp_path, None, rounds=2, seconds=0.05)
    assert len(found["load"]) == 2
    for figures in found["peers"].values():
        assert len(figures["steps_s"]) == 2
        assert 0 < figures["p50_ms"] <= figures["p95_ms"]
        assert 5 < figures["rss_mb"] < 500
    assert [path.name for path in tmp_path.iterdir() if path.suffix != ".log"] == []


def test_a_peer_that_is_missing_leaves_a_sentence_and_the_others_go_on(tmp_path):
    found = w1.measure("SQLite FULL", {"nobody": sys.executable, "floor_raw": sys.executable}, tmp_path, None, rounds=1, seconds=0.05)
    assert found["peers"]["nobody"]["failed"].startswith("Expected nobody to answer to setup")
    assert "KeyError: 'nobody'" in found["peers"]["nobody"]["failed"]
    assert found["peers"]["floor_raw"]["steps_s"][0] > 0


def test_a_peer_that_wrote_too_few_rows_has_not_done_the_work():
    worked = [{"steps": 27, "cases": 4, "seconds": 1, "cpu_seconds": 1, "p50_ms": 1, "p95_ms": 1, "start_ms": 1}] * 2
    counts = {"cases": 8, "tasks": 54, "candidates": 54, "history": 62, "rss_mb": 20}
    assert "steps_s" in w1._figures("lazy", worked, counts)
    for short in ("cases", "tasks", "candidates", "history"):
        assert w1._figures("lazy", worked, {**counts, short: counts[short] - 1})["failed"].startswith(
            "Expected lazy to keep rows of 8 cases"
        )


def test_an_order_that_cannot_be_done_is_told_with_the_peers_own_words(tmp_path):
    store = Store("SQLite NORMAL", f"sqlite:///{tmp_path / 'bench.db'}", "NORMAL")
    with child.running("floor_raw", store, tmp_path) as peer:
        assert peer.ask("counts")["cases"] == 0
        with pytest.raises(child.PeerFailed, match=r"Expected floor_raw to answer to dance .*KeyError: 'dance'"):
            peer.ask("dance")


def test_the_last_words_of_a_program_are_its_error_and_not_what_follows_it(tmp_path):
    log = tmp_path / "log"
    log.write_text(
        "Traceback …\nsqlalchemy.exc.OperationalError: no such table: t\n[SQL: SELECT 1]\n(Background on this error at the manual)\n"
    )
    assert child.last_words(log) == "sqlalchemy.exc.OperationalError: no such table: t"
