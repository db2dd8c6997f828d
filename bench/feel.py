"""What a condition costs: FEEL, compiled once, beside the same written in Python by hand."""

import statistics
import time
from decimal import Decimal

from engine import feel

CONDITION = 'a.b >= 3 and c in ["x", "y"]'
#: expression -> (its variables, the same in Python)
EXPRESSIONS = {
    CONDITION: ({"a": {"b": Decimal(5)}, "c": "y"}, lambda values: values["a"]["b"] >= 3 and values["c"] in ("x", "y")),
    "sum(for each in rows return each.price * each.count) > 100": (
        {"rows": [{"price": Decimal("9.90"), "count": Decimal(n)} for n in range(10)]},
        lambda values: sum(each["price"] * each["count"] for each in values["rows"]) > 100,
    ),
    'if level = "high" then date(found) + duration("P15D") else null': (
        {"level": "low", "found": "2025-01-31"}, lambda values: None if values["level"] != "high" else values["found"],
    ),
}  # fmt: skip
BATCH = 1_000  # evaluations between two looks at the clock


def measure(rounds):
    """-> {expression: {"us", "python_us", "compile_us"}}, each the median of `rounds` batches, in microseconds."""
    return {text: _one(text, values, by_hand, rounds) for text, (values, by_hand) in EXPRESSIONS.items()}


def _one(text, values, by_hand, rounds):
    compiled, took, python, compiling = feel.expression(text), [], [], []
    for _ in range(rounds):
        scope = feel.Scope(values, env=feel.Environment(steps=BATCH * 100))
        took.append(_batch(lambda scope=scope: compiled(scope)))
        python.append(_batch(lambda: by_hand(values)))
        begun = time.perf_counter()
        feel.expression(text)
        compiling.append((time.perf_counter() - begun) * 1e6)
    return {"us": statistics.median(took), "python_us": statistics.median(python), "compile_us": statistics.median(compiling)}


def _batch(run):
    begun = time.perf_counter()
    for _ in range(BATCH):
        run()
    return (time.perf_counter() - begun) * 1e6 / BATCH
