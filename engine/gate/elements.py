"""How the rules find an element of the XML, name it in a sentence, and say what is wrong with it."""

from lxml import etree

from engine.domain.problem import Problem
from engine.gate import whitelist

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
ZEEBE = "http://camunda.org/schema/zeebe/1.0"
NODES = frozenset(whitelist.NODES.split())
EVENTS = frozenset(whitelist.EVENTS.split())
ACTIVITIES = frozenset(whitelist.TASKS.split() + whitelist.SUB_PROCESSES.split())
SUB_PROCESSES = frozenset(whitelist.SUB_PROCESSES.split())
GATEWAYS = frozenset(whitelist.GATEWAYS.split())
DEFINITIONS = frozenset(whitelist.DEFINITIONS.split())
DATA = ("dataObjectReference", "dataStoreReference")
NAME_SHOWN = 40  # characters


def local(element):
    """The name of a BPMN element without its namespace; "" for an element of another namespace."""
    name = etree.QName(element)
    return name.localname if name.namespace == BPMN else ""


def zeebe_name(element):
    """The name of a zeebe element without its namespace; "" for an element of another namespace."""
    name = etree.QName(element)
    return name.localname if name.namespace == ZEEBE else ""


def words(name):
    """How people write the name of an element: userTask -> user task, adHocSubProcess -> ad-hoc sub-process."""
    spaced = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name).strip()
    return spaced.replace("sub process", "sub-process").replace("ad hoc", "ad-hoc").replace("event based", "event-based")


def an(text):
    """The text with its article: an error event."""
    return f"{'an' if text[:1] in 'aeiou' else 'a'} {text}"


def called(element):
    """How a sentence names an element: the user task "复查" (Task_1); None is the file."""
    if element is None:
        return "the file"
    name = " ".join((element.get("name") or "").split())
    name = f' "{name[:NAME_SHOWN]}{"…" if len(name) > NAME_SHOWN else ""}"' if name else ""
    identifier = f" ({element.get('id')})" if element.get("id") else ""
    return f"the {words(etree.QName(element).localname)}{name}{identifier}"


def placed(element):
    """How a sentence names an element that may have no name of its own: zeebe:input of the service task "notify" (Task_2)."""
    if element is None or (local(element) and element.get("id")):
        return called(element)
    name = f"zeebe:{zeebe_name(element)}" if zeebe_name(element) else f"the {words(etree.QName(element).localname)}"
    return f"{name} of {called(owner(element.getparent()))}"


def owner(element):
    """The nearest BPMN element that has an id, from the element itself outwards."""
    while element is not None and not (local(element) and element.get("id")):
        element = element.getparent()
    return element


def problem(element, code, sentence, remedy, severity="error"):
    """A Problem at the nearest element with an id."""
    named = owner(element)
    return Problem("" if named is None else named.get("id"), code, sentence, remedy, severity, element.sourceline)


def warning(element, code, sentence, remedy):
    """A Problem that does not block."""
    return problem(element, code, sentence, remedy, "warning")


def reference(text):
    """The id that a reference names. A prefix would belong to it: no modeler writes one, and nothing that reads these files expects one."""
    return (text or "").strip()


def children(element, *names):
    """The direct BPMN children of these names."""
    return [child for child in element if local(child) in names]


def extension(element, name):
    """The first zeebe extension of this name that the element carries, or None."""
    return next(iter(extensions_of(element, name)), None)


def extensions_of(element, name):
    """All zeebe extensions of this name that the element carries."""
    return [inner for holder in children(element, "extensionElements") for inner in holder if zeebe_name(inner) == name]


def own_properties(element):
    """The zeebe:property elements of the element whose names begin with "bihuan:"."""
    return [each for holder in extensions_of(element, "properties") for each in holder if (each.get("name") or "").startswith("bihuan:")]


def is_event_subprocess(element):
    """True for a sub-process that an event starts."""
    return local(element) == "subProcess" and element.get("triggeredByEvent") == "true"
