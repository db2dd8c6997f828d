"""What comes in and goes out at /v2/decision-definitions."""

from marshmallow import ValidationError, fields, validates_schema

from api.v2.fields import Key, Many, Part, Tenant, Text, Variables
from api.v2.schemas import Answer, OfTenant, Request


class Evaluation(Request):
    """Which decision, and by what."""

    decision_definition_id = Text(1, 256)
    decision_definition_key = Key()
    variables = Variables()
    tenant_id = Tenant()

    @validates_schema
    def names_one_decision(self, data, **_):
        """By its id or by its key."""
        both = {"decision_definition_id", "decision_definition_key"} & set(data)
        if len(both) != 1:
            found = "both" if both else "neither"
            raise ValidationError(f"Expected decisionDefinitionId or decisionDefinitionKey, but found {found}")


class EvaluatedInput(Answer):
    """What went in; the value as JSON text."""

    input_id = Text()
    input_name = Text()
    input_value = Text()


class EvaluatedOutput(Answer):
    """What a rule gave; the value as JSON text."""

    output_id = Text()
    output_name = Text()
    output_value = Text()
    rule_id = Text()
    rule_index = fields.Integer()


class MatchedRule(Answer):
    """A rule that matched."""

    rule_id = Text()
    rule_index = fields.Integer()
    evaluated_outputs = Many(Part(EvaluatedOutput))


class EvaluatedDecision(OfTenant):
    """A decision that was made on the way."""

    decision_definition_id = Text()
    decision_definition_name = Text()
    decision_definition_version = fields.Integer()
    decision_definition_type = Text()
    output = Text()
    matched_rules = Many(Part(MatchedRule))
    evaluated_inputs = Many(Part(EvaluatedInput))
    decision_definition_key = Key()
    decision_evaluation_instance_key = Text()


class EvaluationResult(OfTenant):
    """The result as JSON text, and what it rests on."""

    decision_definition_id = Text()
    decision_definition_key = Key()
    decision_definition_name = Text()
    decision_definition_version = fields.Integer()
    decision_evaluation_key = Key()
    decision_instance_key = Key()
    decision_requirements_id = Text()
    decision_requirements_key = Key()
    evaluated_decisions = Many(Part(EvaluatedDecision))
    failed_decision_definition_id = Text()
    failure_message = Text()
    output = Text()
