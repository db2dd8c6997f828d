"""A penalty taken through the town: a case is filed, each leg told, heard, decided, served and paid; everybody in their own name."""

import json

from sqlalchemy import select

from cases.penalties import Penalty
from tests.forms import filled_enforcement as filled

OFFICER, SECOND_OFFICER, HEAD, LAWYER, HOST = "ma.li", "lin.tao", "hu.bing", "fang.ze", "yan.jun"


def clue(number, **changes):
    """What a message enforce.requested tells of a case in the campaign's numbers: the lessor of the published case of 新吴区."""
    found = filled.register_clue(case_no=f"松昆安整-2024-{number}", hazard_no=f"松昆安整-2024-{number}-01", **changes)
    return {name: value for name, value in found.items() if name != "clue"}


class Enforcement:
    """One case of 立案处罚; `key` is its instance. It is looked for by its hazard, beside the keys in `known`."""

    def __init__(self, town, hazard_no, known=()):
        self.town, self.hazard_no = town, hazard_no
        self.key = town.wait(lambda: next((key for key in self.running("enforcement") if key not in known and self._mine(key)), None))

    @classmethod
    def asked(cls, town, moment, told, known=()):
        """Somebody asks for a case, with what a `clue` tells."""
        town.set_clock(moment)
        publish(town, "enforce.requested", told["hazard_no"], told)
        return cls(town, told["hazard_no"], known)

    def _mine(self, key):
        return self.value("hazard_no", key) == self.hazard_no

    def running(self, process, parent=None):
        """The living instances of a process."""
        wanted = {"processDefinitionId": process, "state": "ACTIVE"} | ({"parentProcessInstanceKey": parent} if parent else {})
        asked = {"filter": wanted, "page": {"limit": 100}}
        found = self.town.person("jiang.audit").json("POST", "/v2/process-instances/search", asked)["items"]
        return [one["processInstanceKey"] for one in found]

    def value(self, name, instance=None):
        text = self.town.person("jiang.audit").variables(instance or self.key).get(name)
        return text and json.loads(text)

    def legs(self):
        """{单位 or 个人: (instance, number of the penalty)}."""
        told = {}
        for leg in self.running("respondent_penalty", self.key):
            told[self.value("respondent", leg)["kind"]] = leg, self.value("penalty_no", leg)
        return told

    def at(self, moment):
        """The town's clock stands there."""
        self.town.set_clock(moment)
        return self

    def do(self, who, element, data, instance=None):
        """Somebody takes the task out of their queue and hands it in -> its key."""
        return self.town.person(who).do(instance or self.key, element, data)

    def by_two(self, element, data, instance=None):
        """Done by one officer, confirmed by the other in a sign-in of their own."""
        task = self.do(OFFICER, element, data, instance)
        self.town.person(SECOND_OFFICER).sign_in().json("POST", f"/api/tasks/{task}/confirmation", status=204)

    def by_head(self, element, data, instance=None):
        self.do(HEAD, element, data, instance)

    def open(self, instance=None):
        """The elements of the open tasks, sorted, as an auditor sees them."""
        return sorted(name for name, _ in self.town.person("jiang.audit").tasks(instance or self.key))

    def opened(self, element, instance=None):
        """Wait until the clock has opened a task."""
        self.town.wait(lambda: element in self.open(instance))

    def filed(self, *respondents, **changes):
        """立案审批表, 立案审批, on the day on which the clock stands."""
        self.by_two("file_case", filled.file_case(*respondents, **changes))
        self.by_head("approve_filing", filled.approve_filing())
        return self

    def investigated(self, day):
        """调查取证 in the morning of a day."""
        self.at(f"{day}T11:00")
        record = filled.record(started_at=f"{day}T09:00+08:00", ended_at=f"{day}T10:30+08:00")
        self.by_two("take_statements", filled.take_statements(record))
        return self

    def noticed(self, leg, fine, **changes):
        """告知书 drafted."""
        self.by_two("draft_notice", filled.draft_penalty_notice(fine, **changes), leg)
        return self

    def served(self, element, leg, moment, method="直接送达"):
        """告知书 or 决定书 served at a moment, told within the hour."""
        self.by_two(element, filled.service(f"{moment}+08:00", method=method), leg)
        return self

    def paid(self, number, amount, on):
        """The bank tells of a payment."""
        payment = {"amount": amount, "paid_on": on, "receipt_no": f"收据 {number}"}
        publish(self.town, "payment.received", number, {"payment": payment})
        return self

    def ledger(self):
        """The rows of this hazard's penalties, in the order in which they were entered."""
        query = select(Penalty.__table__).where(Penalty.hazard_no == self.hazard_no).order_by(Penalty.key)
        with self.town._reading.connect() as connection:
            return [dict(row) for row in connection.execute(query).mappings()]


def publish(town, name, key, variables):
    """A message from outside."""
    told = {"name": name, "correlationKey": key, "timeToLive": 0, "variables": variables}
    town.person("robot").json("POST", "/v2/messages/publication", told)
