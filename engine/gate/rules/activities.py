"""Does every activity know what to do, and every loop what to go over?"""

from engine.gate.elements import ACTIVITIES, called, children, extension, is_event_subprocess, local, problem, warning

TYPE = "Enter a job type in the section Task definition."


def check(diagram):
    """Problems of activities, one by one."""
    for scope in diagram.scopes:
        for node in scope.of(*ACTIVITIES):
            rule = RULES.get(local(node))
            if rule:
                yield from rule(node)
            yield from _loops(node)


def _filled(extension, *attributes):
    return extension is not None and all((extension.get(attribute) or "").strip() for attribute in attributes)


def _lacks(element, code, what, remedy):
    return problem(element, code, f"Expected {called(element)} to have {what}, but it has none.", remedy)


def _one_of(element, found):
    if len(found) > 1:
        sentence = f"Expected {called(element)} to be done in one way, but it has {' and '.join(f'zeebe:{each}' for each in found)}."
        yield problem(element, "DONE_IN_TWO_WAYS", sentence, "Choose one implementation in the section Implementation.")


def _service_task(task):
    if not _filled(extension(task, "taskDefinition"), "type"):
        yield _lacks(task, "TASK_WITHOUT_TYPE", "a job type", TYPE)


def _send_task(task):
    if task.get("messageRef"):
        yield from _one_of(task, [each for each in ("taskDefinition", "publishMessage") if extension(task, each) is not None])
    elif not _filled(extension(task, "taskDefinition"), "type"):
        yield _lacks(task, "TASK_WITHOUT_TYPE", "a job type or a message", TYPE)


def _script_task(task):
    script, job = extension(task, "script"), extension(task, "taskDefinition")
    yield from _one_of(task, [name for name, found in (("script", script), ("taskDefinition", job)) if found is not None])
    if script is None and not _filled(job, "type"):
        remedy = "Write an expression and the name of its result in the section Script."
        yield _lacks(task, "SCRIPT_WITHOUT_EXPRESSION", "a FEEL expression or a job type", remedy)
    elif script is not None and not _filled(script, "expression", "resultVariable"):
        remedy = "Write an expression and the name of its result in the section Script."
        yield _lacks(task, "SCRIPT_WITHOUT_EXPRESSION", "a FEEL expression and a result variable", remedy)


def _business_rule_task(task):
    decision, job = extension(task, "calledDecision"), extension(task, "taskDefinition")
    yield from _one_of(task, [name for name, found in (("calledDecision", decision), ("taskDefinition", job)) if found is not None])
    if decision is None and not _filled(job, "type"):
        remedy = "Choose the decision and its result variable in the section Called decision."
        yield _lacks(task, "RULE_WITHOUT_DECISION", "a called decision or a job type", remedy)
    elif decision is not None and not _filled(decision, "decisionId", "resultVariable"):
        remedy = "Enter the id of the decision and the result variable in the section Called decision."
        yield _lacks(task, "RULE_WITHOUT_DECISION", "a decision id and a result variable", remedy)


def _call_activity(task):
    if not _filled(extension(task, "calledElement"), "processId"):
        remedy = "Enter the id of the process in the section Called element."
        yield _lacks(task, "CALL_WITHOUT_PROCESS", "the id of the process that it calls", remedy)


def _user_task(task):
    if extension(task, "userTask") is None:
        sentence = (
            f"Expected {called(task)} to be a Camunda user task, but it is implemented by a job worker; it opens in a queue all the same."
        )
        yield warning(task, "JOB_WORKER_USER_TASK", sentence, "Choose Camunda user task in the section Implementation.")


def _loops(node):
    for loop in children(node, "multiInstanceLoopCharacteristics"):
        declared = extension(loop, "loopCharacteristics")
        if not _filled(declared, "inputCollection"):
            remedy = "Enter the list in the section Multi-instance, input collection."
            yield _lacks(node, "LOOP_WITHOUT_COLLECTION", "an input collection to go over", remedy)
        elif _filled(declared, "outputCollection") != _filled(declared, "outputElement"):
            sentence = f"Expected {called(node)} to have both an output collection and an output element, but it has one of them."
            yield problem(node, "LOOP_OUTPUT_INCOMPLETE", sentence, "Enter both in the section Multi-instance, or neither.")
    for loop in children(node, "standardLoopCharacteristics"):
        condition = "".join(child.text or "" for child in children(loop, "loopCondition")).strip()
        if not condition and loop.get("loopMaximum") is None:
            sentence = f"Expected the loop of {called(node)} to have a condition or a maximum, but it has neither."
            yield problem(node, "LOOP_WITHOUT_END", sentence, "Use a multi-instance, or a flow that leads back.")
    if is_event_subprocess(node) and children(node, "multiInstanceLoopCharacteristics", "standardLoopCharacteristics"):
        sentence = f"Expected no loop on {called(node)}, because every event starts it anew, but there is one."
        yield problem(node, "LOOP_ON_EVENT_SUBPROCESS", sentence, "Put a sub-process with the loop into it.")
    loops = children(node, "multiInstanceLoopCharacteristics", "standardLoopCharacteristics")
    if len(loops) > 1:
        sentence = f"Expected one kind of loop on {called(node)}, but it has {len(loops)}."
        yield problem(node, "DONE_IN_TWO_WAYS", sentence, "Choose one marker with the wrench.")


RULES = {
    "serviceTask": _service_task,
    "sendTask": _send_task,
    "scriptTask": _script_task,
    "businessRuleTask": _business_rule_task,
    "callActivity": _call_activity,
    "userTask": _user_task,
}
