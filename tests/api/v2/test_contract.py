"""The schemas of /v2 beside the official client's models: each field that it documents is known here, each that it needs is told."""

import re
from inspect import getsource

import camunda_orchestration_sdk.models as models
import pytest

from api.v2 import cluster, schemas_decisions, schemas_definitions, schemas_forms
from api.v2 import schemas_conditionals as conditionals
from api.v2 import schemas_elements as elements
from api.v2 import schemas_instances as instances
from api.v2 import schemas_jobs as jobs
from api.v2 import schemas_messages as messages
from api.v2 import schemas_tasks as tasks
from api.v2 import schemas_variables as variables
from api.v2.clock import ClockPin
from api.v2.paging import PageAnswer, PageRequest

#: what we answer -> the client's model of it
ANSWERS = {
    tasks.UserTask: models.UserTaskResult,
    variables.Variable: models.VariableResult,
    variables.FoundVariable: models.VariableSearchResult,
    schemas_forms.Form: models.FormResult,
    instances.ProcessInstance: models.ProcessInstanceResult,
    instances.Created: models.CreateProcessInstanceResult,
    elements.ElementInstance: models.ElementInstanceResult,
    elements.Incident: models.IncidentResult,
    schemas_definitions.ProcessDefinition: models.ProcessDefinitionResult,
    schemas_definitions.Deployment: models.DeploymentResult,
    schemas_definitions.DeployedThing: models.DeploymentMetadataResult,
    schemas_definitions.DeployedProcess: models.DeploymentProcessResult,
    schemas_definitions.DeployedDecision: models.DeploymentDecisionResult,
    schemas_definitions.DeployedRequirements: models.DeploymentDecisionRequirementsResult,
    schemas_definitions.DeployedForm: models.DeploymentFormResult,
    jobs.Job: models.JobSearchResult,
    jobs.ActivatedJob: models.ActivatedJobResult,
    jobs.ListenedTask: models.UserTaskProperties,
    messages.Published: models.MessagePublicationResult,
    messages.Correlated: models.MessageCorrelationResult,
    messages.Signalled: models.SignalBroadcastResult,
    conditionals.Evaluated: models.EvaluateConditionalResult,
    conditionals.Started: models.ProcessInstanceReference,
    schemas_decisions.EvaluationResult: models.EvaluateDecisionResult,
    schemas_decisions.EvaluatedDecision: models.EvaluatedDecisionResult,
    schemas_decisions.EvaluatedInput: models.EvaluatedDecisionInputItem,
    schemas_decisions.EvaluatedOutput: models.EvaluatedDecisionOutputItem,
    schemas_decisions.MatchedRule: models.MatchedDecisionRuleItem,
    schemas_decisions.DecisionDefinition: models.DecisionDefinitionResult,
    schemas_decisions.DecisionRequirements: models.DecisionRequirementsResult,
    schemas_decisions.FoundDecisionInstance: models.DecisionInstanceResult,
    schemas_decisions.DecisionInstance: models.DecisionInstanceGetQueryResult,
    cluster.Topology: models.TopologyResponse,
    cluster.Broker: models.BrokerInfo,
    cluster.Partition: models.Partition,
    cluster.User: models.CamundaUserResult,
    cluster.TenantOf: models.TenantResult,
    PageAnswer: models.SearchQueryPageResponse,
}

#: what we are asked -> the client's models of it
REQUESTS = {
    tasks.UserTaskSearch: [models.UserTaskSearchQuery],
    tasks.UserTaskFilter: [models.UserTaskSearchQueryFilter, models.UserTaskFilter],
    tasks.UserTaskFields: [models.UserTaskFilterFields],
    tasks.SeenFilter: [models.UserTaskVariableFilter],
    tasks.SeenSearch: [models.UserTaskVariableSearchQueryRequest],
    tasks.EffectiveSearch: [models.UserTaskEffectiveVariableSearchQueryRequest],
    tasks.Assignment: [models.UserTaskAssignmentRequest],
    tasks.Completion: [models.UserTaskCompletionRequest],
    tasks.Update: [models.UserTaskUpdateRequest],
    tasks.Changeset: [models.Changeset],
    variables.VariableSearch: [models.VariableSearchQuery],
    variables.VariableFilter: [models.VariableSearchQueryFilter],
    variables.VariablesToSet: [models.SetVariableRequest],
    instances.Creation: [models.ProcessCreationById, models.ProcessCreationByKey, models.ProcessCreationByVersionTag],
    instances.Cancellation: [models.CancelProcessInstanceRequest],
    instances.ProcessInstanceSearch: [models.ProcessInstanceSearchQuery],
    instances.ProcessInstanceFilter: [models.ProcessInstanceSearchQueryFilter],
    instances.ProcessInstanceFields: [models.ProcessInstanceFilterFields],
    elements.ElementInstanceSearch: [models.ElementInstanceSearchQuery],
    elements.ElementInstanceFilter: [models.ElementInstanceSearchQueryFilter],
    elements.ElementInstanceFields: [models.ElementInstanceFilterFields],
    elements.IncidentSearch: [models.IncidentSearchQuery],
    elements.IncidentFilter: [models.IncidentSearchQueryFilter],
    elements.Resolution: [models.IncidentResolutionRequest],
    elements.ActivitiesToActivate: [models.AdHocSubProcessActivateActivitiesInstruction],
    elements.ActivityToActivate: [models.AdHocSubProcessActivateActivityReference],
    schemas_definitions.ProcessDefinitionSearch: [models.ProcessDefinitionSearchQuery],
    schemas_definitions.ProcessDefinitionFilter: [models.ProcessDefinitionSearchQueryFilter],
    jobs.Activation: [models.JobActivationRequest],
    jobs.JobCompletion: [models.JobCompletionRequest],
    jobs.Result: [models.JobResultUserTask, models.JobResultAdHocSubProcess],
    jobs.Corrections: [models.JobResultCorrections],
    jobs.JobFailure: [models.JobFailRequest],
    jobs.JobError: [models.JobErrorRequest],
    jobs.JobUpdate: [models.JobUpdateRequest],
    jobs.JobChangeset: [models.JobChangeset],
    jobs.JobSearch: [models.JobSearchQuery],
    jobs.JobFilter: [models.JobSearchQueryFilter],
    messages.Publication: [models.MessagePublicationRequest],
    messages.Correlation: [models.MessageCorrelationRequest],
    messages.Broadcast: [models.SignalBroadcastRequest],
    conditionals.Evaluation: [models.ConditionalEvaluationInstruction],
    schemas_decisions.DecisionEvaluation: [models.DecisionEvaluationByID, models.DecisionEvaluationByKey],
    schemas_decisions.DecisionDefinitionSearch: [models.DecisionDefinitionSearchQuery],
    schemas_decisions.DecisionDefinitionFilter: [models.DecisionDefinitionSearchQueryFilter],
    schemas_decisions.DecisionRequirementsSearch: [models.DecisionRequirementsSearchQuery],
    schemas_decisions.DecisionRequirementsFilter: [models.DecisionRequirementsSearchQueryFilter],
    schemas_decisions.DecisionInstanceSearch: [models.DecisionInstanceSearchQuery],
    schemas_decisions.DecisionInstanceFilter: [models.DecisionInstanceSearchQueryFilter],
    ClockPin: [models.ClockPinRequest],
    PageRequest: [
        models.OffsetBasedPagination,
        models.LimitBasedPagination,
        models.CursorBasedForwardPagination,
        models.CursorBasedBackwardPagination,
    ],
}

#: a search -> the client's words for what it can be sorted by
SORTS = {
    tasks.UserTaskSearch: models.UserTaskSearchQuerySortRequestField,
    tasks.SeenSearch: models.UserTaskVariableSearchQuerySortRequestField,
    tasks.EffectiveSearch: models.UserTaskVariableSearchQuerySortRequestField,
    variables.VariableSearch: models.VariableSearchQuerySortRequestField,
    instances.ProcessInstanceSearch: models.ProcessInstanceSearchQuerySortRequestField,
    elements.ElementInstanceSearch: models.ElementInstanceSearchQuerySortRequestField,
    elements.IncidentSearch: models.IncidentSearchQuerySortRequestField,
    schemas_definitions.ProcessDefinitionSearch: models.ProcessDefinitionSearchQuerySortRequestField,
    jobs.JobSearch: models.JobSearchQuerySortRequestField,
    schemas_decisions.DecisionDefinitionSearch: models.DecisionDefinitionSearchQuerySortRequestField,
    schemas_decisions.DecisionRequirementsSearch: models.DecisionRequirementsSearchQuerySortRequestField,
    schemas_decisions.DecisionInstanceSearch: models.DecisionInstanceSearchQuerySortRequestField,
}

#: The name of an element stands in the diagram, so there is nothing to sort by.
NOT_SORTED_BY = {"elementName"}


def fields_of(model):
    """(names that the client's model must find, names that it may): as its decoder reads them."""
    source = getsource(model.from_dict)
    required = set(re.findall(r'pop_required\(\s*"([^"]+)"', source))
    return required, set(re.findall(r'd\.pop\(\s*"([^"]+)"', source))


def names_of(schema):
    return {field.data_key for field in schema().fields.values()}


@pytest.mark.parametrize(("schema", "model"), ANSWERS.items(), ids=lambda each: each.__name__)
def test_every_answer_has_every_field_that_the_client_reads(schema, model):
    required, optional = fields_of(model)
    assert required | optional == names_of(schema)


@pytest.mark.parametrize(("schema", "known"), REQUESTS.items(), ids=lambda each: getattr(each, "__name__", ""))
def test_every_documented_field_of_a_request_is_known_and_no_other(schema, known):
    documented = set()
    for model in known:
        source = getsource(model.to_dict)
        documented |= set(re.findall(r'field_dict\["([^"]+)"\]', source)) | set(re.findall(r'^\s+"([^"]+)": ', source, re.M))
    assert names_of(schema) == documented


@pytest.mark.parametrize(("schema", "words"), SORTS.items(), ids=lambda each: each.__name__)
def test_a_search_sorts_by_every_documented_field(schema, words):
    assert set(schema().fields["sort"].by) == {word.value for word in words} - NOT_SORTED_BY


@pytest.mark.parametrize(
    ("words", "documented"),
    [
        (tasks.STATES, models.UserTaskStateEnum),
        (instances.STATES, models.ProcessInstanceStateEnum),
        (elements.TYPES, models.ElementInstanceResultType),
        (elements.ERRORS, models.IncidentErrorTypeEnum),
        (jobs.STATES, models.JobStateEnum),
        (jobs.KINDS, models.JobKindEnum),
        (jobs.EVENTS, models.JobListenerEventTypeEnum),
        (schemas_decisions.TYPES, models.DecisionDefinitionTypeEnum),
        (schemas_decisions.STATES, models.DecisionInstanceStateEnum),
    ],
    ids=lambda each: getattr(each, "__name__", ""),
)
def test_the_words_are_the_clients_words(words, documented):
    assert set(words) == {word.value for word in documented}
