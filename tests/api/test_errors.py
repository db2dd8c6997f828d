"""Every error is a problem+json that says what was expected and what was found; no trace of the server's insides goes out."""

import json
import logging

import pytest
from werkzeug.exceptions import Gone

from api.access import allow
from api.app import create_app
from api.config import Config
from engine.domain import errors
from tests.api.v2.people import PASSWORD, expect_sound

#: What no answer may hold.
SECRET = "the master key is under the mat"

#: every way to be refused -> its status
STATUSES = {
    errors.Invalid: 400,
    errors.Refused: 400,
    errors.NotPermitted: 403,
    errors.Separated: 403,
    errors.Uncertified: 403,
    errors.NotFound: 404,
    errors.WrongState: 409,
    errors.Conflict: 409,
    errors.KeyReused: 409,
    errors.Busy: 503,
    errors.EngineError: 500,
}


@pytest.fixture(scope="module")
def planted(tmp_path_factory):
    """The product's own application, on an empty database, with views that raise what their name says."""
    folder = tmp_path_factory.mktemp("planted")
    (folder / "keys").mkdir()
    app = create_app(Config(folder, f"sqlite:///{folder / 'empty.db'}", "only for tests, and nothing else"))

    def fail(kind):
        try:
            raise KeyError(SECRET)
        except KeyError as error:
            raise RuntimeError(f"{kind}: {SECRET}") from error

    def refuse(name):
        raise getattr(errors, name)("Expected one thing, but found another", problems={"field": ["请填写"]})

    def leave():
        raise Gone("Expected it to be there, but it has gone")

    app.add_url_rule("/api/fails/<kind>", "fails", allow("public")(fail), methods=["GET", "POST"])
    app.add_url_rule("/api/refuses/<name>", "refuses", allow("public")(refuse))
    app.add_url_rule("/api/gone", "gone", allow("public")(leave))
    yield app
    app.extensions["engine"].store.engine.dispose()


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_fault_of_the_server_s_tells_nothing_of_itself(planted, caplog, method):
    # when
    with caplog.at_level(logging.ERROR):
        answer = planted.test_client().open("/api/fails/RuntimeError", method=method, json={})

    # then
    assert answer.status_code == 500
    assert answer.mimetype == "application/problem+json"
    assert answer.json == {
        "type": "about:blank",
        "title": "INTERNAL_ERROR",
        "status": 500,
        "detail": "Expected to answer, but the server met a fault of its own; it is in the server's log",
        "instance": "/api/fails/RuntimeError",
    }
    for inside in (SECRET, "Traceback", "RuntimeError:", ".py"):
        assert inside not in answer.text

    # and the log has all of it
    assert SECRET in caplog.text and "Traceback" in caplog.text
    assert f"{method} /api/fails/RuntimeError failed" in caplog.text


@pytest.mark.parametrize(("kind", "status"), STATUSES.items(), ids=lambda each: getattr(each, "__name__", each))
def test_each_way_to_be_refused_has_its_status(planted, kind, status):
    # when
    answer = planted.test_client().get(f"/api/refuses/{kind.__name__}")

    # then
    assert answer.status_code == status
    assert answer.mimetype == "application/problem+json"
    problem = answer.json
    assert (problem["type"], problem["title"], problem["status"]) == ("about:blank", kind.code, status)
    assert problem["detail"] == "Expected one thing, but found another"
    assert problem["instance"] == f"/api/refuses/{kind.__name__}"
    assert problem["problems"] == {"field": ["请填写"]}
    assert answer.headers.get("Retry-After") == ("2" if status == 503 else None)


def test_every_way_to_be_refused_is_tried_here():
    ways = {each for each in vars(errors).values() if isinstance(each, type) and issubclass(each, errors.EngineError)}
    assert ways - {errors.HandlerFailed} == set(STATUSES)


def test_what_flask_raises_keeps_its_own_sentence(planted):
    answer = planted.test_client().get("/api/gone")
    assert (answer.status_code, answer.json["title"]) == (410, "GONE")
    assert answer.json["detail"] == "Expected it to be there, but it has gone"


@pytest.mark.parametrize("path", ["/nothing", "/v3", "/v2", "/v2/", "/api/", "/api/queues/", "/static/x", "/favicon.ico", "/整改"])
def test_a_path_that_leads_nowhere_is_said_so(app, path):
    # when
    answer = app.test_client().get(path)

    # then
    assert answer.status_code == 404
    assert answer.mimetype == "application/problem+json"
    assert answer.json["title"] == "NOT_FOUND"
    assert answer.json["detail"] == f"Expected a path that leads somewhere, but there is nothing at {answer.json['instance']}"


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("POST", "/api/queues", "GET, HEAD, OPTIONS"),
        ("GET", "/api/tasks/1/confirmation", "DELETE, OPTIONS, POST"),
        ("PATCH", "/api/session", "DELETE, GET, HEAD, OPTIONS, POST"),
        ("DELETE", "/api/openapi.json", "GET, HEAD, OPTIONS"),
        ("BREW", "/v2/topology", "GET, HEAD, OPTIONS"),
    ],
)
def test_another_method_is_refused_with_those_that_there_are(app, method, path, allowed):
    # when
    answer = app.test_client().open(path, method=method)

    # then
    expect_sound(answer, path)
    assert (answer.status_code, answer.json["title"]) == (405, "METHOD_NOT_ALLOWED")
    assert answer.headers["Allow"] == allowed
    assert answer.json["detail"] == f"Expected {allowed.replace(', ', ' or ')} at {path}, but found {method}"


#: a write of /api that needs no key of something that is there
WRITES = [("POST", "/api/session"), ("DELETE", "/api/tasks/1/confirmation"), ("PUT", "/api/tasks/1/draft"), ("POST", "/api/tokens")]


@pytest.mark.parametrize(("method", "path"), WRITES)
class TestBodies:
    """Of the writes of /api: what is no body is refused before anything is looked for."""

    def send(self, app, method, path, text, content_type="application/json"):
        answer = app.test_client().open(path, method=method, data=text, content_type=content_type, auth=("li", PASSWORD))
        expect_sound(answer, path)
        return answer

    @pytest.mark.parametrize("text", ["{", '{"a": }', "nothing", "{'a': 1}", "[1,", "{}{}", '"', b"\xff", '{"a": "整改"}'.encode("gbk")])
    def test_malformed_json(self, app, method, path, text):
        answer = self.send(app, method, path, text)
        assert answer.status_code == 400
        assert answer.json["detail"].startswith("Expected a body of well-formed JSON in UTF-8, but ")

    @pytest.mark.parametrize("text", ["[]", "5", '"text"', "true"])
    def test_what_is_no_object(self, app, method, path, text):
        answer = self.send(app, method, path, text)
        assert (answer.status_code, answer.json["title"]) == (400, "INVALID_ARGUMENT")

    def test_another_type(self, app, method, path):
        answer = self.send(app, method, path, "a=1", "application/x-www-form-urlencoded")
        assert answer.status_code == 415
        assert "application/json" in answer.json["detail"]

    def test_too_much(self, app, method, path):
        answer = self.send(app, method, path, json.dumps({"a": "x" * (1 << 20)}))
        assert answer.status_code == 413
        assert answer.json["detail"] == "Expected a body of at most 1,048,576 bytes, but this one is larger"

    @pytest.mark.parametrize("text", ['{"a": "\\u0000"}', '{"a": "\\ud800"}', '{"a": 1e999999999}', '{"a": NaN}', '{"a": ' + "[" * 3000])
    def test_what_no_store_could_keep(self, app, method, path, text):
        assert self.send(app, method, path, text).status_code == 400
