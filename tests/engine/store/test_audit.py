"""engine/store/audit.py: the lines of an export, of one moment, of everything or of one instance."""

import json

import pytest
from sqlalchemy import event

from engine.store import audit
from tests.chains import Chains


@pytest.fixture
def chains(store_engine):
    made = Chains(store_engine)
    made.instance(3)
    made.instance(2)
    made.seal()
    return made


def kinds(lines):
    return [(row["type"], row.get("chain")) for row in map(json.loads, lines)]


def test_an_export_is_header_seals_chains_with_their_entries_and_end(chains):
    lines = chains.export()

    assert kinds(lines) == [
        ("header", None), ("seal", None), ("chain", "0"), ("entry", "0"), ("chain", "1001"), *[("entry", "1001")] * 3,
        ("chain", "1002"), *[("entry", "1002")] * 2, ("end", None),
    ]  # fmt: skip
    assert json.loads(lines[0]) == {
        "type": "header", "format": "bihuan-history", "version": 1, "scope": "all", "public_keys": [chains.public]
    }  # fmt: skip
    assert json.loads(lines[-1]) == {"type": "end", "seals": 1, "chains": 3, "entries": 6}


def test_an_export_of_an_instance_holds_its_chains_the_seals_and_the_chain_of_the_seals(chains):
    lines = chains.export([1002])

    chain = [("chain", "1002"), ("entry", "1002"), ("entry", "1002")]
    assert kinds(lines) == [("header", None), ("seal", None), ("chain", "0"), ("entry", "0"), *chain, ("end", None)]
    assert json.loads(lines[0])["chains"] == ["1002"]
    assert chains.findings([1002]) == []


def test_an_export_sees_one_moment_while_people_go_on_working(chains):
    with audit.snapshot(chains.engine) as connection:
        lines = audit.export_lines(connection, [chains.public])
        seen = [next(lines) for _ in range(2)]
        chains.grow(1001, 2)
        chains.instance(1)
        seen += lines

    assert json.loads(seen[-1])["entries"] == 6
    assert len(chains.export()) == len(seen) + 4


def test_an_export_asks_for_a_batch_of_rows_at_a_time(chains, monkeypatch):
    monkeypatch.setattr(audit, "_BATCH", 2)
    statements = []
    event.listen(chains.engine, "before_cursor_execute", lambda *arguments: statements.append(arguments[2]))

    assert chains.findings() == []
    assert sum(statement.startswith("SELECT") for statement in statements) == 3
