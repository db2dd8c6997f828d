"""Each kind of flaw in a small diagram, found with its trace; the machine, driven along the trace, really gets stuck there."""

from pathlib import Path

import pytest

from engine.gate import Gate, References, Resource
from engine.workflow import definition
from tests.engine.gate.drawn import problems
from tests.engine.workflow.ledger import Case

HERE = Path(__file__).parent
ROOT = HERE.parents[3]

#: file -> what is found in it: code, element, trace
ERRORS = {
    "deadlock": ("DEADLOCK", "join", "s a choice b join"),
    "deadlock_inside": ("DEADLOCK", "meet", "s part b inspect si look found near meet"),
    "deadlock_reminder": ("DEADLOCK", "join", "s a join"),  # the reminder need not come
    "circle": ("JOIN_WAITS_FOR_ITSELF", "one", "s part one two"),
    "endless": ("NO_WAY_TO_END", "b", "s a again b"),
    "dead": ("DEAD_ACTIVITY", "a", ""),
    "dead_escalation": ("DEAD_ACTIVITY", "a", ""),  # what catches it ends the sub-process
    "promise_short_cut": ("PROMISE_BROKEN", "struck_off", "s find skip struck_off"),
    "promise_beside": ("PROMISE_BROKEN", "struck_off", "s find part recheck rectify join struck_off"),  # what is verified was not done yet
    "promise_by_anybody": ("BAD_PROMISE", "struck_off", ""),
}
WARNINGS = {
    "twice": ("LACK_OF_SYNCHRONISATION", "merge", "s part a b merge"),
    "until": ("NO_WAY_TO_END", "look", "s watch si again look"),  # again and again, until a message ends it
}
#: the first branch ends all; two ends, two tokens at an end, reminders, inclusive and event-based gateways, links, termination in a
#: multi-instance; a kept promise
SOUND = ("first_wins", "meant", "promise_kept")


def content(name):
    return (HERE / f"{name}.bpmn").read_bytes()


def found(name):
    """[(severity, code, element, trace)]"""
    return [(each.severity, each.code, each.element, " ".join(each.trace)) for each in problems(content(name))]


def test_every_diagram_of_this_folder_is_told_of():
    assert sorted(path.stem for path in HERE.glob("*.bpmn")) == sorted([*ERRORS, *WARNINGS, *SOUND])


@pytest.mark.parametrize("name, expected", [*ERRORS.items(), *WARNINGS.items()], ids=[*ERRORS, *WARNINGS])
def test_a_flaw_is_found_with_the_shortest_way_into_it(name, expected):
    assert found(name) == [("error" if name in ERRORS else "warning", *expected)]


@pytest.mark.parametrize("name", SOUND)
def test_what_is_meant_is_no_flaw(name):
    assert found(name) == []


@pytest.mark.parametrize("name", [name for name, (code, *_) in ERRORS.items() if code in ("DEADLOCK", "JOIN_WAITS_FOR_ITSELF")])
def test_the_machine_gets_stuck_where_the_trace_leads(name):
    trace = ERRORS[name][2].split()
    (process,) = definition.read(content(name))
    case = Case(process, trace=trace)

    for element in trace:
        if process.elements[element].kind == "user":
            case.complete(element)

    for element in case.open:  # what runs beside the trace changes nothing
        assert element not in trace
        case.complete(element)
    assert case.status == "ACTIVE"
    assert not any((case.ledger.tasks, case.ledger.jobs, case.ledger.subscriptions, case.ledger.incidents, case.ledger.children))


def test_the_deployment_is_told_the_trace():
    gate = Gate({})
    try:
        verdict = gate.check([Resource("deadlock.bpmn", content("deadlock")), Resource("twice.bpmn", content("twice"))], References())
    finally:
        gate.close()

    traces = {each.code: each.trace for each in verdict.problems if each.trace}
    assert traces == {"DEADLOCK": ("s", "a", "choice", "b", "join"), "LACK_OF_SYNCHRONISATION": ("s", "part", "a", "b", "merge")}
    assert not verdict.accepted


# -- 销号: the rectification of a hazard as it is drawn, with its promise

STRUCK_OFF = '<bpmn:endEvent id="struck_off" name="销号">'
PROMISE = (
    '<bpmn:extensionElements><zeebe:properties><zeebe:property name="bihuan:promise" value="recheck"/></zeebe:properties>'
    "</bpmn:extensionElements>"
)
SHORT_CUT = '<bpmn:sequenceFlow id="short_cut" sourceRef="{}" targetRef="struck_off"/>'
BROKEN = {  # where a way without a recheck begins, and what the end of its trace is
    "out of the rectification": ("rectification", ["rectification", "struck_off"]),
    "beside a reminder": ("urge", ["remind_7", "urge", "struck_off"]),
}


def rectification(more=""):
    text = (ROOT / "bpmn/hazard_rectification/hazard_rectification.bpmn").read_text(encoding="utf-8")
    assert STRUCK_OFF in text
    if "bihuan:promise" not in text:
        documented = text.index("</bpmn:documentation>", text.index(STRUCK_OFF)) + len("</bpmn:documentation>")
        text = text[:documented] + PROMISE + text[documented:]
    return text.replace("</bpmn:process>", more + "</bpmn:process>").encode()


def test_no_hazard_is_struck_off_without_a_recheck_by_somebody_else():
    assert problems(rectification()) == []


@pytest.mark.parametrize(
    "process, end, promised",
    [("closure", "closure_granted", "check_closure"), ("place_case", "struck_off", "accept, strike_off")],
    ids=["closure", "place_case"],
)
def test_no_place_is_struck_off_without_acceptance_and_a_check(process, end, promised):
    text = (ROOT / f"bpmn/{process}/{process}.bpmn").read_text(encoding="utf-8")
    documented = text.index("</bpmn:documentation>", text.index(f'<bpmn:endEvent id="{end}"')) + len("</bpmn:documentation>")
    promise = "" if "bihuan:promise" in text else PROMISE.replace("recheck", promised)

    assert problems((text[:documented] + promise + text[documented:]).encode()) == []


@pytest.mark.parametrize("source, end", BROKEN.values(), ids=BROKEN)
def test_a_way_round_the_recheck_is_refused(source, end):
    broken = [each for each in problems(rectification(SHORT_CUT.format(source))) if each.code == "PROMISE_BROKEN"]

    assert [each.element for each in broken] == ["struck_off"]
    assert list(broken[0].trace[-len(end) :]) == end
    assert "recheck" not in broken[0].trace


def test_a_recheck_that_is_not_separated_proves_nothing():
    text = rectification().decode().replace('name="bihuan:separateFrom" value="register_hazard', 'name="note" value="')

    assert [each.code for each in problems(text.encode())] == ["BAD_PROMISE"]
