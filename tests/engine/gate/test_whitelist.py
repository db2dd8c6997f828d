"""The whitelist as a table: consistent in itself, and complete for everything that zeebe-bpmn-moddle 2.0 defines."""

import re

import pytest

from engine.gate import extensions, refused, whitelist

ROWS = [*whitelist.BPMN.items(), *extensions.ZEEBE.items()]

# The elements and attributes that zeebe-bpmn-moddle 2.0.0 lets a modeler write, in the words of the file.
MODDLE = {
    "ioMapping": "",
    "input": "source target modelerConfigurationTemplate modelerConfigurationName",
    "output": "source target",
    "subscription": "correlationKey",
    "taskHeaders": "",
    "header": "id key value",
    "taskDefinition": "type retries",
    "loopCharacteristics": "inputCollection inputElement outputCollection outputElement",
    "calledElement": "processId processIdExpression propagateAllChildVariables propagateAllParentVariables businessId"
    " bindingType versionTag",
    "userTaskForm": "id",
    "formDefinition": "formKey formId externalReference bindingType versionTag",
    "linkedResources": "",
    "linkedResource": "resourceId resourceType linkName bindingType versionTag",
    "userTask": "",
    "calledDecision": "decisionId resultVariable bindingType versionTag",
    "assignmentDefinition": "assignee candidateGroups candidateUsers",
    "priorityDefinition": "priority",
    "jobPriorityDefinition": "priority",
    "taskSchedule": "dueDate followUpDate",
    "properties": "",
    "property": "name value modelerConfigurationTemplate modelerConfigurationName",
    "script": "expression resultVariable",
    "executionListeners": "",
    "executionListener": "eventType retries type",
    "taskListeners": "",
    "taskListener": "eventType retries type",
    "versionTag": "value",
    "adHoc": "activeElementsCollection outputCollection outputElement",
    "conditionalFilter": "variableNames variableEvents",
    "agentDefinition": "agentType",
}


@pytest.mark.parametrize("name, attributes", MODDLE.items())
def test_everything_that_a_camunda_8_modeler_writes_is_executed_or_refused_with_advice(name, attributes):
    if name in refused.ZEEBE:
        assert name not in extensions.ZEEBE
        return
    known = set(extensions.ZEEBE[name].attributes) | extensions.SILENT_ZEEBE
    for attribute in attributes.split():
        assert attribute in known or attribute in refused.ZEEBE or f"{name}.{attribute}" in refused.ZEEBE, attribute


@pytest.mark.parametrize("name, row", ROWS, ids=[name for name, _ in ROWS])
def test_a_row_has_an_explanation_and_kinds_that_are_explained(name, row):
    assert row.does
    for kind in [*row.attributes.values(), *filter(None, [row.text])]:
        assert kind in whitelist.KINDS or kind.startswith(">") or re.fullmatch(r"\w+(\|\w+)*", kind), kind


@pytest.mark.parametrize("name, row", whitelist.BPMN.items())
def test_the_children_and_extensions_of_a_row_have_rows_of_their_own(name, row):
    assert row.children <= set(whitelist.BPMN)
    assert row.extensions <= set(extensions.ZEEBE)


def test_every_row_can_be_reached_from_the_root():
    reached, waiting = set(), ["definitions"]
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting += whitelist.BPMN[name].children
    assert set(whitelist.BPMN) - reached == {"documentation", "extensionElements"}  # these may stand everywhere
