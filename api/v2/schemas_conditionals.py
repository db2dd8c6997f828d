"""What comes in and goes out at /v2/conditionals."""

from marshmallow import fields

from api.v2.fields import Key, Tenant, Variables
from api.v2.schemas import Answer, OfTenant, Request


class Evaluation(Request):
    """What conditions are evaluated with: those of one process definition, or of the newest version of each."""

    variables = Variables(required=True)
    process_definition_key = Key()
    tenant_id = Tenant()


class Started(Answer):
    """A process instance that began."""

    process_definition_key = Key()
    process_instance_key = Key()


class Evaluated(OfTenant):
    """The evaluation, and what began by it."""

    conditional_evaluation_key = Key()
    process_instances = fields.List(fields.Nested(Started))
