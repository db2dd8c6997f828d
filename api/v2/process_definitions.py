"""/v2/process-definitions: the diagrams that cases run by."""

from api.access import allow
from api.v2.door import Door, engine
from api.v2.forms import the_form
from api.v2.paging import detail, look
from api.v2.schemas_definitions import ProcessDefinition, ProcessDefinitionPage, ProcessDefinitionSearch
from api.v2.schemas_forms import Form
from api.v2.xml import xml_answer
from engine.store.search_definitions import DEFINITIONS, start_form, xml

blueprint = Door("Process definitions", "The diagrams that cases run by")


@blueprint.post("/process-definitions/search")
@allow("signed-in")
@blueprint.arguments(ProcessDefinitionSearch, required=False)
@blueprint.response(200, ProcessDefinitionPage)
def search_process_definitions(asked):
    """Search process definitions"""
    return look(DEFINITIONS, asked)


@blueprint.get("/process-definitions/<key>")
@allow("signed-in")
@blueprint.response(200, ProcessDefinition)
def get_process_definition(key):
    """A process definition"""
    return detail(DEFINITIONS, key, "process definition")


@blueprint.get("/process-definitions/<key>/xml")
@allow("signed-in")
@blueprint.response(200, content_type="text/xml")
def get_process_definition_xml(key):
    """The diagram, byte for byte as it was deployed"""
    detail(DEFINITIONS, key, "process definition")
    with engine().store.read() as connection:
        return xml_answer(bytes(xml(connection, key)))


@blueprint.get("/process-definitions/<key>/form")
@allow("signed-in")
@blueprint.response(200, Form)
@blueprint.alt_response(204, description="The process starts without a form")
def get_start_process_form(key):
    """The newest version of the form that the process starts with"""
    detail(DEFINITIONS, key, "process definition")
    with engine().store.read() as connection:
        form_key = start_form(connection, key)
    return the_form(form_key)
