"""A process, read and compiled once: `read(xml) -> [Definition]`. Nothing in it is ever changed by a run."""

from lxml import etree
from SpiffWorkflow.bpmn.parser.ValidationException import ValidationException

from engine.domain import separation
from engine.workflow import compiling, linking
from engine.workflow.dialect import DialectParser
from engine.workflow.dialect_extensions import BPMN, NotUnderstood
from engine.workflow.elements import NotExecutable

#: Compiled, an element weighs about so many bytes beside its share of the text; measured with tracemalloc.
ELEMENT_WEIGHT = 4_000


class Definition:
    """One executable process.

    `id`, `name`, `version_tag`, `documentation`, `properties` (zeebe:property of the process), `elements` {id: Element} of all depths,
    `names` {element id: its name}, `process` (the process as an element), `none_start` (the start event without a trigger, or None),
    `references` {"forms", "decisions", "processes": {(id, binding, version tag)}} of literal ids,
    `starts` [Start] that something outside triggers, `embedded_forms` {id: JSON text}, `weight` in bytes (an estimate),
    `separations` {element id: [separation.Rule]}: whose doers may not do it, `uses_calendar`: some expression asks for working days,
    `watched`: it has conditional events, `has_joins`: it has joins that ask what can still reach them.
    """

    def __init__(self, parser, process_id, size):
        self.process, self.elements = linking.link(parser, process_id)
        process = self.process
        self.id, self.name, self.documentation, self.properties = process.id, process.name, process.documentation, process.properties
        zeebe = process.zeebe
        self.version_tag = zeebe.get("versionTag", {}).get("value")
        self.embedded_forms = zeebe.get("forms", {})
        compiled = compiling.Compiler(self.process, self.elements)
        self.references, self.uses_calendar = compiled.references, compiled.uses_calendar
        self.starts = compiled.starts
        self.watched = any(catch.kind == "conditional" for element in self.elements.values() for catch in element.catches)
        self.names = {element.id: element.name for element in self.elements.values()}
        self.separations = separation.matrix({element.id: element.properties for element in self.elements.values()})
        self.none_start = next(iter(process.starts), None)
        self.has_joins = any(element.upstream is not None for element in self.elements.values())
        self.weight = size + ELEMENT_WEIGHT * len(self.elements)


def tree(xml):
    """The root element of a BPMN file, parsed without entities, network, DTD or unbounded size. Raises NotExecutable."""
    hardened = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(xml, hardened)
    except (etree.XMLSyntaxError, ValueError) as problem:
        raise NotExecutable(None, f"Expected well-formed XML, but {problem}") from problem
    if root.getroottree().docinfo.doctype:
        raise NotExecutable(None, "Expected XML without a DOCTYPE, but found one")
    if root.tag != f"{{{BPMN}}}definitions":
        raise NotExecutable(None, f"Expected bpmn:definitions, but found {root.tag}")
    return root


def read(xml):
    """One Definition per executable process of a BPMN file (bytes), in the order of the file.

    Raises NotExecutable, with the element's id and a sentence, for the first thing that cannot be run or is not understood.
    """
    root = tree(xml)
    processes = [node for node in root.iterchildren(f"{{{BPMN}}}process") if node.get("isExecutable") == "true"]
    if not processes:
        raise NotExecutable(None, 'Expected a process with isExecutable="true", but there is none')
    try:
        parser = DialectParser()
        parser.add_bpmn_xml(root)
        return [Definition(parser, node.get("id"), len(xml) // len(processes)) for node in processes]
    except ValidationException as problem:
        raise NotExecutable(getattr(problem, "id", None) or None, problem.args[0]) from problem
    except NotUnderstood as problem:
        raise NotExecutable(None, str(problem)) from problem
