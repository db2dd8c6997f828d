"""/v2/forms: what a person fills in."""

from flask import Response

from api.access import allow
from api.v2.door import Door
from api.v2.paging import detail
from api.v2.schemas_forms import Form
from engine.store.search_definitions import FORMS

blueprint = Door("Forms", "What a person fills in")


@blueprint.get("/forms/<key>")
@allow("signed-in")
@blueprint.response(200, Form)
def get_form(key):
    """A form"""
    return the_form(key)


def the_form(key):
    """The form with a key; without one, the answer that there is none."""
    if key is None:
        return Response(status=204)
    row = detail(FORMS, key, "form")
    return {**row, "schema": bytes(row["schema"]).decode("utf-8")}
