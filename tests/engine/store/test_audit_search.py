"""engine/store/audit_search.py: who did what when, across all chains or inside of cases, a page at a time and never by reading all."""

import sqlite3
from dataclasses import replace

import pytest
from sqlalchemy import event, insert, select, text

from engine import history
from engine.store import audit_search
from engine.store.audit_search import Wanted
from engine.store.people import Account
from engine.store.records import History, HistoryChain
from tests.chains import NOW, Chains


@pytest.fixture
def chains(store_engine):
    """Cases 1001 (five entries of li.na) and 1002 (three); looks of kan at the first, in a chain of kan's own, 900."""
    made = Chains(store_engine)
    made.instance(5)
    made.instance(3)
    with made.writing() as connection:
        connection.execute(insert(HistoryChain), {"chain": 900, "seq": 0, "head": history.GENESIS, "subject": "access:kan"})
        previous = history.GENESIS
        for seq in range(1, 4):
            told = {"subject": f"案件（{'1001' if seq < 3 else '2002'}）的案情", "reason": "审计查阅"}
            entry = history.entry(900, seq, previous, made.now, "kan", "access:looked", data=told)
            connection.execute(insert(History), entry._asdict())
            previous = entry.hash
        account = {"display_name": "李娜", "password_hash": "", "active": True, "changed": NOW}
        connection.execute(insert(Account), [{**account, "username": name} for name in ("li.na", "li.na2")])
    return made


@pytest.fixture
def connection(chains):
    with chains.engine.connect() as connection:
        yield connection


def found(connection, **wanted):
    """[(chain, seq)] of a whole search, three to a page."""
    seen, after = [], None
    for _ in range(30):
        rows, after = audit_search.page(connection, Wanted(**wanted), after, limit=3)
        seen += [(row["chain"], row["seq"]) for row in rows]
        if after is None:
            return seen
    raise AssertionError(f"the cursor does not come to an end: {seen}")


CASE, OTHER = [(1001, seq) for seq in (5, 4, 3, 2, 1)], [(1002, seq) for seq in (3, 2, 1)]
LOOKS = [(900, seq) for seq in (3, 2, 1)]


def test_what_is_found_comes_newest_first_each_entry_once_however_many_pages(connection):
    moments = [row.at for row in connection.execute(select(History.at).where(History.chain == 1001).order_by(History.seq))]

    # The looks and the last entry of 1002 are of one moment.
    assert found(connection) == [(1002, 3), *LOOKS, *OTHER[1:], *CASE]
    assert found(connection, actors=("li.na",)) == OTHER + CASE
    assert found(connection, actors=("kan",), kinds=("access:looked", "task:completed")) == LOOKS
    assert found(connection, kinds=("instance:started",)) == [(1002, 1), (1001, 1)]
    assert found(connection, since=moments[1], until=moments[3]) == [(1001, 3), (1001, 2)]
    assert found(connection, actors=()) == found(connection, actors=("nobody",)) == []


def test_inside_of_cases_only_their_entries_are_found(connection):
    assert found(connection, roots=(1001,)) == CASE
    assert found(connection, roots=(1001, 1002), kinds=("instance:started",)) == [(1002, 1), (1001, 1)]
    assert found(connection, roots=(1001,), element="Task_2") == [(1001, 3)]
    assert found(connection, roots=(1001,), actors=("kan",)) == found(connection, roots=()) == []


def test_a_row_tells_the_case_or_the_subject_of_its_chain(connection):
    (look, *_), _ = audit_search.page(connection, Wanted(actors=("kan",)))
    (entry, *_), _ = audit_search.page(connection, Wanted(roots=(1001,)))

    assert (look["subject"], look["root_key"], look["definition_key"]) == ("access:kan", None, None)
    assert (entry["subject"], entry["root_key"], entry["definition_key"]) == (None, 1001, 3)


def test_looks_at_a_case_are_found_in_the_chains_of_those_who_looked(connection):
    assert [row["seq"] for row in audit_search.looks_at(connection, [1001])] == [2, 1]
    assert audit_search.looks_at(connection, [1002]) == []


def test_people_are_known_by_user_name_whole_name_or_a_part_of_it(connection):
    assert audit_search.people(connection, "li.na") == ("li.na",)
    assert audit_search.people(connection, "李娜") == audit_search.people(connection, "李") == ("li.na", "li.na2")
    assert audit_search.people(connection, "wang") == ()


#: A range that is in order of time already: only what was written at one moment is sorted.
PARTS = "TEMP B-TREE FOR RIGHT PART OF ORDER BY" if sqlite3.sqlite_version_info < (3, 42) else "TEMP B-TREE FOR LAST 2 TERMS OF ORDER BY"
SEARCHES = {
    "all": Wanted(),
    "a person": Wanted(actors=("li.na",)),
    "a person in a period": Wanted(actors=("li.na", "kan"), since="2024-04-01", until="2024-05-01"),
    "a kind": Wanted(kinds=("task:completed",)),
    "a period": Wanted(since="2024-04-01", until="2024-05-01"),
    "a case": Wanted(roots=(1001,)),
    "of a person in a case": Wanted(roots=(1001,), actors=("li.na",), kinds=("task:completed",)),
}


@pytest.mark.parametrize("wanted", SEARCHES.values(), ids=SEARCHES)
@pytest.mark.parametrize("after", [None, ("2024-04-12T01:30:03.000000Z", 1001, 3)], ids=["first page", "next page"])
def test_no_search_reads_all_of_history(connection, wanted, after):
    # given what the database is asked
    asked = []
    event.listen(connection, "before_cursor_execute", lambda _c, _cursor, statement, given, _x, _m: asked.append((statement, given)))
    audit_search.page(connection, replace(wanted), after)
    statement, given = asked[-1]

    # when it says how it goes about it; of a few rows PostgreSQL would read all, had it the choice
    if connection.dialect.name == "sqlite":
        plan = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", given)]
        whole = [step for step in plan if step.startswith("SCAN history") and "history_chain" not in step]
    else:
        for way in ("seqscan", "bitmapscan", "sort"):
            connection.execute(text(f"SET LOCAL enable_{way} = off"))
        plan = [row[0] for row in connection.exec_driver_sql(f"EXPLAIN {statement}", given)]
        whole = [step for step in plan if "Seq Scan on history" in step and "history_chain" not in step]

    # then each of its ways into history is a range of an index; which one of several is, on so few rows, told by SQLite alone
    assert whole == []
    ways = " ".join(plan)
    if wanted.roots is not None:
        assert "ix_history" not in ways
    elif connection.dialect.name == "sqlite":
        assert ("ix_history_actor" if wanted.actors else "ix_history_kind") in ways
        assert PARTS in ways
