"""What comes in and goes out at /v2/decision-definitions, /v2/decision-requirements and /v2/decision-instances."""

from marshmallow import ValidationError, fields, validates_schema

from api.v2 import filters
from api.v2.door import read_key
from api.v2.fields import INT32, Key, Many, Moment, Part, Tenant, Text, Variables, Whole, Word
from api.v2.paging import SearchRequest, Sort, found
from api.v2.schemas import Answer, OfTenant, Request
from engine.domain.errors import Invalid

#: Kinds of logic; what is neither a table nor an expression is UNKNOWN. UNSPECIFIED is Camunda's, and older.
TYPES = ("DECISION_TABLE", "LITERAL_EXPRESSION", "UNKNOWN", "UNSPECIFIED")
STATES = ("EVALUATED", "FAILED", "UNKNOWN", "UNSPECIFIED")


def read_instance_key(text, name):
    """ "90-1" -> (90, 1): the key of an evaluation, and the place of a decision in it. Raises Invalid, naming the field."""
    evaluation, _, place = text.partition("-") if isinstance(text, str) else ("", "", "")
    try:
        found = read_key(evaluation, name), read_key(place, name)
    except Invalid:
        found = None
    if found is None or found[1] > INT32:
        sentence = f"Expected {name} to be the key of an evaluation and a place in it, such as 2251799813684367-1, but found {text!r:.60}"
        raise Invalid(sentence, problems={name: [sentence]})
    return found


class InstanceKey(fields.String):
    """The key of a decision instance: text outside, (evaluation, place) inside."""

    def _deserialize(self, value, attr, data, **named):
        try:
            return read_instance_key(value, self.data_key or attr or "this")
        except Invalid as error:
            raise ValidationError(error.sentence) from error


class DecisionDefinition(OfTenant):
    """A version of a decision."""

    decision_definition_id = Text()
    decision_definition_key = Key()
    decision_requirements_id = Text()
    decision_requirements_key = Key()
    decision_requirements_name = Text()
    decision_requirements_version = fields.Integer()
    name = Text()
    version = fields.Integer()


class DecisionDefinitionFilter(Request):
    """What decision definitions can be filtered by."""

    decision_definition_id = filters.exactly(Text())
    name = filters.exactly(Text())
    is_latest_version = filters.by_flag()
    version = filters.exactly(Whole())
    decision_requirements_id = filters.exactly(Text())
    tenant_id = filters.by_tenant()
    decision_definition_key = filters.exactly(Key())
    decision_requirements_key = filters.exactly(Key())
    decision_requirements_name = filters.exactly(Text())
    decision_requirements_version = filters.exactly(Whole())


class DecisionDefinitionSearch(SearchRequest):
    """A search for decision definitions."""

    filter = Part(DecisionDefinitionFilter)
    sort = Sort(
        "decision_definition_id",
        "decision_definition_key",
        "decision_requirements_id",
        "decision_requirements_key",
        "decision_requirements_name",
        "decision_requirements_version",
        "name",
        "tenant_id",
        "version",
    )


DecisionDefinitionPage = found(DecisionDefinition)


class DecisionRequirements(OfTenant):
    """A version of a DMN file: a graph of decisions."""

    decision_requirements_id = Text()
    decision_requirements_key = Key()
    decision_requirements_name = Text()
    resource_name = Text()
    version = fields.Integer()


class DecisionRequirementsFilter(Request):
    """What decision requirements can be filtered by."""

    decision_requirements_name = filters.exactly(Text())
    decision_requirements_id = filters.exactly(Text())
    decision_requirements_key = filters.exactly(Key())
    version = filters.exactly(Whole())
    tenant_id = filters.by_tenant()
    resource_name = filters.exactly(Text())


class DecisionRequirementsSearch(SearchRequest):
    """A search for decision requirements."""

    filter = Part(DecisionRequirementsFilter)
    sort = Sort("decision_requirements_id", "decision_requirements_key", "decision_requirements_name", "tenant_id", "version")


DecisionRequirementsPage = found(DecisionRequirements)


class DecisionEvaluation(Request):
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


class FoundDecisionInstance(OfTenant):
    """A decision that was made."""

    business_id = Text()
    decision_definition_id = Text()
    decision_definition_key = Key()
    decision_definition_name = Text()
    decision_definition_type = Text()
    decision_definition_version = fields.Integer()
    decision_evaluation_instance_key = Text()
    decision_evaluation_key = Key()
    element_instance_key = Key()
    evaluation_date = Moment()
    evaluation_failure = Text()
    process_definition_key = Key()
    process_instance_key = Key()
    result = Text(metadata={"description": "JSON text."})
    root_decision_definition_key = Key()
    root_process_instance_key = Key()
    state = Text()


class DecisionInstance(FoundDecisionInstance):
    """The same with what it rests on."""

    evaluated_inputs = Many(Part(EvaluatedInput))
    matched_rules = Many(Part(MatchedRule))


class DecisionInstanceFilter(Request):
    """What decision instances can be filtered by."""

    decision_evaluation_instance_key = filters.Filter(InstanceKey(), filters.BASIC)
    state = filters.by_word(STATES)
    evaluation_failure = filters.exactly(Text())
    evaluation_date = filters.by_moment()
    decision_definition_id = filters.exactly(Text())
    decision_definition_name = filters.exactly(Text())
    decision_definition_version = filters.exactly(Whole())
    decision_definition_type = filters.exactly(Word(TYPES))
    tenant_id = filters.by_tenant()
    decision_evaluation_key = filters.exactly(Key())
    process_definition_key = filters.exactly(Key())
    process_instance_key = filters.exactly(Key())
    business_id = filters.by_text()
    decision_definition_key = filters.by_key()
    element_instance_key = filters.by_key()
    root_decision_definition_key = filters.by_key()
    decision_requirements_key = filters.by_key()


class DecisionInstanceSearch(SearchRequest):
    """A search for decision instances."""

    filter = Part(DecisionInstanceFilter)
    sort = Sort(
        "business_id",
        "decision_definition_id",
        "decision_definition_key",
        "decision_definition_name",
        "decision_definition_type",
        "decision_definition_version",
        "decision_evaluation_instance_key",
        "decision_evaluation_key",
        "element_instance_key",
        "evaluation_date",
        "evaluation_failure",
        "process_definition_key",
        "process_instance_key",
        "root_decision_definition_key",
        "state",
        "tenant_id",
    )


DecisionInstancePage = found(FoundDecisionInstance)
