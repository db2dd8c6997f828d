"""Who may call what: every route declares its rule, and each rule lets in those whom it names."""

import pytest
from flask import Flask
from flask.views import MethodView
from flask_smorest import Api, Blueprint

from api import access, errors
from api.access import RULES, allow, rule_of
from tests.api.v2.people import PASSWORD, PEOPLE

#: rule -> who of PEOPLE passes it
PASSING = {
    "public": {None, *PEOPLE},
    "signed-in": {*PEOPLE},
    "auditor": {"admin", "auditor"},
    "designer": {"admin", "drawer"},
    "integration": {"admin", "robot"},
    "administrator": {"admin"},
}


def undeclared(app):
    """[(method, path)] of every route without a rule."""
    return [
        (method, route.rule)
        for route in app.url_map.iter_rules()
        for method in sorted(route.methods - {"OPTIONS"})
        if rule_of(app, route.endpoint, method) not in RULES
    ]


@pytest.fixture(scope="session")
def gated(app):
    """A bare application with the doors' own gate and a route per rule, /rule/<rule>, over the people of the real one."""
    bare = Flask("gated")
    bare.extensions["engine"] = app.extensions["engine"]
    bare.secret_key = "only for tests, and nothing else"
    access.install(bare)
    errors.install(bare)
    for rule in RULES:
        bare.add_url_rule(f"/rule/{rule}", rule, allow(rule)(lambda: ("let in", 200)))
    return bare


def test_every_route_declares_who_may_call_it(app):
    assert undeclared(app) == []
    doors = {route.rule.split("/")[1] for route in app.url_map.iter_rules()}
    assert {"v2", "api"} <= doors


def test_a_route_without_a_rule_is_found():
    # given: routes of each kind that forgot it
    bare = Flask("bare")
    bare.config.update(API_TITLE="", API_VERSION="", OPENAPI_VERSION="3.0.3")
    blueprint = Blueprint("planted", __name__)

    @blueprint.route("/view")
    class View(MethodView):
        """Declares a rule for reading, and forgets writing."""

        @allow("signed-in")
        @blueprint.response(200)
        def get(self):
            """Read"""

        @blueprint.response(200)
        def put(self):
            """Write"""

    bare.add_url_rule("/planted", "planted", lambda: "")
    bare.add_url_rule("/good", "good", allow("public")(lambda: ""))
    Api(bare).register_blueprint(blueprint)

    # then
    ours = [found for found in undeclared(bare) if not found[1].startswith("/static")]
    assert ours == [("GET", "/planted"), ("HEAD", "/planted"), ("PUT", "/view")]


def test_a_route_without_a_rule_lets_nobody_in(gated):
    # given
    bare = Flask("planted")
    bare.extensions["engine"] = gated.extensions["engine"]
    access.install(bare)
    errors.install(bare)
    bare.add_url_rule("/planted", "planted", lambda: "inside")

    # when
    answer = bare.test_client().get("/planted", auth=("admin", PASSWORD))

    # then
    assert answer.status_code == 403
    assert "declare who may call it" in answer.json["detail"]


def test_a_rule_that_does_not_exist_cannot_be_declared():
    with pytest.raises(ValueError, match="Expected an access rule among public, signed-in"):
        allow("everybody")


def test_the_rules_are_all_tried_here():
    assert set(PASSING) == set(RULES)


@pytest.mark.parametrize("rule", PASSING)
@pytest.mark.parametrize("who", [None, *PEOPLE])
def test_a_rule_lets_in_those_whom_it_names_and_nobody_else(gated, rule, who):
    # when
    answer = gated.test_client().get(f"/rule/{rule}", auth=(who, PASSWORD) if who else None)

    # then
    if who in PASSING[rule]:
        assert (answer.status_code, answer.text) == (200, "let in")
    elif who is None:
        assert answer.status_code == 401
        assert "signed-in user" in answer.json["detail"]
    else:
        assert answer.status_code == 403
        assert answer.json["detail"].endswith(f"to call /rule/{rule}, but {who} is not one")


@pytest.mark.parametrize("path", ["/rule/administrator", "/nothing"])
def test_what_leads_nowhere_and_what_lists_methods_needs_no_name(gated, path):
    assert gated.test_client().options(path).status_code in (200, 404)
    assert gated.test_client().head("/rule/administrator").status_code == 401


def test_a_public_route_refuses_wrong_credentials_all_the_same(gated):
    answer = gated.test_client().get("/rule/public", auth=("li", "wrong"))
    assert answer.status_code == 401


@pytest.mark.parametrize(("path", "challenged"), [("/v2/topology", True), ("/api/queues", True)])
def test_whoever_is_not_signed_in_is_told_how_to(app, path, challenged):
    answer = app.test_client().get(path)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Basic") is challenged
