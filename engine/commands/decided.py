"""What is kept of an evaluation: a row for each decision that was made, and one text of them all for history."""

from typing import NamedTuple

from engine.domain import values


class Decided(NamedTuple):
    """`rows`: of decision_instance, without their evaluation's key and time, and what belongs to a case. `told`: what history says."""

    rows: list
    told: values.Stored


def decided(asked, decisions, found):
    """What is to be kept of an Evaluation.

    `asked`: the row of the decision that was asked for; `decisions`: {id: row} of all that came in the same file; `found`: the Evaluation.
    """
    rows, last = [], len(found.evaluated)
    for place, made in enumerate(found.evaluated, 1):
        row = {"place": place, "decision_key": decisions[made.id]["key"], "root_decision_key": asked["key"], "type": made.type}
        # The evaluation ends with the one that could not be made.
        rows.append({**row, "failure": found.failed if place == last else None, "record": values.write(made.record())})
    made, failed = ",".join(row["record"] for row in rows), values.write(found.failed)
    head = f'"decision":{values.write(asked["decision_id"])},"version":{asked["version"]}'
    return Decided(rows, values.Stored(f'{{{head},"evaluated":[{made}],"failed":{failed}}}'))


def texts(record):
    """A record of EvaluatedDecision with every value in it as JSON text, which is how Camunda's API writes them."""
    rules = [{**rule, "outputs": [_text(output) for output in rule["outputs"]]} for rule in record["rules"]]
    return {**record, "inputs": [_text(given) for given in record["inputs"]], "rules": rules, "output": values.write(record["output"])}


def _text(named):
    return {**named, "value": values.write(named["value"])}
