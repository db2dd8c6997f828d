"""What comes in and goes out at /v2/element-instances and /v2/incidents."""

from api.v2 import filters
from api.v2.fields import Flag, Key, Many, Moment, Part, Text, Unsupported
from api.v2.filters import Alternatives
from api.v2.paging import SearchRequest, Sort, found
from api.v2.schemas import OfTenant, Request

TYPES = (
    "AD_HOC_SUB_PROCESS", "AD_HOC_SUB_PROCESS_INNER_INSTANCE", "BOUNDARY_EVENT", "BUSINESS_RULE_TASK", "CALL_ACTIVITY",
    "END_EVENT", "EVENT_BASED_GATEWAY", "EVENT_SUB_PROCESS", "EXCLUSIVE_GATEWAY", "INCLUSIVE_GATEWAY", "INTERMEDIATE_CATCH_EVENT",
    "INTERMEDIATE_THROW_EVENT", "MANUAL_TASK", "MULTI_INSTANCE_BODY", "PARALLEL_GATEWAY", "PROCESS", "RECEIVE_TASK",
    "SCRIPT_TASK", "SEND_TASK", "SEQUENCE_FLOW", "SERVICE_TASK", "START_EVENT", "SUB_PROCESS", "TASK", "UNKNOWN", "UNSPECIFIED",
    "USER_TASK",
)  # fmt: skip
ERRORS = (
    "AD_HOC_SUB_PROCESS_NO_RETRIES", "CALLED_DECISION_ERROR", "CALLED_ELEMENT_ERROR", "CONDITION_ERROR",
    "DECISION_EVALUATION_ERROR", "EXECUTION_LISTENER_NO_RETRIES", "EXTRACT_VALUE_ERROR", "FORM_NOT_FOUND", "IO_MAPPING_ERROR",
    "JOB_NO_RETRIES", "MESSAGE_SIZE_EXCEEDED", "RESOURCE_NOT_FOUND", "SECRET_RESOLUTION_ERROR", "TASK_LISTENER_NO_RETRIES",
    "UNHANDLED_ERROR_EVENT", "UNKNOWN", "UNSPECIFIED",
)  # fmt: skip
NAMES_IN_DIAGRAM = "names of elements stand in the diagram, not beside their instances; filter by elementId"


class ErrorType(Text):
    """Camunda's word for a kind of incident; a kind that it has no word for is UNKNOWN."""

    def _serialize(self, value, attr, obj, **named):
        return value if value in ERRORS else "UNKNOWN"


class ElementInstance(OfTenant):
    """An element that a case came to."""

    process_definition_id = Text()
    start_date = Moment()
    end_date = Moment()
    element_id = Text()
    element_name = Text()
    type = Text()
    state = Text()
    has_incident = Flag()
    element_instance_key = Key()
    process_instance_key = Key()
    root_process_instance_key = Key()
    process_definition_key = Key()
    incident_key = Key()


class ElementInstanceFields(Request):
    """What element instances can be filtered by."""

    process_definition_id = filters.exactly(Text())
    state = filters.by_word(("ACTIVE", "COMPLETED", "TERMINATED"))
    type = filters.by_word(TYPES)
    element_id = filters.by_text()
    element_name = Unsupported(NAMES_IN_DIAGRAM)
    has_incident = filters.by_flag()
    tenant_id = filters.by_tenant()
    element_instance_key = filters.exactly(Key())
    process_instance_key = filters.exactly(Key())
    process_definition_key = filters.exactly(Key())
    incident_key = filters.exactly(Key())
    start_date = filters.by_moment()
    end_date = filters.by_moment()
    element_instance_scope_key = filters.exactly(Key())


class ElementInstanceFilter(ElementInstanceFields):
    """The same, with alternatives."""

    or_ = Alternatives(ElementInstanceFields)


class ElementInstanceSearch(SearchRequest):
    """A search for element instances."""

    filter = Part(ElementInstanceFilter)
    sort = Sort(
        "element_id",
        "element_instance_key",
        "end_date",
        "incident_key",
        "process_definition_id",
        "process_definition_key",
        "process_instance_key",
        "start_date",
        "state",
        "tenant_id",
        "type",
    )


ElementInstancePage = found(ElementInstance)


class ActivityToActivate(Request):
    """An activity of an ad-hoc sub-process that is to begin."""

    element_id = Text(1, 255, required=True)
    variables = Unsupported("variables are set where they belong, not at what begins")


class ActivitiesToActivate(Request):
    """The activities that are to begin."""

    elements = Many(Part(ActivityToActivate), most=100, required=True)
    cancel_remaining_instances = Unsupported("what is active is completed, or ended by the condition of the ad-hoc sub-process")


class Incident(OfTenant):
    """Something that a case cannot go on with until somebody has put it right."""

    process_definition_id = Text()
    error_type = ErrorType()
    error_message = Text()
    element_id = Text()
    creation_time = Moment()
    state = Text()
    incident_key = Key()
    process_definition_key = Key()
    process_instance_key = Key()
    root_process_instance_key = Key()
    element_instance_key = Key()
    job_key = Key()


class IncidentFilter(Request):
    """What incidents can be filtered by."""

    process_definition_id = filters.by_text()
    error_type = filters.by_word(ERRORS)
    error_message = filters.by_text()
    element_id = filters.by_text()
    creation_time = filters.by_moment()
    state = filters.by_word(("ACTIVE", "MIGRATED", "PENDING", "RESOLVED", "UNKNOWN"))
    tenant_id = filters.by_tenant()
    incident_key = filters.by_key()
    process_definition_key = filters.by_key()
    process_instance_key = filters.by_key()
    element_instance_key = filters.by_key()
    job_key = filters.by_key()


class IncidentSearch(SearchRequest):
    """A search for incidents."""

    filter = Part(IncidentFilter)
    sort = Sort(
        "creation_time",
        "element_id",
        "element_instance_key",
        "error_type",
        "incident_key",
        "job_key",
        "process_definition_id",
        "process_definition_key",
        "process_instance_key",
        "state",
        "tenant_id",
    )


IncidentPage = found(Incident)


class Resolution(Request):
    """Nothing that this server acts upon."""

    operation_reference = Unsupported("this server keeps no operation references")
