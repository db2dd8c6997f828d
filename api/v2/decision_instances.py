"""/v2/decision-instances: the decisions that were made, in cases and outside of them, with what they rest on."""

from flask import g

from api.access import allow
from api.v2.door import Door, engine
from api.v2.paging import look
from api.v2.schemas_decisions import DecisionInstance, DecisionInstancePage, DecisionInstanceSearch, read_instance_key
from engine.commands.decided import texts
from engine.domain import values
from engine.domain.errors import NotFound
from engine.store import search_decisions

blueprint = Door("Decision instances", "The decisions that were made")


@blueprint.post("/decision-instances/search")
@allow("signed-in")
@blueprint.arguments(DecisionInstanceSearch, required=False)
@blueprint.response(200, DecisionInstancePage)
def search_decision_instances(asked):
    """Search decision instances"""
    answer = look(search_decisions.INSTANCES, asked)
    return {**answer, "items": [{**row, "result": values.write(values.read(row["record"])["output"])} for row in answer["items"]]}


@blueprint.get("/decision-instances/<decision_evaluation_instance_key>")
@allow("signed-in")
@blueprint.response(200, DecisionInstance)
def get_decision_instance(decision_evaluation_instance_key):
    """A decision instance with its inputs and the rules that matched"""
    key = read_instance_key(decision_evaluation_instance_key, "decisionEvaluationInstanceKey")
    with engine().store.read() as connection:
        row = search_decisions.instance(connection, g.actor, *key)
    if row is None:
        told = "-".join(map(str, key))
        raise NotFound(f"Expected a decision instance with key {told}, but there is none that {g.actor.username} can see")
    record = texts(values.read(row["record"]))
    return {**row, "result": record["output"], "evaluated_inputs": inputs_of(record), "matched_rules": rules_of(record)}


def inputs_of(record):
    """What went into a decision, of its record with all values as JSON text (engine.commands.decided.texts)."""
    return [{"input_id": one["id"], "input_name": one["name"], "input_value": one["value"]} for one in record["inputs"]]


def rules_of(record):
    """The rules that matched, of the same."""
    return [_rule(rule) for rule in record["rules"]]


def _rule(rule):
    of_rule = {"rule_id": rule["id"], "rule_index": rule["index"]}
    outputs = [{"output_id": one["id"], "output_name": one["name"], "output_value": one["value"], **of_rule} for one in rule["outputs"]]
    return {**of_rule, "evaluated_outputs": outputs}
