"""Security headers stand on every answer, whatever it is."""

import pytest

from tests.api.v2.people import PASSWORD

ANSWERS = [
    ("GET", "/v2/status", None, 204),
    ("GET", "/v2/topology", "li", 200),
    ("GET", "/v2/topology", None, 401),
    ("GET", "/v2/user-tasks/77", "li", 404),
    ("POST", "/v2/user-tasks/search", "li", 200),
    ("GET", "/api/queues", "li", 200),
    ("GET", "/api/queues", None, 401),
    ("PUT", "/api/queues", None, 405),
    ("GET", "/api/openapi.json", None, 200),
    ("GET", "/nothing", None, 404),
    ("OPTIONS", "/api/queues", None, 200),
    ("HEAD", "/api/queues", "li", 200),
]


@pytest.mark.parametrize(("method", "path", "by", "status"), ANSWERS)
def test_an_answer_is_nobody_else_s_to_frame_to_guess_at_or_to_keep(app, method, path, by, status):
    # when
    answer = app.test_client().open(path, method=method, auth=by and (by, PASSWORD))

    # then
    assert answer.status_code == status
    policy = dict(part.strip().split(" ", 1) for part in answer.headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'self'"
    assert policy["object-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert policy["form-action"] == "'self'"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cache-Control"] == "no-store"


def test_an_answer_may_bring_its_own(app):
    with app.test_client().get("/api/docs/start.js") as answer:
        assert answer.headers["Cache-Control"] == "public, max-age=86400"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_nobody_is_told_what_runs_here(app):
    answer = app.test_client().get("/v2/status")
    assert not {"Server", "X-Powered-By"} & set(answer.headers.keys())


def test_no_other_site_may_read_an_answer(app):
    answer = app.test_client().get("/v2/topology", auth=("li", PASSWORD), headers={"Origin": "https://elsewhere.example"})
    assert not [name for name, _ in answer.headers if name.lower().startswith("access-control-")]
