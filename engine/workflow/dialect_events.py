"""Event definitions of the dialect at every position: what SpiffWorkflow's event parsers read, and what they lose."""

from SpiffWorkflow.bpmn.parser.event_parsers import EventDefinitionParser
from SpiffWorkflow.bpmn.parser.util import full_tag
from SpiffWorkflow.bpmn.specs import defaults as specs
from SpiffWorkflow.bpmn.specs.event_definitions.base import EventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.conditional import ConditionalEventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.message import MessageEventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.multiple import MultipleEventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.simple import NoneEventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.timer import (
    CycleTimerEventDefinition,
    DurationTimerEventDefinition,
    TimeDateEventDefinition,
)


class LinkEventDefinition(EventDefinition):
    """A link, by its name: the library has none."""


class CompensationEventDefinition(EventDefinition):
    """A compensation, of one activity or (None) of all: the library has none."""

    def __init__(self, activity):
        super().__init__()
        self.activity = activity


class CorrelatedMessageDefinition(MessageEventDefinition):
    """A message with the dialect's correlation key, as text of an expression."""

    def __init__(self, name, correlation_key, **kwargs):
        super().__init__(name, **kwargs)
        self.correlation_key = correlation_key


class EventReading(EventDefinitionParser):
    """Mixed into the element parser: every event definition that is a direct child of the event, by its tag."""

    def event_definitions(self):
        """[EventDefinition] in document order; references to shared definitions are followed."""
        found = []
        for node in self.node.iterchildren("*"):
            if node.tag == full_tag("eventDefinitionRef"):
                node = self._shared(node.text)
            name = node.tag.partition("}")[2]
            if name.endswith("EventDefinition"):
                self.event_nodes.append(node)
                reader = getattr(self, "read_" + name.removesuffix("EventDefinition"), None)
                if reader is None:
                    self.raise_validation_exception(f"Expected an event that this engine runs, but found a {name}")
                found.append(reader(node))
        if self.node.get("messageRef"):  # receive and send tasks
            found.append(self.read_message(self.node))
        return found

    def create_task(self):
        """The library's specification of the event, with one definition, several, or none."""
        found = self.event_definitions()
        parallel = self.node.get("parallelMultiple") == "true"
        definition = found[0] if len(found) == 1 else MultipleEventDefinition(found, parallel) if found else NoneEventDefinition()
        boundary = self.spec_class is specs.BoundaryEvent
        return self._create_task(definition, self.node.get("cancelActivity", "true") == "true" if boundary else None)

    def read_timer(self, node):
        """A date, duration or cycle."""
        kinds = {"timeDate": TimeDateEventDefinition, "timeDuration": DurationTimerEventDefinition, "timeCycle": CycleTimerEventDefinition}
        for tag, kind in kinds.items():
            text = self.child_text(node, tag)
            if text:
                return kind(self.bpmn_id, text)
        return self.raise_validation_exception("Expected a time date, duration or cycle, but found none")

    def read_message(self, node):
        """A declared message that has a name."""
        message = self._referenced(node, "messageRef", self.process_parser.parser.messages, "message")
        if not message:
            self.raise_validation_exception("Expected the message to have a name, but it has none")
        return CorrelatedMessageDefinition(message, self.process_parser.parser.correlation_keys.get(node.get("messageRef")))

    def read_signal(self, node):
        """A declared signal that has a name."""
        if not self._referenced(node, "signalRef", self.process_parser.parser.signals, "signal"):
            self.raise_validation_exception("Expected the signal to have a name, but it has none")
        return self.parse_signal_event(node)

    def read_conditional(self, node):
        """A condition with text."""
        text = self.child_text(node, "condition")
        if not text:
            self.raise_validation_exception("Expected a condition, but found none")
        return ConditionalEventDefinition(text)

    def read_error(self, node):
        """A declared error, or any."""
        if node.get("errorRef"):
            self._referenced(node, "errorRef", self.process_parser.parser.errors, "error")
        return self.parse_error_event(node)

    def read_escalation(self, node):
        """A declared escalation, or any."""
        if node.get("escalationRef"):
            self._referenced(node, "escalationRef", self.process_parser.parser.escalations, "escalation")
        return self.parse_escalation_event(node)

    def read_link(self, node):
        """A link with a name."""
        if not node.get("name"):
            self.raise_validation_exception("Expected a link with a name, but it has none")
        return LinkEventDefinition(node.get("name"))

    def read_compensate(self, node):
        """Compensation of one activity or of all."""
        if node.get("waitForCompletion") == "false":
            self.raise_validation_exception("Expected compensation that is waited for, but waitForCompletion is false")
        return CompensationEventDefinition(node.get("activityRef"))

    read_cancel = EventDefinitionParser.parse_cancel_event
    read_terminate = EventDefinitionParser.parse_terminate_event

    def _shared(self, reference):
        wanted = (reference or "").strip().rpartition(":")[2]
        for node in self.node.getroottree().getroot().iterchildren("*"):
            if node.get("id") == wanted:
                return node
        return self.raise_validation_exception(f"Expected an event definition {wanted!r}, but there is none")

    def _referenced(self, node, attribute, known, word):
        if node.get(attribute) not in known:
            self.raise_validation_exception(f"Expected a {word} that the diagram declares, but found {node.get(attribute)!r}")
        return known[node.get(attribute)]
