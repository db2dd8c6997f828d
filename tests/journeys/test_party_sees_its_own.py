"""An enterprise before the town: it sees, and can do, what is its own in a place that it shares with others; on every route."""

from pathlib import Path

import pytest

from api.app import create_app
from api.config import Config
from tests.engine.content import made
from tests.forms import filled, filled_place
from tests.journeys.place import PlaceCase
from tests.journeys.test_place_case import ORDINARY

TENANT, OWNER = "zheng.qiang", "zhou.dahai"
#: Whose keys stand in a path: {beginning of the path: what has such keys}. Nobody's are those of definitions and forms.
KINDS = {
    "/v2/process-instances/": "instance",
    "/api/instances/": "instance",
    "/v2/user-tasks/": "task",
    "/api/tasks/": "task",
    "/v2/element-instances/": "element",
    "/v2/variables/": "variable",
    "/v2/incidents/": "nothing",
    "/v2/jobs/": "nothing",
    "/api/attachments/": "attachment",
    "/api/papers/": "paper",
    "/api/deputies/": "nothing",
    "/api/interests/": "nothing",
    "/tasks/": "task",
    "/cases/": "instance",
    "/report/": "instance",
    "/audit/": "instance",
    "/admin/": "nothing",
    "/v2/decision-instances/": "decision",
    "/v2/process-definitions/": None,
    "/v2/decision-definitions/": None,
    "/v2/decision-requirements/": None,
    "/v2/forms/": None,
}
#: What a body must hold for its request to come as far as the question whose it is.
BODIES = {
    "/assignment": {"assignee": TENANT},
    "/draft": {"values": {}, "revision": 0},
    "/revealing": {"reason": "看看"},
    "/opening": {"reason": "看看"},
    "/confirmation": {"reason": "看看"},
    "/recusal": {"reason": "看看"},
    "/variables": {"variables": {"risk": {}}},
    "/activation": {"elements": [{"elementId": "a"}]},
}


@pytest.fixture
def shared(town, clock):
    """A place of which two enterprises each hold a part: (the place, the tenant's instance, the owner's)."""
    parties = [filled_place.owner(), filled_place.tenant()]
    hazards = [filled_place.hazard(category="H10", party=party["name"], description="两具灭火器过期，未及时更换。") for party in parties]
    place = PlaceCase(town).listed(**{**ORDINARY, "parties": parties, "hazards": hazards}).assigned()
    working = place.called("hazard_rectification")
    for number, instance in working.items():
        told = filled.register_hazard(category="H10", sleepers=0, case_no=place.no, hazard_no=number)
        told["enterprise"] = hazards[int(number[-2:]) - 1]["party"]
        place.do("chen.amei", "register_hazard", {name: value for name, value in told.items() if name != "exits_ok"}, instance)
        place.at("2024-04-03T10:00").do("li.min", "issue_notice", filled.issue_notice(10), instance)
    owners, tenants = (working[f"{place.no}-{number:02d}"] for number in (1, 2))
    place.do(TENANT, "acknowledge_notice", filled.acknowledge_notice(), tenants)
    return place, tenants, owners


def keys_of_others(town, instances):
    """{kind: [keys]} of some of what is in those instances, as the auditor sees it."""
    auditor, found = town.person("jiang.audit"), {"nothing": ["77"]}
    found["decision"] = []
    for instance in instances:
        asked = {"page": {"limit": 2}, "filter": {"processInstanceKey": instance}}
        made = auditor.json("POST", "/v2/decision-instances/search", asked)["items"]
        found["decision"] += [row["decisionEvaluationInstanceKey"] for row in made]
    assert found["decision"]
    for kind, path, name in (
        ("instance", "process-instances", "processInstanceKey"),
        ("task", "user-tasks", "userTaskKey"),
        ("element", "element-instances", "elementInstanceKey"),
        ("variable", "variables", "variableKey"),
    ):
        found[kind] = []
        for instance in instances:
            asked = {"page": {"limit": 2}, "filter": {"processInstanceKey": instance}}
            found[kind] += [row[name] for row in auditor.json("POST", f"/v2/{path}/search", asked)["items"]]
        assert found[kind], kind
    return found


def routes(tmp_path):
    """[(method, path)] of every route of the product; whatever its key is called, it is <key> here."""
    (tmp_path / "keys").mkdir()
    app = create_app(Config(tmp_path, f"sqlite:///{tmp_path / 'routes.db'}", "only for its routes, and nothing else", demo=True))
    app.extensions["engine"].gate.close()
    paths = [(rule.rule.replace("<decision_evaluation_instance_key>", "<key>"), rule.methods) for rule in app.url_map.iter_rules()]
    return [(method, path) for path, methods in paths for method in sorted(methods - {"HEAD", "OPTIONS"})]


def test_an_enterprise_sees_its_own_and_of_the_others_nothing_on_any_route(town, shared, tmp_path: Path):
    place, own, others = shared
    tenant, owner = town.person(TENANT), town.person(OWNER)

    # given what there is of others: their instance, the place's, its discovery, and everything in them
    keys = keys_of_others(town, [others, place.key, place.intake])
    photo = town.person("chen.amei").json("POST", "/api/attachments", status=201, files=[("files", made.standing_for(filled.paper()))])[0]
    keys["attachment"] = [photo["key"]]
    papers = {paper["addressee"]: paper["key"] for paper in town.person("li.min").json("GET", f"/api/instances/{others}/papers")}
    own_paper = papers.pop(filled_place.TENANT)
    keys["paper"] = list(papers.values())
    assert keys["paper"]
    reporter = place.value("parties", place.intake)[0]["mobile"]["ref"]

    before = town.settled()

    def page(method, path, body):
        return tenant.client.request(method, path, json={"variables": {}} if path.endswith("/complete") else None, data=body)

    # then none of it is there for the tenant, by whatever route, and nothing changes
    asked = 0
    for method, path in routes(tmp_path):
        if "<key>" not in path:
            continue
        kind = next(kind for beginning, kind in KINDS.items() if path.startswith(beginning))
        for key in keys[kind] if kind else ():
            body = next((given for ending, given in BODIES.items() if path.endswith(ending)), {})
            body = body | {"ref": reporter} if path.endswith("/revealing") else body
            request = tenant.ask if path.startswith(("/v2/", "/api/")) else page
            answer = request(method, path.replace("<key>", key), None if method == "GET" else body)
            assert answer.status_code in (403, 404), f"{method} {path}: {answer.text}"
            asked += 1
    assert asked > 60 and town.settled() == before

    # and no list tells of it
    for path in ("process-instances", "user-tasks", "element-instances", "variables", "incidents", "decision-instances"):
        for instance in (others, place.key, place.intake):
            found = tenant.json("POST", f"/v2/{path}/search", {"filter": {"processInstanceKey": instance}})
            assert found["items"] == [] and found["page"]["totalItems"] == 0, path
    assert {queue["group"] for queue in tenant.json("GET", "/api/queues")["queues"]} <= {"企业", "企业@昆港五金制品有限公司"}

    # while its own is: its task, the timeline of its hazard, and nothing of the place's main process in it
    assert [element for element, _ in tenant.tasks(own)] == ["report_completion"]
    assert {entry["chain"] for entry in tenant.timeline(own)} == {own}
    assert [paper["key"] for paper in tenant.json("GET", f"/api/instances/{own}/papers")] == [own_paper]
    assert "陈坊资产" not in str(tenant.timeline(own)) + str(tenant.variables(own))
    assert [element for element, _ in owner.tasks(others)] == ["acknowledge_notice"]
