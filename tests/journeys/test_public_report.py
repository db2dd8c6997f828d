"""群众举报 through HTTP: a report becomes a place on the ledger, its reporter is answered, and nobody but the desk learns who that was."""

import io
import json
import zipfile

import pytest
from sqlalchemy import select

from cases.hazards import Hazard
from engine.store.base import Base
from tests.forms import filled, filled_report
from tests.journeys.place import PlaceCase
from tests.journeys.test_place_case import ORDINARY

DESK, LEADER = "bai.he", "gu.changming"
FINDER, INSPECTOR, OFFICE, AUDITOR, ENTERPRISE = "chen.amei", "wang.zhiqiang", "zhou.ping", "jiang.audit", "zheng.qiang"
SECRETS = (filled_report.NAME, filled_report.MOBILE, filled_report.WORDS)
LISTS = (
    "process-instances",
    "user-tasks",
    "element-instances",
    "variables",
    "incidents",
    "jobs",
    "decision-instances",
    "message-subscriptions",
)


class Reported(PlaceCase):
    """The place that comes of a report. `report`: the instance at the desk; `number`: the report's."""

    def __init__(self, town):
        self.town, self.key, self.no = town, None, None
        self.at("2024-04-01T10:00")
        self.report = town.person(DESK).start("public_report")
        self.do(DESK, "accept_report", filled_report.accept_report(at_risk=True), self.report)
        self.number = self.value("report_no", self.report)
        self.intake = town.wait(self._passed_on)

    def _passed_on(self):
        asked = {"filter": {"processDefinitionId": "discovery_intake", "state": "ACTIVE"}, "page": {"limit": 100}}
        for found in self.town.person(AUDITOR).json("POST", "/v2/process-instances/search", asked)["items"]:
            if self.value("ticket_no", found["processInstanceKey"]) == self.number:
                return found["processInstanceKey"]
        return None


def everything_seen(town, who, instances):
    """All that somebody is shown of these instances, as one text: lists, timelines, variables, papers with what is printed on them."""
    person, seen = town.person(who), []

    def look(method, path, body=None):
        answer = person.ask(method, path, body)
        if answer.status_code == 200:
            seen.append(printed(answer.content) if answer.content.startswith(b"PK") else answer.text)
            return answer
        assert answer.status_code in (403, 404), answer.text
        return None

    for instance in instances:
        for what in LISTS:
            look("POST", f"/v2/{what}/search?truncateValues=false", {"filter": {"processInstanceKey": instance}})
        for path in ("timeline", "history"):
            look("GET", f"/api/instances/{instance}/{path}")
        papers = look("GET", f"/api/instances/{instance}/papers")
        for paper in papers.json() if papers else ():
            look("POST", f"/api/papers/{paper['key']}/opening", {"reason": "核对文书"})
    return "\n".join(seen)


def printed(document):
    """All texts of a .docx."""
    with zipfile.ZipFile(io.BytesIO(document)) as file:
        return "\n".join(file.read(name).decode() for name in file.namelist() if name.endswith(".xml"))


def finds(town, who, text):
    """How many variables, and cases by their variables, a search for a text gives somebody."""
    person = town.person(who)
    wanted = ({"value": f'"{text}"'}, {"value": {"$like": f"*{text}*"}})
    return sum(person.json("POST", "/v2/variables/search", {"filter": each})["page"]["totalItems"] for each in wanted)


def kept_in_clear(town):
    """The names of the tables that hold any of the secrets in a form that can be read."""
    found = set()
    with town._reading.connect() as connection:
        for table in Base.metadata.sorted_tables:
            rows = str([tuple(row) for row in connection.execute(select(table))])
            found |= {table.name for secret in SECRETS if secret in rows}
    return found


def reveals(town, who, instance, ref, status, **more):
    """What is answered to somebody who wants to look at what is kept apart."""
    given = {"ref": ref, "reason": "核实身份", **more}
    return town.person(who).json("POST", f"/api/instances/{instance}/revealing", given, status)


@pytest.fixture
def reported(town, clock):
    return Reported(town)


def test_a_reporter_is_answered_and_known_to_the_desk_alone(reported, town):
    # given a report with a name that came to the ledger, and to a letter to the enterprise
    desk, case = town.person(DESK), reported
    case.listed(**ORDINARY, source="群众举报", ticket_no=case.number).assigned()
    hazard = case.hazard()
    told = filled.register_hazard(category="H10", sleepers=0, case_no=case.no, hazard_no=f"{case.no}-01")
    case.do(FINDER, "register_hazard", {name: value for name, value in told.items() if name != "exits_ok"}, hazard)
    case.at("2024-04-03T10:00").do("li.min", "issue_notice", filled.issue_notice(10), hazard)
    with town._reading.connect() as connection:
        row = connection.execute(select(Hazard.source, Hazard.ticket_no).where(Hazard.no == f"{case.no}-01")).one()
    assert tuple(row) == ("群众举报", case.number)

    # then nobody is shown the reporter, wherever they look, and the enterprise is not even shown that somebody told
    instances = (case.report, case.intake, case.key, hazard)
    shown = {who: everything_seen(town, who, instances) for who in (FINDER, INSPECTOR, OFFICE, AUDITOR, ENTERPRISE, DESK)}
    assert {who: [secret for secret in SECRETS if secret in text] for who, text in shown.items()} == {who: [] for who in shown}
    assert [who for who, text in shown.items() if case.report in text and who not in (AUDITOR, DESK)] == []
    assert case.number in shown[FINDER] and "二层车间内隔出房间住人" in shown[FINDER]
    assert "隐患告知（督促）函" in shown[ENTERPRISE] and "w:document" in shown[ENTERPRISE]
    assert case.number not in shown[ENTERPRISE] and "举报" not in shown[ENTERPRISE]
    assert {who: sum(finds(town, who, secret) for secret in SECRETS) for who in shown} == dict.fromkeys(shown, 0)
    assert kept_in_clear(town) == set()

    # nor does anybody but the desk get it by asking for it, with a reason
    kept = case.value("reporter", case.report)
    name, mobile = kept["name"]["ref"], kept["mobile"]["ref"]
    for who in (FINDER, INSPECTOR, OFFICE, ENTERPRISE):
        for instance in instances:
            for emergency in (False, True):
                assert "value" not in reveals(town, who, instance, name, 404, emergency=emergency)
    assert "Expected a member of 举报受理" in reveals(town, AUDITOR, case.report, name, 403, emergency=True)["detail"]
    assert "Expected a reason" in reveals(town, DESK, case.report, name, 400, reason=" ")["detail"]
    assert reveals(town, DESK, case.report, name, 200, reason="答复举报人")["value"] == filled_report.NAME

    # and the leader, who is to protect the reporter, only where they declare that they must
    assert filled_report.NAME not in everything_seen(town, LEADER, instances)
    assert list(reveals(town, LEADER, case.report, mobile, 403)["problems"]) == ["emergency"]
    assert reveals(town, LEADER, case.report, mobile, 200, emergency=True, reason="举报人受到威胁")["value"] == filled_report.MOBILE
    case.do(LEADER, "heed_report", filled_report.heed_report("2024-04-03T09:00+08:00"), case.report)

    # when the desk has the result
    town.wait(lambda: [element for element, _ in desk.tasks(case.report)] == ["answer_reporter"])
    assert case.value("settled", case.report) == {"outcome": "上账", "reason": None, "case_no": case.no}
    case.do(DESK, "answer_reporter", filled_report.answer_reporter(), case.report)

    # then the report is over, every look at who it came from stands in its history, and what was seen in none of it
    assert desk.status(case.report) == "COMPLETED"
    timeline = desk.timeline(case.report)
    looks = [(entry["kind"], entry["actor"], entry["data"]["reason"]) for entry in timeline if entry["kind"].startswith("access:")]
    assert looks == [("access:looked", DESK, "答复举报人"), ("access:broken", LEADER, "举报人受到威胁")]
    assert not [secret for secret in SECRETS if secret in json.dumps(timeline, ensure_ascii=False) + town.server.said()]
    assert kept_in_clear(town) == set()
