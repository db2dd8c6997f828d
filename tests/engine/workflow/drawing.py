"""Small diagrams in the dialect, written as a test reads: parts by function, flows as "s -> a -> e"."""

from html import escape
from itertools import pairwise

HEAD = (
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0">'
    '<bpmn:message id="M" name="msg"><bpmn:extensionElements><zeebe:subscription correlationKey="=key"/></bpmn:extensionElements>'
    '</bpmn:message><bpmn:message id="N" name="plain"/><bpmn:signal id="S" name="sig"/>'
    '<bpmn:error id="E" errorCode="bad"/><bpmn:error id="E2" errorCode="worse"/><bpmn:escalation id="X" escalationCode="up"/>'
)

#: what stands inside an event, by a word
EVENTS = {
    "": "",
    "message": '<bpmn:messageEventDefinition messageRef="M"/>',
    "plain message": '<bpmn:messageEventDefinition messageRef="N"/>',
    "signal": '<bpmn:signalEventDefinition signalRef="S"/>',
    "error": '<bpmn:errorEventDefinition errorRef="E"/>',
    "worse error": '<bpmn:errorEventDefinition errorRef="E2"/>',
    "any error": "<bpmn:errorEventDefinition/>",
    "escalation": '<bpmn:escalationEventDefinition escalationRef="X"/>',
    "any escalation": "<bpmn:escalationEventDefinition/>",
    "terminate": "<bpmn:terminateEventDefinition/>",
    "compensation": "<bpmn:compensateEventDefinition/>",
    "cancel": "<bpmn:cancelEventDefinition/>",
    "link": '<bpmn:linkEventDefinition name="L"/>',
    "condition": "<bpmn:conditionalEventDefinition><bpmn:condition>=x &gt; 3</bpmn:condition></bpmn:conditionalEventDefinition>",
}


def timer(text, kind="Duration"):
    """A timer event's inside; `kind`: Duration, Date or Cycle."""
    return f"<bpmn:timerEventDefinition><bpmn:time{kind}>{escape(text)}</bpmn:time{kind}></bpmn:timerEventDefinition>"


EVENTS["timer"] = timer("PT1H")
EVENTS["cycle"] = timer("R3/PT1H", "Cycle")


def diagram(*parts, id="p", process="", head=""):
    """A file with one executable process. `process`: its extensions; `head`: more declarations."""
    inside = extensions(process) + "".join(parts)
    return f'{HEAD}{head}<bpmn:process id="{id}" isExecutable="true">{inside}</bpmn:process></bpmn:definitions>'.encode()


def extensions(text):
    """Extension elements around zeebe elements, or nothing around nothing."""
    return f"<bpmn:extensionElements>{text}</bpmn:extensionElements>" if text else ""


def element(tag, id, *inside, ext="", **attributes):
    """Any element."""
    attributes = "".join(f' {name}="{escape(str(value))}"' for name, value in attributes.items())
    return f'<bpmn:{tag} id="{id}"{attributes}>{extensions(ext)}{"".join(inside)}</bpmn:{tag}>'


def flows(*chains):
    """Flows "a -> b -> c"; the last one may have a condition, "g -> b if x = 1". Their ids are a_b; of a second one a_b_2."""
    found, counts = [], {}
    for chain in chains:
        chain, _, condition = chain.partition(" if ")
        ids = [id.strip() for id in chain.split("->")]
        for source, target in pairwise(ids):
            counts[source, target] = count = counts.get((source, target), 0) + 1
            id = f"{source}_{target}" + (f"_{count}" if count > 1 else "")
            last = target == ids[-1] and condition
            inside = f"<bpmn:conditionExpression>={escape(condition)}</bpmn:conditionExpression>" if last else ""
            found.append(element("sequenceFlow", id, inside, sourceRef=source, targetRef=target))
    return "".join(found)


def start(id="s", event="", **more):
    """A start event."""
    return element("startEvent", id, EVENTS.get(event, event), **more)


def end(id="e", event="", **more):
    """An end event."""
    return element("endEvent", id, EVENTS.get(event, event), **more)


def catch(id, event, **more):
    """An intermediate catching event."""
    return element("intermediateCatchEvent", id, EVENTS.get(event, event), **more)


def throw(id, event="", **more):
    """An intermediate throwing event."""
    return element("intermediateThrowEvent", id, EVENTS.get(event, event), **more)


def boundary(id, activity, event, interrupting=True, **more):
    """A boundary event."""
    return element("boundaryEvent", id, EVENTS.get(event, event), attachedToRef=activity, cancelActivity=str(interrupting).lower(), **more)


def user(id, *inside, ext="", **more):
    """A user task."""
    return element("userTask", id, *inside, ext="<zeebe:userTask/>" + ext, **more)


def job(id, *inside, type="do", ext="", **more):
    """A service task for a worker."""
    return element("serviceTask", id, *inside, ext=f'<zeebe:taskDefinition type="{escape(type)}"/>' + ext, **more)


def script(id, code=None, result="log", *inside, ext="", **more):
    """A script task; without code it appends its id to the list `log`."""
    code = f'append(log, "{id}")' if code is None else code
    ext += f'<zeebe:script expression="={escape(code)}" resultVariable="{result}"/>'
    return element("scriptTask", id, *inside, ext=ext, **more)


def call(id, *inside, process="child", ext="", more="", **attributes):
    """A call activity; `more`: attributes of zeebe:calledElement."""
    return element("callActivity", id, *inside, ext=f'<zeebe:calledElement processId="{escape(process)}" {more}/>' + ext, **attributes)


def sub(id, *inside, tag="subProcess", **more):
    """An embedded sub-process."""
    return element(tag, id, *inside, **more)


def handler(id, event, *inside, interrupting=True, after="r", **more):
    """An event sub-process: `event` starts it, then comes what is inside (else the user task `r`), then it ends."""
    inside = inside or (user(after), flows(f"{id}_s -> {after} -> {id}_e"))
    begin = start(f"{id}_s", event, isInterrupting=str(interrupting).lower())
    return element("subProcess", id, begin, *inside, end(f"{id}_e"), triggeredByEvent="true", **more)


def gateway(kind, id, **more):
    """kind: exclusive, parallel, inclusive, eventBased, complex."""
    return element(f"{kind}Gateway", id, **more)


def mapping(inputs=(), outputs=()):
    """zeebe:ioMapping: inputs and outputs as {target: FEEL}."""
    text = "".join(f'<zeebe:input source="={escape(source)}" target="{target}"/>' for target, source in dict(inputs).items())
    text += "".join(f'<zeebe:output source="={escape(source)}" target="{target}"/>' for target, source in dict(outputs).items())
    return f"<zeebe:ioMapping>{text}</zeebe:ioMapping>"


def multi(sequential=False, until="", items="items", item="item", output="results", result="r"):
    """Multi-instance characteristics."""
    collected = f'outputCollection="{output}" outputElement="={escape(result)}"' if output else ""
    condition = f"<bpmn:completionCondition>={escape(until)}</bpmn:completionCondition>" if until else ""
    inside = f'<zeebe:loopCharacteristics inputCollection="={escape(items)}" inputElement="{item}" {collected}/>'
    return (
        f'<bpmn:multiInstanceLoopCharacteristics isSequential="{str(sequential).lower()}">{extensions(inside)}{condition}'
        "</bpmn:multiInstanceLoopCharacteristics>"
    )


def undoable(id, by=None, task=None):
    """A script task with a compensation handler: a script `undo_id`, or the given task."""
    undo = task or script(f"undo_{id}", isForCompensation="true")
    name = by or f"undo_{id}"
    return script(id) + boundary(f"b_{id}", id, "compensation") + undo + association(f"b_{id}", name)


def association(source, target):
    """From a compensation event to its handler."""
    return element("association", f"{source}_to_{target}", sourceRef=source, targetRef=target)


def listeners(*pairs, of="execution"):
    """zeebe listeners: (event, job type)."""
    inside = "".join(f'<zeebe:{of}Listener eventType="{event}" type="{escape(type)}"/>' for event, type in pairs)
    return f"<zeebe:{of}Listeners>{inside}</zeebe:{of}Listeners>"
