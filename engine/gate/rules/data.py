"""Does every arrow from or to a data object say what happens?

A data object, or a data store, stands for the variable of its name. Expressions read it by the name. An arrow moves nothing by itself
(Items and Data of BPMN 2.0.2 let data associations copy; in the dialect, mappings do): it says that the element sees the
variable, or writes it, and is refused where that is not so.
"""

from engine import feel
from engine.gate import literals
from engine.gate.elements import DATA, called, children, extension, local, problem, reference, zeebe_name

PLACEHOLDER = "__targetRef_placeholder"  # bpmn-js writes a property of this name where an arrow into an element ends
BY_RESULT = {"script": "resultVariable", "calledDecision": "resultVariable"}
NOTHING = {"task", "manualTask", "sendTask"}  # they have no result of their own
DOTTED = "or draw a dotted association instead, which is only a drawing."


def check(diagram):
    """Problems of arrows and of what they lead to, element by element."""
    for scope in diagram.scopes:
        for node in scope.nodes:
            for declared in children(node, "property"):
                if declared.get("name") != PLACEHOLDER:
                    sentence = f"Expected only what is executed, but {called(declared)} of {called(node)} declares a variable."
                    remedy = "Delete it; a variable exists from the moment that something writes it."
                    yield problem(declared, "UNSUPPORTED_ELEMENT", sentence, remedy)
            for arrow in children(node, "dataInputAssociation"):
                yield from _arrow(diagram, node, arrow, "sourceRef", _seen(node), "see", "an input mapping with this name")
            for arrow in children(node, "dataOutputAssociation"):
                yield from _arrow(diagram, node, arrow, "targetRef", _written(node), "write", "an output mapping with this name")


def _arrow(diagram, node, arrow, end, names, does, remedy):
    """`names`: the variables that the element sees or writes; None where it can be any."""
    ends = [reference(each.text) for each in children(arrow, end)]
    data = diagram.one(ends[0], *DATA) if len(ends) == 1 else None
    if data is None:
        sentence = f"Expected an arrow of {called(node)} to have a data object at its other end, but it has none."
        yield problem(arrow, "ARROW_WITHOUT_DATA", sentence, "Draw it again, from or to a data object or a data store.")
        return
    name = _name(diagram, data)
    if not literals.is_variable(name):
        sentence = f"Expected {called(data)} to have the name of a variable, because {called(node)} {does}s it, but it is {name!r}."
        yield problem(data, "DATA_WITHOUT_VARIABLE", sentence, f"Name it like the variable (letters, digits and _), {DOTTED}")
    elif names is not None and name not in names:
        sentence = f"Expected {called(node)} to {does} the variable {name}, because an arrow says so, but it does not."
        yield problem(arrow, "ARROW_WITHOUT_EFFECT", sentence, f"Give it {remedy}, {DOTTED}")


def _name(diagram, data):
    for attribute, kind in (("dataObjectRef", "dataObject"), ("dataStoreRef", "dataStore")):
        meant = diagram.called_by_reference(data, attribute, kind)
        if meant is not None and not data.get("name"):
            return (meant.get("name") or "").strip()
    return (data.get("name") or "").strip()


def _mapped(node, side):
    mapping = extension(node, "ioMapping")
    return [] if mapping is None else [each for each in mapping if zeebe_name(each) == side]


def _targets(mappings):
    return {(each.get("target") or "").split(".")[0].strip() for each in mappings}


def _written(node):
    """What goes out of an element: by its output mappings; without any, its result; None: whatever somebody hands in."""
    collected = {
        (declared.get("outputCollection") or "").strip()
        for loop in children(node, "multiInstanceLoopCharacteristics")
        if (declared := extension(loop, "loopCharacteristics")) is not None
    }
    outputs = _mapped(node, "output")
    if outputs:
        return _targets(outputs) | collected
    for name, attribute in BY_RESULT.items():
        if extension(node, name) is not None:
            return {(extension(node, name).get(attribute) or "").strip()} | collected
    called_process = extension(node, "calledElement")
    if called_process is not None and called_process.get("propagateAllChildVariables") == "false":
        return collected
    return collected if local(node) in NOTHING and extension(node, "taskDefinition") is None else None


def _seen(node):
    """What an element is given: all that its scope sees (None), or, where something leaves the instance, its inputs alone."""
    called_process = extension(node, "calledElement")
    apart = called_process is not None and called_process.get("propagateAllParentVariables") == "false"
    if not apart and extension(node, "publishMessage") is None:
        return None
    inputs = _mapped(node, "input")
    return _targets(inputs).union(*(_reads(each.get("source") or "") for each in inputs))


def _reads(source):
    if not source.strip().startswith("="):
        return ()
    try:
        return feel.expression(source.strip()[1:]).reads
    except feel.FeelError:
        return ()  # said by expressions.py
