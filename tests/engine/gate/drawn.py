"""Small diagrams for the tests of the gate, from pieces that a test can read in a line."""

from itertools import pairwise

from engine.gate import bpmn

HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="d" targetNamespace="urn:test"{more}>'
)
TOP = (
    '<message id="M" name="arrived"><extensionElements><zeebe:subscription correlationKey="=key"/></extensionElements></message>'
    '<message id="M_start" name="begun"/><signal id="G" name="alarm"/><error id="R" errorCode="bad"/>'
    '<escalation id="C" escalationCode="up"/>'
)
START, END = '<startEvent id="s"/>', '<endEvent id="e"/>'
EVENT = {
    "message": '<messageEventDefinition messageRef="M"/>',
    "started": '<messageEventDefinition messageRef="M_start"/>',
    "timer": "<timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition>",
    "signal": '<signalEventDefinition signalRef="G"/>',
    "conditional": "<conditionalEventDefinition><condition>=x &gt; 3</condition></conditionalEventDefinition>",
    "error": '<errorEventDefinition errorRef="R"/>',
    "escalation": '<escalationEventDefinition escalationRef="C"/>',
    "compensate": "<compensateEventDefinition/>",
    "cancel": "<cancelEventDefinition/>",
    "terminate": "<terminateEventDefinition/>",
    "link": '<linkEventDefinition name="L"/>',
}


def file(body, top="", process='id="p" isExecutable="true"', more=""):
    """The bytes of a file with one process. `top`: further root elements; `more`: further attributes of the root."""
    return f"{HEAD.format(more=more)}{TOP}{top}<process {process}>{body}</process></definitions>".encode()


def element(tag, id, extensions="", inside="", **attributes):
    """An element with its extensions: whole XML, or one zeebe element in short (script expression="=1")."""
    held = extensions if extensions.startswith("<") or not extensions else f"<zeebe:{extensions}/>"
    held = f"<extensionElements>{held}</extensionElements>" if held else ""
    given = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return f'<{tag} id="{id}"{given}>{held}{inside}</{tag}>'


def job(id="a", inside="", **attributes):
    """A service task."""
    return element("serviceTask", id, 'taskDefinition type="work"', inside, **attributes)


def person(id="a", extensions='<zeebe:userTask/><zeebe:assignmentDefinition candidateGroups="clerks"/>', inside="", **attributes):
    """A user task with a queue."""
    return element("userTask", id, extensions, inside, **attributes)


def event(tag, id, kind, extensions="", **attributes):
    """An event with one of the definitions of EVENT, or the definition itself."""
    return element(tag, id, extensions, EVENT.get(kind, kind), **attributes)


def flows(*pairs):
    """Sequence flows: "a b", or "a b =condition"; the id is a_b."""
    drawn = []
    for pair in pairs:
        source, target, *condition = pair.split(" ", 2)
        inside = f"<conditionExpression>{condition[0].replace('<', '&lt;').replace('>', '&gt;')}</conditionExpression>" if condition else ""
        drawn.append(f'<sequenceFlow id="{source}_{target}" sourceRef="{source}" targetRef="{target}">{inside}</sequenceFlow>')
    return "".join(drawn)


def line(*ids):
    """Sequence flows from each to the next."""
    return flows(*[f"{source} {target}" for source, target in pairwise(ids)])


def around(middle, *ids):
    """A process body: start, the elements in the middle connected one after the other, end."""
    return START + middle + END + line("s", *(ids or ("a",)), "e")


def properties(*pairs):
    """zeebe:properties with names and values."""
    return (
        "<zeebe:properties>" + "".join(f'<zeebe:property name="{name}" value="{value}"/>' for name, value in pairs) + "</zeebe:properties>"
    )


def problems(content):
    """All problems that the rules find in a file, without the one that says that it is not drawn."""
    return [each for each in bpmn.read(content, "test.bpmn")[0] if each.code != "NO_DRAWING"]


def found(content):
    """[(code, element)] of the problems of a file, in the order of the rules."""
    return [(each.code, each.element) for each in problems(content)]
