"""/v2/decision-definitions: the decisions that were deployed, and what one of them says."""

from api.access import allow
from api.v2.decision_instances import inputs_of, rules_of
from api.v2.door import Door, ask, engine
from api.v2.paging import detail, look
from api.v2.schemas_decisions import (
    DecisionDefinition,
    DecisionDefinitionPage,
    DecisionDefinitionSearch,
    DecisionEvaluation,
    EvaluationResult,
)
from api.v2.xml import xml_answer
from engine.commands import evaluate_decision as evaluating
from engine.store.search_decisions import DECISIONS, xml

blueprint = Door("Decision definitions", "The decisions that were deployed, and what one of them says")


@blueprint.post("/decision-definitions/search")
@allow("signed-in")
@blueprint.arguments(DecisionDefinitionSearch, required=False)
@blueprint.response(200, DecisionDefinitionPage)
def search_decision_definitions(asked):
    """Search decision definitions"""
    return look(DECISIONS, asked)


@blueprint.get("/decision-definitions/<key>")
@allow("signed-in")
@blueprint.response(200, DecisionDefinition)
def get_decision_definition(key):
    """A decision definition"""
    return detail(DECISIONS, key, "decision")


@blueprint.get("/decision-definitions/<key>/xml")
@allow("signed-in")
@blueprint.response(200, content_type="text/xml")
def get_decision_definition_xml(key):
    """The file that the decision came in, byte for byte as it was deployed"""
    found = detail(DECISIONS, key, "decision")
    with engine().store.read() as connection:
        return xml_answer(bytes(xml(connection, found["decision_requirements_key"])))


@blueprint.post("/decision-definitions/evaluation")
@allow("signed-in")
@blueprint.arguments(DecisionEvaluation)
@blueprint.response(200, EvaluationResult)
def evaluate_decision(given):
    """Evaluate a decision; where it cannot be made, the answer says why"""
    by_id, by_key = given.get("decision_definition_id"), given.get("decision_definition_key")
    return _told(ask(evaluating.evaluate_decision, by_id, by_key, given.get("variables")))


def _told(answer):
    decision, graph, failed = answer["decision"], answer["requirements"], answer["failed_decision_id"]
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
        "failed_decision_definition_id": failed and answer["decisions"][failed]["decision_id"],
        "failure_message": answer["failed"],
        "output": answer["output"],
    }


def _evaluated(answer, place, made):
    row = answer["decisions"][made["id"]]
    return {
        "decision_definition_id": row["decision_id"],
        "decision_definition_name": made["name"],
        "decision_definition_version": row["version"],
        "decision_definition_type": made["type"],
        "output": made["output"],
        "matched_rules": rules_of(made),
        "evaluated_inputs": inputs_of(made),
        "decision_definition_key": row["key"],
        "decision_evaluation_instance_key": f"{answer['key']}-{place}",
    }
