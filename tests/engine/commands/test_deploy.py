"""Diagrams, decisions and forms are deployed: all of them or none, only what the gate lets in, and only what is new becomes a version."""

import pytest

from engine.commands.deploy import deploy
from engine.commands.evaluate_decision import evaluate_decision
from engine.commands.publish_message import publish_message
from engine.commands.run_due import run_due
from engine.domain.errors import NotPermitted, Refused
from engine.domain.people import THE_SYSTEM
from engine.engine import CACHE
from engine.gate.resource import Resource
from engine.store.deployed import Decision, DecisionRequirements, ProcessDefinition
from engine.store.deployed import Resource as ResourceRow
from engine.store.models import DecisionInstance, MessageSubscription, ProcessInstance, Timer
from engine.workflow.library import Library
from tests.engine.commands.office import ADMIN, DRAWER, HERE, LI, ROBOT
from tests.engine.commands.watching import later, recorded, row, rows, subject, unchanged
from tests.engine.decisions import written


def resource(name, *changes):
    """A file that lies beside the tests, with pairs of texts exchanged."""
    content = (HERE / name).read_text()
    for old, new in changes:
        assert old in content
        content = content.replace(old, new)
    return Resource(name, content.encode())


def put(office, *resources, by=ADMIN):
    """[(id, version, is it new)] of what was deployed."""
    return [(one["id"], one["version"], one["new"]) for one in deploy(office.engine, by, list(resources))["deployed"]]


RENAMED = ("催告期", "催告期间")


def test_a_deployment_is_recorded_with_what_it_brought(office):
    # when
    with recorded(office) as told:
        answer = deploy(office.engine, DRAWER, [resource("cooling.bpmn"), resource("../decisions/risk_level.dmn")])

    # then
    (body,) = told
    assert (body["kind"], body["actor"], body["chain"]) == ("deployment:created", "drawer", str(answer["key"]))
    assert [body] == subject(office, f"deployment:{answer['key']}")
    assert body["data"]["resources"] == ["cooling.bpmn", "../decisions/risk_level.dmn"]
    assert [(one["kind"], one["id"], one["version"], one["new"]) for one in body["data"]["deployed"]] == [
        ("process", "cooling", 1, True),
        ("requirements", "risk_level_requirements", 1, True),
        ("decision", "risk_level", 1, True),
        ("decision", "risk_score", 1, True),
    ]
    (graph,) = rows(office, DecisionRequirements)
    assert {one["requirements_key"] for one in rows(office, Decision)} == {graph["key"]}
    assert row(office, ProcessDefinition)["deployment_key"] == answer["key"]


def test_what_is_unchanged_keeps_its_version_and_its_key(office):
    # given
    (first,) = deploy(office.engine, ADMIN, [resource("cooling.bpmn")])["deployed"]

    # when
    again, other = deploy(office.engine, ADMIN, [resource("cooling.bpmn"), resource("hearing.bpmn")])["deployed"]

    # then
    assert (again["version"], again["key"], again["new"]) == (1, first["key"], False)
    assert (other["version"], other["new"]) == (1, True)
    assert [one["process_id"] for one in rows(office, ProcessDefinition)] == ["cooling", "hearing"]
    assert [one["name"] for one in rows(office, ResourceRow)] == ["cooling.bpmn", "hearing.bpmn"]


def test_what_changed_is_a_new_version_and_so_is_what_changes_back(office):
    versions = [put(office, resource("cooling.bpmn", *changes))[0] for changes in ((), (RENAMED,), (RENAMED,), ())]

    assert versions == [("cooling", 1, True), ("cooling", 2, True), ("cooling", 2, False), ("cooling", 3, True)]


def test_a_decision_is_a_new_version_when_its_file_changed(office):
    put(office, resource("../decisions/risk_level.dmn"))

    changed = put(office, resource("../decisions/risk_level.dmn", ('"蓝"</text></outputEntry>', '"黄"</text></outputEntry>')))

    assert changed == [("risk_level_requirements", 2, True), ("risk_level", 2, True), ("risk_score", 2, True)]


def model(namespace, decision, *imported):
    """A .dmn file with one decision, named like its namespace; `imported`: the namespaces of models that it requires the decision of."""
    brought = "".join(f'<import name="{each}" namespace="{each}" importType="{written.MODEL}"/>' for each in imported)
    needs = "".join(f'<informationRequirement><requiredDecision href="{each}#{each}"/></informationRequirement>' for each in imported)
    content = written.file(brought, written.decision(namespace, written.literal(decision), more=needs)).decode()
    return Resource(f"{namespace}.dmn", content.replace('id="file"', f'id="{namespace}_"').replace("urn:test", namespace).encode())


def test_what_a_file_of_decisions_imports_is_bound_when_it_is_deployed(office):
    # given: fines, which is deployed, is imported by term, and that by notice in the same deployment
    put(office, model("fines", "5000"))
    notice, term = model("notice", "term.term + 1", "term"), model("term", "fines.fines / 100", "fines")
    with recorded(office) as told:
        first = {one["id"]: one for one in deploy(office.engine, DRAWER, [notice, term])["deployed"]}

    # when: what was imported changes
    put(office, model("fines", "9000"))
    office.engine.library = Library(CACHE)

    # then: what was deployed before goes on as it was, and each decision on the way is recorded with the version that was meant
    assert told[0]["data"]["deployed"][0]["imports"] == {"term": str(first["term_"]["key"])}
    assert evaluate_decision(office.engine, ROBOT, "term")["output"] == "50"
    answer = evaluate_decision(office.engine, ROBOT, "notice")
    keys = [one["key"] for each in ("fines", "term", "notice") for one in rows(office, Decision, Decision.decision_id == each)[:1]]
    assert (answer["output"], answer["failed"]) == ("51", None)
    assert [one["id"] for one in answer["evaluated"]] == ["term.fines.fines", "term.term", "notice"]
    assert [one["decision_key"] for one in rows(office, DecisionInstance, DecisionInstance.evaluation_key == answer["key"])] == keys

    # and: deployed again, the same file is a new version where what it imports is one
    assert put(office, notice) == [("notice_", 1, False), ("notice", 1, False)]
    assert [version for _, version, new in put(office, notice, term) if new] == [2, 2, 2, 2]
    office.engine.library = Library(CACHE)
    assert evaluate_decision(office.engine, ROBOT, "notice")["output"] == "91"
    assert evaluate_decision(office.engine, ROBOT, decision_key=first["notice"]["key"])["output"] == "51"


def test_an_import_that_does_not_resolve_is_refused_at_its_element(office):
    put(office, model("fines", "5000"))
    put(office, Resource("twin.dmn", model("fines", "1").content.replace(b'id="fines', b'id="twin')))
    circle = [model("a", "1", "b"), model("b", "1", "a")]

    with unchanged(office), pytest.raises(Refused) as refused:
        put(office, model("one", "1", "fines"), model("two", "1", "nowhere"), *circle)

    told = [(one.resource, one.code, one.sentence) for one in refused.value.details["problems"]]
    assert told == [
        ("one.dmn", "IMPORT_UNCLEAR", "Expected one model with the namespace fines, but 2 have it"),
        ("two.dmn", "UNKNOWN_IMPORT", "Expected a model with the namespace nowhere, but it is neither deployed nor among the files given"),
        ("a.dmn", "IMPORT_CYCLE", "Expected imports that end, but found a circle: a → b → a"),
        ("b.dmn", "IMPORT_CYCLE", "Expected imports that end, but found a circle: b → a → b"),
    ]


#: An end that nothing leads to, and a flow to nowhere.
BAD = (
    ('<endEvent id="end"/>', '<endEvent id="end"/><endEvent id="alone"/>'),
    ('targetRef="wait"', 'targetRef="nowhere"'),
)


def test_one_bad_file_and_nothing_is_deployed(office):
    with unchanged(office), pytest.raises(Refused, match="Expected files that can be deployed, but found"):
        put(office, resource("hearing.bpmn"), resource("cooling.bpmn", *BAD), resource("../decisions/risk_level.dmn"))


def test_all_problems_of_all_files_are_told_at_once_with_where_why_and_what_to_do(office):
    # when
    with pytest.raises(Refused) as refused:
        put(office, resource("cooling.bpmn", *BAD), resource("hearing.bpmn", ("=day", "tomorrow")), Resource("notes.txt", b"x"))

    # then
    problems = [one for one in refused.value.details["problems"] if one.severity == "error"]
    assert {one.resource for one in problems} == {"cooling.bpmn", "hearing.bpmn", "notes.txt"} and len(problems) >= 4
    for one in problems:
        assert one.element and one.code.isupper() and one.sentence.startswith("Expected ") and one.sentence.endswith(".") and one.remedy
    assert f"found {len(problems)} problems" in refused.value.sentence
    assert {"alone", "hearing_at", "notes.txt"} <= {one.element for one in problems}


def test_a_start_timer_whose_expression_gives_no_time_is_refused_like_any_other_problem(office):
    # given: the gate reads it as an expression, and only now is known what it says
    file = resource("weekly_patrol.bpmn", ("<timeCycle>R2/P7D</timeCycle>", "<timeDate>=date and time(&quot;spring&quot;)</timeDate>"))

    # when
    with unchanged(office), pytest.raises(Refused, match="at weekly: Expected a date and time, but found null") as refused:
        put(office, file, resource("cooling.bpmn"))

    # then
    (problem,) = refused.value.details["problems"]
    assert (problem.element, problem.code, problem.resource) == ("weekly", "START_TIMER_WITHOUT_TIME", "weekly_patrol.bpmn")
    assert problem.remedy


def test_only_a_designer_an_administrator_or_the_system_deploys(office):
    for who in (LI, ROBOT):
        with unchanged(office), pytest.raises(NotPermitted, match=f"administrator to deploy, but {who.username} is neither"):
            put(office, resource("cooling.bpmn"), by=who)

    assert [put(office, resource("cooling.bpmn", ("P10D", f"P{n}D")), by=who) for n, who in enumerate((DRAWER, ADMIN, THE_SYSTEM), 1)] == [
        [("cooling", version, True)] for version in (1, 2, 3)
    ]


def test_a_diagram_that_calls_a_handler_is_deployed_by_the_roles_that_the_handler_demands(office):
    # given
    diagram = resource("ledger.bpmn")
    with unchanged(office), pytest.raises(Refused) as unknown:
        put(office, diagram)
    office.engine.register("local:enter-ledger", lambda session, call: ({}, []), ["管理员"])

    # when
    with unchanged(office), pytest.raises(Refused) as refused:
        put(office, diagram, by=DRAWER)

    # then
    for error, code in ((unknown, "UNKNOWN_JOB_TYPE"), (refused, "JOB_TYPE_NOT_PERMITTED")):
        (problem,) = [one for one in error.value.details["problems"] if one.severity == "error"]
        assert (problem.element, problem.code) == ("enter", code)
    assert put(office, diagram) == [("ledger", 1, True)]


def test_a_running_instance_stays_on_its_version(office):
    # given: ten days, then five
    put(office, resource("cooling.bpmn"))
    old = office.start("cooling")

    # when
    put(office, resource("cooling.bpmn", ("P10D", "P5D")))
    new = office.start("cooling")

    # then
    later(office, days=6)
    run_due(office.engine, "worker")
    assert [office.instance(key)["status"] for key in (old, new)] == ["ACTIVE", "COMPLETED"]
    versions = {one["key"]: one["version"] for one in rows(office, ProcessDefinition)}
    assert [versions[office.instance(key)["definition_key"]] for key in (old, new)] == [1, 2]
    later(office, days=5)
    run_due(office.engine, "worker")
    assert office.instance(old)["status"] == "COMPLETED"


def test_the_newest_version_starts_by_its_message_signal_and_timer_and_the_old_one_no_more(office):
    # given
    names = ("unasked_payment.bpmn", "drill.bpmn", "weekly_patrol.bpmn")
    put(office, *map(resource, names))
    old = {one["element_id"]: one["definition_key"] for table in (MessageSubscription, Timer) for one in rows(office, table)}

    # when
    put(office, resource(names[0], ("来款登记", "登记来款")), resource(names[1], ("疏散", "撤离")), resource(names[2], ("P7D", "P1D")))

    # then
    new = {one["element_id"]: one["definition_key"] for table in (MessageSubscription, Timer) for one in rows(office, table)}
    assert new.keys() == old.keys() == {"arrived", "rung", "weekly"} and set(new.values()).isdisjoint(old.values())
    publish_message(office.engine, ROBOT, "payment", "R-1")
    later(office, days=2)
    run_due(office.engine, "worker")
    started = {one["process_id"]: one["definition_key"] for one in rows(office, ProcessInstance)}
    assert started == {"unasked_payment": new["arrived"], "weekly_patrol": new["weekly"]}


def test_deploying_the_same_again_leaves_its_starts_alone(office):
    # given: a cycle that has run for a while
    files = [resource("weekly_patrol.bpmn"), resource("drill.bpmn")]
    put(office, *files)
    before = [dict(one) for table in (MessageSubscription, Timer) for one in rows(office, table)]
    later(office, days=3)

    # when
    put(office, *files)

    # then
    assert [dict(one) for table in (MessageSubscription, Timer) for one in rows(office, table)] == before


def test_a_version_without_the_event_starts_by_it_no_more(office):
    # given
    put(office, resource("drill.bpmn"), resource("weekly_patrol.bpmn"))

    # when
    definition = '<signalEventDefinition id="rung_by" signalRef="alarm_signal"/>'
    timer = '<timerEventDefinition id="weekly_each"><timeCycle>R2/P7D</timeCycle></timerEventDefinition>'
    put(office, resource("drill.bpmn", (definition, "")), resource("weekly_patrol.bpmn", (timer, "")))

    # then
    assert rows(office, MessageSubscription) == [] and rows(office, Timer) == []
    assert office.start("drill") and office.start("weekly_patrol")
