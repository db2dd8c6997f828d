"""What an evaluation answers and what is recorded of it: every decision on the way, what went in, which rules matched, what came out."""

from dataclasses import dataclass, field

from engine.domain import values
from engine.feel.values.function import Function


@dataclass(slots=True)
class EvaluatedDecision:
    """One decision that was made.

    `inputs`: [(id, name, value)], of a table its columns, otherwise the required input data and decisions.
    `rules`: [(rule id, number from 1, [(output id, name, value)])] that matched in the decision's table, or in those that it called.
    `annotations`: [(rule id, column, text)] of these rules; column is empty for a rule's description.
    """

    id: str
    name: str
    type: str
    inputs: list = field(default_factory=list)
    rules: list = field(default_factory=list)
    output: object = None
    annotations: list = field(default_factory=list)

    def record(self):
        """-> dict of None, bool, Decimal, str, list and dict alone, for `values.write`; dates and durations are their ISO strings."""
        return {
            "id": self.id,
            "name": self.name,
            "type": self.type,
            "inputs": _named(self.inputs),
            "rules": [{"id": id_, "index": index, "outputs": _named(outputs)} for id_, index, outputs in self.rules],
            "output": _plain(self.output),
            "annotations": [{"rule": rule, "name": column, "text": text} for rule, column, text in self.annotations],
        }


@dataclass(slots=True)
class Evaluation:
    """`failed` is None, or the sentence that says why there is no result; then `failed_decision_id` names the decision."""

    result: object = None
    failed: str | None = None
    failed_decision_id: str | None = None
    evaluated: list = field(default_factory=list)  # EvaluatedDecision, in the order in which they were made


def _named(found):
    return [{"id": id_, "name": name, "value": _plain(value)} for id_, name, value in found]


def _plain(value):
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    if isinstance(value, Function):
        return value.name  # a function has no value that could be kept, but a context that holds one is recorded all the same
    return values.read(values.write(value))
