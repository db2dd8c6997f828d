"""What an activity asks of somebody, compiled: user tasks, jobs, scripts, decisions, calls, ad-hoc sub-processes, published messages."""

from decimal import Decimal

from engine import feel
from engine.workflow import timers
from engine.workflow.elements import AdHoc, Called, Decided, JobWork, Published, Scripted, UserWork
from engine.workflow.failures import Failure, unexpected

BINDINGS = ("latest", "deployment", "versionTag")


def compile(compiler, element, zeebe):
    """Fill `work` of an element by its kind; refuse what has nothing to do."""
    if "taskDefinition" in zeebe:
        _job(compiler, element, zeebe)
    elif element.kind in _WORK:
        _WORK[element.kind](compiler, element, zeebe)


def _job(compiler, element, zeebe):
    declared = zeebe["taskDefinition"]
    throws_message = element.kind == "throw" and any(catch.kind == "message" for catch in element.catches)
    if element.kind not in ("job", "script", "decision") and not throws_message and element.type != "SEND_TASK":
        compiler.refuse("Expected zeebe:taskDefinition at a task for workers, or at a message that is thrown, but found it elsewhere")
    if not declared.get("type"):
        compiler.refuse("Expected a type in zeebe:taskDefinition, but it has none")
    element.kind = "job"
    element.work = JobWork(compiler.value(declared["type"]), compiler.value(declared.get("retries")), zeebe.get("taskHeaders", {}))


def _no_job(compiler, element, zeebe):
    compiler.refuse("Expected zeebe:taskDefinition with a type, but there is none")


def _script(compiler, element, zeebe):
    declared = zeebe.get("script", {})
    if not declared.get("expression") or not declared.get("resultVariable"):
        compiler.refuse("Expected zeebe:script with an expression and a result variable, or zeebe:taskDefinition, but found neither")
    element.work = Scripted(compiler.expression(declared["expression"]), declared["resultVariable"])


def _decision(compiler, element, zeebe):
    declared = zeebe.get("calledDecision", {})
    if not declared.get("decisionId") or not declared.get("resultVariable"):
        compiler.refuse("Expected zeebe:calledDecision with a decision and a result variable, or zeebe:taskDefinition, but found neither")
    binding, tag = _binding(compiler, declared)
    element.work = Decided(compiler.value(declared["decisionId"]), declared["resultVariable"], binding, tag)
    compiler.refer("decisions", element.work.decision_id, binding, tag)


def _call(compiler, element, zeebe):
    declared = zeebe.get("calledElement", {})
    if not declared.get("processId"):
        compiler.refuse("Expected zeebe:calledElement with a process, but found none")
    binding, tag = _binding(compiler, declared)
    down, up = (declared.get(f"propagateAll{side}Variables", "true") == "true" for side in ("Parent", "Child"))
    element.work = Called(compiler.value(declared["processId"]), binding, tag, down, up)
    compiler.refer("processes", element.work.process_id, binding, tag)


def _adhoc(compiler, element, zeebe):
    declared, attributes = zeebe.get("adHoc"), element.spec.extensions.attributes
    element.work = AdHoc(
        active=compiler.expression((declared or {}).get("activeElementsCollection")),
        waits=declared is not None,
        until=compiler.expression(element.spec.extensions.completion),
        cancel_remaining=attributes.get("cancelRemainingInstances", "true") == "true",
        sequential=attributes.get("ordering") == "Sequential",
    )


def _complex(compiler, element, zeebe):
    element.activation = compiler.expression(element.spec.extensions.activation)


def _throw(compiler, element, zeebe):
    if element.type == "SEND_TASK" and not element.catches:
        compiler.refuse("Expected a message to send, or zeebe:taskDefinition, but found neither")
    if any(catch.kind == "message" for catch in element.catches):
        declared = zeebe.get("publishMessage", {})
        element.work = Published(*(compiler.value(declared.get(name)) for name in ("correlationKey", "messageId", "timeToLive")))


def _user(compiler, element, zeebe):
    assignment, schedule = zeebe.get("assignmentDefinition", {}), zeebe.get("taskSchedule", {})
    declared = {
        "assignee": (assignment.get("assignee"), one),
        "candidate_groups": (assignment.get("candidateGroups"), several),
        "candidate_users": (assignment.get("candidateUsers"), several),
        "due": (schedule.get("dueDate"), time),
        "follow_up": (schedule.get("followUpDate"), time),
        "priority": (zeebe.get("priorityDefinition", {}).get("priority"), rank),
    }
    fixed, computed = {"headers": zeebe.get("taskHeaders", {})}, []
    for field, (text, convert) in declared.items():
        expression = compiler.value(text or None)
        if expression is None:
            continue
        if expression.literal and convert is not time:
            scope = feel.Scope({})
            try:
                fixed[field] = convert(expression(scope), expression, scope)
            except Failure as problem:
                compiler.refuse(problem.sentence)
        else:
            computed.append((field, expression, convert))
    if not assignment.get("candidateGroups") and element.lane:
        fixed["candidate_groups"] = (element.lane,)
    _form(compiler, element, zeebe.get("formDefinition", {}), fixed)
    element.work = UserWork(fixed, tuple(computed))


def _form(compiler, element, declared, fixed):
    if not declared:
        return
    binding, tag = _binding(compiler, declared)
    form_id, external, key = declared.get("formId"), declared.get("externalReference"), declared.get("formKey")
    if sum(each is not None for each in (form_id, external, key)) != 1:
        compiler.refuse("Expected zeebe:formDefinition with one of formId, externalReference and formKey, but found none or several")
    element.form = {"id": form_id, "binding": binding, "version_tag": tag, "external": external, "key": key}
    if form_id is not None:
        fixed.update(form_id=form_id, form_binding=binding, form_version_tag=tag)
        compiler.references["forms"].add((form_id, binding, tag))
    else:
        fixed["external_form"] = external or key


def _binding(compiler, declared):
    binding, tag = declared.get("bindingType", "latest"), declared.get("versionTag")
    if binding not in BINDINGS:
        compiler.refuse(f"Expected a binding of {', '.join(BINDINGS)}, but found {binding!r}")
    if (binding == "versionTag") != bool(tag):
        compiler.refuse("Expected a version tag exactly where the binding is versionTag, but found it otherwise")
    return binding, tag


_WORK = {
    "job": _no_job,
    "script": _script,
    "decision": _decision,
    "call": _call,
    "adhoc": _adhoc,
    "complex": _complex,
    "throw": _throw,
    "user": _user,
}


# -- the value of an attribute -> the value of a field; Failure where it is of no such type


def one(value, expression, scope):
    """The name of an assignee; empty is nobody."""
    if value is None or isinstance(value, str):
        return value or None
    raise unexpected(scope, expression, "the name of an assignee", value)


def several(value, expression, scope):
    """Names of groups or users: a list of FEEL, or text with commas."""
    if value is None:
        return ()
    if isinstance(value, str):
        return tuple(name.strip() for name in value.split(",") if name.strip())
    if isinstance(value, list) and all(isinstance(name, str) for name in value):
        return tuple(value)
    raise unexpected(scope, expression, "a list of names", value)


def time(value, expression, scope):
    """A due or follow-up date: ISO 8601 text or a date of FEEL; without a zone, in that of the engine's now."""
    if value is None or value == "":
        return None
    try:
        return timers.date_time(value, scope.env.now)
    except ValueError as problem:
        raise unexpected(scope, expression, "a date and time", value) from problem


def rank(value, expression, scope):
    """A priority from 0 to 100; 50 where there is none."""
    if value is None:
        return 50
    number = int(value) if isinstance(value, str) and value.strip().isdecimal() else value
    if isinstance(number, (int, Decimal)) and not isinstance(number, bool) and 0 <= number <= 100 and number == int(number):
        return int(number)
    raise unexpected(scope, expression, "a priority from 0 to 100", value)
