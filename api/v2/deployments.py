"""/v2/deployments: diagrams, decisions and forms are brought in, all of them or none."""

from flask import request
from werkzeug.exceptions import UnsupportedMediaType

from api.access import allow
from api.v2.door import Door, ask
from api.v2.schemas_definitions import Deployment, Upload
from engine.commands.deploy import deploy
from engine.domain.errors import Invalid
from engine.gate.resource import Resource

blueprint = Door("Deployments", "Diagrams, decisions and forms are brought in")


@blueprint.post("/deployments")
@allow("designer")
@blueprint.arguments(Upload, location="form")
@blueprint.response(200, Deployment)
def create_deployment(_):
    """Deploy files, sent as parts named resources of a multipart/form-data body"""
    answer = ask(deploy, _resources())
    return {"deployment_key": answer["key"], "deployments": [_told(one, answer["deployed"]) for one in answer["deployed"]]}


def _resources():
    if request.mimetype != "multipart/form-data":
        raise UnsupportedMediaType(f"Expected a body of type multipart/form-data, but found {request.mimetype or 'none'}")
    others = sorted(set(request.files) - {"resources"})
    if others:
        raise Invalid(f"Expected files in parts named resources, but found one in {others[0]!r:.80}")
    files = request.files.getlist("resources")
    for file in files:
        if not file.filename or len(file.filename) > 255 or not file.filename.isprintable():
            raise Invalid(f"Expected each file to have a name of 1 to 255 printable characters, but found {file.filename!r:.80}")
    return [Resource(file.filename, file.read()) for file in files]


def _told(one, deployed):
    """A deployed thing in Camunda's words; `deployed`: all of the deployment, because a decision names its requirements."""
    key, version, name = one["key"], one["version"], {"resource_name": one["resource_name"]}
    match one["kind"]:
        case "process":
            told = {"process_definition_id": one["id"], "process_definition_version": version, "process_definition_key": key}
            return {"process_definition": {**told, **name}}
        case "form":
            return {"form": {"form_id": one["id"], "version": version, "form_key": key, **name}}
        case "requirements":
            told = {"decision_requirements_id": one["id"], "decision_requirements_name": one["name"] or one["id"], "version": version}
            return {"decision_requirements": {**told, **name, "decision_requirements_key": key}}
    graph = next(each for each in deployed if each["kind"] == "requirements" and each["resource_name"] == one["resource_name"])
    told = {"decision_definition_id": one["id"], "version": version, "name": one["name"] or one["id"], "decision_definition_key": key}
    return {"decision_definition": {**told, "decision_requirements_id": graph["id"], "decision_requirements_key": graph["key"]}}
