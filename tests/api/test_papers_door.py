"""/api/papers: a paper is opened as a file or as a page to read, and each time that is recorded."""

from pathlib import Path

import pytest

from api.papers import DOCX
from tests.cases.paper_samples import SAMPLES

ISSUING = Path(__file__).with_name("issuing.bpmn")


@pytest.fixture
def case(ask):
    """The key of a process instance in which a 督促函 has been issued to somebody who tries to bring in HTML."""
    ask.upload([("issuing.bpmn", ISSUING.read_bytes())], by="drawer")
    organ, seal, mode, addressee, data = SAMPLES["督促函"]
    told = {"kind": "督促函", "organ": organ, "seal": seal, "mode": mode, "addressee": addressee, "case_no": None, "hazard_no": None}
    return ask.start("issuing", variables=told | {"data": data | {"subject": "2起<script>alert(1)</script>事项"}})


@pytest.fixture
def paper(api, case):
    """What the list says of it."""
    (found,) = api.json("GET", f"/instances/{case}/papers", by="li")
    return found


def opened(api, paper, reason="核对", **accept):
    """The answer to li, who opens a paper."""
    headers = {name.capitalize(): value for name, value in accept.items()}
    answer = api("POST", f"/papers/{paper['key']}/opening", {"reason": reason}, by="li", headers=headers)
    assert answer.status_code == 200 and "Accept" in answer.vary
    return answer


def looks(api, case):
    """The reasons for which the papers of a case were opened."""
    entries = api.json("GET", f"/instances/{case}/timeline", by="li")["entries"]
    return [entry["sentence"].partition("理由：")[2] for entry in entries if entry["kind"] == "access:looked"]


@pytest.mark.parametrize("accept", [{}, {"accept": "*/*"}, {"accept": DOCX}, {"accept": "application/json"}])
def test_a_paper_is_a_file_for_whoever_asks_for_nothing_else(api, paper, accept):
    answer = opened(api, paper, **accept)
    assert answer.mimetype == DOCX and answer.data.startswith(b"PK")
    assert answer.headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("accept", ["text/html", "text/html, */*", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"])
def test_a_paper_is_a_page_for_whoever_accepts_html(api, paper, accept):
    # when
    answer = opened(api, paper, accept=accept)
    # then
    text = answer.data.decode()
    assert answer.mimetype == "text/html" and text.startswith('<article class="paper"')
    assert paper["number"] in text and "现就2起&lt;script&gt;alert(1)&lt;/script&gt;事项函告如下" in text
    # and a browser keeps out what might act in it, and keeps it nowhere
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy and "unsafe-inline" not in policy
    assert answer.headers["Cache-Control"] == "no-store" and "Content-Disposition" not in answer.headers


def test_each_opening_is_recorded_whatever_is_shown(api, case, paper):
    opened(api, paper, "装订案卷")
    opened(api, paper, "答复来电", accept="text/html")
    assert looks(api, case) == ["装订案卷", "答复来电"]


def test_a_page_is_refused_as_a_file_is_and_nothing_is_recorded(api, case, paper):
    # given
    path, html = f"/papers/{paper['key']}/opening", {"headers": {"Accept": "text/html, application/problem+json"}}
    # then
    assert "but found none" in api.refused(400, "POST", path, {"reason": " "}, by="li", **html)
    assert "none that zhao can see" in api.refused(404, "POST", path, {"reason": "看看"}, by="zhao", **html)
    assert api("POST", path, {"reason": "看看"}, by=None, **html).status_code == 401
    assert looks(api, case) == []


def test_both_ways_stand_in_the_description_of_the_door(app):
    with app.app_context():
        spec = app.extensions["flask-smorest"]["apis"][""]["ext_obj"].spec.to_dict()
    (answer,) = [path["post"]["responses"]["200"] for name, path in spec["paths"].items() if name.endswith("/papers/{key}/opening")]
    assert set(answer["content"]) == {DOCX, "text/html"}
