"""The auditor reads all of a closed case, takes its history away and proves it, and changes nothing; each of their looks is recorded."""

import json

import pytest
from sqlalchemy import select

from api.access import RULES, rule_of
from api.app import create_app
from api.config import Config
from engine.store import seals
from engine.store.records import History, HistoryChain
from tests.engine.content import made
from tests.forms import filled
from tests.journeys.place import PlaceCase
from tests.journeys.test_place_case import ORDINARY
from tests.journeys.town import SECRET

AUDITOR = "jiang.audit"


@pytest.fixture(scope="module")
def closed(town):
    """A place whose one hazard was put right on the spot, and which was struck off the same week."""
    place = PlaceCase(town).listed(**ORDINARY).assigned()
    instance = place.hazard()
    place.do("chen.amei", "register_hazard", filled.fixed(case_no=place.no, hazard_no=f"{place.no}-01"), instance)
    data = filled.recheck()
    data["recheck"]["items"] = [{"requirement": filled.register_hazard()["description"], "result": "合格", "note": ""}]
    place.rechecked(instance, data, "2024-04-03")
    place.acceptance_signed("2024-04-07")
    place.closed("2024-04-08", "2024-05-08")
    yield place
    town.admin.json("POST", "/v2/clock/reset", status=204)


@pytest.fixture
def auditor(town):
    return town.person(AUDITOR)


def looks(town):
    """[(subject, reason)] of all looks that stand in the auditor's own chain, in order."""
    chain = select(HistoryChain.chain).where(HistoryChain.subject == f"access:{AUDITOR}").scalar_subquery()
    with town._reading.connect() as connection:
        bodies = connection.execute(select(History.body).where(History.chain == chain).order_by(History.seq)).scalars()
        told = [json.loads(body) for body in bodies]
    assert {(one["actor"], one["kind"]) for one in told} <= {(AUDITOR, "access:looked"), (AUDITOR, "history:exported")}
    return [(one["data"]["subject"], one["data"]["reason"]) for one in told]


def test_a_closed_case_is_read_to_its_end_and_every_look_at_it_is_recorded(town, closed, auditor):
    before = len(looks(town))

    # when the auditor reads what happened, what is known, who did what, what was decided and what was issued
    timeline = auditor.timeline(closed.key)
    variables = auditor.variables(closed.key)
    called = [one["processInstanceKey"] for one in searched(auditor, "process-instances", parentProcessInstanceKey=closed.key)]
    tasks = [task for key in (closed.key, *called) for task in searched(auditor, "user-tasks", processInstanceKey=key)]
    papers = auditor.json("GET", f"/api/instances/{closed.key}/papers")
    opened = auditor.ask("POST", f"/api/papers/{papers[-1]['key']}/opening", {"reason": "年度执法监督"})

    # then all of it is there
    assert {entry["chain"] for entry in timeline} == {closed.key, *called}
    assert [entry["data"]["status"] for entry in timeline if entry["chain"] == closed.key and "status" in entry["data"]] == ["COMPLETED"]
    assert json.loads(variables["case_no"]) == closed.no
    assert {(task["elementId"], task["state"]) for task in tasks} >= {("recheck", "COMPLETED"), ("approve_closure", "COMPLETED")}
    decided = {one["decision"] for entry in timeline for one in entry["data"].get("decisions", ())}
    assert {"risk_level", "disposition", "assignment", "acceptance_chain"} <= decided
    assert [paper["kind"] for paper in papers][-2:] == ["验收单", "销号审批表"]
    assert opened.content.startswith(b"PK")
    certificates = [entry["data"]["certificate"] for entry in timeline if entry["element"] == "recheck" and "certificate" in entry["data"]]
    assert len(set(certificates)) == 2 and all(one.startswith("行政执法证 0917") for one in certificates)

    # and so are the looks: of the paper in the case, with its reason, of the rest in the auditor's own chain
    (look,) = [entry for entry in auditor.timeline(closed.key) if entry["kind"] == "access:looked"]
    assert look["sentence"] == f"蒋审 查看了 销号审批表 {papers[-1]['number']}，理由：年度执法监督"
    photo = next(file for task in tasks for file in photos(auditor, task["processInstanceKey"]))
    assert auditor.ask("GET", f"/api/attachments/{photo['key']}").status_code == 200
    searched(auditor, "user-tasks", assignee="pan.yue")
    assert looks(town)[before:] == [
        (f"流程实例 {closed.key} 的经过", "审计查阅"),
        (f"流程实例 {closed.key} 的经过", "审计查阅"),
        (f"附件 {photo['name']}（{photo['key']}）", "审计查阅"),
        ("跨案件检索（办理人：pan.yue）", "审计查阅"),
    ]


def searched(person, what, **wanted):
    """The items of a search."""
    return person.json("POST", f"/v2/{what}/search", {"filter": wanted, "page": {"limit": 1000}})["items"]


def photos(person, instance):
    """Every photo that stands in the variables of an instance."""

    def within(value):
        if isinstance(value, dict):
            if str(value.get("type")).startswith("image/"):
                yield value
            value = list(value.values())
        for inner in value if isinstance(value, list) else ():
            yield from within(inner)

    return [photo for text in person.variables(instance).values() for photo in within(json.loads(text))]


def test_its_history_is_taken_over_http_and_proved_on_any_machine(town, closed, auditor, tmp_path):
    path = f"/api/instances/{closed.key}/history"
    assert "Expected an auditor or administrator" in town.person("zhou.ping").refused(403, "GET", path)
    assert "but there is none" in auditor.refused(404, "GET", "/api/instances/77/history")

    # when
    def taken():
        answer = auditor.ask("GET", path, params={"reason": "案卷评查"})
        assert answer.headers["Content-Type"].startswith("application/x-ndjson")
        # The worker may have sealed a day between the two.
        return answer.text if answer.text == town.command_line("flask", "history", "export", closed.key)[0] else None

    lines = town.wait(taken).splitlines()

    # then it is what the command line writes, and whole
    public_key = seals.public_key(seals.load_or_create_key(town.data_dir / "keys" / "seal.pem"))
    said, status = proved(town, tmp_path, lines, public_key)
    assert status == 0 and said.startswith("Intact:"), said
    assert looks(town)[-1] == (f"流程实例 {closed.key}", "案卷评查")

    # and a word that was put into it, or a line that was taken out, is found
    told = [json.loads(line) for line in lines]
    number = next(at for at, one in enumerate(told) if one.get("kind") == "task:completed" and told[at + 1]["type"] == "entry")
    entry = told[number]
    entry["body"] = entry["body"].replace(entry["actor"], "nobody.else")
    said, status = proved(town, tmp_path, [*lines[:number], json.dumps(entry), *lines[number + 1 :]], public_key)
    assert status == 1 and f"Entry {entry['seq']} of chain {entry['chain']} was changed" in said, said
    said, status = proved(town, tmp_path, lines[:number] + lines[number + 1 :], public_key)
    assert status == 1 and f"Missing from chain {entry['chain']}: entry {entry['seq']}" in said, said


def proved(town, folder, lines, public_key):
    """What the stand-alone program says of a file of these lines, with its exit status."""
    file = folder / "case.jsonl"
    file.write_text("\n".join(lines) + "\n")
    return town.command_line("verify_history.py", str(file), "--public-key", public_key)


#: Requests that read, although they are no GET: searches, and what is shown only for a reason, which is recorded.
READING = ("search", "/opening", "/revealing")
#: The auditor's own way in and out.
OWN = ("/api/session", "/api/session/principal", "/api/tokens", "/api/tokens/<name>", "/login", "/logout", "/me/principal")
#: What a request must hold in order to be refused for who asks, and not for what it lacks.
BODIES = {
    "/api/deputies": {"deputy": "zhou.ping", "first": "2024-04-08", "last": "2024-04-30"},
    "/api/tasks/<key>/draft": {"values": {"note": "看一看"}, "revision": 0},
    "/v2/clock": {"timestamp": 1712000000000},
    "/v2/decision-definitions/evaluation": {"decisionDefinitionId": "risk_level", "variables": {}},
    "/v2/element-instances/ad-hoc-activities/<key>/activation": {"elements": [{"elementId": "a"}]},
    "/v2/element-instances/<key>/variables": {"variables": {"case_no": "松昆安整-2024-9999"}},
    "/v2/messages/correlation": {"name": "case.void", "correlationKey": "x"},
    "/v2/messages/publication": {"name": "case.void", "correlationKey": "x", "timeToLive": 0},
    "/v2/process-instances": {"processDefinitionId": "emergency_stop"},
    "/v2/signals/broadcast": {"signalName": "emergency"},
    "/v2/user-tasks/<key>": {"changeset": {"priority": 99}},
    "/v2/user-tasks/<key>/assignment": {"assignee": AUDITOR, "allowOverride": False},
    "/v2/user-tasks/<key>/completion": {"variables": {}},
}
FILES = {"/api/attachments": "files", "/v2/deployments": "resources"}


def changing(folder):
    """[(method, path)] of every route of the product that is no GET, but for those that read and the auditor's own."""
    (folder / "keys").mkdir()
    app = create_app(Config(folder, f"sqlite:///{folder / 'none.db'}", SECRET))
    found = [(method, rule.rule) for rule in app.url_map.iter_rules() for method in rule.methods - {"GET", "HEAD", "OPTIONS"}]
    assert {rule_of(app, rule.endpoint, method) for rule in app.url_map.iter_rules() for method in rule.methods - {"OPTIONS"}} <= {*RULES}
    return sorted((method, path) for method, path in found if path not in OWN and not path.endswith(READING))


def test_nothing_of_what_can_be_changed_is_changed_by_an_auditor(town, auditor, clock, tmp_path):
    # given a living case with a task that waits for whoever wants it, and all ways to change anything
    clock("2024-04-09T10:00")
    case = town.person("chen.amei").start("hazard_rectification")
    keys = {"user-tasks": auditor.task(case, "register_hazard"), "tasks": auditor.task(case, "register_hazard")}
    routes = changing(tmp_path)
    assert len(routes) >= 30 and BODIES.keys() | FILES.keys() <= {path for _, path in routes}
    before = town.settled()

    # when each is tried
    answers = {}
    for method, path in routes:
        key = keys.get(path.split("/")[2] if path.startswith(("/v2", "/api")) else path.split("/")[1], case)
        more = {"files": [(FILES[path], ("照片.jpg", made.photo()))]} if path in FILES else {"json": BODIES.get(path, {"reason": "审计"})}
        answers[method, path] = auditor.client.request(method, path.replace("<key>", key), **more)

    # then none is let in, and what could have gone through is refused for who asks; all is as it was
    assert {told: answer.text for told, answer in answers.items() if not 400 <= answer.status_code < 500} == {}
    asked = {path: answer for (_, path), answer in answers.items() if path in BODIES or path in FILES}
    wrong = {path: answer.text for path, answer in asked.items() if answer.status_code not in (403, 404)}
    assert wrong.keys() <= {"/api/deputies"} and all("only watches" in text for text in wrong.values()), wrong
    assert town.changed(before) == {}
