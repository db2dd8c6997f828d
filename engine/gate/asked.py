"""What a diagram asks of the world around it, by fixed names: forms, decisions, processes, handlers, groups.

What an expression decides is only known when it runs; a name that is missing then becomes an incident. A job type is asked for all the
same: an expression could name a handler.
"""

from engine.domain import certificates, separation
from engine.gate.elements import children, local, own_properties, zeebe_name
from engine.gate.rules.people import assignment, lane_of, lanes_of

BOUND = {"formDefinition": ("form", "formId"), "calledDecision": ("decision", "decisionId"), "calledElement": ("process", "processId")}


def asked(diagram):
    """[{"kind", "id", "binding", "version_tag", "element", "line"}] in document order.

    The kinds are form, decision, process, job_type, certificate and group.
    """
    found = []
    lanes = lanes_of(diagram)
    for scope in diagram.scopes:
        for element in [scope.element, *scope.nodes] if scope.kind == "process" else scope.nodes:
            for holder in children(element, "extensionElements"):
                for each in holder.iter():
                    found.extend(_named(element, each))
            if local(element) == "userTask":
                found.extend(_groups(scope, element, lanes))
                found.extend(_separated(element))
                found.extend(_certified(element))
    return found


def _ask(element, kind, name, binding="latest", version_tag=None):
    return {
        "kind": kind,
        "id": name,
        "binding": binding,
        "version_tag": version_tag,
        "element": element.get("id"),
        "line": element.sourceline,
    }


def _fixed(text):
    return bool(text and text.strip()) and not text.strip().startswith("=")


def _named(element, each):
    name = zeebe_name(each)
    if name in BOUND:
        kind, attribute = BOUND[name]
        if _fixed(each.get(attribute)):
            yield _ask(element, kind, each.get(attribute).strip(), each.get("bindingType") or "latest", each.get("versionTag"))
    if name == "taskDefinition" and (each.get("type") or "").strip().startswith(("local:", "=")):
        yield _ask(element, "job_type", each.get("type").strip())


def _separated(task):
    for rule in separation.rules({each.get("name"): each.get("value") or "" for each in own_properties(task)}):
        if rule.process_id:
            yield _ask(task, "process", rule.process_id)


def _certified(task):
    kind = certificates.declared({each.get("name"): each.get("value") or "" for each in own_properties(task)})
    if kind is not None:
        yield _ask(task, "certificate", kind)


def _groups(scope, task, lanes):
    given = assignment(task)
    if _fixed(given.get("candidateGroups")):
        for group in given["candidateGroups"].split(","):
            yield _ask(task, "group", group.strip())
    elif "candidateGroups" not in given:
        lane = lane_of(scope, task, lanes)
        if lane is not None and (lane.get("name") or "").strip():
            yield _ask(task, "group", lane.get("name").strip())
