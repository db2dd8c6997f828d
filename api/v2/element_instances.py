"""/v2/element-instances: the path that a case took, and variables set from outside."""

from api.access import allow
from api.v2.door import Door, ask, engine
from api.v2.paging import detail, look
from api.v2.schemas_elements import ActivitiesToActivate, ElementInstance, ElementInstancePage, ElementInstanceSearch
from api.v2.schemas_variables import VariablesToSet
from engine.commands.activate_activities import activate_activities
from engine.commands.set_variables import set_variables
from engine.store.search_instances import ELEMENTS

blueprint = Door("Element instances", "The path that a case took")


@blueprint.post("/element-instances/search")
@allow("signed-in")
@blueprint.arguments(ElementInstanceSearch, required=False)
@blueprint.response(200, ElementInstancePage)
def search_element_instances(asked):
    """Search element instances"""
    answer = look(ELEMENTS, asked)
    return {**answer, "items": named(answer["items"])}


@blueprint.get("/element-instances/<key>")
@allow("signed-in")
@blueprint.response(200, ElementInstance)
def get_element_instance(key):
    """An element instance"""
    (row,) = named([detail(ELEMENTS, key, "element instance")])
    return row


@blueprint.put("/element-instances/<key>/variables")
@allow("signed-in")
@blueprint.arguments(VariablesToSet)
@blueprint.response(204)
def create_element_instance_variables(given, key):
    """Set variables of a process instance or of an element instance"""
    ask(set_variables, key, given["variables"], given["local"])


@blueprint.post("/element-instances/ad-hoc-activities/<key>/activation")
@allow("signed-in")
@blueprint.arguments(ActivitiesToActivate)
@blueprint.response(204)
def activate_ad_hoc_sub_process_activities(given, key):
    """Activate activities within an ad-hoc sub-process"""
    ask(activate_activities, key, [each["element_id"] for each in given["elements"]])


def named(rows):
    """Element instances with the names that their elements have in the diagram, or the ids of those that have none."""
    with engine().store.transaction() as transaction:
        for row in rows:
            definition = engine().definition(transaction, row["process_definition_key"]).definition
            row["element_name"] = definition.names.get(row["element_id"]) or row["element_id"]
    return rows
