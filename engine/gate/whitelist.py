"""Every BPMN element and attribute that the machine executes or that only draws; what is not in this table is refused by name.

A row reads: what it is for, its attributes as name:kind, its children, the zeebe extensions that it may carry, the kind of its text.
`extensions.py` is the same table for the zeebe elements, `refused.py` says of well-known absentees what to use instead. Every element may
also carry documentation, extensionElements, zeebe:properties and what a modeler keeps for itself (`SILENT` in `extensions.py`).
"""

from dataclasses import dataclass

# The kinds of value. `expressions.py` checks those with an expression in them, `references.py` those that start with ">".
KINDS = {
    "id": "an id, used once in the file",
    "text": "any text",
    "flag": "true or false",
    "count": "a whole number above zero",
    "feel": "an expression: = and then FEEL",
    "value": "a text, or an expression that starts with =",
    "whole": "a whole number from zero, or an expression that starts with =",
    "priority": "a whole number from 0 to 100, or an expression that starts with =",
    "moment": "a date and time with its zone (2026-03-01T09:00:00+08:00), or an expression that starts with =",
    "duration": "an ISO 8601 duration (PT15M, P3D), or an expression that starts with =",
    "cycle": "a repeated ISO 8601 interval (R3/PT1H), a cron expression (0 0 9 * * MON-FRI), or an expression that starts with =",
    "variable": "the name of a variable",
    "path": "the name of a variable, or a place inside it (person.name)",
    "a|b": "one of these words",
    ">element": "the id of such an element",
}


@dataclass(slots=True, frozen=True)
class Entry:
    """One row: `does` says what the machine makes of it, `text` is the kind of the element's own text (None: it has none)."""

    does: str
    attributes: dict
    children: frozenset
    extensions: frozenset
    text: str | None


def entry(does, attributes="", children="", extensions="", text=None):
    """A row from its columns; each column is words with spaces between them."""
    kinds = dict(word.split(":", 1) for word in attributes.split())
    return Entry(does, kinds, frozenset(children.split()), frozenset(extensions.split()), text)


NAMED = "id:id name:text"
MAPPED = "ioMapping executionListeners"
JOB = MAPPED + " taskDefinition taskHeaders"

DRAWN = "textAnnotation association group dataObject dataObjectReference dataStoreReference"
EVENTS = "startEvent endEvent intermediateCatchEvent intermediateThrowEvent boundaryEvent"
TASKS = "task manualTask userTask serviceTask sendTask receiveTask scriptTask businessRuleTask callActivity"
SUB_PROCESSES = "subProcess transaction adHocSubProcess"
GATEWAYS = "exclusiveGateway parallelGateway inclusiveGateway complexGateway eventBasedGateway"
NODES = f"{EVENTS} {TASKS} {SUB_PROCESSES} {GATEWAYS}"
SCOPE = f"{NODES} sequenceFlow laneSet {DRAWN}"
CATCHES = "messageEventDefinition timerEventDefinition signalEventDefinition conditionalEventDefinition linkEventDefinition"
THROWS = "errorEventDefinition escalationEventDefinition compensateEventDefinition cancelEventDefinition terminateEventDefinition"
DEFINITIONS = f"{CATCHES} {THROWS}"

NODE = "incoming outgoing categoryValueRef"
ARROWS_IN, ARROWS_OUT = "property dataInputAssociation", "dataOutputAssociation"
EVENT = f"{NODE} {DEFINITIONS} eventDefinitionRef"
ACTIVITY = f"{NODE} multiInstanceLoopCharacteristics standardLoopCharacteristics {ARROWS_IN} {ARROWS_OUT}"
WORK = f"{NAMED} default:>sequenceFlow isForCompensation:flag startQuantity:count completionQuantity:count"
CATCH = f"{NAMED} parallelMultiple:flag"
GATEWAY = f"{NAMED} gatewayDirection:Unspecified|Converging|Diverging|Mixed"
CHOICE = f"{GATEWAY} default:>sequenceFlow"

BPMN = {
    "definitions": entry(
        "the file",
        f"{NAMED} targetNamespace:text expressionLanguage:text typeLanguage:text exporter:text exporterVersion:text",
        f"process collaboration message signal error escalation category dataStore {DEFINITIONS}",
    ),
    "process": entry(
        "a process that can be started",
        f"{NAMED} isExecutable:flag processType:None|Public|Private isClosed:flag",
        SCOPE,
        "versionTag userTaskForm executionListeners",
    ),
    "laneSet": entry("lanes", NAMED, "lane"),
    "lane": entry("a role: user tasks in it go to the queue of its name", NAMED, "flowNodeRef childLaneSet"),
    "childLaneSet": entry("lanes inside a lane; the innermost names the queue", NAMED, "lane"),
    "flowNodeRef": entry("an element of the lane", text=">node"),
    "incoming": entry("a flow that ends here, repeated from the flow", text=">sequenceFlow"),
    "outgoing": entry("a flow that leaves here, repeated from the flow", text=">sequenceFlow"),
    "sequenceFlow": entry("where a token goes", f"{NAMED} sourceRef:>node targetRef:>node", "conditionExpression categoryValueRef"),
    "conditionExpression": entry("a token goes here only if it is true", "id:id language:text evaluatesToTypeRef:text", text="feel"),
    # Events
    "startEvent": entry(
        "begins a process or a sub-process", f"{CATCH} isInterrupting:flag", f"{EVENT} {ARROWS_OUT}", f"{MAPPED} formDefinition"
    ),
    "endEvent": entry("ends a path, and says so to others", NAMED, f"{EVENT} {ARROWS_IN}", f"{JOB} publishMessage"),
    "intermediateThrowEvent": entry("says something to others", NAMED, f"{EVENT} {ARROWS_IN}", f"{JOB} publishMessage"),
    "intermediateCatchEvent": entry("waits", CATCH, f"{EVENT} {ARROWS_OUT}", MAPPED),
    "boundaryEvent": entry(
        "waits while an activity is open", f"{CATCH} attachedToRef:>activity cancelActivity:flag", f"{EVENT} {ARROWS_OUT}", MAPPED
    ),
    "eventDefinitionRef": entry("an event definition that stands at the top of the file", text=">eventDefinition"),
    "messageEventDefinition": entry("by a message", "id:id messageRef:>message"),
    "timerEventDefinition": entry("by the clock", "id:id", "timeDate timeDuration timeCycle"),
    "timeDate": entry("at a time", "id:id language:text", text="moment"),
    "timeDuration": entry("after a time", "id:id language:text", text="duration"),
    "timeCycle": entry("again and again", "id:id language:text", text="cycle"),
    "signalEventDefinition": entry("by a signal that everybody hears", "id:id signalRef:>signal"),
    "conditionalEventDefinition": entry("by a condition that becomes true", "id:id", "condition"),
    "condition": entry("the condition of a conditional event", "id:id language:text", text="feel"),
    "linkEventDefinition": entry("goes on at the link of the same name", NAMED),
    "errorEventDefinition": entry("by an error", "id:id errorRef:>error"),
    "escalationEventDefinition": entry("by an escalation", "id:id escalationRef:>escalation"),
    "compensateEventDefinition": entry("undoes what is complete", "id:id activityRef:>activity waitForCompletion:true"),
    "cancelEventDefinition": entry("cancels the transaction", "id:id"),
    "terminateEventDefinition": entry("ends everything in its scope", "id:id"),
    "message": entry("a message", "id:id name:value", extensions="subscription"),
    "signal": entry("a signal", "id:id name:value"),
    "error": entry("an error", f"{NAMED} errorCode:value"),
    "escalation": entry("an escalation", f"{NAMED} escalationCode:value"),
    # Activities
    "task": entry("is passed", WORK, ACTIVITY, MAPPED),
    "manualTask": entry("is passed", WORK, ACTIVITY, MAPPED),
    "userTask": entry(
        "opens a task in a queue",
        WORK,
        ACTIVITY,
        f"{MAPPED} userTask assignmentDefinition taskSchedule priorityDefinition formDefinition taskHeaders taskListeners",
    ),
    "serviceTask": entry("opens a job, or calls a handler (local:)", WORK, ACTIVITY, JOB),
    "sendTask": entry("opens a job, or publishes a message", f"{WORK} messageRef:>message", ACTIVITY, f"{JOB} publishMessage"),
    "receiveTask": entry("waits for a message", f"{WORK} messageRef:>message instantiate:false", ACTIVITY, MAPPED),
    "scriptTask": entry("computes a FEEL expression, or opens a job", WORK, ACTIVITY, f"{JOB} script"),
    "businessRuleTask": entry("asks a decision, or opens a job", WORK, ACTIVITY, f"{JOB} calledDecision"),
    "callActivity": entry("starts another process and waits for it", WORK, ACTIVITY, f"{MAPPED} calledElement"),
    "subProcess": entry("a part with variables and events of its own", f"{WORK} triggeredByEvent:flag", f"{ACTIVITY} {SCOPE}", MAPPED),
    "transaction": entry("a part that can be cancelled as a whole", f"{WORK} triggeredByEvent:false", f"{ACTIVITY} {SCOPE}", MAPPED),
    "adHocSubProcess": entry(
        "activities in any order",
        f"{WORK} triggeredByEvent:false ordering:Parallel|Sequential cancelRemainingInstances:flag",
        f"{ACTIVITY} {SCOPE} completionCondition",
        f"{MAPPED} adHoc",
    ),
    "multiInstanceLoopCharacteristics": entry(
        "once for every element of a list", "id:id isSequential:flag", "completionCondition", "loopCharacteristics"
    ),
    "completionCondition": entry("ends the rest when it is true", "id:id language:text", text="feel"),
    "standardLoopCharacteristics": entry("again while a condition is true", "id:id testBefore:flag loopMaximum:count", "loopCondition"),
    "loopCondition": entry("again while it is true", "id:id language:text", text="feel"),
    # Gateways
    "exclusiveGateway": entry("takes the first flow whose condition is true", CHOICE, NODE, "executionListeners"),
    "inclusiveGateway": entry(
        "takes every flow whose condition is true; waits for what can still come", CHOICE, NODE, "executionListeners"
    ),
    "parallelGateway": entry("takes every flow; waits for every flow", GATEWAY, NODE, "executionListeners"),
    "complexGateway": entry("takes every flow whose condition is true; waits for its own", CHOICE, f"{NODE} activationCondition"),
    "activationCondition": entry("what a complex gateway waits for; activationCount counts the tokens", "id:id language:text", text="feel"),
    "eventBasedGateway": entry(
        "waits for the first of several events", f"{GATEWAY} instantiate:false eventGatewayType:Exclusive", NODE, "executionListeners"
    ),
    # Drawing and documentation: kept with the file, not executed
    "documentation": entry("text for people", "id:id textFormat:text", text="text"),
    "extensionElements": entry("extensions"),
    "textAnnotation": entry("text in the drawing", "id:id textFormat:text", "text"),
    "text": entry("text in the drawing", text="text"),
    "association": entry(
        "a dotted line; it also says which activity compensates", "id:id sourceRef:>any targetRef:>any associationDirection:None|One|Both"
    ),
    "group": entry("a frame in the drawing", "id:id categoryValueRef:>categoryValue"),
    "category": entry("names of groups", NAMED, "categoryValue"),
    "categoryValue": entry("the name of a group", "id:id value:text"),
    "categoryValueRef": entry("the group that an element is in", text=">categoryValue"),
    # Data: a data object, or a store, stands for the variable of its name; `rules/data.py` checks that arrows say what happens
    "dataObject": entry("a variable", f"{NAMED} isCollection:flag", "dataState"),
    "dataObjectReference": entry("a variable, where it is read or written", f"{NAMED} dataObjectRef:>dataObject", "dataState"),
    "dataStore": entry("a store that outlives the process", f"{NAMED} capacity:count isUnlimited:flag", "dataState"),
    "dataStoreReference": entry(
        "a variable that holds what was taken from a store, or goes there", f"{NAMED} dataStoreRef:>dataStore", "dataState"
    ),
    "dataInputAssociation": entry("the element sees the variable", "id:id", "sourceRef targetRef"),
    "dataOutputAssociation": entry("the element writes the variable", "id:id", "sourceRef targetRef"),
    "sourceRef": entry("where an arrow begins", text=">any"),
    "targetRef": entry("where an arrow ends", text=">any"),
    "property": entry("the inner end of an arrow, as modelers write it", NAMED),
    "dataState": entry("the state of a paper in the drawing", NAMED),
    "collaboration": entry(
        "pools and the messages between them", f"{NAMED} isClosed:flag", "participant messageFlow textAnnotation association group"
    ),
    "participant": entry("a pool", f"{NAMED} processRef:>process", "participantMultiplicity"),
    "participantMultiplicity": entry("a mark on a pool", "id:id minimum:text maximum:text"),
    "messageFlow": entry("a message in the drawing", f"{NAMED} sourceRef:>any targetRef:>any messageRef:>message"),
}
