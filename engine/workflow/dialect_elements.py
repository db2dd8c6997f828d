"""The parsers of single elements: what concerns their own node, as the library's specification and what the XML says beside it."""

from dataclasses import dataclass

from SpiffWorkflow.bpmn.parser.TaskParser import TaskParser
from SpiffWorkflow.bpmn.parser.util import full_tag
from SpiffWorkflow.bpmn.specs import defaults as specs

from engine.workflow import dialect_extensions
from engine.workflow.dialect_events import EventReading
from engine.workflow.elements import Loop


class JobTask(specs.ServiceTask):
    """A task that a job worker does."""


class BusinessRuleTask(specs.ServiceTask):
    """A task that a decision, or a job worker, does: the library's own class needs an engine of its own."""


class ComplexGateway(specs.InclusiveGateway):
    """A gateway with an activation condition."""


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
        """Yes, every element of the standard does."""
        return True

    def child_text(self, node, tag):
        """Stripped text of the first direct child with this tag, or None."""
        found = node.find(full_tag(tag))
        return found.text.strip() if found is not None and found.text else None

    def parse_documentation(self, sequence_flow=None):
        """Its own documentation, or None."""
        return self.child_text(self.node if sequence_flow is None else sequence_flow, "documentation")

    def parse_incoming_data_references(self):
        """None: the dialect has no data objects at run time, and the library's look-up can loop without end."""
        return []

    parse_outgoing_data_references = parse_incoming_data_references

    def parse_io_spec(self):
        """None: documentation in this dialect."""
        return

    def zeebe(self, node):
        """Extensions of a node; what is not understood is refused with the element's id."""
        try:
            return dialect_extensions.read(node)
        except dialect_extensions.NotUnderstood as problem:
            return self.raise_validation_exception(str(problem))

    def parse_extensions(self, node=None):
        """Declared: what the library keeps as `extensions` of the task specification."""
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
        for child in node.iterchildren("*"):
            tag = child.tag.partition("}")[2]
            if tag not in ("extensionElements", "completionCondition", "documentation"):
                self.raise_validation_exception(f"Expected a multi-instance over zeebe:loopCharacteristics, but found a {tag}")
        if node.get("behavior", "All") != "All":
            self.raise_validation_exception(f"Expected a multi-instance that throws no events, but found behavior {node.get('behavior')}")
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
        """The specification, with the script's FEEL text or None."""
        script = self.zeebe(self.node).get("script", {}).get("expression")
        return self.spec_class(self.spec, self.bpmn_id, script=script, **self.bpmn_attributes)


class SubProcessParser(ElementParser):
    """Embedded, event, transaction and ad-hoc sub-processes: a parser of its own reads what is inside."""

    def create_task(self):
        """The specification; what is inside has a parser under the element's id."""
        owner = self.process_parser.parser
        owner.create_parser(self.node, filename=self.filename, lane=self.lane)
        spec_class = specs.EventSubprocess if self.node.get("triggeredByEvent") == "true" else self.spec_class
        return spec_class(self.spec, self.bpmn_id, subworkflow_spec=self.bpmn_id, **self.bpmn_attributes)


class CallActivityParser(ElementParser):
    """A call activity: what it calls is an expression of the dialect."""

    def create_task(self):
        """The specification, with the text that says which process is called."""
        called = self.zeebe(self.node).get("calledElement", {})
        return self.spec_class(self.spec, self.bpmn_id, subworkflow_spec=called.get("processId"), **self.bpmn_attributes)


class EventParser(EventReading, ElementParser):
    """Events, receive and send tasks, event-based gateways."""
