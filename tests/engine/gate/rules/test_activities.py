"""Activities: what each has to know before it can be done."""

import pytest

from tests.engine.gate.drawn import around, element, event, file, found, job, person

LIST = 'loopCharacteristics inputCollection="=items" inputElement="item"'


def repeated(extensions):
    loop = (
        f"<multiInstanceLoopCharacteristics><extensionElements><zeebe:{extensions}/></extensionElements></multiInstanceLoopCharacteristics>"
    )
    return person("x", inside=loop)


TASKS = {
    "a service task": (element("serviceTask", "x", 'taskDefinition type="work"'), []),
    "a service task without type": (element("serviceTask", "x"), ["TASK_WITHOUT_TYPE"]),
    "a service task with an empty type": (element("serviceTask", "x", 'taskDefinition type=""'), ["TASK_WITHOUT_TYPE"]),
    "a send task": (element("sendTask", "x", 'taskDefinition type="work"'), []),
    "a send task with a message": (element("sendTask", "x", messageRef="M"), []),
    "a send task without either": (element("sendTask", "x"), ["TASK_WITHOUT_TYPE"]),
    "a script": (element("scriptTask", "x", 'script expression="=1 + 1" resultVariable="two"'), []),
    "a script that a worker runs": (element("scriptTask", "x", 'taskDefinition type="work"'), []),
    "a script without expression": (element("scriptTask", "x"), ["SCRIPT_WITHOUT_EXPRESSION"]),
    "a script without result": (element("scriptTask", "x", 'script expression="=1"'), ["SCRIPT_WITHOUT_EXPRESSION"]),
    "a script in two ways": (
        element("scriptTask", "x", '<zeebe:script expression="=1" resultVariable="r"/><zeebe:taskDefinition type="t"/>'),
        ["DONE_IN_TWO_WAYS"],
    ),
    "a program": (
        element("scriptTask", "x", inside="<script>import os; os.abort()</script>", scriptFormat="python"),
        ["SCRIPT_WITHOUT_EXPRESSION", "UNSUPPORTED_ATTRIBUTE", "UNSUPPORTED_ELEMENT"],
    ),
    "a decision": (element("businessRuleTask", "x", 'calledDecision decisionId="risk" resultVariable="level"'), []),
    "a rule that a worker decides": (element("businessRuleTask", "x", 'taskDefinition type="work"'), []),
    "a rule without decision": (element("businessRuleTask", "x"), ["RULE_WITHOUT_DECISION"]),
    "a decision without id": (element("businessRuleTask", "x", 'calledDecision resultVariable="level"'), ["RULE_WITHOUT_DECISION"]),
    "a decision without result": (element("businessRuleTask", "x", 'calledDecision decisionId="risk"'), ["RULE_WITHOUT_DECISION"]),
    "a rule in two ways": (
        element("businessRuleTask", "x", '<zeebe:calledDecision decisionId="d" resultVariable="r"/><zeebe:taskDefinition type="t"/>'),
        ["DONE_IN_TWO_WAYS"],
    ),
    "a call": (element("callActivity", "x", 'calledElement processId="other"'), []),
    "a call of nothing": (element("callActivity", "x"), ["CALL_WITHOUT_PROCESS"]),
    "a call with an empty id": (element("callActivity", "x", 'calledElement processId=""'), ["CALL_WITHOUT_PROCESS"]),
    "a call as the standard writes it": (
        element("callActivity", "x", calledElement="other"),
        ["CALL_WITHOUT_PROCESS", "UNSUPPORTED_ATTRIBUTE"],
    ),
    "a user task that is implemented by a worker": (person("x", 'assignmentDefinition assignee="demo"'), ["JOB_WORKER_USER_TASK"]),
    "a list": (repeated(LIST), []),
    "a list with results": (repeated(LIST + ' outputCollection="results" outputElement="=result"'), []),
    "no list": (repeated('loopCharacteristics inputElement="item"'), ["LOOP_WITHOUT_COLLECTION"]),
    "a loop of the standard": (
        person("x", inside="<multiInstanceLoopCharacteristics><loopCardinality>3</loopCardinality></multiInstanceLoopCharacteristics>"),
        ["LOOP_WITHOUT_COLLECTION", "UNSUPPORTED_ELEMENT"],
    ),
    "results without a place": (repeated(LIST + ' outputElement="=result"'), ["LOOP_OUTPUT_INCOMPLETE"]),
    "a place without results": (repeated(LIST + ' outputCollection="results"'), ["LOOP_OUTPUT_INCOMPLETE"]),
    "a loop with a condition": (
        person("x", inside="<standardLoopCharacteristics><loopCondition>=again</loopCondition></standardLoopCharacteristics>"),
        [],
    ),
    "a loop with a maximum": (person("x", inside='<standardLoopCharacteristics loopMaximum="3"/>'), []),
    "a loop without end": (person("x", inside="<standardLoopCharacteristics/>"), ["LOOP_WITHOUT_END"]),
    "two kinds of loop": (
        repeated(LIST).replace("</userTask>", '<standardLoopCharacteristics loopMaximum="3"/></userTask>'),
        ["DONE_IN_TWO_WAYS"],
    ),
}


def test_an_event_sub_process_does_not_repeat():
    inside = event("startEvent", "hs", "message") + '<standardLoopCharacteristics loopMaximum="2"/>'

    body = around(job() + element("subProcess", "h", inside=inside, triggeredByEvent="true"))

    assert found(file(body)) == [("LOOP_ON_EVENT_SUBPROCESS", "h")]


@pytest.mark.parametrize("task, expected", TASKS.values(), ids=TASKS)
def test_an_activity_knows_what_to_do(task, expected):
    problems = found(file(around(task, "x")))

    assert sorted(code for code, _ in problems) == expected
    assert {element for _, element in problems} <= {"x"}
