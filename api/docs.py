"""The description of the API and the page that shows it, both from our own files."""

from pathlib import Path

from flask import Blueprint, current_app, jsonify, send_from_directory
from werkzeug.exceptions import NotFound

from api.access import allow
from api.headers import POLICY

blueprint = Blueprint("docs", __name__)

FILES = ("swagger-ui-bundle.js", "swagger-ui.css", "start.js")


@blueprint.get("/api/openapi.json")
@allow("public")
def description():
    """OpenAPI 3, made by flask-smorest from the schemas that the routes check with."""
    return jsonify(current_app.extensions["openapi"].spec.to_dict())


@blueprint.get("/api/docs")
@allow("public")
def page():
    """Swagger UI. It draws its icons from data: images and sets styles by script, which its own policy allows."""
    response = send_from_directory(_folder(), "index.html")
    response.headers["Content-Security-Policy"] = f"{POLICY}; img-src 'self' data:; style-src 'self' 'unsafe-inline'"
    return response


@blueprint.get("/api/docs/<name>")
@allow("public")
def asset(name):
    """A file of Swagger UI."""
    if name not in FILES:
        raise NotFound(f"Expected one of {', '.join(FILES)}, but found {name!r}")
    response = send_from_directory(_folder(), name, max_age=86400)
    response.headers["Cache-Control"] = "public, max-age=86400"
    return response


def _folder():
    return Path(current_app.root_path) / "web" / "static" / "docs"
