"""A hazard of April 2024 taken through the town: each step by the person whose it is, on the day on which it is done."""

from tests.forms import filled

FINDER, CENTRE, TOWN_OFFICE = "chen.amei", "wang.zhiqiang", "zhou.ping"
ENTERPRISE = "zheng.qiang"
OFFICER, SECOND_OFFICER = "zhao.lei", "qian.fang"


class Hazard:
    """One case of the process 隐患整改与复查. Each method is a stretch of its way."""

    def __init__(self, town, finder=FINDER):
        self.town, self.finder = town, finder
        town.set_clock("2024-04-01T10:00")
        self.key = town.person(finder).start("hazard_rectification")

    def do(self, who, element, data):
        """Somebody takes the task of an element out of their queue and hands it in -> its key."""
        return self.town.person(who).do(self.key, element, data)

    def open(self):
        """Elements with an open task, sorted, as an auditor sees them."""
        return sorted(element for element, _ in self.town.person("jiang.audit").tasks(self.key))

    def registered(self):
        """登记: a red one, so that it takes a plan."""
        self.do(self.finder, "register_hazard", filled.major())
        return self

    def served(self, issued="2024-04-02", signed="2024-04-03", days=60):
        """下达, 签收."""
        self.town.set_clock(f"{issued}T10:00")
        self.do(CENTRE, "issue_notice", filled.issue_notice(days))
        self.town.set_clock(f"{signed}T10:00")
        self.do(ENTERPRISE, "acknowledge_notice", filled.acknowledge_notice())
        return self

    def planned(self):
        """方案, 审核, 复审."""
        self.do(ENTERPRISE, "draft_plan", filled.draft_plan())
        self.do(CENTRE, "review_plan", filled.review_plan())
        self.do(TOWN_OFFICE, "review_plan_town", filled.review_plan())
        return self

    def reported(self, day="2024-05-18"):
        """整改完成."""
        self.town.set_clock(f"{day}T17:00")
        after = [filled.photo("后.jpg", f"{day}T15:00+08:00")]
        self.do(ENTERPRISE, "report_completion", filled.report_completion(f"{day}T16:00+08:00", after=after))
        return self

    def rechecked(self, data, day="2024-05-21"):
        """复查, filed by one officer and confirmed by the other in a sign-in of their own."""
        self.town.set_clock(f"{day}T11:00")
        data["recheck"] |= {"visited_at": f"{day}T10:00+08:00", "photos": [filled.photo("复查.jpg", f"{day}T10:05+08:00")]}
        task = self.do(OFFICER, "recheck", data)
        self.town.person(SECOND_OFFICER).sign_in().json("POST", f"/api/tasks/{task}/confirmation", status=204)
        return self

    def confirmed_overdue(self):
        """逾期, raised by a hazard that no place has called: the administrator confirms the incident, and the hazard goes on."""
        admin, asked = self.town.admin, {"filter": {"processInstanceKey": self.key, "state": "ACTIVE"}}
        (incident,) = self.town.wait(lambda: admin.json("POST", "/v2/incidents/search", asked)["items"])
        assert incident["elementId"] == "overdue_raised" and "escalation 'OVERDUE'" in incident["errorMessage"]
        admin.json("POST", f"/v2/incidents/{incident['incidentKey']}/resolution", status=204)

    def told(self):
        """The timeline as [(who, kind, element)]."""
        entries = self.town.person("jiang.audit").timeline(self.key)
        return [(entry["actor"], entry["kind"], entry["element"]) for entry in entries]
