"""/v2/decision-definitions: what does a decision say?"""

from api.access import allow
from api.v2.door import Door, ask
from api.v2.schemas_decisions import Evaluation, EvaluationResult
from engine.commands import evaluate_decision as evaluating

blueprint = Door("Decision definitions", "What does a decision say?")


@blueprint.post("/decision-definitions/evaluation")
@allow("signed-in")
@blueprint.arguments(Evaluation)
@blueprint.response(200, EvaluationResult)
def evaluate_decision(given):
    """Evaluate a decision; where it cannot be made, the answer says why"""
    by_id, by_key = given.get("decision_definition_id"), given.get("decision_definition_key")
    return _told(ask(evaluating.evaluate_decision, by_id, by_key, given.get("variables")))


def _told(answer):
    decision, graph = answer["decision"], answer["requirements"]
    return {
        "decision_definition_id": decision["decision_id"],
        "decision_definition_key": decision["key"],
        "decision_definition_name": decision["name"],
        "decision_definition_version": decision["version"],
        "decision_evaluation_key": answer["key"],
        "decision_instance_key": answer["key"],  # the same under the name that it had before
        "decision_requirements_id": graph["requirements_id"],
        "decision_requirements_key": graph["key"],
        "evaluated_decisions": [_evaluated(answer, place, made) for place, made in enumerate(answer["evaluated"], 1)],
        "failed_decision_definition_id": answer["failed_decision_id"],
        "failure_message": answer["failed"],
        "output": answer["output"],
    }


def _evaluated(answer, place, made):
    row = answer["decisions"][made["id"]]
    return {
        "decision_definition_id": made["id"],
        "decision_definition_name": made["name"],
        "decision_definition_version": row["version"],
        "decision_definition_type": made["type"],
        "output": made["output"],
        "matched_rules": [_rule(rule) for rule in made["rules"]],
        "evaluated_inputs": [{"input_id": one["id"], "input_name": one["name"], "input_value": one["value"]} for one in made["inputs"]],
        "decision_definition_key": row["key"],
        "decision_evaluation_instance_key": f"{answer['key']}-{place}",
    }


def _rule(rule):
    of_rule = {"rule_id": rule["id"], "rule_index": rule["index"]}
    outputs = [{"output_id": one["id"], "output_name": one["name"], "output_value": one["value"], **of_rule} for one in rule["outputs"]]
    return {**of_rule, "evaluated_outputs": outputs}
