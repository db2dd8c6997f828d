"""What comes in and goes out at /v2/process-instances."""

from marshmallow import ValidationError, fields, validates_schema

from api.v2 import filters
from api.v2.fields import Flag, Key, Many, Moment, Part, Tag, Tenant, Text, Unsupported, Variables, Whole
from api.v2.filters import Alternatives, ByTags, ByVariables
from api.v2.paging import SearchRequest, Sort, found
from api.v2.schemas import OfTenant, Request

STATES = ("ACTIVE", "COMPLETED", "TERMINATED", "SUSPENDED")
NO_BATCHES = "this server has no batch operations"


class Creation(Request):
    """Which process to start: by its id (its latest version, a version, or the newest with a tag), or by a definition's key."""

    process_definition_id = Text(1, 256)
    process_definition_key = Key()
    process_definition_version = Whole(-1, load_default=-1)
    process_definition_version_tag = Text(1, 256)
    variables = Variables()
    tenant_id = Tenant()
    operation_reference = Unsupported("this server keeps no operation references")
    start_instructions = Unsupported("this server starts a process at its start event only")
    runtime_instructions = Unsupported("this server knows no runtime instructions")
    await_completion = Flag(load_default=False)
    fetch_variables = Many(Text(1))
    request_timeout = Whole(0, load_default=0)
    tags = Many(Tag(), 10)
    business_id = Text(1, 256)

    @validates_schema
    def names_one_definition(self, data, **_):
        """By id or by key, and at most one of version and version tag beside the id."""
        by_key, by_id = "process_definition_key" in data, "process_definition_id" in data
        if by_key is by_id:
            raise ValidationError(f"Expected processDefinitionId or processDefinitionKey, but found {'both' if by_key else 'neither'}")
        if "process_definition_version_tag" in data and (by_key or data["process_definition_version"] != -1):
            raise ValidationError("Expected processDefinitionVersionTag beside processDefinitionId alone, but found another version named")
        if data["process_definition_version"] == 0:
            raise ValidationError("Expected processDefinitionVersion to be -1 for the latest, or above zero, but found 0")


class Created(OfTenant):
    """The process instance that was started; `variables` only where its completion was waited for."""

    process_definition_id = Text()
    process_definition_version = fields.Integer()
    variables = fields.Dict()
    process_definition_key = Key()
    process_instance_key = Key()
    tags = Many(Text())
    business_id = Text()


class Cancellation(Request):
    """Nothing that this server acts upon."""

    operation_reference = Unsupported("this server keeps no operation references")


class ProcessInstance(OfTenant):
    """A process instance."""

    process_definition_id = Text()
    process_definition_name = Text()
    process_definition_version = fields.Integer()
    process_definition_version_tag = Text()
    start_date = Moment()
    end_date = Moment()
    state = Text()
    suspended_date = Moment()
    has_incident = Flag()
    process_instance_key = Key()
    process_definition_key = Key()
    parent_process_instance_key = Key()
    parent_element_instance_key = Key()
    root_process_instance_key = Key()
    tags = Many(Text())
    business_id = Text()


class ProcessInstanceFields(Request):
    """What process instances can be filtered by."""

    process_definition_id = filters.by_text()
    process_definition_name = filters.by_text()
    process_definition_version = filters.by_number()
    process_definition_version_tag = filters.by_text()
    process_definition_key = filters.by_key()
    start_date = filters.by_moment()
    end_date = filters.by_moment()
    state = filters.by_word(STATES)
    has_incident = filters.by_flag()
    suspended_date = filters.by_moment()
    tenant_id = filters.by_tenant()
    variables = ByVariables()
    process_instance_key = filters.by_key()
    parent_process_instance_key = filters.by_key()
    parent_element_instance_key = filters.by_key()
    batch_operation_id = Unsupported(NO_BATCHES)
    batch_operation_key = Unsupported(NO_BATCHES)
    error_message = filters.by_text()
    has_retries_left = filters.by_flag()
    element_instance_state = filters.by_word(("ACTIVE", "COMPLETED", "TERMINATED"))
    element_id = filters.by_text()
    has_element_instance_incident = filters.by_flag()
    incident_error_hash_code = Unsupported("this server keeps no hash codes of errors")
    tags = ByTags()
    business_id = filters.by_text()


class ProcessInstanceFilter(ProcessInstanceFields):
    """The same, with alternatives."""

    or_ = Alternatives(ProcessInstanceFields)


class ProcessInstanceSearch(SearchRequest):
    """A search for process instances."""

    filter = Part(ProcessInstanceFilter)
    sort = Sort(
        "business_id",
        "end_date",
        "has_incident",
        "parent_element_instance_key",
        "parent_process_instance_key",
        "process_definition_id",
        "process_definition_key",
        "process_definition_name",
        "process_definition_version",
        "process_definition_version_tag",
        "process_instance_key",
        "start_date",
        "state",
        "suspended_date",
        "tenant_id",
    )


ProcessInstancePage = found(ProcessInstance)
