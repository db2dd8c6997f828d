"""A .dmn file: which decisions are in it."""

import pytest

from engine.gate import dmn
from engine.gate.xml import Malformed

HEAD = (
    b'<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="risk"'
    b' name="Risk">'
)
TAG = b'<extensionElements><zeebe:versionTag value="v1"/></extensionElements>'


def test_the_facts_name_the_decisions_and_the_requirements():
    content = HEAD + b'<decision id="level" name="Level">' + TAG + b'</decision><decision id="term"/></definitions>'

    problems, facts, asks = dmn.read(content, "risk.dmn")

    assert (problems, asks) == ([], [])
    assert facts == {
        "kind": "dmn",
        "decisions": [{"id": "level", "name": "Level", "version_tag": "v1"}, {"id": "term", "name": None, "version_tag": None}],
        "requirements": {"id": "risk", "name": "Risk"},
        "namespace": None,
        "imports": [],
    }


def test_a_file_may_hold_only_what_others_import():
    brought = b'<import namespace="urn:a" name=" a "/><businessKnowledgeModel id="twice"/></definitions>'

    problems, facts, _ = dmn.read(HEAD.replace(b"id=", b'namespace="urn:b" id=') + brought, "lib.dmn")

    assert (problems, facts["namespace"], facts["imports"]) == ([], "urn:b", [{"namespace": "urn:a", "name": "a"}])


@pytest.mark.parametrize(
    "content, expected",
    [
        (HEAD + b"</definitions>", ["NO_DECISION"]),
        (HEAD + b"<decision/></definitions>", ["MISSING_ID"]),
        (HEAD.replace(b'id="risk"', b"") + b'<decision id="a"/></definitions>', ["MISSING_ID"]),
        (HEAD + b'<decision id="a"/><decision id="a"/></definitions>', ["DUPLICATE_ID"]),
    ],
)
def test_what_cannot_be_named_is_refused(content, expected):
    assert [problem.code for problem in dmn.read(content, "risk.dmn")[0]] == expected


@pytest.mark.parametrize("content", [b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>', b"<definitions/>", b"<a/>"])
def test_another_document_is_refused(content):
    with pytest.raises(Malformed) as refusal:
        dmn.read(content, "risk.dmn")

    assert refusal.value.problem.code == "WRONG_CONTENT"
