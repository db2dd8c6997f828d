"""What is alive as bytes: states that were written once must be read for ever, and say nothing that belongs elsewhere."""

import json
from pathlib import Path

import pytest

from engine import feel
from engine.domain.outcome import OUTSIDE, State
from engine.workflow import definition, runner, state
from engine.workflow.elements import NotExecutable
from tests.engine.workflow.drawing import diagram, end, flows, mapping, start, user
from tests.engine.workflow.ledger import NOW, Case, Ledger, Outside

GOLDEN = sorted((Path(__file__).parent / "golden").glob("v*.json"))


def test_there_are_golden_states():
    assert len(GOLDEN) >= 9


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_a_state_of_an_earlier_release_goes_on_to_its_end(path):
    golden = json.loads(path.read_text())
    (process,) = definition.read(golden["diagram"].encode())
    raw, rows = golden["state"].encode(), {int(scope): own for scope, own in golden["variables"].items()}
    book = Ledger()
    book.variables, book.rounds = rows, {int(number): tuple(row) for number, row in golden.get("rounds", {}).items()}

    for command, arguments in golden["commands"]:
        state_ = State(raw, {scope: own for scope, own in rows.items() if scope < OUTSIDE}, Outside(book))
        out = runner.advance(process, state_, (command, arguments), NOW)
        raw = out.state
        for (scope, name), text in out.variables.items():
            rows.setdefault(scope, {})[name] = text
            if text is None:
                del rows[scope][name]
        for scope in out.scopes_closed:
            del rows[scope]
        book.rounds = {number: row for number, row in {**book.rounds, **out.rounds}.items() if row}

    assert out.status == golden["ends"]
    assert json.loads(raw)[2] == []
    assert not book.rounds


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_a_state_is_written_as_it_was_read_but_for_the_version(path):
    golden = json.loads(path.read_text())
    (process,) = definition.read(golden["diagram"].encode())

    loaded = state.load(process, golden["state"].encode(), {}, feel.Environment(NOW))

    assert json.loads(state.dump(*loaded)) == [state.VERSION, *json.loads(golden["state"])[1:]]


def test_a_state_of_an_older_version_goes_through_every_migration(monkeypatch, w1):
    monkeypatch.setattr(state, "VERSION", 3)
    monkeypatch.setitem(state.MIGRATIONS, 1, lambda saved: [2, saved[1], saved[2], "more"])
    monkeypatch.setitem(state.MIGRATIONS, 2, lambda saved: [3, saved[1] + 100, saved[2]])

    next_number, instances = state.load(w1, b'[1,4,[[1,"",0],[3,"triage",1]]]', {}, feel.Environment(NOW))

    assert next_number == 104
    assert [instance.number for instance in instances.values()] == [1, 3]


def test_a_state_of_the_future_is_refused(w1):
    with pytest.raises(ValueError, match="version 2 or before, but it is 99"):
        state.load(w1, b"[99,1,[]]", {}, feel.Environment(NOW))


def test_an_element_that_is_no_longer_there_is_named(w1):
    with pytest.raises(NotExecutable, match="gone: Expected the element in process hazard"):
        state.load(w1, b'[1,4,[[1,"",0],[3,"gone",1]]]', {}, feel.Environment(NOW))


def test_the_state_of_the_measured_workload_is_small(w1):
    case = Case(w1, risk=5, note="x" * 1000)
    for id, variables in (("triage", {}), ("assign", {}), ("rectify", {}), ("verify_a", {"passed": 1}), ("verify_b", {}), ("close", {})):
        assert len(case.raw) <= 160
        case.complete(id, **variables)
    assert case.status == "COMPLETED"


def test_it_stays_small_after_a_thousand_rounds_of_rework(w1):
    case = Case(w1, started=False)
    case.do("start", variables={"risk": 5})
    case.complete("triage").complete("assign")
    for _ in range(20):
        case.complete("rectify").complete("verify_b").complete("verify_a", passed=0)

    assert len(case.raw) <= 70


def test_no_variables_decimals_or_dates_are_in_it():
    case = Case(diagram(start(), end(), user("a", ext=mapping({"local": '"SECRET"'})), flows("s -> a -> e")), secret="SECRET", price=12.5)

    assert b"SECRET" not in case.raw
    assert b"12.5" not in case.raw
