"""Every error as application/problem+json: type, title, status, detail, instance. No stack trace ever leaves the doors."""

import logging
from dataclasses import asdict

from flask import current_app, request
from werkzeug.exceptions import HTTPException
from werkzeug.http import HTTP_STATUS_CODES

from engine.domain import errors

log = logging.getLogger(__name__)

#: code of engine.domain.errors -> HTTP status
STATUS = {
    errors.Invalid.code: 400,
    errors.Refused.code: 400,
    errors.NotPermitted.code: 403,
    errors.Separated.code: 403,
    errors.Uncertified.code: 403,
    errors.NotFound.code: 404,
    errors.WrongState.code: 409,
    errors.Conflict.code: 409,
    errors.KeyReused.code: 409,
    errors.Busy.code: 503,
}


def problem(status, title, detail, **more):
    """A response; `title` is the stable code of what went wrong."""
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail, "instance": request.path, **more}
    response = current_app.response_class(current_app.json.dumps(body), status, mimetype="application/problem+json")
    if status == 503:
        response.headers["Retry-After"] = "2"
    if status == 401 and request.path.startswith(("/v2", "/api")) and not _from_a_page():
        response.headers["WWW-Authenticate"] = 'Basic realm="Bihuan", charset="UTF-8"'
    return response


def _from_a_page():
    """Did a page of ours ask? Then the page says that the session is over; a browser that is challenged would ask for a password itself."""
    told, headers = request.headers.get("Sec-Fetch-Mode", "navigate"), request.headers
    by_script = "X-Requested-With" in headers or "HX-Request" in headers or told != "navigate"
    return by_script or current_app.config["SESSION_COOKIE_NAME"] in request.cookies


def install(app):
    """Let every error of `app`, also of paths that lead nowhere and bodies too large, be answered by `problem`."""

    @app.errorhandler(errors.EngineError)
    def refused(error):
        more = {}
        if "problems" in error.details:
            more["problems"] = plain(error.details["problems"])
        return problem(STATUS.get(error.code, 500), error.code, error.sentence, **more)

    @app.errorhandler(HTTPException)
    def http(error):
        title = HTTP_STATUS_CODES.get(error.code, "Error").upper().replace(" ", "_")
        status, detail = error.code, _found_no_route(error) or error.description
        if status == 422:  # what flask-smorest says of a schema; this API says 400
            status, title = 400, errors.Invalid.code
            found = getattr(error, "data", {}).get("messages", {})
            detail, more = _first(found), {"problems": found}
            return problem(status, title, detail, **more)
        if status == 413:
            _read_to_its_end()
        response = problem(status, title, detail)
        if error.code == 405 and error.valid_methods:
            response.headers["Allow"] = ", ".join(sorted(error.valid_methods))
        return response

    @app.errorhandler(Exception)
    def unexpected(error):
        log.exception("%s %s failed", request.method, request.path, exc_info=error)
        return problem(500, "INTERNAL_ERROR", "Expected to answer, but the server met a fault of its own; it is in the server's log")


def _read_to_its_end():
    """Read the rest of a body that is short enough: a server that hangs up on it resets the connection, and the answer may be lost."""
    if request.content_length is not None and request.content_length <= current_app.config["MAX_CONTENT_LENGTH"]:
        request.environ["wsgi.input"].read()


def _found_no_route(error):
    """What to say where Werkzeug found no view, or a body too large for any; its own sentences speak to the visitors of a page."""
    if error.description != type(error).description:
        return None
    if error.code == 404:
        return f"Expected a path that leads somewhere, but there is nothing at {request.path}"
    if error.code == 405:
        return f"Expected {' or '.join(sorted(error.valid_methods or ()))} at {request.path}, but found {request.method}"
    if error.code == 413:
        return f"Expected a body of at most {current_app.config['MAX_CONTENT_LENGTH']:,} bytes, but this one is larger"
    return None


def plain(problems):
    """Problems as plain data: of a form {field: [sentence]}, of a deployment a list of Problems."""
    if isinstance(problems, dict):
        return problems
    return [asdict(one) for one in problems]


def _first(found, path=""):
    """The first problem of marshmallow's nested messages as one sentence."""
    while isinstance(found, dict) and found:
        name, found = next(iter(found.items()))
        if name not in ("json", "query", "_schema"):
            path = f"{path}.{name}" if path else str(name)
    sentence = found[0] if isinstance(found, list) and found else str(found)
    return f"{path}: {sentence}" if path else sentence
