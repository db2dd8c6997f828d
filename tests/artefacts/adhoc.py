"""Stories of the small processes that a case starts at any time, around 国庆 2024."""

from datetime import date, timedelta

import chinese_calendar

from engine.feel.calendar import Calendar
from tests.artefacts.issuing import Issuing
from tests.artefacts.town import Town, at
from tests.forms import filled_adhoc as filled

TOWN = Town()
YEAR = [date(2024, 1, 1) + timedelta(days=n) for n in range(366)]
CALENDAR = Calendar({day: chinese_calendar.is_workday(day) for day in YEAR}, [2024], "2024")
CASE = {"case_no": filled.CASE, "place_name": filled.PLACE, "enterprise": filled.ENTERPRISE}
HAZARD = {**CASE, "hazard_no": filled.HAZARD}
FIND, VOID = "local:ledger:find", "local:ledger:void"


class Story(Issuing):
    """`voided`: what the ledger was told to void."""

    def __init__(self, process_id, now, **variables):
        self.voided = []
        super().__init__(TOWN, process_id, at(now), CALENDAR, **variables)

    def answer(self, call):
        if call.name == FIND:
            return {"variables": {"found": {"no": call.variables["number"], "status": "已上账"}}}
        if call.name != VOID:
            return super().answer(call)
        self.voided.append({name: call.variables[name] for name in ("table", "number", "reason")})
        return {"variables": {"voided": [call.variables["number"]]}}

    def receive(self, name, key, **variables):
        """A message comes; somebody has to wait for it."""
        messages = {(each.name, each.correlation_key): each.id for each in self.subscriptions.values() if each.kind == "message"}
        return self.do("trigger", subscription=messages[name, key], variables=variables)

    def by(self, moment, element_id, data):
        """The task is filled in at a moment ("2024-10-08T10:00")."""
        return self.until(at(moment)).fill_in(element_id, **data)

    def groups(self, element_id):
        return self.task(element_id).candidate_groups
