"""逾期 through HTTP, over the first of May 2024: five days off, made up for on Sunday 28 April and Saturday 11 May."""

import io
import json
import zipfile

import pytest

from cases.places import Place
from tests.forms import filled, filled_adhoc, filled_urging
from tests.journeys.hazard import CENTRE, ENTERPRISE, FINDER
from tests.journeys.place import OFFICE, PlaceCase
from tests.journeys.test_place_case import ORDINARY, noticed, on_the_ledger

VILLAGE = "陈坊村居委会"


def ordinary(**numbers):
    """F02 of an extinguisher that is past its date, where nobody sleeps: fifteen days."""
    found = filled.register_hazard(category="H10", sleepers=0, **numbers)
    return {name: value for name, value in found.items() if name != "exits_ok"}


def fired(town, instance):
    """Which timers of an instance have fired, in order; reports of progress apart."""
    entries = town.person("jiang.audit").timeline(instance)
    return [entry["element"] for entry in entries if entry["kind"] == "timer:fired" and entry["element"] != "progress_due"]


class Urging:
    """督办 of the one hazard of a place, at its rungs; `key` is its instance."""

    def __init__(self, place):
        self.place = place
        (self.key,) = place.town.wait(lambda: list(place.called("urge_and_interview").values()))

    def opened(self, moment, element):
        """The clock stands at a moment, and has opened a task."""
        auditor = self.place.at(moment).town.person("jiang.audit")
        self.place.town.wait(lambda: element in [name for name, _ in auditor.tasks(self.key)])
        return self

    def still_overdue(self, moment, rung):
        """核实现状, and which rung the ladder then stands at."""
        self.opened(moment, "check_state")
        assert self.place.value("step", self.key)["rung"] == rung
        return self.do("check_state", filled_urging.check_state(f"{moment[:-3]}:00+08:00"))

    def do(self, element, data):
        self.place.do(OFFICE, element, data, self.key)
        return self


@pytest.fixture
def overdue(town, clock):
    """A place whose hazard has a notice that was signed for on 17 April: (place, the hazard's instance)."""
    place = PlaceCase(town).listed(**ORDINARY).assigned()
    instance = place.hazard()
    place.do(FINDER, "register_hazard", ordinary(case_no=place.no, hazard_no=f"{place.no}-01"), instance)
    noticed(place, instance, "2024-04-16", "2024-04-17", days=15)
    return place, instance


def test_what_is_overdue_is_reminded_re_checked_and_climbs_the_ladder_until_a_case_is_asked_for(overdue, town, clock):
    # given: fifteen days end on a holiday, so that the deadline is the first working day after it
    place, instance = overdue
    deadline = place.value("rectify_deadline", instance)
    told = {name: deadline[name] for name in ("n", "unit", "start_event", "date", "at", "provisional", "extensions")}
    assert told == {
        "n": 15, "unit": "日", "start_event": "送达", "date": "2024-05-06", "at": "2024-05-06T23:59:59+08:00",
        "provisional": False, "extensions": [],
    }  # fmt: skip
    assert deadline["start"].startswith("2024-04-17T10:00") and deadline["calendar"] and deadline["rule"] and deadline["basis"]

    # when: 7, 3 and 1 working days before it, of which the third is the Sunday that makes up for the holiday
    for times, (before, day) in enumerate((("2024-04-22", "2024-04-23"), ("2024-04-27", "2024-04-28"), ("2024-04-29", "2024-04-30")), 1):
        clock(f"{before}T12:00")
        assert len(fired(town, instance)) == times - 1
        clock(f"{day}T09:01")
        town.wait(lambda times=times: len(fired(town, instance)) == times)
    assert fired(town, instance) == ["remind_7", "remind_3", "remind_1"]

    # when: the deadline passes without a report
    clock("2024-05-06T23:58")
    assert "report_completion" in [element for element, _ in town.person("jiang.audit").tasks(instance)]
    clock("2024-05-07T00:01")
    urging = Urging(place)

    # then: the officers go there all the same, and the town's office begins to urge
    assert [element for element, _ in town.person("jiang.audit").tasks(instance)] == ["recheck"]
    urging.still_overdue("2024-05-07T09:00", "提醒").do("remind", filled_urging.remind("2024-05-07T09:00+08:00"))

    # when: three working days later the village is written to, and does not reply in three more, of which one is a Saturday
    items = [{"case_no": place.no, "place_name": "3 号厂房", "problem": "灭火器过期，未更换", "due": "2024-05-06"}]
    letter = filled_urging.draft_letter(addressee=VILLAGE, items=items)
    urging.still_overdue("2024-05-09T09:01", "督促函").do("draft_letter", letter)
    assert town.person(FINDER).task(urging.key, "reply_letter")

    # when: that Saturday makes Tuesday the seventh working day, on which the enterprise is called in; it reports nothing
    urging.still_overdue("2024-05-14T00:01", "约谈")
    place.at("2024-05-14T15:00")
    urging.do("call_in", filled_urging.call_in_at_once("2024-05-14T16:00+08:00"))
    place.at("2024-05-14T17:00")
    urging.do("hold_interview", filled_urging.hold_interview("2024-05-14T16:00+08:00"))
    urging.opened("2024-05-22T09:00", "review_reply").do("review_reply", filled_urging.review_reply("不认可"))

    # then: fifteen days have passed, the place is listed, and its office urges on from there
    urging.still_overdue("2024-05-22T09:00", "通报挂牌")
    auditor = town.person("jiang.audit")
    assert auditor.status(urging.key) == "COMPLETED"
    assert (place.value("measure", urging.key), place.value("rung", urging.key)) == ("通报挂牌", "通报挂牌")
    assert on_the_ledger(town, Place, place.no)["supervised"] == "镇级"

    # when: thirty days have passed
    urging = Urging(place).still_overdue("2024-06-05T09:01", "立案")
    assert place.value("rung", urging.key) == "立案"

    # then: one case is begun, and says what it is about
    def begun():
        wanted = {"filter": {"processDefinitionId": "enforcement", "state": "ACTIVE"}, "page": {"limit": 100}}
        found = auditor.json("POST", "/v2/process-instances/search", wanted)["items"]
        return [one["processInstanceKey"] for one in found if place.value("hazard_no", one["processInstanceKey"]) == f"{place.no}-01"]

    (case,) = town.wait(begun)
    assert (place.value("matter", case), place.value("act_date", case)) == ("消防", "2024-05-07")
    assert "逾期30日仍未整改，督办已到“通报挂牌”" in place.value("facts", case)

    # and when two officers find it mended after all, their opinion stands beside the other papers, under their own names
    data = filled.recheck()
    place.rechecked(instance, data, "2024-06-05")
    papers = {paper["kind"]: paper for paper in town.person(CENTRE).json("GET", f"/api/instances/{place.key}/papers")}
    assert set(papers) == {"隐患告知（督促）函", "督促函", "约谈通知书", "复查意见书"}
    assert papers["隐患告知（督促）函"]["number"] == place.value("notice_paper", instance)["number"]
    opened = town.person(CENTRE).ask("POST", f"/api/papers/{papers['复查意见书']['key']}/opening", {"reason": "送达"})
    with zipfile.ZipFile(io.BytesIO(opened.content)) as file:
        said = file.read("word/document.xml").decode()
    assert "潘岳" in said and "陶军" in said and said.count("证号：") == 2


def test_an_extension_that_is_granted_moves_the_deadline_and_its_derivation_says_so(overdue, town, clock):
    # given a hazard that was served on 17 April for fifteen days, and reminded of once
    place, instance = overdue
    clock("2024-04-24T10:00")
    town.wait(lambda: fired(town, instance) == ["remind_7"])

    def deadline():
        return json.loads(town.person(ENTERPRISE).variables(instance)["rectify_deadline"])

    def is_open(element):
        return element in [name for name, _ in town.person("jiang.audit").tasks(instance)]

    # when: the enterprise asks for time until the Saturday that is worked, and the centre grants it
    before, enterprise = deadline(), town.person(ENTERPRISE)
    known = {"case_no": place.no, "hazard_no": f"{place.no}-01", "enterprise": "昆港五金制品有限公司", "rectify_deadline": before}
    extension = enterprise.start("extension", known)
    enterprise.do(extension, "apply_extension", filled_adhoc.apply_extension("2024-05-11"))
    clock("2024-04-25T10:00")
    town.person(CENTRE).do(extension, "review_extension", filled_adhoc.decide_extension("2024-05-11"))
    town.wait(lambda: deadline() != before)

    # then
    assert before["date"] == "2024-05-06"
    after = deadline()
    assert (after["date"], after["at"], after["provisional"]) == ("2024-05-11", "2024-05-11T23:59:59+08:00", False)
    ((granted,),) = (after.pop("extensions"),)
    assert (granted["from"], granted["to"], granted["decided_on"]) == ("2024-05-06", "2024-05-11", "2024-04-25")
    assert granted["reason"] and granted["opinion"]
    for name in ("rule", "basis", "start_event", "start", "n", "unit", "pauses", "calendar"):
        assert after[name] == before[name], name

    # when: the days of the old deadline pass
    clock("2024-05-07T12:00")

    # then: reminders follow the new one, and only the new one brings the officers
    town.wait(lambda: len(fired(town, instance)) == 2)
    assert fired(town, instance) == ["remind_7", "remind_7"]
    assert is_open("report_completion") and not is_open("recheck")
    clock("2024-05-12T00:01")
    town.wait(lambda: is_open("recheck"))
    assert fired(town, instance) == ["remind_7", "remind_7", "remind_3", "remind_1", "deadline_reached"]
