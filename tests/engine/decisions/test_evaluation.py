"""What is recorded of an evaluation can be kept as JSON, exactly."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from engine import feel
from engine.decisions import EvaluatedDecision
from engine.domain import values
from tests.engine.decisions.written import data, decision, evaluation, literal, table


def test_a_record_says_what_went_in_which_rules_matched_and_what_came_out():
    told = evaluation([decision("d", table("x", "y", "> 1 >> x * 0.1 // 第一条", "- >> 2", policy="COLLECT"))], {"x": Decimal(3)})

    assert told.evaluated[0].record() == {
        "id": "d",
        "name": "d",
        "type": "DECISION_TABLE",
        "inputs": [{"id": "i1", "name": "x", "value": 3}],
        "rules": [
            {"id": "r1", "index": 1, "outputs": [{"id": "o1", "name": "y", "value": Decimal("0.3")}]},
            {"id": "r2", "index": 2, "outputs": [{"id": "o1", "name": "y", "value": 2}]},
        ],
        "output": [Decimal("0.3"), 2],
        "annotations": [{"rule": "r1", "name": "basis", "text": "第一条"}],
    }


def test_a_record_of_other_logic_says_what_it_required():
    elements = data("x"), decision("e", literal("2")), decision("d", literal("x + e"), ["input:x", "decision:e"])

    (_, told) = evaluation(elements, {"x": Decimal(1)}).evaluated

    assert told.inputs == [("x", "x", 1), ("e", "e", 2)]
    assert told.record()["output"] == 3


def test_a_record_keeps_dates_and_durations_as_their_texts():
    moment = datetime(2025, 3, 1, 8, tzinfo=UTC)
    kept = [date(2025, 3, 1), moment, timedelta(days=1), feel.YearsMonths(14), feel.Range(Decimal(1), True, Decimal(2), False)]

    record = EvaluatedDecision("d", "d", "LIST", inputs=[("x", "x", kept)], output={"due": kept[0]}).record()

    assert record["inputs"][0]["value"] == ["2025-03-01", "2025-03-01T08:00:00+00:00", "P1D", "P1Y2M", "[1..2)"]
    assert record["output"] == {"due": "2025-03-01"}
    assert values.read(values.write(record)) == record


def test_a_record_names_a_function_that_it_cannot_keep():
    told = evaluation(literal("{f: function(a) a, g: 1}")).evaluated[0]

    assert told.record()["output"] == {"f": "a function", "g": 1}
    assert evaluation(literal("[function(a) a]")).evaluated[0].record()["output"] == ["a function"]
