"""What comes in and goes out at /v2/process-definitions and /v2/deployments."""

from marshmallow import fields

from api.v2 import filters
from api.v2.fields import Flag, Key, Many, Part, Tenant, Text, Whole, Word
from api.v2.paging import SearchRequest, Sort, found
from api.v2.schemas import Answer, OfTenant, Request


class ProcessDefinition(OfTenant):
    """A version of a process."""

    name = Text()
    resource_name = Text()
    version = fields.Integer()
    version_tag = Text()
    process_definition_id = Text()
    process_definition_key = Key()
    has_start_form = Flag()
    state = Text()


class ProcessDefinitionFilter(Request):
    """What process definitions can be filtered by."""

    name = filters.by_text()
    is_latest_version = filters.by_flag()
    resource_name = filters.exactly(Text())
    version = filters.exactly(Whole())
    version_tag = filters.exactly(Text())
    process_definition_id = filters.by_text()
    tenant_id = filters.by_tenant()
    process_definition_key = filters.exactly(Key())
    has_start_form = filters.by_flag()
    state = filters.exactly(Word(("ACTIVE", "DRAINING", "DELETED")))


class ProcessDefinitionSearch(SearchRequest):
    """A search for process definitions."""

    filter = Part(ProcessDefinitionFilter)
    sort = Sort("name", "process_definition_id", "process_definition_key", "resource_name", "tenant_id", "version", "version_tag")


ProcessDefinitionPage = found(ProcessDefinition)


class Upload(Request):
    """What comes beside the files of a deployment."""

    tenant_id = Tenant()


class DeployedProcess(OfTenant):
    """A process of a deployment."""

    process_definition_id = Text()
    process_definition_version = fields.Integer()
    resource_name = Text()
    process_definition_key = Key()


class DeployedDecision(OfTenant):
    """A decision of a deployment."""

    decision_definition_id = Text()
    version = fields.Integer()
    name = Text()
    decision_requirements_id = Text()
    decision_definition_key = Key()
    decision_requirements_key = Key()


class DeployedRequirements(OfTenant):
    """A DMN file of a deployment."""

    decision_requirements_id = Text()
    decision_requirements_name = Text()
    version = fields.Integer()
    resource_name = Text()
    decision_requirements_key = Key()


class DeployedForm(OfTenant):
    """A form of a deployment."""

    form_id = Text()
    version = fields.Integer()
    resource_name = Text()
    form_key = Key()


class DeployedThing(Answer):
    """One thing of a deployment, under the name of what it is; the others are null."""

    process_definition = Part(DeployedProcess, dump_default=None)
    decision_definition = Part(DeployedDecision, dump_default=None)
    decision_requirements = Part(DeployedRequirements, dump_default=None)
    form = Part(DeployedForm, dump_default=None)
    resource = fields.Raw(dump_default=None)


class Deployment(OfTenant):
    """A deployment."""

    deployment_key = Key()
    deployments = Many(Part(DeployedThing))
