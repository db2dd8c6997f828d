"""A .form file: which form it is."""

import pytest

from engine.gate import form
from engine.gate.xml import Malformed


def test_the_facts_name_the_form():
    problems, facts, asks = form.read(b'{"id": "F02", "versionTag": "v1", "components": []}', "notice.form")

    assert (problems, asks) == ([], [])
    assert facts == {"kind": "form", "id": "F02", "version_tag": "v1"}


@pytest.mark.parametrize("id", ["", '"id": " ",', '"id": 3,', '"id": [null],'])
def test_a_form_without_id_is_refused(id):
    problems, facts, _ = form.read(f'{{{id} "components": []}}'.encode(), "notice.form")

    assert ([problem.code for problem in problems], facts) == (["MISSING_ID"], None)


def test_a_version_tag_that_is_no_text_is_left_to_the_reader():
    assert form.read(b'{"id": "F02", "versionTag": ["v1"], "components": []}', "notice.form")[1]["version_tag"] is None


@pytest.mark.parametrize("content", [b"[]", b'"form"', b'{"id": "F02"}', b'{"id": "F02", "components": {}}'])
def test_another_document_is_refused(content):
    with pytest.raises(Malformed) as refusal:
        form.read(content, "notice.form")

    assert refusal.value.problem.code == "WRONG_CONTENT"
