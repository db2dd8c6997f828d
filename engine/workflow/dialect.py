"""The zeebe dialect, read through SpiffWorkflow's parser classes.

The library creates the specifications. What it loses is added here: flow ids and conditions, event sub-processes, compensation,
loops of the dialect, extensions. Elements are created in document order and connected afterwards: the library walks the flows
recursively, loses what it cannot reach, and breaks at a thousand tasks in a row.
"""

from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
from SpiffWorkflow.bpmn.parser.node_parser import DEFAULT_NSMAP
from SpiffWorkflow.bpmn.parser.ProcessParser import ProcessParser
from SpiffWorkflow.bpmn.parser.util import full_tag
from SpiffWorkflow.bpmn.parser.ValidationException import ValidationException
from SpiffWorkflow.bpmn.specs import defaults as specs
from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec

from engine.workflow import dialect_extensions
from engine.workflow.dialect_elements import (
    BusinessRuleTask,
    CallActivityParser,
    ComplexGateway,
    ElementParser,
    EventParser,
    JobTask,
    ScriptParser,
    SubProcessParser,
)

#: What may stand inside a process or an element beside its flow elements; without influence on a run, or read by its owner.
BESIDE = frozenset(
    {
        "documentation", "extensionElements", "incoming", "outgoing", "laneSet", "sequenceFlow", "association", "textAnnotation", "group",
        "categoryValueRef", "dataObject", "dataObjectReference", "dataStoreReference", "property", "ioSpecification",
        "dataInputAssociation", "dataOutputAssociation", "dataInput", "dataOutput", "inputSet", "outputSet", "auditing", "monitoring",
        "eventDefinitionRef", "standardLoopCharacteristics", "multiInstanceLoopCharacteristics", "completionCondition",
        "activationCondition", "script",
        "supportedInterfaceRef",
    }
)  # fmt: skip


class ProcessSpec(BpmnProcessSpec):
    """The library's process without its own Start, End and EndJoin: elements of a diagram may carry these ids."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.task_specs.clear()
        self.start = self.end = None
        self.bpmn_start_events = []


class ProcessReader(ProcessParser):
    """A process or sub-process: its elements in document order, then `flows`, `attached` and `associations` between them."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.flows, self.attached, self.associations = [], [], []

    def _index_process_nodes(self):
        """Nothing: the library needs this index only to walk the flows."""

    def create_spec(self):
        """The specification of the process, empty."""
        return ProcessSpec(name=self.bpmn_id, description=self.get_name(), filename=self.filename)

    def get_outgoing_sequence_flows(self, source_ref):
        """None, so that the library does not walk on: `_connect` does it at the end."""
        return []

    def get_boundary_events(self, attached_to_ref):
        """None, so that the library adds no nodes of its own around an activity."""
        return []

    def parse_io_spec(self):
        """None: documentation in this dialect."""
        return

    def add_tasks(self):
        """Everything inside, in document order; what is not known is refused."""
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
            if text and "feel" not in condition.get("language", "feel").lower():
                raise ValidationException(f"Expected a condition in FEEL, but found one in {condition.get('language')}", node=node)
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
