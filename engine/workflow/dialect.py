"""The zeebe dialect, read through SpiffWorkflow's parser classes.

The library creates the specifications. What it loses is added here: flow ids and conditions, event sub-processes, compensation,
loops of the dialect, extensions. Elements are created in document order and connected afterwards: the library walks the flows
recursively, loses what it cannot reach, and breaks at a thousand tasks in a row.
"""

from dataclasses import dataclass

from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
from SpiffWorkflow.bpmn.parser.node_parser import DEFAULT_NSMAP
from SpiffWorkflow.bpmn.parser.ProcessParser import ProcessParser
from SpiffWorkflow.bpmn.parser.TaskParser import TaskParser
from SpiffWorkflow.bpmn.parser.util import full_tag
from SpiffWorkflow.bpmn.parser.ValidationException import ValidationException
from SpiffWorkflow.bpmn.specs import defaults as specs
from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec

from engine.workflow import dialect_extensions
from engine.workflow.dialect_events import EventReading
from engine.workflow.elements import Loop

#: What may stand inside a process or an element beside its flow elements; without influence on a run, or read by its owner.
BESIDE = frozenset(
    {
        "documentation", "extensionElements", "incoming", "outgoing", "laneSet", "sequenceFlow", "association", "textAnnotation", "group",
        "dataObject", "dataObjectReference", "dataStoreReference", "property", "ioSpecification", "dataInputAssociation",
        "dataOutputAssociation", "dataInput", "dataOutput", "inputSet", "outputSet", "auditing", "monitoring", "eventDefinitionRef",
        "standardLoopCharacteristics", "multiInstanceLoopCharacteristics", "completionCondition", "activationCondition", "script",
        "supportedInterfaceRef",
    }
)  # fmt: skip


class JobTask(specs.ServiceTask):
    """A task that a job worker does."""


class BusinessRuleTask(specs.ServiceTask):
    """A task that a decision, or a job worker, does: the library's own class needs an engine of its own."""


class ComplexGateway(specs.InclusiveGateway):
    """A gateway with an activation condition."""


class ProcessSpec(BpmnProcessSpec):
    """The library's process without its own Start, End and EndJoin: elements of a diagram may carry these ids."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.task_specs.clear()
        self.start = self.end = None
        self.bpmn_start_events = []


@dataclass(slots=True)
class Declared:
    """What the XML says of an element beside its specification: this stands in the library's `extensions` of a task spec."""

    tag: str
    zeebe: dict
    attributes: dict
    loop: Loop | None
    completion: str | None  # condition of an ad-hoc sub-process
    activation: str | None  # condition of a complex gateway


class ElementParser(TaskParser):
    """Any element: what concerns its own node, and nothing of what is nested in it."""

    def __init__(self, process_parser, spec_class, node, nsmap=None, lane=None):
        super().__init__(process_parser, spec_class, node, nsmap, lane=process_parser.get_lane_name(node.get("id")) or lane)

    def handles_multiple_outgoing(self):
        return True

    def child_text(self, node, tag):
        """Stripped text of the first direct child with this tag, or None."""
        found = node.find(full_tag(tag))
        return found.text.strip() if found is not None and found.text else None

    def parse_documentation(self, sequence_flow=None):
        return self.child_text(self.node if sequence_flow is None else sequence_flow, "documentation")

    def parse_incoming_data_references(self):
        """None: the dialect has no data objects at run time, and the library's look-up can loop without end."""
        return []

    parse_outgoing_data_references = parse_incoming_data_references

    def parse_io_spec(self):
        return None

    def zeebe(self, node):
        """Extensions of a node; what is not understood is refused with the element's id."""
        try:
            return dialect_extensions.read(node)
        except dialect_extensions.NotUnderstood as problem:
            return self.raise_validation_exception(str(problem))

    def parse_extensions(self, node=None):
        return Declared(
            tag=self.node.tag.partition("}")[2],
            zeebe=self.zeebe(self.node),
            attributes=dict(self.node.attrib),
            loop=None,  # the library asks for it after this
            completion=self.child_text(self.node, "completionCondition"),
            activation=self.child_text(self.node, "activationCondition"),
        )

    def _add_loop_task(self, node):
        maximum = node.get("loopMaximum")
        if maximum is not None and not maximum.isdecimal():
            self.raise_validation_exception(f"Expected a loop maximum from 0 upwards, but found {maximum!r}")
        self.task.extensions.loop = loop = Loop(
            "standard",
            maximum=int(maximum) if maximum else None,
            test_before=node.get("testBefore") == "true",
            until=self.child_text(node, "loopCondition"),
        )
        if loop.maximum is None and loop.until is None:
            self.raise_validation_exception("Expected a loop with a maximum or a condition, but it has neither")

    def _add_multiinstance_task(self, node):
        zeebe = self.zeebe(node).get("loopCharacteristics")
        if not zeebe or not zeebe.get("inputCollection"):
            self.raise_validation_exception("Expected zeebe:loopCharacteristics with an input collection, but found none")
        if bool(zeebe.get("outputCollection")) != bool(zeebe.get("outputElement")):
            self.raise_validation_exception("Expected an output collection and an output element together, but found one of them")
        self.task.extensions.loop = Loop(
            "sequential" if node.get("isSequential") == "true" else "parallel",
            collection=zeebe["inputCollection"],
            element=zeebe.get("inputElement"),
            output=zeebe.get("outputCollection"),
            result=zeebe.get("outputElement"),
            until=self.child_text(node, "completionCondition"),
        )


class ScriptParser(ElementParser):
    """A script task: its script stands in zeebe:script."""

    def create_task(self):
        script = self.zeebe(self.node).get("script", {}).get("expression")
        return self.spec_class(self.spec, self.bpmn_id, script=script, **self.bpmn_attributes)


class SubProcessParser(ElementParser):
    """Embedded, event, transaction and ad-hoc sub-processes: a parser of its own reads what is inside."""

    def create_task(self):
        owner = self.process_parser.parser
        owner.create_parser(self.node, filename=self.filename, lane=self.lane)
        spec_class = specs.EventSubprocess if self.node.get("triggeredByEvent") == "true" else self.spec_class
        return spec_class(self.spec, self.bpmn_id, subworkflow_spec=self.bpmn_id, **self.bpmn_attributes)


class CallActivityParser(ElementParser):
    """A call activity: what it calls is an expression of the dialect."""

    def create_task(self):
        called = self.zeebe(self.node).get("calledElement", {})
        return self.spec_class(self.spec, self.bpmn_id, subworkflow_spec=called.get("processId"), **self.bpmn_attributes)


class EventParser(EventReading, ElementParser):
    """Events, receive and send tasks, event-based gateways."""


class ProcessReader(ProcessParser):
    """A process or sub-process: its elements in document order, then `flows`, `attached` and `associations` between them."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.flows, self.attached, self.associations = [], [], []

    def _index_process_nodes(self):
        """Nothing: the library needs this index only to walk the flows."""

    def create_spec(self):
        return ProcessSpec(name=self.bpmn_id, description=self.get_name(), filename=self.filename)

    def get_outgoing_sequence_flows(self, source_ref):
        return []

    def get_boundary_events(self, attached_to_ref):
        return []

    def parse_io_spec(self):
        return None

    def add_tasks(self):
        for node in self.node.iterchildren("*"):
            namespace, _, tag = node.tag[1:].partition("}")
            if node.tag in self.parser.element_tags:
                self._refuse_unknown(node)
                self.parse_node(node)
            elif namespace != dialect_extensions.BPMN or (tag not in BESIDE and not tag.endswith("EventDefinition")):
                raise ValidationException(f"Expected an element that this engine runs, but found a {tag}", node=node)
        self._connect()

    def _refuse_unknown(self, node):
        for child in node.iterchildren("*"):
            tag = child.tag.partition("}")[2]
            known = tag in BESIDE or tag.endswith("EventDefinition") or child.tag in self.parser.element_tags
            if not known:
                raise ValidationException(f"Expected something that this engine runs, but found a {tag} in it", node=node)

    def _connect(self):
        elements = self.spec.task_specs
        for node in self.node.iterchildren(full_tag("sequenceFlow")):
            source, target = elements.get(node.get("sourceRef")), elements.get(node.get("targetRef"))
            if source is None or target is None:
                raise ValidationException(f"Expected both ends of the flow inside {self.bpmn_id}, but one is not there", node=node)
            condition = node.find(full_tag("conditionExpression"))
            text = condition.text.strip() if condition is not None and condition.text else None
            self.flows.append((node.get("id"), source.name, target.name, text))
            source._outputs.append(target.name)
            target._inputs.append(source.name)
        for node in self.node.iterchildren(full_tag("boundaryEvent")):
            if node.get("attachedToRef") not in elements:
                raise ValidationException(f"Expected an activity {node.get('attachedToRef')!r} to attach to, but there is none", node=node)
            self.attached.append((node.get("id"), node.get("attachedToRef")))
        for node in self.node.iterchildren(full_tag("association")):
            self.associations.append((node.get("sourceRef"), node.get("targetRef")))


class DialectParser(BpmnParser):
    """The parser of a whole file. Give it a tree that `definition.tree` made: hardened, without DOCTYPE."""

    PROCESS_PARSER_CLASS = ProcessReader
    OVERRIDE_PARSER_CLASSES = {
        full_tag(tag): pair
        for tag, pair in {
            "task": (ElementParser, specs.NoneTask),
            "manualTask": (ElementParser, specs.ManualTask),
            "userTask": (ElementParser, specs.UserTask),
            "serviceTask": (ElementParser, JobTask),
            "businessRuleTask": (ElementParser, BusinessRuleTask),
            "scriptTask": (ScriptParser, specs.ScriptTask),
            "sendTask": (EventParser, specs.SendTask),
            "receiveTask": (EventParser, specs.ReceiveTask),
            "callActivity": (CallActivityParser, specs.CallActivity),
            "subProcess": (SubProcessParser, specs.SubWorkflowTask),
            "transaction": (SubProcessParser, specs.TransactionSubprocess),
            "adHocSubProcess": (SubProcessParser, specs.AdHocSubprocess),
            "exclusiveGateway": (ElementParser, specs.ExclusiveGateway),
            "parallelGateway": (ElementParser, specs.ParallelGateway),
            "inclusiveGateway": (ElementParser, specs.InclusiveGateway),
            "complexGateway": (ElementParser, ComplexGateway),
            "eventBasedGateway": (EventParser, specs.EventBasedGateway),
            "startEvent": (EventParser, specs.StartEvent),
            "endEvent": (EventParser, specs.EndEvent),
            "boundaryEvent": (EventParser, specs.BoundaryEvent),
            "intermediateCatchEvent": (EventParser, specs.IntermediateCatchEvent),
            "intermediateThrowEvent": (EventParser, specs.IntermediateThrowEvent),
        }.items()
    }
    element_tags = frozenset(OVERRIDE_PARSER_CLASSES)

    def __init__(self, **kwargs):
        super().__init__(namespaces={**DEFAULT_NSMAP, "zeebe": dialect_extensions.ZEEBE}, **kwargs)
        self.correlation_keys = {}  # message id -> text of an expression

    def _add_diagram_indexes(self, bpmn):
        """Lanes: the innermost that has a name. Positions have no influence on a run."""
        lanes = {}
        todo = [(lane, None) for lane in bpmn.iter(full_tag("lane")) if lane.getparent().tag == full_tag("laneSet")]
        while todo:
            lane, outer = todo.pop()
            name = lane.get("name") or outer
            for child in lane.iterchildren(full_tag("childLaneSet")):
                todo += [(inner, name) for inner in child.iterchildren(full_tag("lane"))]
            for reference in lane.iterchildren(full_tag("flowNodeRef")):
                lanes.setdefault((reference.text or "").strip(), []).append((len(list(lane.iterancestors())), name))
        document = self._document_key(bpmn)
        self.document_lanes[document] = {element: max(found)[1] for element, found in lanes.items()}
        self.document_positions[document] = {}

    def _add_data_stores(self, bpmn):
        """Nothing: data stores are documentation here."""

    def _add_correlations(self, bpmn):
        """Nothing: the dialect correlates by zeebe:subscription."""

    def _add_messages(self, bpmn):
        super()._add_messages(bpmn)
        for message in bpmn.iterchildren(full_tag("message")):
            subscription = dialect_extensions.read(message).get("subscription")
            if subscription:
                self.correlation_keys[message.get("id")] = subscription.get("correlationKey")
