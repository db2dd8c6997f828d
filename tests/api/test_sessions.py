"""Signing in and out: a signed cookie for browsers, and the token that every write of a session must show."""

import pytest

from api.access import hasher
from api.app import create_app
from api.config import Config
from engine.commands.change_account import change_account
from engine.domain.people import THE_SYSTEM
from tests.api.v2.people import PASSWORD


def sign_in(client, username="li", password=PASSWORD):
    return client.post("/api/session", json={"username": username, "password": password})


@pytest.fixture
def client(app):
    """A browser of somebody's."""
    return app.test_client()


def test_whoever_signs_in_is_told_who_they_are(client):
    # when
    answer = sign_in(client)

    # then
    assert answer.status_code == 200
    told = answer.json
    assert (told["username"], told["display_name"], told["groups"]) == ("li", "李娜", ["居村", "居村@陈坊村"])
    assert set(told) == {"username", "display_name", "groups", "behalf_of", "csrf_token"}
    assert client.get("/api/session").json["username"] == "li"
    assert client.get("/v2/topology").status_code == 200


@pytest.mark.parametrize(("username", "password"), [("li", "wrong"), ("nobody", PASSWORD), ("LI", PASSWORD), ("", ""), ("li", "")])
def test_a_wrong_name_or_password_opens_no_session(client, username, password):
    # when
    answer = sign_in(client, username, password)

    # then
    assert answer.status_code == 401
    assert answer.json["detail"] == "Expected a user name with its password, but they do not belong together"
    assert client.get_cookie("session") is None
    assert client.get("/api/session").status_code == 401


@pytest.mark.parametrize("body", [{}, {"username": "li"}, {"username": 1, "password": 2}, {"username": "li", "password": None}, []])
def test_what_is_no_sign_in_is_refused(client, body):
    answer = client.post("/api/session", json=body)
    assert answer.status_code == 400
    assert answer.json["title"] == "INVALID_ARGUMENT"


@pytest.mark.parametrize("text", ['{"username": "\\u0000", "password": "x"}', '{"username": "li", "password": "\\ud800"}'])
def test_a_name_that_no_database_could_hold_is_refused(client, text):
    answer = client.post("/api/session", data=text, content_type="application/json")
    assert answer.status_code == 400
    assert "Unicode characters without NUL" in answer.json["detail"]


class TestWrites:
    """Another site can make a browser send the cookie, but not the header."""

    def search(self, client, token):
        headers = {} if token is None else {"X-CSRF-Token": token}
        return client.post("/v2/user-tasks/search", json={}, headers=headers)

    @pytest.mark.parametrize("token", [None, "", "made up"])
    def test_a_write_without_the_token_is_refused(self, client, token):
        # given
        sign_in(client)

        # then
        answer = self.search(client, token)
        assert answer.status_code == 403
        assert "CSRF token in X-CSRF-Token" in answer.json["detail"]
        assert client.delete("/api/session").status_code == 403
        assert client.get("/api/session").status_code == 200

    def test_the_token_of_another_session_is_refused(self, app, client):
        foreign = sign_in(app.test_client(), "sun").json["csrf_token"]
        sign_in(client)
        assert self.search(client, foreign).status_code == 403

    def test_a_write_with_the_token_is_done(self, client):
        token = sign_in(client).json["csrf_token"]
        assert self.search(client, token).status_code == 200
        assert self.search(client, client.get("/api/session").json["csrf_token"]).status_code == 200

    def test_basic_credentials_need_no_token(self, client):
        answer = client.post("/v2/user-tasks/search", json={}, auth=("li", PASSWORD))
        assert answer.status_code == 200


def test_credentials_count_before_the_session(client):
    sign_in(client)
    assert client.get("/api/session", auth=("sun", PASSWORD)).json["username"] == "sun"
    assert client.get("/api/session", auth=("sun", "wrong")).status_code == 401


def test_signing_out_ends_the_session(client):
    # given
    token = sign_in(client).json["csrf_token"]

    # when
    answer = client.delete("/api/session", headers={"X-CSRF-Token": token})

    # then
    assert (answer.status_code, answer.data) == (204, b"")
    assert client.get_cookie("session") is None
    assert client.get("/api/session").status_code == 401


@pytest.mark.parametrize(
    ("changes", "memberships"),
    [({"password_hash": hasher.hash("a new password")}, None), ({"display_name": "新名字"}, None), ({}, [("巡查", "陈坊村")])],
    ids=["password", "name", "roles"],
)
def test_a_session_ends_when_the_account_changes(app, client, join, request, changes, memberships):
    # given
    username = f"changed.{request.node.callspec.id}"
    join(username, ("居村", "陈坊村"))
    sign_in(client, username)
    assert client.get("/api/session").status_code == 200

    # when
    change_account(app.extensions["engine"], THE_SYSTEM, username, changes, memberships)

    # then
    assert client.get("/api/session").status_code == 401
    assert client.get_cookie("session") is None


def test_a_session_that_somebody_else_prepared_is_left_behind(app, client):
    # given: a browser in which zhao's session, and its token, were planted
    planted = sign_in(client, "zhao").json["csrf_token"]
    before = client.get_cookie("session").value

    # when
    sign_in(client, "li")

    # then
    assert client.get("/api/session").json["username"] == "li"
    assert client.get_cookie("session").value != before
    assert client.post("/v2/user-tasks/search", json={}, headers={"X-CSRF-Token": planted}).status_code == 403


def test_a_cookie_that_was_not_signed_here_is_nobody_s(client):
    sign_in(client)
    signed = client.get_cookie("session").value
    client.set_cookie("session", signed[:-4] + ("aaaa" if not signed.endswith("aaaa") else "bbbb"))
    assert client.get("/api/session").status_code == 401


@pytest.mark.parametrize("secure", [False, True])
def test_the_cookie_is_kept_from_scripts_and_from_other_sites(database_url, app, tmp_path, secure):
    # given
    (tmp_path / "keys").mkdir()
    other = create_app(Config(tmp_path, database_url, "another key, for this test only", secure_cookies=secure))

    # when
    flags = sign_in(other.test_client()).headers["Set-Cookie"].split("; ")

    # then
    assert flags[0].startswith("session=")
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(flags)
    assert ("Secure" in flags) is secure
    assert PASSWORD not in flags[0]
    other.extensions["engine"].store.engine.dispose()
