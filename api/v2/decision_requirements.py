"""/v2/decision-requirements: the files that decisions came in, each a graph of what they require."""

from api.access import allow
from api.v2.door import Door, engine
from api.v2.paging import detail, look
from api.v2.schemas_decisions import DecisionRequirements, DecisionRequirementsPage, DecisionRequirementsSearch
from api.v2.xml import xml_answer
from engine.store.search_decisions import REQUIREMENTS, xml

blueprint = Door("Decision requirements", "The files that decisions came in")


@blueprint.post("/decision-requirements/search")
@allow("signed-in")
@blueprint.arguments(DecisionRequirementsSearch, required=False)
@blueprint.response(200, DecisionRequirementsPage)
def search_decision_requirements(asked):
    """Search decision requirements"""
    return look(REQUIREMENTS, asked)


@blueprint.get("/decision-requirements/<key>")
@allow("signed-in")
@blueprint.response(200, DecisionRequirements)
def get_decision_requirements(key):
    """Decision requirements"""
    return detail(REQUIREMENTS, key, "graph of decisions")


@blueprint.get("/decision-requirements/<key>/xml")
@allow("signed-in")
@blueprint.response(200, content_type="text/xml")
def get_decision_requirements_xml(key):
    """The file, byte for byte as it was deployed"""
    detail(REQUIREMENTS, key, "graph of decisions")
    with engine().store.read() as connection:
        return xml_answer(bytes(xml(connection, key)))
