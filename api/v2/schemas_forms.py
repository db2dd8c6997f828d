"""What goes out at /v2/forms."""

from marshmallow import fields

from api.v2.fields import Key, Text
from api.v2.schemas import OfTenant


class Form(OfTenant):
    """A form: `schema` is the form-js JSON as text."""

    form_id = Text()
    schema = Text()
    version = fields.Integer()
    form_key = Key()
