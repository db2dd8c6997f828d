"""Is there a queue for every user task, and does every property of our own say something that can be enforced?"""

import re

from engine.gate.elements import called, children, extension, local, own_properties, problem, reference
from engine.gate.extensions import PROPERTIES

OFFICERS = re.compile(r"[1-9]\Z")
OTHERS = (
    "Enter the ids of other user tasks of this process with commas between them, or process#id for one of another process of the same "
    "case; id/unit separates the whole unit."
)
ON_USER_TASKS = ("bihuan:separateFrom", "bihuan:officers", "bihuan:certificate", "bihuan:recusal")


def check(diagram):
    """Problems of queues, lanes and properties."""
    lanes = lanes_of(diagram)
    for process in diagram.executable:
        yield from _lanes(diagram, process)
    tasks = {process: set() for process in diagram.executable}
    for scope in diagram.scopes:
        tasks[scope.process].update(task.get("id") for task in scope.of("userTask"))
    for scope in diagram.scopes:
        for task in scope.of("userTask"):
            yield from _queue(task, lane_of(scope, task, lanes))
            yield from _properties(task)
            yield from _separations(task, tasks[scope.process])
    for element, _ in diagram.parts:
        if local(element) and local(element) != "userTask":
            yield from _properties(element)


def lanes_of(diagram):
    """{id of an element: the innermost lanes that name it}, over all executable processes."""
    found = {}
    for process in diagram.executable:
        for lane in process.iter("{*}lane"):
            for node in children(lane, "flowNodeRef"):
                found.setdefault(reference(node.text), []).append(lane)
    return {
        identifier: [lane for lane in lanes if not any(lane in list(other.iterancestors()) for other in lanes)]
        for identifier, lanes in found.items()
    }


def lane_of(scope, node, lanes):
    """The lane of a node that stands in this scope, or else of the nearest sub-process around it; None without one."""
    while not lanes.get(node.get("id")) and scope.outer is not None:
        node, scope = scope.element, scope.outer
    return next(iter(lanes.get(node.get("id"), ())), None)


def assignment(task):
    """{"assignee", "candidateGroups", "candidateUsers": text} of a user task, those that are not empty."""
    definition = extension(task, "assignmentDefinition")
    return {} if definition is None else {name: text.strip() for name, text in definition.attrib.items() if text.strip()}


def _queue(task, lane):
    if assignment(task):
        return
    remedy = "Enter candidate groups, candidate users or an assignee in the section Assignment, or put the task into the lane of its role."
    if lane is None:
        sentence = (
            f"Expected {called(task)} to have a queue, but it has no candidate groups, candidate users or assignee, and stands in no lane."
        )
        yield problem(task, "USER_TASK_WITHOUT_QUEUE", sentence, remedy)
    elif not (lane.get("name") or "").strip():
        sentence = f"Expected {called(task)} to have a queue, but its lane {lane.get('id')} has no name."
        yield problem(task, "USER_TASK_WITHOUT_QUEUE", sentence, "Name the lane like the role.")


def _lanes(diagram, process):
    for identifier, lanes in lanes_of(diagram).items():
        if len(lanes) > 1 and lanes[0] in list(process.iter("{*}lane")):
            names = " and ".join(lane.get("name") or lane.get("id") for lane in lanes)
            for node in diagram.by_id.get(identifier, ())[:1]:
                sentence = f"Expected {called(node)} to stand in one lane, but it stands in {names}."
                yield problem(node, "IN_TWO_LANES", sentence, "Move it a little, so that the modeler assigns it to one lane.")


def _properties(element):
    names = [each.get("name") for each in own_properties(element)]
    for each in own_properties(element):
        name, text = each.get("name"), (each.get("value") or "").strip()
        if name not in PROPERTIES:
            sentence = f"Expected a known property at {called(element)}, but found {name}."
            yield problem(each, "UNKNOWN_PROPERTY", sentence, f"Known are {', '.join(PROPERTIES)}.")
        elif names.count(name) > 1:
            sentence = f"Expected {name} once at {called(element)}, but it stands there {names.count(name)} times."
            yield problem(each, "PROPERTY_TWICE", sentence, "Keep one; several ids stand in one value, with commas between them.")
        elif name in ON_USER_TASKS and local(element) != "userTask":
            sentence = f"Expected {name} on a user task, but it stands at {called(element)}, where nobody is asked."
            yield problem(each, "PROPERTY_MISPLACED", sentence, "Move it to the user task.")
        elif name == "bihuan:officers" and not OFFICERS.match(text):
            sentence = f"Expected bihuan:officers of {called(element)} to be a number from 1 to 9, but it is {text!r}."
            yield problem(each, "BAD_OFFICERS", sentence, "Enter how many people have to sign.")
        elif name != "bihuan:separateFrom" and not text:
            sentence = f"Expected a value of {name} at {called(element)}, but it is empty."
            yield problem(each, "VALUE_MISSING", sentence, "Fill it in, or delete it.")


def _is_repeated(task):
    """A task of which there are several at once, or again, may be kept apart from itself: nobody signs twice."""
    return next(iter(children(task, "multiInstanceLoopCharacteristics")), None) is not None


def _separations(task, tasks):
    """bihuan:separateFrom names other user tasks, each alone or with its whole unit; those of the same process are `tasks`."""
    declared = [each for each in own_properties(task) if each.get("name") == "bihuan:separateFrom"]
    if len(declared) != 1:
        return
    for part in [part.strip() for part in (declared[0].get("value") or "").split(",")]:
        identifier, slash, suffix = part.partition("/")
        process, elsewhere, element = identifier.rpartition("#")
        if not element or (slash and suffix != "unit") or (elsewhere and not process):
            sentence = f"Expected bihuan:separateFrom of {called(task)} to list ids, or id/unit, but found {part!r}."
            yield problem(declared[0], "BAD_SEPARATE_FROM", sentence, OTHERS)
        elif not elsewhere and (identifier not in tasks or (identifier == task.get("id") and not _is_repeated(task))):
            but = "that is the task itself" if identifier == task.get("id") else "there is no such user task in the process"
            sentence = f"Expected bihuan:separateFrom of {called(task)} to name another user task, but found {identifier}: {but}."
            yield problem(declared[0], "BAD_SEPARATE_FROM", sentence, OTHERS)
