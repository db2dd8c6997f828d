"""Arrows from and to data objects: accepted where the element sees or writes the variable, refused where not."""

import pytest

from tests.engine.gate.drawn import around, element, event, file, found, job, person, problems

REPORT = '<dataObjectReference id="o" name="report"/>'
IN = '<dataInputAssociation id="in"><sourceRef>o</sourceRef></dataInputAssociation>'
PLACE = '<property id="q" name="__targetRef_placeholder"/>'
OUT = '<dataOutputAssociation id="out"><targetRef>o</targetRef></dataOutputAssociation>'
WRITES = '<zeebe:ioMapping><zeebe:output source="=x" target="report.text"/></zeebe:ioMapping>'
WRITES_ANOTHER = '<zeebe:ioMapping><zeebe:output source="=x" target="other"/></zeebe:ioMapping>'
READS = '<zeebe:ioMapping><zeebe:input source="=report.text" target="text"/></zeebe:ioMapping>'
APART = '<zeebe:calledElement processId="c" propagateAllParentVariables="false" propagateAllChildVariables="false"/>'
QUEUE = '<zeebe:userTask/><zeebe:assignmentDefinition candidateGroups="clerks"/>'
PUBLISHES = '<zeebe:publishMessage correlationKey="=k"/>'
EACH = (
    '<multiInstanceLoopCharacteristics><extensionElements><zeebe:loopCharacteristics inputCollection="=l" '
    'outputCollection="report" outputElement="=x"/></extensionElements></multiInstanceLoopCharacteristics>'
)
INEFFECTIVE = ["ARROW_WITHOUT_EFFECT"]
CASES = {  # what the arrow belongs to, and what is wrong with it
    "whoever does a task sees everything": (person(inside=PLACE + IN), []),
    "and may hand in everything": (person(inside=OUT), []),
    "an output writes it": (person(extensions=QUEUE + WRITES, inside=OUT), []),
    "the outputs write another": (person(extensions=QUEUE + WRITES_ANOTHER, inside=OUT), INEFFECTIVE),
    "a script writes its result": (element("scriptTask", "a", 'script expression="=1" resultVariable="report"', OUT), []),
    "a script writes another": (element("scriptTask", "a", 'script expression="=1" resultVariable="other"', OUT), INEFFECTIVE),
    "a decision writes another": (
        element("businessRuleTask", "a", 'calledDecision decisionId="d" resultVariable="other"', OUT),
        INEFFECTIVE,
    ),
    "a multi-instance collects it": (element("task", "a", inside=EACH + OUT), []),
    "a plain task writes nothing": (element("task", "a", inside=OUT), INEFFECTIVE),
    "a called process that hands nothing up": (element("callActivity", "a", APART, OUT), INEFFECTIVE),
    "a called process that is handed nothing": (element("callActivity", "a", APART, PLACE + IN), INEFFECTIVE),
    "a called process that is handed it": (element("callActivity", "a", APART + READS, PLACE + IN), []),
    "a message without it": (element("sendTask", "a", PUBLISHES, PLACE + IN, messageRef="M"), INEFFECTIVE),
    "a message with it": (element("sendTask", "a", PUBLISHES + READS, PLACE + IN, messageRef="M"), []),
    "a message brings it": (event("intermediateCatchEvent", "a", '<messageEventDefinition messageRef="M"/>' + OUT), []),
    "an arrow to a task": (job("a", OUT.replace(">o<", ">a<")), ["ARROW_WITHOUT_DATA"]),
    "an arrow from nowhere": (job("a", '<dataInputAssociation id="in"/>'), ["ARROW_WITHOUT_DATA"]),
    "a computation along an arrow": (
        job("a", OUT.replace("</dataOut", "<transformation>=x</transformation></dataOut")),
        ["UNSUPPORTED_ELEMENT"],
    ),
    "a variable that is declared": (job("a", '<property id="q" name="report"/>'), ["UNSUPPORTED_ELEMENT"]),
}


@pytest.mark.parametrize("drawn, codes", CASES.values(), ids=CASES)
def test_an_arrow_says_what_happens(drawn, codes):
    faults = problems(file(around(drawn) + REPORT))

    assert [fault.code for fault in faults] == codes
    assert all(fault.sentence.startswith("Expected ") and ", but " in fault.sentence and fault.remedy for fault in faults)


@pytest.mark.parametrize(
    "data, codes",
    [
        ('<dataObject id="data" name="report"/><dataObjectReference id="o" dataObjectRef="data"/>', []),
        ('<dataStoreReference id="o" name="report"/>', []),
        ('<dataObjectReference id="o"/>', [("DATA_WITHOUT_VARIABLE", "o")]),
        ('<dataObjectReference id="o" name="the report"/>', [("DATA_WITHOUT_VARIABLE", "o")]),
    ],
)
def test_what_an_arrow_leads_to_has_the_name_of_a_variable(data, codes):
    assert found(file(around(person(inside=OUT)) + data)) == codes
