"""/v2/process-instances: cases are started, found and cancelled."""

import orjson
from werkzeug.exceptions import GatewayTimeout

from api.access import allow
from api.v2.door import Door, ask, engine
from api.v2.paging import detail, look
from api.v2.patience import LONGEST, wait_for
from api.v2.schemas_instances import Cancellation, Created, Creation, ProcessInstance, ProcessInstancePage, ProcessInstanceSearch
from engine.commands.cancel_instance import cancel_instance
from engine.commands.start_instance import start_instance
from engine.domain import values
from engine.domain.errors import WrongState
from engine.store.search_instances import INSTANCES, result

blueprint = Door("Process instances", "Cases that run")


@blueprint.post("/process-instances")
@allow("signed-in")
@blueprint.arguments(Creation)
@blueprint.response(200, Created)
def create_process_instance(given):
    """Start a process, and wait for its end where that is asked for"""
    started = ask(
        start_instance,
        process_id=given.get("process_definition_id"),
        definition_key=given.get("process_definition_key"),
        version=given["process_definition_version"],
        version_tag=given.get("process_definition_version_tag"),
        variables=given.get("variables"),
        business_id=given.get("business_id"),
        tags=given.get("tags", ()),
    )
    return _created(started, _completed(started["key"], given) if given["await_completion"] else {})


def _created(started, variables):
    return {
        "process_definition_id": started["process_id"],
        "process_definition_version": started["version"],
        "variables": variables,
        "process_definition_key": started["definition_key"],
        "process_instance_key": started["key"],
        "tags": orjson.loads(started["tags"]),
        "business_id": started["business_id"],
    }


def _completed(key, given):
    """The variables with which the instance ends. Raises GatewayTimeout where it does not within the time, WrongState if it was ended."""

    def over():
        with engine().store.read() as connection:
            return result(connection, key)

    found = wait_for(over, given["request_timeout"] or LONGEST * 1000)
    if found is None:
        raise GatewayTimeout(f"Expected process instance {key} to complete within the time, but it is still active; it goes on")
    status, variables = found
    if status != "COMPLETED":
        raise WrongState(f"Expected process instance {key} to complete, but it is {status}")
    wanted = given.get("fetch_variables")
    return {name: values.read(text) for name, text in variables.items() if not wanted or name in wanted}


@blueprint.post("/process-instances/search")
@allow("signed-in")
@blueprint.arguments(ProcessInstanceSearch, required=False)
@blueprint.response(200, ProcessInstancePage)
def search_process_instances(asked):
    """Search process instances"""
    return look(INSTANCES, asked)


@blueprint.get("/process-instances/<key>")
@allow("signed-in")
@blueprint.response(200, ProcessInstance)
def get_process_instance(key):
    """A process instance"""
    return detail(INSTANCES, key, "process instance")


@blueprint.post("/process-instances/<key>/cancellation")
@allow("signed-in")
@blueprint.arguments(Cancellation, required=False)
@blueprint.response(204)
def cancel_process_instance(_, key):
    """Cancel a process instance with all that it called"""
    ask(cancel_instance, key)
