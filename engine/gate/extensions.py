"""Every zeebe extension that the machine executes, every property of our own, and what modelers keep for themselves."""

from engine.gate.whitelist import entry

BINDING = "bindingType:latest|deployment|versionTag versionTag:text"
LISTENED = "creating|assigning|updating|completing|canceling"

ZEEBE = {
    "userTask": entry("the task is opened in a queue"),
    "assignmentDefinition": entry("who does a user task", "assignee:value candidateGroups:value candidateUsers:value"),
    "taskSchedule": entry("until when a user task is due", "dueDate:moment followUpDate:moment"),
    "priorityDefinition": entry("the priority of a user task", "priority:priority"),
    "formDefinition": entry("what a person fills in", f"formId:value formKey:text externalReference:value {BINDING}"),
    "ioMapping": entry("variables in and out", children="input output"),
    "input": entry("a variable of the element's own", "source:value target:path"),
    "output": entry("a variable of the scope around it", "source:value target:path"),
    "taskDefinition": entry("the type of the job, or the handler (local:)", "type:value retries:whole"),
    "taskHeaders": entry("fixed words for the worker", children="header"),
    "header": entry("a fixed word for the worker", "id:text key:text value:text"),
    "properties": entry("names and values; see PROPERTIES for those that mean something", children="property"),
    "property": entry("a name and a value", "id:text name:text value:text"),
    "loopCharacteristics": entry(
        "the list and what each round sees of it", "inputCollection:feel inputElement:variable outputCollection:variable outputElement:feel"
    ),
    "calledElement": entry(
        "the process that is called", f"processId:value propagateAllChildVariables:flag propagateAllParentVariables:flag {BINDING}"
    ),
    "calledDecision": entry("the decision that is asked", f"decisionId:value resultVariable:variable {BINDING}"),
    "script": entry("a FEEL expression and where its result goes", "expression:feel resultVariable:variable"),
    "subscription": entry("how a message finds its instance", "correlationKey:feel"),
    "publishMessage": entry("the message that is published", "correlationKey:value messageId:value timeToLive:duration"),
    "versionTag": entry("a name of this version", "value:text"),
    "userTaskForm": entry("a form inside the file", "id:text", text="text"),
    "executionListeners": entry("jobs before and after an element", children="executionListener"),
    "executionListener": entry("a job before or after an element", "eventType:start|end type:value retries:whole", "taskHeaders"),
    "taskListeners": entry("jobs in the life of a user task", children="taskListener"),
    "taskListener": entry("a job in the life of a user task", f"eventType:{LISTENED} type:value retries:whole", "taskHeaders"),
    "adHoc": entry("which activities of an ad-hoc sub-process begin; the others wait to be activated", "activeElementsCollection:feel"),
}

# Which user task may carry it, and what its value must be. `people.py` checks them.
PROPERTIES = {
    "bihuan:separateFrom": "ids of user tasks, commas between, whose doers may not do this (id/unit: nor the unit; process#id: elsewhere)",
    "bihuan:officers": "how many people have to sign, 1 to 9",
    "bihuan:certificate": "the kind of certificate that each of them holds on the day",
    "bihuan:recusal": "the role that decides who has to withdraw; the task is not for whoever stands too near to a party",
    "bihuan:promise": "of an end event: ids of the verifications that every way to it has passed; `soundness/promise.py` checks it",
    "bihuan:legalBasis": "the article that asks for this step",
    "bihuan:evidence": "what has to be attached",
}

# What modelers write for themselves. Nothing of it is executed, and nobody expects it to be.
SILENT = {
    "http://camunda.org/schema/modeler/1.0",
    "http://bpmn.io/schema/bpmn/biocolor/1.0",
    "http://www.omg.org/spec/BPMN/non-normative/color/1.0",
    "http://www.w3.org/2001/XMLSchema-instance",
    "http://www.w3.org/XML/1998/namespace",
    "http://www.signavio.com",
    "http://bpmn.io/schema/bpmn",
}
SILENT_ATTRIBUTES = {  # in namespaces that are otherwise executed or refused
    "{http://camunda.org/schema/zeebe/1.0}modelerTemplate",
    "{http://camunda.org/schema/zeebe/1.0}modelerTemplateVersion",
    "{http://camunda.org/schema/zeebe/1.0}modelerTemplateIcon",
    "{http://camunda.org/schema/1.0/bpmn}diagramRelationId",  # Web Modeler's number of the file
}
SILENT_ZEEBE = {"modelerConfigurationTemplate", "modelerConfigurationName"}  # on zeebe:input and zeebe:property, without a prefix

DRAWING = {  # the drawing itself: shapes, edges, bounds, fonts
    "http://www.omg.org/spec/BPMN/20100524/DI",
    "http://www.omg.org/spec/DD/20100524/DI",
    "http://www.omg.org/spec/DD/20100524/DC",
}
