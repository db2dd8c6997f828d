"""What stands in `zeebe:*` beside an element: read whole, and refused by name where it is not understood."""

ZEEBE = "http://camunda.org/schema/zeebe/1.0"
CAMUNDA_7 = "http://camunda.org/schema/1.0/bpmn"
BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"

#: Elements with attributes alone, and these attributes; each element stands at most once.
PLAIN = {
    "taskDefinition": {"type", "retries"},
    "assignmentDefinition": {"assignee", "candidateGroups", "candidateUsers"},
    "taskSchedule": {"dueDate", "followUpDate"},
    "priorityDefinition": {"priority"},
    "formDefinition": {"formId", "bindingType", "versionTag", "externalReference", "formKey"},
    "userTask": set(),
    "calledElement": {"processId", "propagateAllParentVariables", "propagateAllChildVariables", "bindingType", "versionTag"},
    "calledDecision": {"decisionId", "resultVariable", "bindingType", "versionTag"},
    "script": {"expression", "resultVariable"},
    "loopCharacteristics": {"inputCollection", "inputElement", "outputCollection", "outputElement"},
    "subscription": {"correlationKey"},
    "publishMessage": {"correlationKey", "messageId", "timeToLive"},
    "adHoc": {"activeElementsCollection"},
    "versionTag": {"value"},
}


class NotUnderstood(ValueError):
    """Something in the extensions of an element that this engine does not run."""


def read(node):
    """{name: attributes} of a BPMN element; lists for inputs and outputs [(source, target)], executionListeners, taskListeners [dict];
    dicts for taskHeaders and properties {name: value}; forms {id: JSON text}.

    Raises NotUnderstood for what is of the dialect, or of its predecessor, and unknown here. Other vendors' extensions are not ours.
    """
    _refuse_predecessor(node)
    found = {}
    for extensions in node.iterchildren(f"{{{BPMN}}}extensionElements"):
        for element in extensions.iterchildren("*"):
            namespace, _, name = element.tag[1:].partition("}")
            if namespace == CAMUNDA_7:
                raise NotUnderstood(f"Expected extensions of Camunda 8, but camunda:{name} is of Camunda 7")
            if namespace == ZEEBE:
                _one(found, name, element)
    return found


def _one(found, name, element):
    if name in PLAIN:
        if name in found:
            raise NotUnderstood(f"Expected zeebe:{name} once, but found it twice")
        unknown = sorted(set(element.attrib) - PLAIN[name])
        if unknown:
            raise NotUnderstood(f"Expected of zeebe:{name} what this engine runs, but found {', '.join(unknown)}")
        found[name] = dict(element.attrib)
    elif name == "ioMapping":
        for kind in ("input", "output"):
            pairs = [(e.get("source"), e.get("target")) for e in element.iterchildren(f"{{{ZEEBE}}}{kind}")]
            found[kind + "s"] = found.get(kind + "s", []) + pairs
    elif name == "taskHeaders":
        found[name] = _headers(element)
    elif name == "properties":
        found[name] = {e.get("name"): e.get("value") for e in element.iterchildren(f"{{{ZEEBE}}}property")}
    elif name in ("executionListeners", "taskListeners"):
        listeners = element.iterchildren(f"{{{ZEEBE}}}{name[:-1]}")
        found[name] = [{**e.attrib, "headers": _listener_headers(e)} for e in listeners]
    elif name == "userTaskForm":
        found.setdefault("forms", {})[element.get("id")] = element.text or ""
    else:
        raise NotUnderstood(f"Expected an extension that this engine runs, but zeebe:{name} is not one")


def _headers(element):
    return {e.get("key"): e.get("value") or "" for e in element.iterchildren(f"{{{ZEEBE}}}header") if e.get("key")}


def _listener_headers(listener):
    headers = {}
    for element in listener.iterchildren(f"{{{ZEEBE}}}taskHeaders"):
        headers.update(_headers(element))
    return headers


def _refuse_predecessor(node):
    for name in node.attrib:
        if name.startswith(f"{{{CAMUNDA_7}}}"):
            attribute = name.partition("}")[2]
            raise NotUnderstood(f"Expected extensions of Camunda 8, but camunda:{attribute} is of Camunda 7")
