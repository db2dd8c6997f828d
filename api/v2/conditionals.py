"""/v2/conditionals: what somebody knows may be a reason for a process to begin."""

from api.access import allow
from api.v2.door import Door, ask
from api.v2.schemas_conditionals import Evaluated, Evaluation
from engine.commands import evaluate_conditionals as evaluating

blueprint = Door("Conditionals", "What somebody knows may be a reason for a process to begin")


@blueprint.post("/conditionals/evaluation")
@allow("integration")
@blueprint.arguments(Evaluation)
@blueprint.response(200, Evaluated)
def evaluate_conditionals(given):
    """Start every process with a conditional start event whose condition is true of the variables"""
    answer = ask(evaluating.evaluate_conditionals, given["variables"], given.get("process_definition_key"))
    started = [{"process_definition_key": one["definition_key"], "process_instance_key": one["key"]} for one in answer["started"]]
    return {"conditional_evaluation_key": answer["key"], "process_instances": started}
