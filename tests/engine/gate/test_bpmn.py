"""A .bpmn file: its problems in the order of the file, and the facts for the deployer."""

import pytest

from engine.gate import bpmn
from engine.gate.xml import Malformed
from tests.engine.gate.drawn import END, EVENT, START, around, element, file, job, line


def test_the_facts_name_every_executable_process():
    tagged = '<extensionElements><zeebe:versionTag value="v1"/></extensionElements>' + around(job())
    second = '<process id="q" isExecutable="true"><startEvent id="s2"/></process><process id="r" isExecutable="false"/>'

    _, facts, _ = bpmn.read(file(tagged, top=second, process='id="p" name="复查" isExecutable="true"'), "t.bpmn")

    assert facts == {
        "kind": "bpmn",
        "processes": [
            {"id": "q", "name": None, "version_tag": None, "start_form_id": None},
            {"id": "p", "name": "复查", "version_tag": "v1", "start_form_id": None},
        ],
    }


def test_the_facts_name_the_form_with_which_a_person_starts():
    formed = '<extensionElements><zeebe:formDefinition formId="%s"/></extensionElements>'
    starts = f'<startEvent id="s">{formed % "F02"}</startEvent><startEvent id="m">{formed % "F99"}{EVENT["started"]}</startEvent>'

    _, facts, _ = bpmn.read(file(starts + END + line("s", "e") + line("m", "e")), "t.bpmn")

    assert facts["processes"][0]["start_form_id"] == "F02"


def test_all_problems_are_told_at_once_and_in_the_order_of_the_file():
    body = "\n".join([START, element("serviceTask", "a"), element("userTask", "b"), element("scriptTask", "c", inside="<script/>"), END])

    problems, _, _ = bpmn.read(file(body + line("s", "a", "b", "c")), "t.bpmn")

    found = [(problem.line, problem.code, problem.element) for problem in problems if problem.severity == "error"]
    assert sorted(found) == [
        (2, "TASK_WITHOUT_TYPE", "a"),
        (3, "USER_TASK_WITHOUT_QUEUE", "b"),
        (4, "SCRIPT_WITHOUT_EXPRESSION", "c"),
        (4, "UNSUPPORTED_ELEMENT", "c"),
        (5, "UNREACHABLE", "e"),
    ]
    assert [line for line, _, _ in found] == sorted(line for line, _, _ in found)


@pytest.mark.parametrize("content", [b"<definitions/>", b'<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"/>', b"<html/>"])
def test_another_document_is_refused(content):
    with pytest.raises(Malformed) as refusal:
        bpmn.read(content, "t.bpmn")

    assert refusal.value.problem.code == "WRONG_CONTENT"


def test_a_thousand_tasks_are_checked_in_a_moment():
    tasks = [f"t{number}" for number in range(1_000)]
    body = START + "".join(job(task) for task in tasks) + END + line("s", *tasks, "e")

    problems, _, _ = bpmn.read(file(body), "t.bpmn")

    assert [problem.code for problem in problems] == ["NO_DRAWING"]
