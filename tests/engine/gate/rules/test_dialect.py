"""The dialect: what is not executed is refused by name, and nothing is dropped in silence."""

import pytest

from engine.gate import refused, whitelist
from tests.engine.gate.drawn import END, EVENT, START, around, element, event, file, flows, found, job, line, person, problems

CAMUNDA = ' xmlns:camunda="http://camunda.org/schema/1.0/bpmn"'
BPMN = {
    "a data specification": (around(job(inside='<ioSpecification id="i"/>')), [("UNSUPPORTED_ELEMENT", "i")]),
    "an event while a multi-instance runs": (
        around(
            element(
                "task",
                "a",
                inside='<multiInstanceLoopCharacteristics behavior="Complex"><extensionElements>'
                '<zeebe:loopCharacteristics inputCollection="=l"/>'
                '</extensionElements><complexBehaviorDefinition id="c"/></multiInstanceLoopCharacteristics>',
            )
        ),
        [("UNSUPPORTED_ATTRIBUTE", "a"), ("UNSUPPORTED_ELEMENT", "c")],
    ),
    "an assignment of the standard": (around(person(inside='<potentialOwner id="o"/>')), [("UNSUPPORTED_ELEMENT", "o")]),
    "a technology": (around(job(implementation="##WebService")), [("UNSUPPORTED_ATTRIBUTE", "a")]),
    "an element that nobody knows": (around(job(inside='<teleport id="t"/>')), [("UNSUPPORTED_ELEMENT", "t")]),
    "an attribute that nobody knows": (around(job(speed="fast")), [("UNSUPPORTED_ATTRIBUTE", "a")]),
    "a loop on a gateway": (
        around(element("parallelGateway", "a", inside='<standardLoopCharacteristics id="l" loopMaximum="3"/>')),
        [("MISPLACED_ELEMENT", "l")],
    ),
    "a task in a lane set": (around(job()) + f'<laneSet id="l">{element("task", "t")}</laneSet>', [("MISPLACED_ELEMENT", "t")]),
    "text between elements": (around(job(inside="approved by Li")), [("STRAY_TEXT", "a")]),
    "text beside an expression": (
        around(
            element(
                "task",
                "a",
                inside="<standardLoopCharacteristics><loopCondition>=x</loopCondition>or so</standardLoopCharacteristics>",
            )
        ),
        [("STRAY_TEXT", "a")],
    ),
    "receiving that starts a process": (around(element("receiveTask", "a", messageRef="M", instantiate="true")), [("BAD_VALUE", "a")]),
    "a gateway that starts a process": (
        START
        + element("eventBasedGateway", "g", instantiate="true", eventGatewayType="Parallel")
        + event("intermediateCatchEvent", "m", "message")
        + event("intermediateCatchEvent", "t", "timer")
        + END
        + line("s", "g", "m", "e")
        + line("g", "t", "e"),
        [("BAD_VALUE", "g"), ("BAD_VALUE", "g")],
    ),
    "compensation that does not wait": (
        START + event("endEvent", "e", '<compensateEventDefinition waitForCompletion="false"/>') + line("s", "e"),
        [("BAD_VALUE", "e")],
    ),
    "another expression language": (
        START
        + job()
        + '<sequenceFlow id="f" sourceRef="s" targetRef="g"/><exclusiveGateway id="g" default="h"/>'
        + flows("g a").replace("g_a", "h")
        + END
        + flows("g e =true").replace("<conditionExpression", '<conditionExpression language="groovy"'),
        [("UNSUPPORTED_LANGUAGE", "g_e")],
    ),
}


@pytest.mark.parametrize("body, expected", BPMN.values(), ids=BPMN)
def test_what_the_standard_has_and_the_machine_has_not_is_refused(body, expected):
    assert found(file(body)) == expected


TOP = {
    "a choreography": ('<choreography id="c"/>', [("UNSUPPORTED_ELEMENT", "c")]),
    "a conversation": ('<collaboration id="c"><conversation id="v"/></collaboration>', [("UNSUPPORTED_ELEMENT", "v")]),
    "an import": ('<import id="i"/>', [("UNSUPPORTED_ELEMENT", "i")]),
    "a global task": ('<globalUserTask id="g"/>', [("UNSUPPORTED_ELEMENT", "g")]),
    "a data type": ('<itemDefinition id="i"/>', [("UNSUPPORTED_ELEMENT", "i")]),
    "pools, messages and stores": (
        '<collaboration id="c"><participant id="l" processRef="p"/><participant id="m" name="company"/>'
        '<messageFlow id="f" sourceRef="a" targetRef="m"/></collaboration><dataStore id="store"/>',
        [],
    ),
}


@pytest.mark.parametrize("top, expected", TOP.values(), ids=TOP)
def test_the_root_elements_are_checked_too(top, expected):
    assert found(file(around(job()), top=top)) == expected


ZEEBE = {
    "a link to a file": (
        element("serviceTask", "a", '<zeebe:taskDefinition type="t"/><zeebe:linkedResources/>'),
        ["UNSUPPORTED_EXTENSION"],
    ),
    "an order of jobs": (
        element("serviceTask", "a", '<zeebe:taskDefinition type="t"/><zeebe:jobPriorityDefinition priority="3"/>'),
        ["UNSUPPORTED_EXTENSION"],
    ),
    "collected results": (
        element("adHocSubProcess", "a", 'adHoc outputCollection="results" outputElement="=r"', element("task", "t")),
        ["UNSUPPORTED_ATTRIBUTE", "UNSUPPORTED_ATTRIBUTE"],
    ),
    "an agent in an ad-hoc sub-process": (
        element("adHocSubProcess", "a", 'taskDefinition type="agent"', element("task", "t")),
        ["UNSUPPORTED_EXTENSION"],
    ),
    "an agent": (element("serviceTask", "a", '<zeebe:taskDefinition type="t"/><zeebe:agentDefinition/>'), ["UNSUPPORTED_EXTENSION"]),
    "an extension that nobody knows": (
        element("serviceTask", "a", '<zeebe:taskDefinition type="t"/><zeebe:magic/>'),
        ["UNSUPPORTED_EXTENSION"],
    ),
    "an extension at the wrong element": (element("task", "a", 'script expression="=1" resultVariable="r"'), ["MISPLACED_EXTENSION"]),
    "an attribute that nobody knows": (element("serviceTask", "a", 'taskDefinition type="t" topic="u"'), ["UNSUPPORTED_ATTRIBUTE"]),
    "an attribute of an early Zeebe": (job(**{"zeebe:retryCounter": "3"}), ["UNSUPPORTED_ATTRIBUTE"]),
    "a business id": (element("callActivity", "a", 'calledElement processId="q" businessId="=x"'), ["UNSUPPORTED_ATTRIBUTE"]),
    "an extension inside another": (
        element("serviceTask", "a", '<zeebe:taskDefinition type="t"><zeebe:input source="=a" target="b"/></zeebe:taskDefinition>'),
        ["UNSUPPORTED_EXTENSION"],
    ),
    "an extension outside of the extensions": (job(inside='<zeebe:taskDefinition type="t"/>'), ["MISPLACED_EXTENSION"]),
    "an extension twice": (
        element("serviceTask", "a", '<zeebe:taskDefinition type="t"/><zeebe:taskDefinition type="u"/>'),
        ["EXTENSION_TWICE"],
    ),
    "the mark of a configuration": (
        element(
            "serviceTask",
            "a",
            '<zeebe:taskDefinition type="t"/><zeebe:ioMapping><zeebe:input source="=a" target="b" modelerConfigurationName="c"/>'
            "</zeebe:ioMapping>",
        ),
        [],
    ),
    "the mark of a configuration at the wrong place": (
        element("serviceTask", "a", 'taskDefinition type="t" modelerConfigurationName="c"'),
        ["UNSUPPORTED_ATTRIBUTE"],
    ),
    "the mark of a template": (
        job(**{"zeebe:modelerTemplate": "t", "zeebe:modelerTemplateVersion": "1", "zeebe:modelerTemplateIcon": "i"}),
        [],
    ),
}


@pytest.mark.parametrize("task, expected", ZEEBE.values(), ids=ZEEBE)
def test_an_extension_of_camunda_8_is_executed_or_refused(task, expected):
    assert [code for code, _ in found(file(around(task)))] == expected


def test_a_filter_of_conditions_is_refused():
    caught = EVENT["conditional"].replace("<condition>", "<extensionElements><zeebe:conditionalFilter/></extensionElements><condition>")

    assert found(file(around(event("intermediateCatchEvent", "a", caught)))) == [("UNSUPPORTED_EXTENSION", "a")]


CAMUNDA_7 = {
    "an assignee": (person(**{"camunda:assignee": "demo"}), "assignee"),
    "a topic": (job(**{"camunda:type": "external", "camunda:topic": "t"}), "job type"),
    "a class": (job(**{"camunda:class": "com.example.Work"}), "job type"),
    "a form": (person(extensions='<zeebe:userTask/><zeebe:assignmentDefinition assignee="a"/><camunda:formData/>'), "Form"),
    "mappings": (element("serviceTask", "a", '<zeebe:taskDefinition type="t"/><camunda:inputOutput/>'), "mappings"),
    "something rare": (job(**{"camunda:rare": "x"}), "converter"),
}


@pytest.mark.parametrize("task, hint", CAMUNDA_7.values(), ids=CAMUNDA_7)
def test_an_extension_of_camunda_7_is_refused_with_what_replaces_it(task, hint):
    faults = problems(file(around(task), more=CAMUNDA))

    assert {(fault.code, fault.element) for fault in faults} == {("CAMUNDA_7_EXTENSION", "a")}
    assert any(hint in fault.remedy for fault in faults)


def test_the_number_that_web_modeler_writes_is_no_extension_of_camunda_7():
    assert found(file(around(job()), more=CAMUNDA + ' camunda:diagramRelationId="1"')) == []


def test_an_extension_of_another_engine_is_refused():
    more = ' xmlns:flowable="http://flowable.org/bpmn"'

    assert found(file(around(job(**{"flowable:async": "true"})), more=more)) == [("FOREIGN_EXTENSION", "a")]


def test_a_note_of_an_unknown_tool_is_named_and_accepted():
    more = (
        ' xmlns:tool="http://tool.example" xmlns:modeler="http://camunda.org/schema/modeler/1.0" modeler:executionPlatform="Camunda Cloud"'
    )
    noted = element("task", "a", '<tool:colour value="red"/><modeler:note/>', **{"tool:size": "3"})

    faults = problems(file(around(noted), more=more))

    assert [(fault.code, fault.element, fault.severity) for fault in faults] == [("UNKNOWN_EXTENSION", "a", "warning")] * 2


def test_documentation_annotations_and_groups_are_no_problem():
    drawn = (
        '<textAnnotation id="t"><text>why</text></textAnnotation><association id="l" sourceRef="a" targetRef="t"/>'
        '<group id="g" categoryValueRef="v"/><dataObject id="o"/><dataObjectReference id="r" dataObjectRef="o"/>'
        '<dataStoreReference id="q"/>'
    )
    top = '<category id="c"><categoryValue id="v" value="phase 1"/></category>'

    assert found(file(around(job(inside="<documentation>why</documentation>")) + drawn, top=top)) == []


def test_every_problem_says_what_was_expected_and_what_to_do():
    for each in (*BPMN.values(), *((around(task), codes) for task, codes in ZEEBE.values())):
        for fault in problems(file(each[0])):
            assert fault.sentence.startswith("Expected "), fault
            assert fault.sentence.endswith("."), fault
            assert ", but " in fault.sentence, fault
            assert fault.remedy.endswith((".", "…")), fault
            assert fault.line, fault


def test_nothing_is_both_executed_and_refused():
    assert not set(refused.ELEMENTS) & set(whitelist.BPMN)
