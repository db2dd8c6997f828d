"""/v2/incidents: what a case cannot go on with, and putting it right."""

from api.access import allow
from api.v2.door import Door, ask
from api.v2.paging import detail, look
from api.v2.schemas_elements import Incident, IncidentPage, IncidentSearch, Resolution
from engine.commands.resolve_incident import resolve_incident as resolve
from engine.store.search_instances import INCIDENTS

blueprint = Door("Incidents", "What a case cannot go on with")


@blueprint.post("/incidents/search")
@allow("signed-in")
@blueprint.arguments(IncidentSearch, required=False)
@blueprint.response(200, IncidentPage)
def search_incidents(asked):
    """Search incidents"""
    return look(INCIDENTS, asked)


@blueprint.get("/incidents/<key>")
@allow("signed-in")
@blueprint.response(200, Incident)
def get_incident(key):
    """An incident"""
    return detail(INCIDENTS, key, "incident")


@blueprint.post("/incidents/<key>/resolution")
@allow("signed-in")
@blueprint.arguments(Resolution, required=False)
@blueprint.response(204)
def resolve_incident(_, key):
    """Try again what could not go on"""
    ask(resolve, key)
