"""Every task finds its form, every form its task, and what has lost its other half is named."""

import pytest

from forms import catalog
from tests.forms.making import content, field

TASK = """<bpmn:userTask id="{id}" name="{id}">
  <bpmn:extensionElements><zeebe:formDefinition formId="{form}" /></bpmn:extensionElements>
</bpmn:userTask>"""


@pytest.fixture
def folders(tmp_path):
    """Writes a diagram with tasks {id: form id} and forms {file name: form id}; returns the two folders."""

    def write(tasks, forms):
        (tmp_path / "bpmn/one").mkdir(parents=True)
        (tmp_path / "forms/one").mkdir(parents=True)
        inner = "".join(TASK.format(id=id_, form=form) for id_, form in tasks.items()) + '<bpmn:userTask id="bare" />'
        (tmp_path / "bpmn/one/one.bpmn").write_text(
            '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0">'
            f'<bpmn:process id="p">{inner}</bpmn:process></bpmn:definitions>'
        )
        for name, form_id in forms.items():
            (tmp_path / "forms/one" / name).write_bytes(content(field("textfield"), id=form_id))
        return tmp_path / "bpmn", tmp_path / "forms"

    return write


def test_pairs_are_found(folders):
    found = catalog.read(*folders({"a": "a", "b": "a"}, {"a.form": "a"}))
    assert found.faults == []
    assert found.forms_of("p") == {"a": "a", "b": "a"}
    assert found.tasks[0].form.name == "a.form"


def test_a_task_without_its_form_and_a_form_without_a_task_are_named(folders):
    found = catalog.read(*folders({"a": "gone"}, {"spare.form": "spare"}))
    assert found.faults == [
        "Expected a form gone for a of one.bpmn, but there is none",
        "Expected a task that uses spare.form, but no diagram names the form spare",
    ]


def test_a_file_that_is_not_named_like_its_form_is_named(folders):
    assert catalog.read(*folders({"a": "a"}, {"b.form": "a"})).faults == ["Expected b.form to be named like its id, but the id is a"]


def test_an_id_in_two_files_is_named(folders):
    faults = catalog.read(*folders({"a": "a"}, {"a.form": "a", "b.form": "a"})).faults
    assert "Expected the form id a once, but it stands in one, one" in faults
