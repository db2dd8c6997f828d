"""The gate as the deployer uses it: with the real readers, over several files, all problems at once."""

import logging
import subprocess
import sys
import threading

import pytest

from engine.gate import Gate, References, Resource
from tests.engine.gate.drawn import END, START, around, element, file, job, line, person, properties

READERS = {"bpmn": "engine.workflow.definition:read", "dmn": "engine.decisions.check:check", "form": "forms.compile:check"}
DIAGRAM = file(around(job()))
FORM = b'{"type": "default", "schemaVersion": 18, "id": "F02", "components": []}'
DMN = (
    b'<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="risk" name="Risk" namespace="urn:test">'
    b'<decision id="level" name="level"><variable id="v" name="level"/>'
    b'<literalExpression id="x"><text>1 + 1</text></literalExpression></decision>'
    b"</definitions>"
)


@pytest.fixture(scope="module")
def gate():
    gate = Gate(READERS)
    yield gate
    gate.close()


def errors(verdict):
    return [(problem.code, problem.element) for problem in verdict.problems if problem.severity == "error"]


def test_files_that_fit_together_are_accepted(gate):
    task = person("a", '<zeebe:userTask/><zeebe:assignmentDefinition assignee="x"/><zeebe:formDefinition formId="F02"/>')
    rule = element("businessRuleTask", "b", 'calledDecision decisionId="level" resultVariable="r"')
    call = element("callActivity", "c", 'calledElement processId="q"')
    other = file(around(job()), process='id="q" isExecutable="true"')
    files = [
        Resource("main.bpmn", file(around(task + rule + call, "a", "b", "c"))),
        Resource("other.bpmn", other),
        Resource("risk.dmn", DMN),
        Resource("notice.form", FORM),
    ]

    verdict = gate.check(files, References())

    assert errors(verdict) == []
    assert verdict.accepted
    assert [verdict.facts[each.name]["kind"] for each in files] == ["bpmn", "bpmn", "dmn", "form"]
    assert verdict.facts["main.bpmn"]["processes"] == [{"id": "p", "name": None, "version_tag": None, "start_form_id": None}]
    assert verdict.facts["risk.dmn"]["requirements"] == {"id": "risk", "name": "Risk"}
    assert verdict.facts["notice.form"]["id"] == "F02"


def test_one_file_without_the_others_is_refused(gate):
    call = element("callActivity", "c", 'calledElement processId="q"')

    verdict = gate.check([Resource("main.bpmn", file(around(call, "c")))], References())

    assert errors(verdict) == [("UNKNOWN_PROCESS", "c")]
    assert not verdict.accepted


def test_a_task_is_kept_apart_from_one_of_a_process_that_exists(gate):
    apart = properties(("bihuan:separateFrom", "elsewhere#first"))
    task = person("a", f'<zeebe:userTask/><zeebe:assignmentDefinition assignee="x"/>{apart}')
    files = [Resource("main.bpmn", file(around(task, "a")))]

    assert errors(gate.check(files, References())) == [("UNKNOWN_PROCESS", "a")]
    assert gate.check(files, References(processes={"elsewhere": set()})).accepted


def test_all_problems_of_all_files_are_told_at_once(gate):
    files = [
        Resource("a.bpmn", file(around(element("serviceTask", "x"), "x"))),
        Resource("b.bpmn", b"<definitions>"),
        Resource("c.form", b"{"),
        Resource("d.dmn", b"<definitions/>"),
        Resource("e.txt", b""),
        Resource("a.bpmn", DIAGRAM),
        Resource("f.bpmn", DIAGRAM),
        Resource("g.bpmn", DIAGRAM),
    ]

    verdict = gate.check(files, References())

    assert errors(verdict) == [
        ("DUPLICATE_RESOURCE", "a.bpmn"),
        ("TASK_WITHOUT_TYPE", "x"),
        ("MALFORMED_XML", "b.bpmn"),
        ("MALFORMED_JSON", "c.form"),
        ("WRONG_CONTENT", "d.dmn"),
        ("UNKNOWN_KIND", "e.txt"),
        ("DUPLICATE_PROCESS", "f.bpmn"),
        ("DUPLICATE_PROCESS", "g.bpmn"),
    ]
    assert [problem.resource for problem in verdict.problems] == sorted(problem.resource for problem in verdict.problems)


@pytest.mark.parametrize(
    "name, content, code",
    [
        ("", DIAGRAM, "UNKNOWN_KIND"),
        ("diagram", DIAGRAM, "UNKNOWN_KIND"),
        ("diagram.bpmn.exe", DIAGRAM, "UNKNOWN_KIND"),
        ("diagram.dmn", DIAGRAM, "WRONG_CONTENT"),
        ("diagram.form", DIAGRAM, "MALFORMED_JSON"),
        ("diagram.bpmn", DMN, "WRONG_CONTENT"),
        ("diagram.bpmn", b" " * 4_000_001, "RESOURCE_TOO_LARGE"),
    ],
)
def test_a_file_is_of_the_kind_that_its_name_says(gate, name, content, code):
    assert errors(gate.check([Resource(name, content)], References())) == [(code, name)]


def test_the_ending_may_be_in_capitals(gate):
    assert gate.check([Resource("DIAGRAM.BPMN", DIAGRAM)], References()).accepted


def test_nothing_cannot_be_deployed(gate):
    assert errors(gate.check([], References())) == [("NOTHING_TO_DEPLOY", "")]


@pytest.mark.parametrize("first, second, code", [(FORM, FORM, "DUPLICATE_FORM"), (DMN, DMN, "DUPLICATE_DECISION")])
def test_two_files_do_not_define_the_same(gate, first, second, code):
    ending = "form" if first is FORM else "dmn"

    verdict = gate.check([Resource(f"a.{ending}", first), Resource(f"b.{ending}", second)], References())

    assert errors(verdict) == [(code, f"b.{ending}")]


def test_a_warning_does_not_block(gate):
    verdict = gate.check([Resource("a.bpmn", file(around(person())))], References(groups=frozenset()))

    assert verdict.accepted
    assert {problem.code for problem in verdict.problems} == {"NO_DRAWING", "UNKNOWN_GROUP"}


def test_what_the_machine_cannot_compile_is_never_accepted(gate, monkeypatch):
    """The rules are blind for once; the machine's own reader still refuses."""
    blind = Gate({**READERS, "form": "engine.workflow.definition:read"})
    try:
        verdict = blind.check([Resource("a.form", FORM)], References())
    finally:
        blind.close()

    assert errors(verdict) == [("NOT_EXECUTABLE_HERE", "a.form")]


def test_a_decision_that_cannot_be_compiled_is_refused_with_its_element(gate):
    verdict = gate.check([Resource("risk.dmn", DMN.replace(b"1 + 1", b"1 +"))], References())

    assert len(errors(verdict)) == 1
    assert errors(verdict)[0][1] != "risk.dmn"


def test_a_looping_diagram_of_the_library_is_refused_by_name(gate):
    from tests.engine.gate import readers

    verdict = gate.check([Resource("looping.bpmn", readers.LOOPING.read_bytes())], References())

    assert errors(verdict) == [("DATA_WITHOUT_VARIABLE", "reference")]


@pytest.mark.parametrize(
    "reader, seconds, code",
    [
        ("loops", 1.0, "TOOK_TOO_LONG"),
        ("allocates", 20.0, "TOO_MUCH_MEMORY"),
        ("kills_itself", 20.0, "READER_ENDED"),
        ("refuses_at_length", 20.0, "ANSWER_TOO_LARGE"),
    ],
)
def test_a_file_that_hurts_its_reader_is_refused_and_the_next_one_is_read(reader, seconds, code):
    readers = {"form": f"tests.engine.gate.readers:{reader}", "dmn": "tests.engine.gate.readers:accepts"}
    gate = Gate(readers, seconds, memory=256 << 20, answer=100_000)
    try:
        verdict = gate.check([Resource("bad.form", FORM), Resource("good.dmn", DMN)], References())
    finally:
        gate.close()

    assert errors(verdict) == [(code, "bad.form")]
    assert list(verdict.facts) == ["good.dmn"]


def test_many_files_that_take_too_long_do_not_keep_the_gate_for_ever():
    gate = Gate({"form": "tests.engine.gate.readers:sleeps"}, seconds=0.5, together=0.4)
    files = [Resource(f"{number}.form", b'{"id": "f%d", "components": []}' % number) for number in range(5)]
    try:
        verdict = gate.check(files, References())
    finally:
        gate.close()

    assert errors(verdict) == [("TOOK_TOO_LONG", "0.form"), *[("NOT_CHECKED", f"{number}.form") for number in range(1, 5)]]


def test_a_reader_that_fails_leaves_its_trace_in_the_log_and_not_in_the_answer(caplog):
    gate = Gate({"form": "tests.engine.gate.readers:fails"})
    try:
        with caplog.at_level(logging.ERROR):
            verdict = gate.check([Resource("a.form", FORM)], References())
    finally:
        gate.close()

    assert errors(verdict) == [("READER_FAILED", "a.form")]
    assert "Traceback" in caplog.text
    assert "Traceback" not in verdict.problems[0].sentence


def test_deployments_of_many_threads_do_not_mix(gate):
    verdicts = {}

    def deploy(number):
        content = file(START + job(f"t{number}") + END + line("s", f"t{number}", "e"), process=f'id="p{number}" isExecutable="true"')
        verdicts[number] = gate.check([Resource(f"{number}.bpmn", content)], References())

    threads = [threading.Thread(target=deploy, args=(number,)) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert all(verdict.accepted for verdict in verdicts.values())
    assert [verdicts[number].facts[f"{number}.bpmn"]["processes"][0]["id"] for number in range(16)] == [
        f"p{number}" for number in range(16)
    ]


def test_the_gate_costs_nothing_until_it_is_used():
    """Neither the parsers nor the machine are loaded by a process that only has a gate, and no child is started."""
    program = (
        "import sys; from engine.gate import Gate; gate = Gate({}); "
        "print([name for name in ('lxml', 'lark', 'SpiffWorkflow', 'engine.feel') if name in sys.modules], gate.pid)"
    )

    printed = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout

    assert printed.strip() == "[] None"
