"""/v2/variables: what cases know."""

from api.access import allow
from api.v2.door import Door
from api.v2.paging import detail, look
from api.v2.schemas_variables import Truncation, Variable, VariablePage, VariableSearch
from engine.store.search_variables import SHOWN, VARIABLES

blueprint = Door("Variables", "What cases know")


@blueprint.post("/variables/search")
@allow("signed-in")
@blueprint.arguments(Truncation, location="query")
@blueprint.arguments(VariableSearch, required=False)
@blueprint.response(200, VariablePage)
def search_variables(query, asked):
    """Search variables"""
    return shortened(look(VARIABLES, asked), query)


@blueprint.get("/variables/<key>")
@allow("signed-in")
@blueprint.response(200, Variable)
def get_variable(key):
    """A variable with its whole value"""
    return detail(VARIABLES, key, "variable")


def shortened(answer, query):
    """The answer of a search with long values cut off, or, where the query wants them whole, none said to be cut off."""
    for row in answer["items"]:
        if query["truncate_values"] == "true":
            row["value"] = row["value"][:SHOWN]
        else:
            row["is_truncated"] = False
    return answer
