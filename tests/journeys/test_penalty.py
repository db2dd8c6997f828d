"""一案双罚 through HTTP: one case, two respondents, each with a decision and a number of its own, paid and published for itself."""

import io
import json
import zipfile

from sqlalchemy import select

from cases.penalties import Penalty
from tests.forms import filled_enforcement as filled

OFFICER, SECOND_OFFICER, HEAD = "ma.li", "lin.tao", "hu.bing"
CASE = "松昆安整-2024-9001"
#: The lessor of the published case of 新吴区: no safety agreement with its tenants (安全生产法 art. 103(2)).
ASKED = {
    "case_no": CASE, "hazard_no": f"{CASE}-01", "place_name": "昆港公路 88 号 3 号厂房", "enterprise": "昆港五金制品有限公司",
    "matter": "安全生产", "zone": "村庄规划区", "act_date": "2024-05-06",
}  # fmt: skip


class Enforcement:
    """One case of 立案处罚; `key` is its instance."""

    def __init__(self, town):
        self.town = town
        town.set_clock("2024-05-07T10:00")
        asked = {"name": "enforce.requested", "correlationKey": ASKED["hazard_no"], "timeToLive": 0, "variables": ASKED}
        town.person("robot").json("POST", "/v2/messages/publication", asked)
        self.key = town.wait(lambda: next(iter(self.running("enforcement")), None))

    def running(self, process, parent=None):
        """The living instances of a process."""
        wanted = {"processDefinitionId": process, "state": "ACTIVE"} | ({"parentProcessInstanceKey": parent} if parent else {})
        found = self.town.person("jiang.audit").json("POST", "/v2/process-instances/search", {"filter": wanted})["items"]
        return [one["processInstanceKey"] for one in found]

    def value(self, name, instance):
        return json.loads(self.town.person("jiang.audit").variables(instance)[name])

    def legs(self):
        """{单位 or 个人: (instance, number of the penalty)}."""
        told = {}
        for leg in self.running("respondent_penalty", self.key):
            told[self.value("respondent", leg)["kind"]] = leg, self.value("penalty_no", leg)
        return told

    def by_two(self, element, data, instance=None):
        """Done by one officer, confirmed by the other in a sign-in of their own."""
        task = self.town.person(OFFICER).do(instance or self.key, element, data)
        self.town.person(SECOND_OFFICER).sign_in().json("POST", f"/api/tasks/{task}/confirmation", status=204)

    def by_head(self, element, data, instance=None):
        self.town.person(HEAD).do(instance or self.key, element, data)

    def opened(self, element, instance):
        """Wait until the clock has opened a task."""
        auditor = self.town.person("jiang.audit")
        self.town.wait(lambda: element in [name for name, _ in auditor.tasks(instance)])


def test_unit_and_person_are_punished_each_with_a_decision_and_a_number_of_its_own(town, clock):
    # given a case against the lessor and its manager, filed and investigated
    case = Enforcement(town)
    case.by_two("file_case", filled.file_case())
    case.by_head("approve_filing", filled.approve_filing())
    town.set_clock("2024-05-09T10:00")
    case.by_two("take_statements", filled.take_statements())
    legs = case.legs()
    assert set(legs) == {"单位", "个人"}

    # when each is told, and the days for its statement have passed
    fines = {"单位": 11750, "个人": 2350}
    for kind, (leg, _) in legs.items():
        case.by_two("draft_notice", filled.draft_penalty_notice(fines[kind]), leg)
    town.set_clock("2024-05-10T11:00")
    for leg, _ in legs.values():
        case.by_two("serve_notice", filled.service("2024-05-10T10:00+08:00"), leg)
    town.set_clock("2024-05-16T10:00")
    for kind, (leg, _) in legs.items():
        case.opened("decide_penalty", leg)
        case.by_head("decide_penalty", filled.decide_penalty(fines[kind]), leg)
    town.set_clock("2024-05-17T11:00")
    for leg, _ in legs.values():
        case.by_two("serve_decision", filled.service("2024-05-17T10:00+08:00", method="当场交付"), leg)

    # and pays, and is published, while the other waits for nobody
    town.set_clock("2024-05-20T12:00")
    for kind, (leg, number) in legs.items():
        payment = {"amount": fines[kind], "paid_on": "2024-05-20", "receipt_no": f"收据 {kind}"}
        told = {"name": "payment.received", "correlationKey": number, "timeToLive": 0, "variables": {"payment": payment}}
        town.person("robot").json("POST", "/v2/messages/publication", told)
        (execution,) = case.running("penalty_execution", leg)
        masked = {"masked": True} if kind == "个人" else {}
        town.person(OFFICER).do(execution, "publish_decision", filled.publish_decision("2024-05-20T11:30+08:00", **masked))
    case.opened("report_closing", case.key)
    town.person(OFFICER).do(case.key, "report_closing", filled.report_closing())
    case.by_head("approve_closing", filled.approve_closing())

    # then
    assert town.person("jiang.audit").status(case.key) == "COMPLETED"
    with town._reading.connect() as connection:
        rows = connection.execute(select(Penalty.__table__).where(Penalty.case_no == CASE).order_by(Penalty.key)).mappings().all()
    assert [(row["kind"], row["fine"], row["paid"], row["status"]) for row in rows] == [
        ("单位", 11750, 11750, "已缴清"),
        ("个人", 2350, 2350, "已缴清"),
    ]
    papers = town.person(HEAD).json("GET", f"/api/instances/{case.key}/papers")
    decisions = {paper["kind"]: paper for paper in papers if "决定书" in paper["kind"]}
    assert len({paper["number"] for paper in decisions.values()}) == 2

    # and the person's number stands on their decision, and nowhere else
    opened = town.person(HEAD).ask("POST", f"/api/papers/{decisions['行政处罚决定书（个人）']['key']}/opening", {"reason": "送达"})
    with zipfile.ZipFile(io.BytesIO(opened.content)) as file:
        assert filled.IDENTITY in file.read("word/document.xml").decode()
    auditor = town.person("jiang.audit")
    for instance in (case.key, *(leg for leg, _ in legs.values())):
        assert filled.IDENTITY not in json.dumps(auditor.variables(instance), ensure_ascii=False)
    assert filled.IDENTITY not in json.dumps(auditor.timeline(case.key), ensure_ascii=False)
