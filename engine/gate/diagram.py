"""What the rules read: the elements of a diagram in its executable processes, by id, by scope and by flow."""

from lxml import etree

from engine.gate import extensions, whitelist
from engine.gate.elements import BPMN, DEFINITIONS, NODES, SUB_PROCESSES, ZEEBE, children, is_event_subprocess, local, reference


class Scope:
    """A process or a sub-process: the elements that stand directly in it."""

    def __init__(self, element, outer):
        self.element, self.outer = element, outer
        self.process = outer.process if outer else element
        self.kind = "eventSubProcess" if is_event_subprocess(element) else local(element)
        self.nodes = children(element, *NODES)
        self.flows = children(element, "sequenceFlow")
        self.ids = {node.get("id") for node in self.nodes}
        self.outgoing = {identifier: [] for identifier in self.ids}
        self.incoming = {identifier: [] for identifier in self.ids}
        for flow in self.flows:
            self.outgoing.setdefault(reference(flow.get("sourceRef")), []).append(flow)
            self.incoming.setdefault(reference(flow.get("targetRef")), []).append(flow)

    def of(self, *names):
        """Its nodes of these names."""
        return [node for node in self.nodes if local(node) in names]


class Diagram:
    """`executable`: the processes that can be started; `scopes`: they and all sub-processes in them, outer ones first.

    `by_id`: {id: [elements that carry it]}, over the whole file; `parts`: every element whose values count, with its row of the whitelist.
    """

    def __init__(self, root):
        self.root = root
        processes = children(root, "process")
        self.executable = [process for process in processes if process.get("isExecutable") == "true"]
        self.drawn_only = [process for process in processes if process not in self.executable]
        self.by_id, self.scopes, self.parts = {}, [], []
        for element in root.iter(f"{{{BPMN}}}*"):
            if element.get("id"):
                self.by_id.setdefault(element.get("id"), []).append(element)
        for process in self.executable:
            self._open(process, None)
        for top in root:
            if top not in self.drawn_only:
                self._collect(top)

    def _open(self, element, outer):
        scope = Scope(element, outer)
        self.scopes.append(scope)
        for inner in scope.of(*SUB_PROCESSES):
            self._open(inner, scope)

    def _collect(self, top):
        for element in top.iter(f"{{{BPMN}}}*", f"{{{ZEEBE}}}*"):
            table = whitelist.BPMN if local(element) else extensions.ZEEBE
            row = table.get(etree.QName(element).localname)
            if row is not None:
                self.parts.append((element, row))

    def one(self, identifier, *names):
        """The element with this id if it is one of these names, else None."""
        return next((element for element in self.by_id.get(identifier, ()) if local(element) in names), None)

    def definitions_of(self, event):
        """The event definitions of an event, also those that it only refers to."""
        found = []
        for child in event:
            if local(child) == "eventDefinitionRef":
                child = self.one(reference(child.text), *DEFINITIONS)
            if child is not None and local(child) in DEFINITIONS:
                found.append(child)
        return found

    def called_by_reference(self, element, attribute, name):
        """The root element (message, signal, error, escalation) that an attribute of the element refers to, or None."""
        return self.one(reference(element.get(attribute)), name)
