"""What cannot be run is refused when it is read, with its element and a sentence, and never dropped in silence."""

import pytest

from engine.workflow import definition
from engine.workflow.elements import NotExecutable
from tests.engine.workflow.drawing import (
    HEAD,
    boundary,
    call,
    catch,
    diagram,
    element,
    end,
    flows,
    gateway,
    handler,
    job,
    listeners,
    multi,
    start,
    sub,
    throw,
    timer,
    user,
)

ENDS = start() + end()
PLAIN = ENDS + user("a") + flows("s -> a -> e")


def read(*parts, **more):
    return definition.read(diagram(*parts, **more))[0]


@pytest.mark.parametrize(
    "xml, sentence",
    [
        (b"<a", "well-formed"),
        (b"", "well-formed"),
        (b"<a/>", "definitions"),
        (b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', "DOCTYPE"),
        (HEAD.encode() + b'<bpmn:process id="p"/></bpmn:definitions>', "isExecutable"),
        (HEAD.encode() + b'<bpmn:process id="p" isExecutable="true"/></bpmn:definitions>', "something inside"),
        (HEAD.replace('name="msg"', "").encode() + PLAIN.encode() + b"</bpmn:definitions>", "isExecutable"),
    ],
)
def test_what_is_no_process_is_refused(xml, sentence):
    with pytest.raises(NotExecutable, match=sentence):
        definition.read(xml)


def test_entities_are_never_expanded():
    bomb = '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    with pytest.raises(NotExecutable):
        definition.read((bomb + HEAD + "</bpmn:definitions>").encode())


REFUSED = {
    "an unknown element": ("x", "a choreographyTask", PLAIN + element("choreographyTask", "x")),
    "an unknown extension": ("a", "zeebe:magic", ENDS + user("a", ext="<zeebe:magic/>") + flows("s -> a -> e")),
    "an extension twice": ("a", "once", ENDS + user("a", ext="<zeebe:taskSchedule/>" * 2) + flows("s -> a -> e")),
    "a person's role": ("a", "a potentialOwner", ENDS + user("a", element("potentialOwner", "po")) + flows("s -> a -> e")),
    "the same id twice": ("a", "once", PLAIN + sub("x", start("s2"), user("a"), flows("s2 -> a")) + flows("s -> x")),
    "two plain starts": ("s2", "at most one", PLAIN + start("s2") + flows("s2 -> a")),
    "a task that nothing leads to": ("b", "a flow that leads", PLAIN + user("b")),
    "a flow into a start": ("s", "no flow that leads", PLAIN + flows("a -> s")),
    "a flow out of an end": ("e", "no flow that leaves", PLAIN + flows("e -> a")),
    "a flow to nowhere": ("a_b", "both ends", PLAIN + flows("a -> b")),
    "a boundary event of nothing": ("b", "an activity 'nothing'", PLAIN + boundary("b", "nothing", "timer")),
    "a boundary event of an event": ("b", "at an activity", PLAIN + boundary("b", "s", "timer") + flows("b -> e")),
    "a boundary event without a trigger": ("b", "waits for something", PLAIN + boundary("b", "a", "") + flows("b -> e")),
    "a catching event without a trigger": ("c", "waits for something", ENDS + catch("c", "") + flows("s -> c -> e")),
    "an error to catch in between": ("c", "but found error", ENDS + catch("c", "error") + flows("s -> c -> e")),
    "an error to throw in between": ("t", "but found error", ENDS + throw("t", "error") + flows("s -> t -> e")),
    "an error start of a process": ("s", "but found error", start("s", "error") + end() + flows("s -> e")),
    "an error to throw without a code": ("e", "with a code", start() + end("e", "any error") + flows("s -> e")),
    "a plain start of a handler": (
        "hs",
        "waits for something",
        PLAIN + sub("h", start("hs"), user("r"), flows("hs -> r"), triggeredByEvent="true"),
    ),
    "a message start of a sub-process": (
        "x",
        "no trigger",
        ENDS + sub("x", start("s2", "message"), user("r"), flows("s2 -> r")) + flows("s -> x -> e"),
    ),
    "a message without a correlation key": ("c", "correlation key", ENDS + catch("c", "plain message") + flows("s -> c -> e")),
    "a message that is not declared": (
        "c",
        "'Q'",
        ENDS + catch("c", '<bpmn:messageEventDefinition messageRef="Q"/>') + flows("s -> c -> e"),
    ),
    "a signal that is not declared": ("c", "a signal", ENDS + catch("c", "<bpmn:signalEventDefinition/>") + flows("s -> c -> e")),
    "an error that is not declared": (
        "b",
        "an error|a error",
        PLAIN + boundary("b", "a", '<bpmn:errorEventDefinition errorRef="Q"/>') + flows("b -> e"),
    ),
    "a timer without a time": ("c", "a time date", ENDS + catch("c", "<bpmn:timerEventDefinition/>") + flows("s -> c -> e")),
    "a timer that is none": ("c", "a duration", ENDS + catch("c", timer("soon")) + flows("s -> c -> e")),
    "a condition without text": ("c", "a condition", ENDS + catch("c", "<bpmn:conditionalEventDefinition/>") + flows("s -> c -> e")),
    "an event of another world": (
        "c",
        "a QuantumEventDefinition|quantumEventDefinition",
        ENDS + catch("c", "<bpmn:quantumEventDefinition/>") + flows("s -> c -> e"),
    ),
    "a cancel event at no transaction": ("b", "a transaction", PLAIN + boundary("b", "a", "cancel") + flows("b -> e")),
    "a cancel end outside of a transaction": ("e", "inside a transaction", start() + end("e", "cancel") + flows("s -> e")),
    "a compensation event without a handler": ("b", "isForCompensation", PLAIN + boundary("b", "a", "compensation")),
    "a compensation handler without an event": ("c", "a compensation event", PLAIN + user("c", isForCompensation="true")),
    "compensation of nothing": (
        "t",
        "'q'",
        ENDS + throw("t", '<bpmn:compensateEventDefinition activityRef="q"/>') + flows("s -> t -> e"),
    ),
    "an error that does not interrupt": ("b", "interrupting", PLAIN + boundary("b", "a", "error", False) + flows("b -> e")),
    "a link to nowhere": ("l", "'L'", start() + throw("l", "link") + flows("s -> l")),
    "two ends of a link": (
        "l3",
        "one catching link",
        ENDS + throw("l1", "link") + catch("l2", "link") + catch("l3", "link") + flows("s -> l1", "l2 -> e", "l3 -> e"),
    ),
    "a gateway of events without events": (
        "g",
        "catching events",
        ENDS + gateway("eventBased", "g") + user("a") + user("b") + flows("s -> g -> a -> e", "g -> b"),
    ),
    "a gateway of one event": ("g", "at least two", ENDS + gateway("eventBased", "g") + catch("c", "timer") + flows("s -> g -> c -> e")),
    "a default flow of another": ("g", "a default flow", ENDS + gateway("exclusive", "g", default="s_g") + flows("s -> g -> e")),
    "a flow without a condition before others": (
        "g",
        "g_a",
        ENDS + gateway("exclusive", "g") + user("a") + user("b") + flows("s -> g -> a", "g -> b if x", "b -> e"),
    ),
    "FEEL that is none in a condition": (
        "g",
        "Expected",
        ENDS + gateway("exclusive", "g", default="g_e") + user("a") + flows("s -> g -> e", "g -> a if 1 +"),
    ),
    "FEEL that is none in a mapping": (
        "a",
        "Expected",
        ENDS + user("a", ext='<zeebe:ioMapping><zeebe:input source="=(" target="x"/></zeebe:ioMapping>') + flows("s -> a -> e"),
    ),
    "a mapping to nowhere": (
        "a",
        "a target",
        ENDS + user("a", ext='<zeebe:ioMapping><zeebe:input source="=1" target="x..y"/></zeebe:ioMapping>') + flows("s -> a -> e"),
    ),
    "a job without a type": ("a", "taskDefinition", ENDS + element("serviceTask", "a") + flows("s -> a -> e")),
    "a job at a user task": ("a", "for workers", ENDS + user("a", ext='<zeebe:taskDefinition type="x"/>') + flows("s -> a -> e")),
    "a script without a script": (
        "a",
        "zeebe:script",
        ENDS + element("scriptTask", "a", "<bpmn:script>1</bpmn:script>") + flows("s -> a -> e"),
    ),
    "a decision without a decision": ("a", "calledDecision", ENDS + element("businessRuleTask", "a") + flows("s -> a -> e")),
    "a call without a process": ("a", "calledElement", ENDS + element("callActivity", "a", calledElement="x") + flows("s -> a -> e")),
    "a send task without a message": ("a", "a message to send", ENDS + element("sendTask", "a") + flows("s -> a -> e")),
    "a receive task without a message": ("a", "waits for something", ENDS + element("receiveTask", "a") + flows("s -> a -> e")),
    "a binding of another world": ("a", "a binding", ENDS + call("a", more='bindingType="newest"') + flows("s -> a -> e")),
    "a version tag without its binding": ("a", "a version tag", ENDS + call("a", more='versionTag="v1"') + flows("s -> a -> e")),
    "a form in two ways": (
        "a",
        "one of formId",
        ENDS + user("a", ext='<zeebe:formDefinition formId="x" externalReference="y"/>') + flows("s -> a -> e"),
    ),
    "a multi-instance without a collection": (
        "a",
        "input collection",
        ENDS + user("a", "<bpmn:multiInstanceLoopCharacteristics/>") + flows("s -> a -> e"),
    ),
    "an output collection without its element": (
        "a",
        "together",
        ENDS + user("a", multi().replace('outputElement="=r"', "")) + flows("s -> a -> e"),
    ),
    "a loop without an end": (
        "a",
        "a maximum or a condition",
        ENDS + user("a", "<bpmn:standardLoopCharacteristics/>") + flows("s -> a -> e"),
    ),
    "a loop maximum that is none": (
        "a",
        "a loop maximum",
        ENDS + user("a", '<bpmn:standardLoopCharacteristics loopMaximum="-1"/>') + flows("s -> a -> e"),
    ),
    "a quantity of nothing": ("a", "completionQuantity", ENDS + user("a", completionQuantity="0") + flows("s -> a -> e")),
    "an empty sub-process": ("x", "something inside", ENDS + sub("x") + flows("s -> x -> e")),
    "an ad-hoc sub-process with a start": (
        "s2",
        "no start event",
        ENDS + sub("x", start("s2"), user("a"), flows("s2 -> a"), tag="adHocSubProcess") + flows("s -> x -> e"),
    ),
    "an ad-hoc sub-process of agents": (
        "x",
        "outputCollection",
        ENDS + sub("x", user("a"), tag="adHocSubProcess", ext='<zeebe:adHoc outputCollection="r"/>') + flows("s -> x -> e"),
    ),
    "a handler that nothing starts": ("h", "one start event", PLAIN + sub("h", user("r"), triggeredByEvent="true")),
    "a receive task that starts a process": (
        "a",
        "instantiate=false",
        ENDS + element("receiveTask", "a", messageRef="M", instantiate="true") + flows("s -> a -> e"),
    ),
    "a gateway that waits for all events": (
        "g",
        "eventGatewayType=Exclusive",
        ENDS
        + gateway("eventBased", "g", eventGatewayType="Parallel")
        + catch("c", "timer")
        + catch("d", "signal")
        + flows("s -> g -> c -> e", "g -> d -> e"),
    ),
    "compensation that is not waited for": (
        "t",
        "waitForCompletion",
        ENDS + throw("t", '<bpmn:compensateEventDefinition waitForCompletion="false"/>') + flows("s -> t -> e"),
    ),
    "a multi-instance that throws events": (
        "a",
        "behavior None",
        ENDS + user("a", multi().replace("isSequential", 'behavior="None" isSequential')) + flows("s -> a -> e"),
    ),
    "a multi-instance by number": (
        "a",
        "a loopCardinality",
        ENDS
        + user("a", multi().replace("</bpmn:multi", "<bpmn:loopCardinality>3</bpmn:loopCardinality></bpmn:multi"))
        + flows("s -> a -> e"),
    ),
    "an attribute of another world": (
        "a",
        "found businessId",
        ENDS + call("a", more='businessId="x"') + flows("s -> a -> e"),
    ),
    "a condition in another language": (
        "g_a",
        "in groovy",
        (ENDS + gateway("exclusive", "g", default="g_e") + user("a") + flows("s -> g -> e", "g -> a if x", "a -> e")).replace(
            "<bpmn:conditionExpression", '<bpmn:conditionExpression language="groovy"'
        ),
    ),
    "a code to catch that is an expression": (
        "b",
        "a literal code",
        PLAIN + boundary("b", "a", '<bpmn:errorEventDefinition errorRef="F"/>') + flows("b -> e"),
    ),
    "a listener without a type": ("a", "with a type", ENDS + user("a", ext=listeners(("start", ""))) + flows("s -> a -> e")),
    "a listener for another event": ("a", "for start or end", ENDS + user("a", ext=listeners(("middle", "x"))) + flows("s -> a -> e")),
    "a task listener at a job": (
        "a",
        "of a user task",
        ENDS + job("a", ext=listeners(("creating", "x"), of="task")) + flows("s -> a -> e"),
    ),
    "a start listener of a boundary event": (
        "b",
        "start listener",
        PLAIN + boundary("b", "a", "timer", ext=listeners(("start", "x"))) + flows("b -> e"),
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_run_is_refused_at_its_element_and_never_dropped(case):
    id, sentence, body = REFUSED[case]

    with pytest.raises(NotExecutable, match=sentence) as refused:
        read(body, head='<bpmn:error id="F" errorCode="=which"/>')

    assert refused.value.element == id
    assert str(refused.value).startswith(f"{id}: ")


def test_sub_processes_without_end_are_refused():
    inner = start("s0") + end("e0") + flows("s0 -> e0")
    for depth in range(1, 102):
        inner = start(f"s{depth}") + sub(f"x{depth}", inner) + end(f"e{depth}") + flows(f"s{depth} -> x{depth} -> e{depth}")

    with pytest.raises(NotExecutable, match="x1: Expected at most 100 sub-processes"):
        read(inner)


def test_what_is_not_understood_of_the_process_itself_is_refused():
    with pytest.raises(NotExecutable, match=r"p: .*zeebe:magic"):
        read(PLAIN, process="<zeebe:magic/>")


def test_attributes_of_camunda_7_are_refused():
    with pytest.raises(NotExecutable, match="Camunda 7"):
        definition.read(
            diagram(PLAIN).replace(
                b'<bpmn:userTask id="a"', b'<bpmn:userTask xmlns:c="http://camunda.org/schema/1.0/bpmn" c:assignee="li" id="a"'
            )
        )


def test_extensions_of_other_vendors_are_not_ours():
    other = b'<bpmn:extensionElements><o:x xmlns:o="urn:other"/>'
    xml = diagram(ENDS, user("a"), flows("s -> a -> e")).replace(b"<bpmn:extensionElements>", other)

    assert definition.read(xml)


def test_every_kind_of_event_is_read_where_it_may_stand():
    for kind in ("timer", "message", "signal", "condition", "error", "any error", "escalation", "any escalation"):
        assert read(PLAIN, boundary("b", "a", kind), flows("b -> e")).elements["b"].catches
        assert read(PLAIN, handler("h", kind)).elements["h_s"].catches
