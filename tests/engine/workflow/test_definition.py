"""Reading: what a definition says of a process, and every refusal with its element and its sentence."""

import sys
from contextlib import contextmanager

from engine.workflow import definition
from tests.engine.workflow.drawing import (
    HEAD,
    call,
    diagram,
    element,
    end,
    flows,
    script,
    start,
    sub,
    timer,
    user,
)
from tests.engine.workflow.ledger import Case

ENDS = start() + end()
PLAIN = ENDS + user("a") + flows("s -> a -> e")


def read(*parts, **more):
    return definition.read(diagram(*parts, **more))[0]


def test_a_definition_says_what_the_diagram_says():
    process = '<zeebe:versionTag value="v7"/><zeebe:properties><zeebe:property name="bihuan:owner" value="镇"/></zeebe:properties>'
    told = "<bpmn:documentation>Why it is there.</bpmn:documentation>"
    properties = '<zeebe:properties><zeebe:property name="bihuan:separateFrom" value="a, b"/></zeebe:properties>'
    found = read(ENDS, user("a", told, ext=properties, name="Check"), flows("s -> a -> e"), process=process)

    assert (found.id, found.version_tag, found.properties) == ("p", "v7", {"bihuan:owner": "镇"})
    task = found.elements["a"]
    assert (task.name, task.type, task.documentation, task.properties) == (
        "Check",
        "USER_TASK",
        "Why it is there.",
        {"bihuan:separateFrom": "a, b"},
    )
    assert found.elements["e"].properties == {}
    assert found.weight > 4000


def test_each_executable_process_of_a_file_is_a_definition():
    body = ENDS + flows("s -> e")
    other = body.replace('"s"', '"s2"').replace('"e"', '"e2"').replace('"s_e"', '"s2_e2"')
    xml = f'{HEAD}<bpmn:process id="one" isExecutable="true">{body}</bpmn:process><bpmn:process id="pool"/>'
    xml += f'<bpmn:process id="two" isExecutable="true" name="Second">{other}</bpmn:process></bpmn:definitions>'

    found = definition.read(xml.encode())

    assert [(each.id, each.name) for each in found] == [("one", None), ("two", "Second")]
    assert set(found[1].elements) == {"s2", "e2"}


def test_starts_that_something_outside_triggers():
    parts = start("m", "message") + start("g", "signal") + start("t", timer("R/PT1H", "Cycle")) + start("c", "condition") + user("a")
    found = read(start(), parts, flows("s -> a", "m -> a", "g -> a", "t -> a", "c -> a"))

    assert [(each.event_id, each.kind, each.name, each.timer) for each in found.starts] == [
        ("m", "message", "msg", None),
        ("g", "signal", "sig", None),
        ("t", "timer", None, "cycle"),
        ("c", "conditional", None, None),
    ]


def test_it_is_known_whether_working_days_are_asked_for():
    assert not read(PLAIN).uses_calendar
    assert read(ENDS, script("a", "add working days(today(), 5)", "d"), flows("s -> a -> e")).uses_calendar


def test_references_are_literal_ids_only():
    found = read(ENDS, call("a"), call("b", process="=which"), flows("s -> a -> b -> e"))

    assert found.references == {"forms": set(), "decisions": set(), "processes": {("child", "latest", None)}}


def test_ids_named_like_the_librarys_own_nodes_are_ids_like_any_other():
    case = Case(diagram(start("Start"), user("End"), end("p.EndJoin"), flows("Start -> End -> p.EndJoin")))

    assert case.complete("End").status == "COMPLETED"


def test_a_chain_of_1200_tasks_is_read_and_runs():
    ids = [f"t{n}" for n in range(1200)]
    case = Case(diagram(ENDS, *[element("task", id) for id in ids], flows(" -> ".join(["s", *ids, "e"]))), watched=False)

    assert case.status == "COMPLETED"


def test_sub_processes_as_deep_as_the_parser_allows_are_read_and_run_and_end():
    inner = start("s0") + script("deep") + user("wait") + end("e0") + flows("s0 -> deep -> wait -> e0")
    for depth in range(1, 80):
        inner = start(f"s{depth}") + sub(f"x{depth}", inner) + end(f"e{depth}") + flows(f"s{depth} -> x{depth} -> e{depth}")
    with shallow_stack():
        case = Case(diagram(inner))
        assert case.log == ["deep"]

        assert case.complete("wait").status == "COMPLETED"


@contextmanager
def shallow_stack(frames=60):
    """Fewer frames than the diagram is deep: recursion over its depth would not fit."""
    limit, used, frame = sys.getrecursionlimit(), 0, sys._getframe()
    while frame is not None:
        used, frame = used + 1, frame.f_back
    sys.setrecursionlimit(used + frames)
    try:
        yield
    finally:
        sys.setrecursionlimit(limit)


def test_documentation_and_conditions_are_an_elements_own():
    inner = start("s2", "<bpmn:documentation>inner</bpmn:documentation>") + end("e2") + flows("s2 -> e2")

    assert read(ENDS, sub("x", inner), flows("s -> x -> e")).elements["x"].documentation is None
