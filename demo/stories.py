"""A story: what happens to one place, when, and where it stands today. People are as fast as DELAY says unless the story says otherwise."""

import random
from dataclasses import dataclass, field

from demo.places import level

#: Working days from a task's arrival until it is done, where the story does not say.
DELAY = {
    "accept_report": 0, "report_place": 0, "register_hazard": 0, "draft_plan": 3, "take_statements": 2, "remedy_findings": 2, "confirm": 0,
    "order_stop": 0, "evacuate": 0, "write_order": 0, "apply_resume": 2, "deliver_transfer": 0, "report_danger": 0, "reply_letter": 3,
    "record_reply": 4, "hold_interview": 5, "hold_hearing": 9,
}  # fmt: skip
#: The same for report_completion, by level: well within the term that DMN-3 gives.
WORK = {"低": 3, "一般": 5, "较大": 8, "重大": 11}
#: Calendar days of the term of an ordinary hazard (DMN-3).
TERM = 15
#: How many stages an acceptance has.
STAGES = {"低": 1, "一般": 1, "较大": 2, "重大": 3}
LISTING = ("report_place", "check_report", "approve_listing", "confirm_grading", "approve_disposition", "assign_place", "acknowledge_case")
HAZARD = (
    *("register_hazard", "issue_notice", "acknowledge_notice", "draft_plan", "review_plan", "review_plan_town"),
    *("report_completion", "recheck"),
)
ACCEPTANCE = ("sign_opinion", "apply_closure", "check_closure", "approve_closure", "approve_closure_leader")
#: The leg of a penalty; between its notice and what follows lie the days for a statement.
PENALTY = (
    *("register_clue", "file_case", "approve_filing", "take_statements", "draft_penalty_notice", "serve_penalty_notice", "window"),
    *("legal_review", "decide_penalty", "serve_penalty_decision", "publish_decision"),
)
WINDOW = 5


@dataclass
class Story:
    """`no` makes everything in it always the same. `start`: working days before today on which its place is found;
    or `overdue`: on which the term of its first hazard is over, which is an ordinary one.

    The rest is by the name of a task — its element's id, or `confirm` — and may say which one it means: `recheck@2` of the second hazard,
    `serve_penalty_notice@个人`, `sign_opinion@复查组@派出所`; `recheck#2` the second time; `recheck@1#2` both. The first that fits counts.
    hold: left open for good, "open" or "claimed". say: what the form is told. wait: working days instead of DELAY. after: what begins so
    many working days after the task is done, [(days, event)]. beside: what begins so many working days before today, in the same form.
    reported: the place is found because somebody tells of it, {name, channel, words, at_risk}; without a name they are not known.
    """

    no: int
    name: str
    place: object
    start: int | None = 0
    overdue: int | None = None
    hold: dict = field(default_factory=dict)
    say: dict = field(default_factory=dict)
    wait: dict = field(default_factory=dict)
    after: dict = field(default_factory=dict)
    beside: list = field(default_factory=list)
    reported: dict | None = None
    reopens: int | None = None  # the story whose closed place this one's is again

    @property
    def business_id(self):
        """What the instance of its discovery is found by."""
        return f"演示-{self.no:03d}"

    def told(self, table, name, which, turn, default=None):
        """What one of the tables above says of a task."""
        for key in (f"{name}@{which}#{turn}", f"{name}@{which}", f"{name}#{turn}", name):
            if key in table:
                return table[key]
        return default

    def chance(self, *what):
        """A random.Random for one moment of this story: what it gives hangs on nothing that came before."""
        return random.Random(f"{self.no} {' '.join(map(str, what))}")  # noqa: S311

    def days(self, name, which=None, turn=1):
        """Working days from a task's arrival until it is done."""
        told = self.told(self.wait, name, which, turn)
        if told is None and name == "report_completion":
            return WORK[level(self.finding(which), self.place.sort)]
        return DELAY.get(name, 1) if told is None else told

    def finding(self, which):
        """The finding behind the serial number of a hazard."""
        serial = which if isinstance(which, int) else 1
        return self.place.findings[min(serial, len(self.place.findings)) - 1]

    def lead(self, upto, which=1):
        """Working days from the finding of the place until the task `upto` arrives, of the hazard `which`."""
        before = 0
        for name in self._listing():
            if name == upto:
                return before
            before += self.days(name)
        if upto in HAZARD or upto == "serve_notice":
            return before + self._of_hazard(which, "acknowledge_notice" if upto == "serve_notice" else upto)
        before += max(self._of_hazard(serial, None) for serial in range(1, len(self.place.findings) + 1))
        for name in ACCEPTANCE:
            if name == upto:
                return before
            before += self.days(name) * (STAGES[self.place.level] if name == "sign_opinion" else 1)
        return before

    def _listing(self):
        major, level_ = any(each.is_major for each in self.place.findings), self.place.level
        approved = level_ == "重大" or self.place.sort.fixable == "否" or (self.place.sort.fixable == "需改造" and level_ == "较大")
        first = ("accept_report",) if self.reported else ()
        left = {name for name, there in (("approve_listing", major), ("approve_disposition", approved)) if not there}
        return [*first, *(name for name in LISTING if name not in left)]

    def _of_hazard(self, which, upto):
        reached, days = level(self.finding(which), self.place.sort), 0
        planned = {"较大": 2, "重大": 3}.get(reached, 0)
        fixed = (self.told(self.say, "register_hazard", which, 1) or {}).get("fixed")
        skipped = {*("draft_plan", "review_plan", "review_plan_town")[planned:]} | ({*HAZARD[1:-1]} if fixed else set())
        for name in HAZARD:
            if name == upto:
                break
            days += 0 if name in skipped else self.days(name, which)
        return days


def penalty_lead(story, upto):
    """Working days from the request to enforce until the task `upto` of a penalty arrives."""
    days = 0
    for name in PENALTY[1:]:
        if name == upto:
            break
        days += WINDOW if name == "window" else story.days(name)
    return days
