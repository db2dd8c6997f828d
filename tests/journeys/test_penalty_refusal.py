"""一案双罚 out of a place's main process: the re-check confirms 拒不执行, unit and person each go their way, and the place goes its own."""

from cases.places import Place
from tests.forms import filled, filled_place
from tests.forms import filled_enforcement as penalty
from tests.journeys.penalty import HOST, LAWYER, OFFICER, Enforcement, clue, publish
from tests.journeys.place import CENTRE, PlaceCase
from tests.journeys.test_place_case import ORDINARY, noticed, on_the_ledger

REFUSED = {"article": "安全生产法102", "refusal": True, "first_time": False, "corrected_in_time": False}


def refused(place):
    """The notice's ten days pass, nothing is done, and the re-check says so -> the case that begins by itself, with its clue registered."""
    rectification = place.hazard()
    ordinary = filled.register_hazard(category="H10", sleepers=0, case_no=place.no, hazard_no=f"{place.no}-01")
    del ordinary["exits_ok"]
    place.do("chen.amei", "register_hazard", ordinary, rectification)
    noticed(place, rectification, "2024-04-03", "2024-04-07", days=10)
    place.at("2024-04-18T09:00")
    place.town.wait(lambda: "recheck" in [name for name, _ in place.town.person("jiang.audit").tasks(rectification)])
    place.rechecked(rectification, filled.refused("拒不执行"), "2024-04-18")
    case = Enforcement(place.town, f"{place.no}-01")
    assert (case.value("refusal_outcome"), case.value("act_date")) == ("拒不执行", "2024-04-18")
    told = clue(place.no[-4:], act_date="2024-04-18") | {"clue": "复查确认拒不执行限期整改指令。"}
    case.do(OFFICER, "register_clue", told)
    return case


def struck_off_after_all(place):
    """The hazard is put right on the spot, re-checked, and the place accepted and closed."""
    place.do(CENTRE, "decide_follow_up", filled_place.decide_follow_up())
    rectification = place.hazard()
    place.do("chen.amei", "register_hazard", filled.fixed(case_no=place.no, hazard_no=f"{place.no}-01"), rectification)
    passed = filled.recheck()
    passed["recheck"]["items"] = [{"requirement": filled.register_hazard()["description"], "result": "合格", "note": ""}]
    place.rechecked(rectification, passed, "2024-04-22").acceptance_signed("2024-04-23")
    place.closed("2024-04-24", "2024-05-24")


def test_two_respondents_go_their_own_ways_and_the_place_is_struck_off_meanwhile(town, clock):
    go_their_own_ways(town)


def go_their_own_ways(town):
    """The whole story, by whichever door the town's people go."""
    # given a refusal, a case of it, and a leg for the enterprise and one for its manager, who is fined only because of it (art. 102)
    place = PlaceCase(town).listed(**ORDINARY).assigned()
    case = refused(place)
    case.filed(penalty.unit(**REFUSED), penalty.person(**REFUSED), ended_on="2024-04-18").investigated("2024-04-19")
    (unit, unit_no), (person, person_no) = case.legs()["单位"], case.legs()["个人"]
    for leg, fine in ((unit, 30000), (person, 50000)):
        case.noticed(leg, fine, hearing_right=penalty.HEARING_RIGHT)

    # when the hazard is put right after all
    struck_off_after_all(place)

    # then the place is struck off, and the penalty goes on
    assert on_the_ledger(town, Place, place.no)["status"] == "已销号"
    assert case.open(unit) == case.open(person) == ["serve_notice"]

    # when both are told, and the person asks for a hearing
    case.at("2024-04-24T12:00")
    for leg in (unit, person):
        case.served("serve_notice", leg, "2024-04-24T11:00")
    case.at("2024-04-25T10:00")
    publish(town, "hearing.requested", person_no, {"hearing_request": {"reason": "裁量过重"}})
    (hearing,) = case.running("penalty_hearing", person)
    asked = penalty.examine_hearing("2024-05-08T09:30+08:00", requested_on="2024-04-25")
    lawyer = town.person(LAWYER)
    examination = lawyer.task(hearing, "examine_hearing")
    lawyer.claim(examination)
    assert "七个工作日前" in lawyer.turned_back(examination, asked), "the holiday lies between: the 9th is the first day"
    lawyer.complete(examination, penalty.examine_hearing("2024-05-09T09:30+08:00", requested_on="2024-04-25"))
    case.by_two("notify_hearing", penalty.notify_hearing("2024-04-25T09:30+08:00"), hearing)

    # then the enterprise waits for none of it: it is decided and pays
    decided(case, unit, "2024-05-06", 30000)
    case.at("2024-05-08T10:00").paid(unit_no, 30000, "2024-05-08")
    open_still, paid = case.ledger()  # the higher fine is opened first
    assert (paid["kind"], paid["status"], paid["paid"], paid["late_fine"]) == ("单位", "已缴清", 30000, 0)
    assert (open_still["kind"], open_still["status"]) == ("个人", "办理中")

    # when the person was heard and is decided, but does not pay
    case.at("2024-05-09T12:00").do(HOST, "hold_hearing", penalty.hold_hearing("2024-05-09T09:30+08:00"), hearing)
    due = case.value("decision_due", person)
    assert (due["date"], [(each["from"], each["until"]) for each in due["pauses"]]) == ("2024-08-01", [("2024-04-25", "2024-05-09")])
    decided(case, person, "2024-05-10", 50000)
    (execution,) = case.running("penalty_execution", person)
    case.at("2024-05-30T10:00").opened("demand_payment", execution)
    assert case.ledger()[0]["late_fine"] == 4500, "three days after Monday the 27th, three per cent each"

    # then the late fine stops at the fine, however long it takes
    case.do(OFFICER, "demand_payment", penalty.demand_payment("2024-06-17"), execution)
    case.at("2024-09-02T10:00").opened("demand_payment", execution)
    row = case.ledger()[0]
    assert (row["fine"], row["paid"], row["late_fine"], row["status"]) == (50000, 0, 50000, "执行中")

    # and nobody fines the same person again for the same act, under whatever spelling and article
    again = Enforcement.asked(town, "2024-09-03T10:00", clue(place.no[-4:], act_date="2024-04-18"), known=[case.key])
    namesake = penalty.person(name="王伍", article="安全生产法94", role="主要负责人")
    again.filed(namesake, ended_on="2024-04-18").investigated("2024-09-04")
    assert again.legs() == {} and again.open() == ["report_closing"]
    refusal = case.ledger()[2]
    assert (refusal["status"], refusal["penalty_no"], refusal["earlier_no"]) == ("一事不二罚", None, person_no)
    assert person_no in refusal["reason"] and "第二十九条" in refusal["reason"]


def decided(case, leg, day, fine):
    """法制审核, 集体讨论, 决定, and the decision handed over, all on one day."""
    case.at(f"{day}T10:00").opened("legal_review", leg)
    case.do(LAWYER, "legal_review", penalty.legal_review(), leg)
    case.by_head("collective_discussion", penalty.collective_discussion(held_at=f"{day}T09:00+08:00"), leg)
    case.by_head("decide_penalty", penalty.decide_penalty(fine), leg)
    case.at(f"{day}T12:00").served("serve_decision", leg, f"{day}T11:30", "当场交付")
