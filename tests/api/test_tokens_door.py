"""/api/tokens: a program's way in, made and ended by its owner or an administrator."""


def made(api, by="li", **more):
    """The answer to a request for a token."""
    return api.json("POST", "/tokens", {"name": "报表", **more}, by, 201)


def gone(api, name="报表", by="li"):
    assert api("DELETE", f"/tokens/{name}", by=by).status_code == 204


def test_a_token_is_shown_once_and_signs_in_until_it_is_revoked(app, api):
    # given
    token = made(api)["token"]
    bearer = {"Authorization": f"Bearer {token}"}
    assert app.test_client().get("/v2/authentication/me", headers=bearer).json["username"] == "li"

    # when what is known of it is asked for
    listed = api.json("GET", "/tokens", by="li")["tokens"]

    # then it tells its name, and the token never again
    assert [one["name"] for one in listed] == ["报表"] and token not in str(listed)
    gone(api)
    assert app.test_client().get("/v2/authentication/me", headers=bearer).status_code == 401
    assert api.json("GET", "/tokens", by="li")["tokens"] == []


def test_an_administrator_makes_one_for_a_program(app, api):
    token = made(api, by="admin", username="robot", days=7)["token"]

    me = app.test_client().get("/v2/authentication/me", headers={"Authorization": f"Bearer {token}"}).json

    assert (me["username"], me["groups"]) == ("robot", ["接口"])
    assert api("DELETE", "/tokens/报表?username=robot", by="admin").status_code == 204


def test_nobody_sees_makes_or_ends_the_tokens_of_somebody_else(api):
    made(api)

    assert "Expected li or an administrator to list tokens of li" in api.refused(403, "GET", "/tokens?username=li", by="sun")
    assert api.refused(403, "POST", "/tokens", {"name": "x", "username": "li"}, "sun")
    assert api.refused(403, "DELETE", "/tokens/报表?username=li", by="sun")

    gone(api)


def test_a_bad_request_for_one_is_told_what_was_expected(api):
    made(api)

    assert "there is one; revoke it first" in api.refused(409, "POST", "/tokens", {"name": "报表"}, "li")
    assert "days" in api.refused(400, "POST", "/tokens", {"name": "y", "days": 0}, "li")
    assert "name" in api.refused(400, "POST", "/tokens", {}, "li")
    assert "a token named '没有', but there is none" in api.refused(404, "DELETE", "/tokens/没有", by="li")

    gone(api)
