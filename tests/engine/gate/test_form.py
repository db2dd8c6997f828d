"""A .form file: which form it is."""

import pytest

from engine.gate import form
from engine.gate.xml import Malformed


def test_the_facts_name_the_form():
    problems, facts, asks = form.read(b'{"id": "F02", "versionTag": "v1", "components": []}', "notice.form")

    assert (problems, asks) == ([], [])
    assert facts == {"kind": "form", "id": "F02", "version_tag": "v1"}


@pytest.mark.parametrize("content", [b'{"components": []}', b'{"id": " ", "components": []}', b'{"id": 3, "components": []}'])
def test_a_form_without_id_is_refused(content):
    assert [problem.code for problem in form.read(content, "notice.form")[0]] == ["MISSING_ID"]


@pytest.mark.parametrize("content", [b"[]", b'"form"', b'{"id": "F02"}', b'{"id": "F02", "components": {}}'])
def test_another_document_is_refused(content):
    with pytest.raises(Malformed) as refusal:
        form.read(content, "notice.form")

    assert refusal.value.problem.code == "WRONG_CONTENT"
