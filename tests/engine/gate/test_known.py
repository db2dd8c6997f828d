"""What diagrams ask of the world, and what is missing there."""

import pytest

from engine.gate import asked, known
from engine.gate.diagram import Diagram
from engine.gate.resource import References
from engine.gate.xml import read
from tests.engine.gate.drawn import around, element, file, person, properties

NOTHING = {"form": {}, "decision": {}, "process": {}}


def asks(body):
    return asked.asked(Diagram(read(file(body), "test.bpmn")))


def codes(body, together=NOTHING, **outside):
    return [(problem.code, problem.element, problem.severity) for problem in known.missing(asks(body), References(**outside), together)]


def form(extra=""):
    return around(person("a", f'<zeebe:userTask/><zeebe:assignmentDefinition assignee="x"/><zeebe:formDefinition formId="f"{extra}/>'))


def call(extra="", id="q"):
    return around(element("callActivity", "a", f'calledElement processId="{id}"{extra}'))


def decide(extra=""):
    return around(element("businessRuleTask", "a", f'calledDecision decisionId="d" resultVariable="r"{extra}'))


def job(type):
    return around(element("serviceTask", "a", f'taskDefinition type="{type}"'))


def grouped(groups):
    return around(person("a", f'<zeebe:userTask/><zeebe:assignmentDefinition candidateGroups="{groups}"/>'))


BOUND = [(form, "form", "forms", "f"), (call, "process", "processes", "q"), (decide, "decision", "decisions", "d")]
DEPLOYMENT, TAGGED = ' bindingType="deployment"', ' bindingType="versionTag" versionTag="v2"'


@pytest.mark.parametrize("draw, kind, plural, id", BOUND)
def test_a_name_is_known_from_before_or_from_the_same_deployment(draw, kind, plural, id):
    missing = [(f"UNKNOWN_{kind.upper()}", "a", "error")]

    assert codes(draw()) == missing
    assert codes(draw(), **{plural: {id: ()}}) == []
    assert codes(draw(), {**NOTHING, kind: {id: {None}}}) == []


@pytest.mark.parametrize("draw, kind, plural, id", BOUND)
def test_what_is_bound_to_its_deployment_is_in_it(draw, kind, plural, id):
    missing = [(f"UNKNOWN_{kind.upper()}", "a", "error")]

    assert codes(draw(DEPLOYMENT), **{plural: {id: ()}}) == missing
    assert codes(draw(DEPLOYMENT), {**NOTHING, kind: {id: {None}}}) == []


@pytest.mark.parametrize("draw, kind, plural, id", BOUND)
def test_what_is_bound_to_a_version_tag_has_it(draw, kind, plural, id):
    missing = [(f"UNKNOWN_{kind.upper()}", "a", "error")]

    assert codes(draw(TAGGED), **{plural: {id: ("v1", None)}}) == missing
    assert codes(draw(TAGGED), **{plural: {id: ("v1", "v2")}}) == []
    assert codes(draw(TAGGED), {**NOTHING, kind: {id: {"v2"}}}) == []


def test_what_an_expression_names_is_known_when_it_runs():
    assert codes(call(id="=next")) == []


HANDLERS = {"local:number": ("安委办",), "local:nobody": ()}


@pytest.mark.parametrize(
    "type, roles, expected",
    [
        ("work", (), []),
        ("local:number", ("安委办", "网格"), []),
        ("local:number", ("网格",), ["JOB_TYPE_NOT_PERMITTED"]),
        ("local:number", None, []),
        ("local:nobody", ("安委办",), ["JOB_TYPE_NOT_PERMITTED"]),
        ("local:unknown", None, ["UNKNOWN_JOB_TYPE"]),
        ("=kind", ("安委办",), ["COMPUTED_JOB_TYPE"]),
        ("=&quot;local:&quot; + kind", ("安委办",), ["COMPUTED_JOB_TYPE"]),
        ("=kind", None, []),
    ],
)
def test_a_handler_is_used_by_whom_it_is_meant_for(type, roles, expected):
    held = None if roles is None else frozenset(roles)

    assert [code for code, _, _ in codes(job(type), job_types=HANDLERS, roles=held)] == expected


def test_where_there_is_no_handler_a_job_type_may_be_computed():
    assert codes(job("=kind")) == []


def test_a_group_that_nobody_holds_is_a_warning():
    held = frozenset({"复查人", "居村@陈坊村"})

    assert codes(grouped("复查人, 居村@陈坊村"), groups=held) == []
    assert codes(grouped("复查人, 网格"), groups=held) == [("UNKNOWN_GROUP", "a", "warning")]
    assert codes(grouped("网格"), groups=None) == []
    assert codes(grouped("=groups"), groups=held) == []


def test_a_lane_is_a_group():
    lane = '<laneSet id="l"><lane id="l1" name="网格"><flowNodeRef>a</flowNodeRef></lane></laneSet>'

    assert codes(lane + around(person("a", "userTask")), groups=frozenset()) == [("UNKNOWN_GROUP", "a", "warning")]
    assert codes(lane + grouped("复查人"), groups=frozenset({"复查人"})) == []


def test_a_certificate_is_of_a_kind_that_is_kept_here():
    ways = '<zeebe:userTask/><zeebe:assignmentDefinition assignee="x"/>'
    body = around(person("a", ways + properties(("bihuan:certificate", "行政执法证"))))

    assert codes(body, certificates=frozenset({"行政执法证"})) == []
    assert codes(body, certificates=frozenset({"执法证"})) == [("UNKNOWN_CERTIFICATE", "a", "error")]
    assert codes(body) == [("UNKNOWN_CERTIFICATE", "a", "error")]
