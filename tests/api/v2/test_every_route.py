"""What holds for every route of /v2, whatever it does: who is not signed in learns nothing, and bad input is answered as such."""

import pytest
from flask import Flask
from flask_smorest import Api

from api import v2
from api.access import RULES, rule_of


def routes():
    """[(method, path, endpoint)] of everything under /v2."""
    app = Flask("routes")
    app.config.update(API_TITLE="", API_VERSION="", OPENAPI_VERSION="3.0.3")
    v2.register(Api(app))
    found = [
        (method, rule.rule.removeprefix("/v2"), rule.endpoint)
        for rule in app.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
        if rule.rule.startswith("/v2")
    ]
    return app, sorted(found)


BARE, ROUTES = routes()
TAKING_KEYS = [route for route in ROUTES if "<key>" in route[1]]
TAKING_BODIES = [route for route in ROUTES if route[0] != "GET" and not route[1].endswith(("/assignee", "/clock/reset", "/deployments"))]

#: What a body must hold for its route to go on to the thing itself.
BODIES = {
    "activate_ad_hoc_sub_process_activities": {"elements": [{"elementId": "a"}]},
    "assign_user_task": {"assignee": "li"},
    "create_element_instance_variables": {"variables": {"a": 1}},
    "throw_job_error": {"errorCode": "E"},
    "update_job": {"changeset": {"retries": 1}},
}


def named(route):
    return route[2].rpartition(".")[2]


@pytest.mark.parametrize("route", ROUTES, ids=named)
def test_it_declares_who_may_call_it(route):
    assert rule_of(BARE, route[2], route[0]) in RULES


@pytest.mark.parametrize("route", [route for route in ROUTES if route[1] != "/status"], ids=named)
def test_whoever_is_not_signed_in_is_told_so_and_no_more(ask, route):
    for key in ("1", "no-key"):
        answer = ask(route[0], route[1].replace("<key>", key), body={"unknown": 1}, by=None)
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"].startswith("Basic")


@pytest.mark.parametrize("route", TAKING_KEYS, ids=named)
def test_a_key_that_is_none_is_refused(ask, route):
    for key in ("no-key", "-1", "1.5", "１", "9223372036854775808", "99999999999999999999999", "%00", " 1", "1e3"):
        sentence = ask.refused(400, route[0], route[1].replace("<key>", key), BODIES.get(named(route), {}))
        assert "Expected key to be a key" in sentence, key


@pytest.mark.parametrize("route", TAKING_KEYS, ids=named)
def test_a_key_that_nothing_has_is_not_found(ask, route):
    assert "there is none" in ask.refused(404, route[0], route[1].replace("<key>", "77"), BODIES.get(named(route)))


@pytest.mark.parametrize("route", TAKING_BODIES, ids=named)
class TestBodies:
    """Of every route that takes one."""

    def refused(self, ask, route, status, **more):
        return ask.refused(status, route[0], route[1].replace("<key>", "77"), **more)

    def test_malformed_json_is_refused(self, ask, route):
        for text in ("{", '{"a": }', "nothing", "{'a': 1}", "[1,", '"', "{}{}"):
            assert "well-formed JSON" in self.refused(ask, route, 400, data=text, content_type="application/json"), text

    def test_other_encodings_than_utf_8_are_refused(self, ask, route):
        data = '{"name": "整改"}'.encode("gbk")
        assert "UTF-8" in self.refused(ask, route, 400, data=data, content_type="application/json")

    def test_what_is_no_object_is_refused(self, ask, route):
        for body in ([], [{}], "text", 1, True):
            assert "Expected an object" in self.refused(ask, route, 400, body=body), body

    def test_a_field_that_is_not_documented_is_named(self, ask, route):
        sentence = self.refused(ask, route, 400, body={**BODIES.get(named(route), {}), "assigneee": "li"})
        if not sentence.startswith("assigneee"):
            # Something that is required comes first; the rest is told beside it.
            assert "assigneee" in str(self.problems(ask, route, {"assigneee": "li"}))

    def problems(self, ask, route, body):
        return ask.json(route[0], route[1].replace("<key>", "77"), body, status=400)["problems"]

    def test_another_type_of_body_is_refused(self, ask, route):
        assert "application/json" in self.refused(ask, route, 415, data="a=1", content_type="application/x-www-form-urlencoded")

    def test_a_body_that_is_too_large_is_refused(self, ask, route):
        self.refused(ask, route, 413, data='{"a": "' + "x" * (1 << 20) + '"}', content_type="application/json")

    def test_what_no_store_could_keep_is_refused(self, ask, route):
        for text in ('{"a": "\\u0000"}', '{"a": "\\ud800"}', '{"\\u0000": 1}', '{"a": 1e999999999}', '{"a": NaN}', '{"a": ' + "[" * 3000):
            assert "Expected" in self.refused(ask, route, 400, data=text, content_type="application/json"), text


@pytest.mark.parametrize("path", ["/nothing", "/user-tasks/1/nothing", "/user-tasks/", "/"])
def test_a_path_that_leads_nowhere_is_not_found(ask, path):
    ask.refused(404, "GET", path)


@pytest.mark.parametrize(("method", "path"), [("GET", "/deployments"), ("DELETE", "/user-tasks/search"), ("POST", "/status")])
def test_another_method_is_not_allowed(ask, method, path):
    ask.refused(405, method, path)


def test_a_wrong_password_is_refused(app):
    answer = app.test_client().get("/v2/topology", auth=("li", "wrong"))
    assert answer.status_code == 401
    assert answer.mimetype == "application/problem+json"
