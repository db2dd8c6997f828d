"""From the library's specifications to elements that know each other: flows, boundary events, handlers, links, what reaches a join."""

from SpiffWorkflow.bpmn.specs import defaults as specs

from engine.workflow import dialect_extensions
from engine.workflow.elements import Element, Flow, NotExecutable

#: tag -> (kind, Camunda's word for it); some kinds depend on what else is declared, see `_kind`
KINDS = {
    "task": ("none", "TASK"),
    "manualTask": ("none", "MANUAL_TASK"),
    "userTask": ("user", "USER_TASK"),
    "serviceTask": ("job", "SERVICE_TASK"),
    "businessRuleTask": ("decision", "BUSINESS_RULE_TASK"),
    "scriptTask": ("script", "SCRIPT_TASK"),
    "sendTask": ("throw", "SEND_TASK"),
    "receiveTask": ("catch", "RECEIVE_TASK"),
    "callActivity": ("call", "CALL_ACTIVITY"),
    "subProcess": ("subprocess", "SUB_PROCESS"),
    "transaction": ("subprocess", "SUB_PROCESS"),
    "adHocSubProcess": ("adhoc", "AD_HOC_SUB_PROCESS"),
    "exclusiveGateway": ("exclusive", "EXCLUSIVE_GATEWAY"),
    "parallelGateway": ("parallel", "PARALLEL_GATEWAY"),
    "inclusiveGateway": ("inclusive", "INCLUSIVE_GATEWAY"),
    "complexGateway": ("complex", "UNKNOWN"),
    "eventBasedGateway": ("catch", "EVENT_BASED_GATEWAY"),
    "startEvent": ("start", "START_EVENT"),
    "endEvent": ("throw", "END_EVENT"),
    "boundaryEvent": ("boundary", "BOUNDARY_EVENT"),
    "intermediateCatchEvent": ("catch", "INTERMEDIATE_CATCH_EVENT"),
    "intermediateThrowEvent": ("throw", "INTERMEDIATE_THROW_EVENT"),
}
#: attribute -> its values that this engine runs, the standard's default first
RUN = {"instantiate": ("false",), "eventGatewayType": ("Exclusive",), "ordering": ("Parallel", "Sequential")}
ACTIVITIES = frozenset({"none", "user", "job", "decision", "script", "call", "subprocess", "adhoc"})
#: sub-processes inside each other; what they leave to be compensated is nested twice as deep in the state, and JSON ends at 254
DEEPEST = 100
SCOPES = frozenset({"subprocess", "adhoc", "event_subprocess"})


def link(parser, process_id):
    """(the process as an element, {id: Element} of all depths), from a parser that has the file. Expressions are still text."""
    found, todo = {}, []
    reader = parser.process_parsers[process_id]
    process = Element(process_id, "process", "PROCESS", None, None)
    try:
        process.name, process.zeebe = reader.node.get("name"), dialect_extensions.read(reader.node)
    except dialect_extensions.NotUnderstood as problem:
        raise NotExecutable(process_id, str(problem)) from problem
    process.documentation = _documentation(reader.node)
    process.properties = process.zeebe.get("properties", {})
    process.spec = reader.get_spec()
    todo.append((process, process_id, 0))
    while todo:
        owner, spec_id, depth = todo.pop()
        if depth > DEEPEST:
            raise NotExecutable(spec_id, f"Expected at most {DEEPEST} sub-processes inside each other, but there are more")
        reader = parser.process_parsers[spec_id]
        spec = reader.get_spec()
        owner.elements = {}
        for task in spec.task_specs.values():
            if task.name in found:
                raise NotExecutable(task.name, "Expected each element id once, but it is used twice")
            element = found[task.name] = owner.elements[task.name] = _element(task, owner)
            if element.kind in SCOPES:
                todo.append((element, task.name, depth + 1))
        _connect(owner, reader)
    for element in [process, *found.values()]:
        _finish(element)
    return process, found


def _element(task, owner):
    declared = task.extensions
    kind, type = KINDS[declared.tag]
    if isinstance(task, specs.EventSubprocess):
        kind, type = "event_subprocess", "EVENT_SUB_PROCESS"
    element = Element(task.name, kind, type, task, owner)
    element.name, element.documentation, element.lane = task.bpmn_name, task.documentation, task.lane
    element.properties = declared.zeebe.get("properties", {})
    element.loop, element.boundary = declared.loop, kind == "boundary"
    element.transaction = isinstance(task, specs.TransactionSubprocess)
    attributes = declared.attributes
    element.for_compensation = attributes.get("isForCompensation") == "true"
    element.interrupting = attributes.get("cancelActivity" if element.boundary else "isInterrupting", "true") == "true"
    for name, attribute in (("start_quantity", "startQuantity"), ("completion_quantity", "completionQuantity")):
        text = attributes.get(attribute, "1")
        if not text.isdecimal() or int(text) < 1:
            raise NotExecutable(element.id, f"Expected a {attribute} from 1 upwards, but found {text!r}")
        setattr(element, name, int(text))
    for attribute, known in RUN.items():
        if attributes.get(attribute, known[0]) not in known:
            raise NotExecutable(element.id, f"Expected {attribute}={' or '.join(known)}, but found {attributes[attribute]!r}")
    return element


def _connect(owner, reader):
    """Flows, boundary events and compensation handlers inside one process or sub-process."""
    elements = owner.elements
    flows = {id: [] for id in elements}
    incoming = {id: [] for id in elements}
    for id, source, target, condition in reader.flows:
        default = elements[source].spec.extensions.attributes.get("default") == id
        flow = Flow(id, elements[source], elements[target], condition, default)
        flows[source].append(flow)
        incoming[target].append(flow)
    _link_events(elements, flows, incoming)
    attached = {}
    for event_id, activity_id in reader.attached:
        elements[event_id].attached = elements[activity_id]
        attached.setdefault(activity_id, []).append(elements[event_id])
    for id, element in elements.items():
        element.flows, element.incoming = tuple(flows[id]), tuple(incoming[id])
        element.boundaries = tuple(attached.get(id, ()))
        element.default = next((flow for flow in element.flows if flow.default), None)
        if element.spec.extensions.attributes.get("default") and element.default is None:
            raise NotExecutable(id, "Expected a default flow that leaves the element, but it does not")
    for source, target in reader.associations:
        event, handler = elements.get(source), elements.get(target)
        if event is not None and event.boundary and handler is not None and handler.for_compensation:
            event.attached.handler = handler


def _link_events(elements, flows, incoming):
    """A throwing link leads to the catching link of its name, as if by a flow."""
    names = {}
    for element in elements.values():
        if _link_name(element) and element.kind == "catch":
            if _link_name(element) in names:
                raise NotExecutable(element.id, f"Expected one catching link {_link_name(element)!r}, but there are two")
            names[_link_name(element)] = element
    for element in elements.values():
        name = _link_name(element)
        if name and element.kind == "throw":
            if name not in names:
                raise NotExecutable(element.id, f"Expected a catching link {name!r} in the same scope, but there is none")
            flow = Flow(None, element, names[name], None, False)
            flows[element.id].append(flow)
            incoming[names[name].id].append(flow)


def _link_name(element):
    definition = getattr(element.spec, "event_definition", None)
    return definition.name if type(definition).__name__ == "LinkEventDefinition" else None


def _finish(element):
    """What needs all elements: starts, handlers, what waits for what. Raises NotExecutable where the structure cannot run."""
    _check(element)
    if element.elements:
        inside = list(element.elements.values())
        element.handlers = tuple(each for each in inside if each.kind == "event_subprocess")
        starts = [each for each in inside if each.kind == "start"]
        for handler in element.handlers:
            own = [each for each in handler.elements.values() if each.kind == "start"]
            if len(own) != 1:
                raise NotExecutable(handler.id, f"Expected one start event in an event sub-process, but found {len(own)}")
            handler.start, own[0].subprocess = own[0], handler
        element.starts = tuple(_starts(element, starts, inside))
    elif element.kind in SCOPES or element.kind == "process":
        raise NotExecutable(element.id, "Expected something inside, but there is nothing")
    if element.kind == "catch":
        targets = [flow.target for flow in element.flows]
        element.waits_for = tuple(targets) if element.type == "EVENT_BASED_GATEWAY" else (element,)


def _check(element):
    if element.kind in ("start", "boundary", "event_subprocess") and element.incoming:
        raise NotExecutable(element.id, "Expected no flow that leads to it, but there is one")
    if element.type in ("END_EVENT", "EVENT_SUB_PROCESS") and element.flows:
        raise NotExecutable(element.id, "Expected no flow that leaves it, but there is one")
    if element.boundary and element.attached.kind not in ACTIVITIES and element.attached.type not in ("RECEIVE_TASK", "SEND_TASK"):
        raise NotExecutable(element.id, f"Expected a boundary event at an activity, but {element.attached.id} is none")
    if element.for_compensation and all(each.handler is not element for each in element.parent.elements.values()):
        raise NotExecutable(element.id, "Expected a compensation event that leads to it, but there is none")


def _starts(owner, starts, inside):
    none = [each for each in starts if type(each.spec.event_definition).__name__ == "NoneEventDefinition"]
    entries = [each for each in inside if _is_entry(each)]
    if owner.kind == "adhoc":
        if starts:
            raise NotExecutable(starts[0].id, "Expected no start event in an ad-hoc sub-process, but found one")
        return entries
    if len(none) > 1:
        raise NotExecutable(none[1].id, "Expected at most one start event without a trigger, but found two")
    if not starts:
        return entries
    if entries:
        raise NotExecutable(entries[0].id, "Expected a flow that leads to the element, but there is none")
    if owner.kind == "event_subprocess":
        return starts
    if owner.kind == "subprocess" and len(starts) != len(none):
        raise NotExecutable(owner.id, "Expected a sub-process whose start event has no trigger, but it has one")
    return none


def _is_entry(element):
    if element.kind in ("start", "boundary", "event_subprocess") or element.for_compensation:
        return False
    return not element.incoming and not (_link_name(element) and element.kind == "catch")


def _documentation(node):
    found = node.find(f"{{{dialect_extensions.BPMN}}}documentation")
    return found.text.strip() if found is not None and found.text else None


def upstream(flow, gateway):
    """Ids of the elements from which a token can still come over this flow without passing the gateway."""
    seen, todo = set(), [flow.source]
    while todo:
        element = todo.pop()
        if element is gateway or element.id in seen:
            continue
        seen.add(element.id)
        todo += [each.source for each in element.incoming]
        if element.boundary:
            todo.append(element.attached)
    return frozenset(seen)
