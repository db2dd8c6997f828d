"""What elements carry: mappings, headers, listeners, forms, bindings."""

import pytest

from tests.engine.gate.drawn import END, START, around, element, file, found, line, person, properties


def job(extensions):
    return element("serviceTask", "x", '<zeebe:taskDefinition type="t"/>' + extensions)


def task(extensions):
    return person("x", '<zeebe:userTask/><zeebe:assignmentDefinition assignee="a"/>' + extensions)


CASES = {
    "mappings": (
        job('<zeebe:ioMapping><zeebe:input source="=a" target="b"/><zeebe:output source="=b" target="c.d"/></zeebe:ioMapping>'),
        [],
    ),
    "a mapping to nothing": (job('<zeebe:ioMapping><zeebe:input source="=a"/></zeebe:ioMapping>'), ["VALUE_MISSING"]),
    "a header": (job('<zeebe:taskHeaders><zeebe:header key="k" value="v"/></zeebe:taskHeaders>'), []),
    "a header without key": (job('<zeebe:taskHeaders><zeebe:header value="v"/></zeebe:taskHeaders>'), ["VALUE_MISSING"]),
    "a property": (job(properties(("tool", "note"))), []),
    "a property without name": (job('<zeebe:properties><zeebe:property value="v"/></zeebe:properties>'), ["VALUE_MISSING"]),
    "a listener": (job('<zeebe:executionListeners><zeebe:executionListener eventType="start" type="t"/></zeebe:executionListeners>'), []),
    "a listener without type": (
        job('<zeebe:executionListeners><zeebe:executionListener eventType="start"/></zeebe:executionListeners>'),
        ["VALUE_MISSING"],
    ),
    "a listener to nothing": (
        job('<zeebe:executionListeners><zeebe:executionListener eventType="create" type="t"/></zeebe:executionListeners>'),
        ["BAD_VALUE"],
    ),
    "a task listener": (task('<zeebe:taskListeners><zeebe:taskListener eventType="completing" type="t"/></zeebe:taskListeners>'), []),
    "a task listener of another version": (
        task('<zeebe:taskListeners><zeebe:taskListener eventType="complete" type="t"/></zeebe:taskListeners>'),
        ["BAD_VALUE"],
    ),
    "a listener that is a handler": (
        job('<zeebe:executionListeners><zeebe:executionListener eventType="end" type="local:number"/></zeebe:executionListeners>'),
        ["HANDLER_AS_LISTENER"],
    ),
    "a task listener that is a handler": (
        task('<zeebe:taskListeners><zeebe:taskListener eventType="creating" type="local:number"/></zeebe:taskListeners>'),
        ["HANDLER_AS_LISTENER"],
    ),
    "a linked form": (task('<zeebe:formDefinition formId="f"/>'), []),
    "a form elsewhere": (task('<zeebe:formDefinition externalReference="https://forms.example"/>'), []),
    "a form of a version": (task('<zeebe:formDefinition formId="f" bindingType="versionTag" versionTag="v1"/>'), []),
    "a form without id": (task("<zeebe:formDefinition/>"), ["FORM_NOT_GIVEN"]),
    "a form in two places": (task('<zeebe:formDefinition formId="f" externalReference="g"/>'), ["FORM_NOT_GIVEN"]),
    "a form that the process does not have": (task('<zeebe:formDefinition formKey="camunda-forms:bpmn:F"/>'), ["DANGLING_REFERENCE"]),
    "a form of an unnamed version": (task('<zeebe:formDefinition formId="f" bindingType="versionTag"/>'), ["VALUE_MISSING"]),
    "a version without its binding": (task('<zeebe:formDefinition formId="f" versionTag="v1"/>'), ["VERSION_TAG_UNUSED"]),
    "a form of no binding": (task('<zeebe:formDefinition formId="f" bindingType="newest"/>'), ["BAD_VALUE"]),
}


@pytest.mark.parametrize("carrier, expected", CASES.values(), ids=CASES)
def test_what_an_element_carries_is_filled_in(carrier, expected):
    problems = found(file(around(carrier, "x")))

    assert [code for code, _ in problems] == expected
    assert {element for _, element in problems} <= {"x"}


def test_a_form_inside_the_process_is_found():
    embedded = '<extensionElements><zeebe:userTaskForm id="F">{"components": []}</zeebe:userTaskForm></extensionElements>'

    assert found(file(embedded + around(task('<zeebe:formDefinition formKey="camunda-forms:bpmn:F"/>'), "x"))) == []


def test_a_start_event_may_have_a_form():
    body = (
        START.replace("/>", '><extensionElements><zeebe:formDefinition formId="f"/></extensionElements></startEvent>')
        + END
        + line("s", "e")
    )

    assert found(file(body)) == []
    assert found(file(body.replace('formId="f"', ""))) == [("FORM_NOT_GIVEN", "s")]


def test_a_version_tag_is_not_empty():
    tagged = '<extensionElements><zeebe:versionTag value=""/></extensionElements>'

    assert found(file(tagged + around(task(""), "x"))) == [("VALUE_MISSING", "p")]
