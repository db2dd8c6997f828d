"""api/deputies.py and acting as one: by a header with every request, or for a session until it is taken back."""

from datetime import timedelta

import pytest

from engine.domain.people import ZONE
from tests.api.test_sessions import sign_in
from tests.api.v2.people import PASSWORD


@pytest.fixture
def today(app):
    return app.extensions["engine"].time().astimezone(ZONE).date()


@pytest.fixture
def appointment(app, today):
    """li lets zhao act for them -> the key; ended afterwards, for the database is shared."""
    given = {"deputy": "zhao", "first": today.isoformat(), "last": (today + timedelta(days=2)).isoformat()}
    client, basic = app.test_client(), ("li", PASSWORD)
    answer = client.post("/api/deputies", json=given, auth=basic)
    assert answer.status_code == 201, answer.text
    assert answer.json == {"key": answer.json["key"], "principal": "li", **given}
    yield answer.json["key"]
    client.delete(f"/api/deputies/{answer.json['key']}", auth=basic)


def test_an_appointment_is_shown_to_both_and_to_nobody_else(app, appointment):
    client = app.test_client()

    seen = {
        who: [one["key"] for one in client.get("/api/deputies", auth=(who, PASSWORD)).json["deputies"]] for who in ("li", "zhao", "sun")
    }

    assert seen == {"li": [appointment], "zhao": [appointment], "sun": []}


def test_a_request_on_behalf_of_the_principal_has_their_roles(app, appointment):
    client, basic = app.test_client(), ("zhao", PASSWORD)

    own = client.get("/api/session", auth=basic).json
    acting = client.get("/api/session", auth=basic, headers={"On-Behalf-Of": "li"}).json

    assert (own["behalf_of"], acting["behalf_of"], acting["username"]) == (None, "li", "zhao")
    assert "居村" in acting["groups"] and "居村" not in own["groups"]


@pytest.mark.parametrize(("who", "principal"), [("zhao", "sun"), ("zhao", "nobody"), ("sun", "li"), ("li", "zhao"), ("zhao", "")])
def test_nobody_acts_for_who_did_not_appoint_them(app, appointment, who, principal):
    answer = app.test_client().get("/api/queues", auth=(who, PASSWORD), headers={"On-Behalf-Of": principal})

    if principal:
        assert (answer.status_code, f"to be a deputy of {principal!r} today" in answer.json["detail"]) == (403, True)
    else:
        assert answer.status_code == 200


def test_a_session_acts_for_the_principal_until_it_is_taken_back(app, appointment):
    client = app.test_client()
    token = {"X-CSRF-Token": sign_in(client, "zhao").json["csrf_token"]}

    told = client.put("/api/session/principal", json={"username": "li"}, headers=token)

    assert (told.status_code, told.json["behalf_of"]) == (200, "li")
    assert client.get("/api/session").json["behalf_of"] == "li"
    assert client.put("/api/session/principal", json={"username": None}, headers=token).json["behalf_of"] is None
    assert client.get("/api/session").json["behalf_of"] is None


def test_a_session_whose_appointment_is_over_says_so_once_and_goes_on_as_itself(app, appointment):
    client = app.test_client()
    token = {"X-CSRF-Token": sign_in(client, "zhao").json["csrf_token"]}
    client.put("/api/session/principal", json={"username": "li"}, headers=token)

    assert app.test_client().delete(f"/api/deputies/{appointment}", auth=("li", PASSWORD)).status_code == 204

    assert client.get("/api/session").status_code == 403
    assert client.get("/api/session").json["behalf_of"] is None
