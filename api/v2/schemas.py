"""The schemas that all others are made of: snake case inside, camel case outside, and nothing that is not documented."""

from marshmallow import RAISE, Schema, fields

from api.v2.fields import Tenant, Text


def camel(name):
    """process_instance_key -> processInstanceKey; a name that Python keeps for itself ends with an underscore here."""
    first, *rest = name.rstrip("_").split("_")
    return first + "".join(part[:1].upper() + part[1:] for part in rest)


class _Schema(Schema):
    def on_bind_field(self, field_name, field_obj):
        if field_obj.data_key is None:
            field_obj.data_key = camel(field_name)


class Request(_Schema):
    """What a client sends."""

    class Meta:
        """A field that is not known is an error: it would be ignored in silence otherwise."""

        unknown = RAISE

    error_messages = {
        "unknown": "Expected only fields that are documented for this request, but found this one",
        "type": "Expected an object, but found something else",
    }


class Answer(_Schema):
    """What a client gets."""


class OfTenant(Answer):
    """An answer that belongs to a tenant: there is only one."""

    tenant_id = Tenant(dump_default="<default>")


class Problem(Answer):
    """Every error, as application/problem+json (RFC 9457)."""

    type = Text()
    title = Text(metadata={"description": "The stable code of what went wrong."})
    status = fields.Integer()
    detail = Text(metadata={"description": "What was expected, and what was found."})
    instance = Text(metadata={"description": "The path that was asked for."})
