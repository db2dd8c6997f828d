"""Whatever is sent to whichever route of the description: it gets its status and a sentence, changes nothing, and is no fault of ours.

An administrator asks, because only they get past the access rule of every route; who may not is refused before anything is read.
"""

import base64
import contextlib
import http.client
import json
from urllib.parse import urlsplit

import pytest

from tests.journeys import described
from tests.journeys.town import ADMIN_PASSWORD, expect_sound

TOO_LARGE = (16 << 20) + 1
JSON = {"Content-Type": "application/json"}
REFUSED = (400, 404, 409, 413, 415)


@pytest.fixture(scope="module")
def routes(town):
    found = described.routes(town.admin.json("GET", "/api/openapi.json"))
    assert len(found) > 45 and {route.path.split("/")[1] for route in found} == {"v2", "api"}
    return found


@pytest.fixture(scope="module")
def taking_json(routes):
    found = [route for route in routes if route.body is not None]
    assert len(found) >= 30
    return found


@pytest.fixture
def unchanged(town):
    """No row and no entry of history is another after the test."""
    before = town.settled()
    yield
    assert town.changed(before) == {}


@pytest.mark.usefixtures("unchanged")
def test_what_is_no_json_or_no_object_is_refused_on_every_route(town, taking_json):
    for route in taking_json:
        for body in described.NOT_JSON:
            answer = town.admin.ask(route.method, route.at(), content=body, headers=JSON)
            assert answer.status_code == 400, (route, body[:40], answer.text)
        for body in described.NOT_OBJECTS:
            answer = town.admin.ask(route.method, route.at(), body)
            assert answer.status_code == 400, (route, body, answer.text)


@pytest.mark.usefixtures("unchanged")
def test_another_type_of_body_is_refused_on_every_route(town, taking_json):
    for route in taking_json:
        for kind in ("text/plain", "application/x-www-form-urlencoded", "application/xml", "multipart/form-data; boundary=x"):
            answer = town.admin.ask(route.method, route.at(), content=b'{"a": 1}', headers={"Content-Type": kind})
            assert answer.status_code == 415, (route, kind, answer.text)
    assert town.admin.refused(415, "POST", "/v2/deployments", {"resources": []})


@pytest.mark.usefixtures("unchanged")
def test_a_field_that_nobody_documented_is_named(town, taking_json):
    for route in taking_json:
        answer = town.admin.json(route.method, route.at(), {"无此字段": 1}, status=400)
        assert "无此字段" in answer["detail"] + json.dumps(answer["problems"], ensure_ascii=False), route


@pytest.mark.usefixtures("unchanged")
def test_every_field_of_every_body_refuses_values_of_another_type_by_its_name(town, taking_json):
    asked = 0
    for route in taking_json:
        for path, body in described.wrong_bodies(route.body):
            answer = town.admin.ask(route.method, route.at(), body)
            assert answer.status_code == 400, (route, body, answer.text)
            assert path[-1] in answer.text or path[0] in answer.text, (route, body, answer.text)
            asked += 1
    assert 400 < asked < 4000


def test_values_at_the_edge_of_their_type_are_no_fault(town, taking_json):
    """Some are accepted and do what they say; moving the clock, or making tokens, is left to the tests of these."""
    asked = 0
    for route in (each for each in taking_json if each.path not in ("/v2/clock", "/api/tokens")):
        for _, body in described.wrong_bodies(route.body, described.ODD):
            answer = town.admin.ask(route.method, route.at(), body)
            assert answer.status_code in (200, *REFUSED), (route, body, answer.text)
            asked += 1
    assert 300 < asked < 4000


@pytest.mark.usefixtures("unchanged")
def test_what_is_no_key_is_refused_or_not_found_on_every_route(town, routes):
    for route in routes:
        for key in described.NOT_KEYS if "{" in route.path else ():
            answer = town.admin.ask(route.method, route.at(key), {} if route.body is not None else None)
            found_nobody = route.method == "GET" and "{key}" not in route.path
            assert answer.status_code in REFUSED or found_nobody, (route, key, answer.text)


@pytest.mark.usefixtures("unchanged")
def test_queries_of_another_type_are_refused(town, routes):
    for route in routes:
        for name, schema in route.query:
            values = {"integer": ("x", "", "1.5", "-1", "1e9", "9" * 30, "\x00")}.get(schema.get("type"), ("\x00", "x" * 3000, "%", "[]"))
            for value in values:
                answer = town.admin.ask(route.method, route.at("77"), {} if route.body is not None else None, params={name: value})
                assert answer.status_code in (200, *REFUSED), (route, name, value, answer.text)
                if schema.get("type") == "integer":
                    assert answer.status_code in (400, 404), (route, name, value, answer.text)


@pytest.mark.usefixtures("unchanged")
def test_unknown_methods_and_paths_are_told_apart(town, routes):
    for path in {route.path for route in routes}:
        for method in ("BREW", "TRACE", "PROPFIND"):
            assert town.admin.refused(405, method, path.replace("{key}", "77"))
    for path in ("/v2/nothing", "/v3/topology", "/api/", "/api/docs/../../wsgi.py", "/%00", "/" + "a" * 3000):
        assert town.admin.refused(404, "GET", path)


@pytest.mark.usefixtures("unchanged")
def test_whoever_is_nobody_or_may_not_is_refused_before_anything_is_read(town, routes):
    clerk = town.person("clerk.00")
    restricted = 0
    for route in routes:
        if route.path in ("/v2/status", "/api/session"):
            continue
        answer = clerk.client.request(route.method, route.at(), content=b"{", headers=JSON, auth=None)
        expect_sound(answer)
        assert answer.status_code == 401, (route, answer.text)
        restricted += clerk.ask(route.method, route.at(), {} if route.body is not None else None).status_code == 403
    assert restricted >= 10


@pytest.mark.usefixtures("unchanged")
def test_a_body_that_is_too_large_is_refused_before_it_is_read(town, taking_json):
    """Its length is said and nothing of it sent: who waited for it would not answer."""
    for route in taking_json:
        answer, problem = _raw(town, route.method, route.at(), {**JSON, "Content-Length": str(TOO_LARGE)})
        assert (answer.status, problem["status"]) == (413, 413), (route, problem)
        assert f"at most {TOO_LARGE - 1:,} bytes" in problem["detail"], route


@pytest.mark.usefixtures("unchanged")
def test_a_body_without_an_end_is_refused_where_it_becomes_too_large(town):
    chunk = b"100000\r\n" + b"x" * (1 << 20) + b"\r\n"
    answer, problem = _raw(town, "POST", "/v2/process-instances", {**JSON, "Transfer-Encoding": "chunked"}, chunk * 17)
    assert (answer.status, problem["status"]) == (413, 413)


def _raw(town, method, path, headers, sent=b""):
    """(answer, its problem) of a request that no well-behaved client would send."""
    address = urlsplit(town.server.url)
    connection = http.client.HTTPConnection(address.hostname, address.port, timeout=60)
    authorization = {"Authorization": "Basic " + base64.b64encode(f"admin:{ADMIN_PASSWORD}".encode()).decode()}
    try:
        connection.putrequest(method, path)
        for name, value in {**headers, **authorization, "Connection": "close"}.items():
            connection.putheader(name, value)
        connection.endheaders()
        with contextlib.suppress(ConnectionError):  # it may hang up before it has heard everything
            connection.send(sent)
        answer = connection.getresponse()
        assert answer.headers["Content-Type"] == "application/problem+json"
        return answer, json.loads(answer.read())
    finally:
        connection.close()
