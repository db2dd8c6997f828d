"""bench/inbox.py and its bare tables: the page is the oldest tasks of the groups asked for, found by the index."""

import pytest

from bench import inbox
from bench.peers.bare_inbox import BareInbox
from bench.stores import Store, new_database


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def bare(request, tmp_path):
    found = BareInbox()
    if request.param == "SQLite":
        found.setup(Store("SQLite FULL", f"sqlite:///{tmp_path / 'bench.db'}", "FULL"), 2000)
        yield found
        found.close()
        return
    with new_database(request.getfixturevalue("postgres").url(), "bench_inbox") as url:
        found.setup(Store("PostgreSQL", url), 2000)
        yield found
        found.close()


def test_the_first_page_of_a_group_is_its_oldest_open_tasks(bare):
    assert [created for _task, _element, created in bare.first_page(["g03"])] == [3 + 50 * n for n in range(20)]


def test_the_first_page_of_several_groups_is_the_oldest_of_all_of_them(bare):
    expected = sorted(group + 50 * n for group in (3, 7, 11) for n in range(20))[:20]
    assert [created for _task, _element, created in bare.first_page(["g11", "g03", "g07"])] == expected


def test_both_kinds_of_page_are_timed(bare):
    found = inbox.measure(bare, 5)
    assert set(found) == {"1 group", "3 groups"}
    assert all(0 < each["p50_ms"] <= each["p95_ms"] for each in found.values())


def test_an_inbox_without_a_web_service_has_no_page_over_http(bare):
    assert inbox.measure_page(bare, 5) is None


def test_a_page_that_is_too_short_is_not_measured():
    class Empty:
        name = "empty"

        def first_page(self, groups):
            return []

    with pytest.raises(AssertionError, match="Expected the first page to hold 20 tasks, but empty gave 0"):
        inbox.measure(Empty(), 1)
