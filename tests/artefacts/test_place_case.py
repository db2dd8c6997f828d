"""A place's main process (P2): what an emergency stop holds up and a void hazard does not, and what the ladder leaves on the ledger."""

from engine.domain.outcome import ACTIVE, COMPLETED
from tests.artefacts.adhoc import CALENDAR, TOWN, at
from tests.artefacts.town import Case
from tests.forms import filled, filled_place

NUMBERS = [f"{filled.CASE}-01", f"{filled.CASE}-02"]


class Place(Case):
    """A place with two ordinary hazards. `called`: {number: (process, variables)} of its living children; `ledger`: what it was told."""

    begin = "ledger_approved"

    def __init__(self, **variables):
        self.called, self.ledger, self.stopped, self.voided = {}, [], False, []
        hazards = [filled_place.hazard(category="H10", hazard_no=number, enterprise=filled_place.TENANT) for number in NUMBERS]
        given = {
            "case_no": filled.CASE, "place_no": filled.CASE, "place_name": "3 号厂房", "village": "陈坊村居委会", "zone": "村庄规划区",
            "programme": "工业区", "area_types": ["A1"], "place_types": ["P1"], "owner_nature": "民营", "sleepers": 0,
            "facts": filled_place.facts(exits_ok=True), "hazards": hazards, "found_at": "2024-09-02T09:00:00+08:00", **variables,
        }  # fmt: skip
        super().__init__(TOWN, "place_case", at("2024-09-02T09:00"), CALENDAR, **given)

    def take(self, out):
        for number in out.children_cancelled:
            self.called.pop(number, None)
        self.called |= {number: (child.process_id, child.variables) for number, child in out.children_opened.items()}
        super().take(out)

    def answer(self, call):
        if call.kind == "decision":
            return super().answer(call)
        self.ledger.append((call.name, call.variables.get("values", {})))
        told = {
            "local:place:offer": {"offered": not self.stopped, "voided": self.voided, "nothing_left": self.voided == NUMBERS},
            "local:place:close": {"closed": not self.stopped},
        }
        return {"variables": told.get(call.name, {})}

    def processes(self):
        return sorted(process for process, _ in self.called.values())

    def over(self, process, hazard=None, **variables):
        """A child is over, and gives these variables back."""
        (number,) = [
            number for number, (name, handed) in self.called.items() if name == process and hazard in (None, handed.get("hazard_no"))
        ]
        del self.called[number]
        return self.do("complete_child", number=number, variables=variables)

    def handed(self, process):
        """What the one living child of a process was given."""
        (variables,) = [handed for name, handed in self.called.values() if name == process]
        return variables

    def hears(self, name, key, **variables):
        """A message comes; -> did anybody wait for it?"""
        found = [id_ for id_, each in self.subscriptions.items() if (each.name, each.correlation_key) == (name, key)]
        if found:
            self.do("trigger", subscription=found[0], variables=variables)
        return bool(found)


def graded():
    """On 2 September, a Monday: to be assigned until the third, or else until the fourth."""
    return Place().fill_in("confirm_grading", **filled_place.confirm_grading("一般", "整治"))


def rectifying():
    """Both hazards are being rectified."""
    place = graded()
    place.fill_in("assign_place", **filled_place.assign_place(leader=None))
    return place.fill_in("acknowledge_case", **filled_place.acknowledge_case())


def verified(place, *numbers, outcome="合格"):
    for number in numbers or NUMBERS:
        place.over("hazard_rectification", number, outcome=outcome, round=1, rectify_deadline=None)
    return place


def accepted(place):
    return place.over("graded_acceptance", outcome="通过", findings=[], opinions=[], chain={}, acceptance_paper=None)


def closed(place):
    return place.over("closure", closure={"outcome": "同意"}, closure_paper=None)


def test_a_place_without_a_stop_goes_from_its_hazards_to_acceptance_and_off_the_ledger():
    place = closed(accepted(verified(rectifying())))

    assert place.status == COMPLETED and place.path[-1] == "struck_off"
    assert [name for name, _ in place.ledger if name in ("local:place:offer", "local:place:close")] == [
        "local:place:offer",
        "local:place:close",
    ]


def test_a_place_that_nobody_assigns_for_two_working_days_is_urged_by_the_leader():
    # given
    place = graded()
    assert place.until(at("2024-09-04T23:59:58")).open == ["assign_place"]

    # when
    place.until(at("2024-09-05T00:00"))
    assert place.open == ["assign_place", "urge_assignment"] and place.task("urge_assignment").candidate_groups == ("分管领导",)
    place.fill_in("urge_assignment", **filled_place.urge_assignment())

    # then the assignment still waits for the office, and the place goes on as ever
    assert place.open == ["assign_place"] and place.variables["assignment_urging"] == filled_place.urge_assignment()["assignment_urging"]
    assert place.fill_in("assign_place", **filled_place.assign_place(leader=None)).open == ["acknowledge_case"]


def test_a_place_that_is_assigned_meanwhile_need_not_be_urged():
    place = graded().until(at("2024-09-05T00:00"))

    place.fill_in("assign_place", **filled_place.assign_place(leader=None))

    assert place.open == ["acknowledge_case"] and "urging_moot" in place.path


def test_acceptance_waits_until_no_stop_is_left():
    # given two stops
    place = rectifying()
    place.stopped = True
    verified(place)
    assert place.processes() == [] and place.open == []

    # when one is lifted, nothing happens yet
    assert place.hears("emergency.lifted", filled.CASE)
    assert place.processes() == []
    place.stopped = False
    assert place.hears("emergency.lifted", filled.CASE)

    # then
    assert place.processes() == ["graded_acceptance"]
    assert not place.hears("emergency.lifted", filled.CASE)


def test_a_place_that_was_stopped_after_its_acceptance_is_not_struck_off():
    # given
    place = accepted(verified(rectifying()))
    place.stopped = True
    closed(place)
    assert place.status == ACTIVE and place.path[-1] == "lifted_for_closure"

    # when
    place.stopped = False
    place.hears("emergency.lifted", filled.CASE)

    # then
    assert place.status == COMPLETED and place.path[-1] == "struck_off"


def test_what_was_put_right_after_a_refused_acceptance_is_offered_again_unless_it_is_stopped():
    # given
    place = verified(rectifying()).over("graded_acceptance", outcome="退回", findings=[{"hazard_no": NUMBERS[0], "what": "未装防火门"}])
    place.stopped = True

    # when
    place.until(at("2024-09-03T10:00")).fill_in("remedy_findings", **filled_place.remedy_findings())

    # then
    assert place.processes() == [] and place.path[-1] == "lifted_for_acceptance"


def test_a_void_hazard_is_not_among_those_that_are_accepted_and_closed():
    # given
    place = verified(rectifying(), NUMBERS[0])
    place.voided = [NUMBERS[1]]

    # when
    verified(place, NUMBERS[1], outcome="误录撤销")

    # then
    assert [each["hazard_no"] for each in place.handed("graded_acceptance")["hazards"]] == NUMBERS[:1]
    assert [each["hazard_no"] for each in accepted(place).handed("closure")["hazards"]] == NUMBERS[:1]


def test_a_place_whose_hazards_are_all_void_is_neither_accepted_nor_closed():
    # given a stop that nobody has lifted, which is not waited for
    place = verified(rectifying(), NUMBERS[0], outcome="误录撤销")
    place.voided, place.stopped = NUMBERS, True

    # when
    verified(place, NUMBERS[1], outcome="误录撤销")

    # then
    assert place.status == COMPLETED and place.path[-1] == "nothing_left" and place.variables["outcome"] == "误录核销"
    assert "local:place:close" not in [name for name, _ in place.ledger]


def test_a_hazard_that_is_voided_during_the_acceptance_or_after_it_begins_the_acceptance_again_without_it():
    # given two departments at work on a list of two
    place = verified(rectifying())
    first = next(iter(place.called))
    assert len(place.handed("graded_acceptance")["hazards"]) == 2

    # when
    place.voided = NUMBERS[:1]
    assert place.hears("hazard.voided", filled.CASE, hazard_no=NUMBERS[0])

    # then what they signed is over, and the list is another
    assert place.processes() == ["graded_acceptance"] and first not in place.called
    assert [each["hazard_no"] for each in place.handed("graded_acceptance")["hazards"]] == NUMBERS[1:]

    # and where the last one is voided while the closure is being approved, there is nothing to be closed
    accepted(place)
    assert place.processes() == ["closure"]
    place.voided = NUMBERS
    assert place.hears("hazard.voided", filled.CASE, hazard_no=NUMBERS[1])
    assert place.status == COMPLETED and place.path[-1] == "nothing_left" and place.called == {}


def test_a_hazard_that_is_voided_while_its_follow_up_is_decided_holds_nothing_up():
    # given
    place = verified(verified(rectifying(), NUMBERS[0]), NUMBERS[1], outcome="拒不执行")
    assert place.open == ["decide_follow_up"]

    # when
    assert place.hears("case.void", NUMBERS[1])

    # then
    assert place.open == [] and place.processes() == ["graded_acceptance"]


def test_a_place_that_is_voided_ends_wherever_it_stands():
    place = rectifying()
    place.hears("case.void", filled.CASE)
    assert place.status == COMPLETED and place.path[-1] == "void_done" and place.called == {}


def overdue(place, number, matter="消防", since="2024-09-18"):
    (child,) = [key for key, (name, handed) in place.called.items() if (name, handed["hazard_no"]) == ("hazard_rectification", number)]
    return place.do("child_escalation", number=child, code="OVERDUE", variables={"matter": matter, "overdue_since": since})


def test_the_ladder_goes_on_from_the_listing_which_stands_on_the_ledger_until_a_penalty_is_asked_for():
    # given a first ladder that came to its second rung
    place = overdue(rectifying(), NUMBERS[0])
    assert place.handed("urge_and_interview")["rung"] == "无"
    place.over("urge_and_interview", rung="督促函", measure="督促函")
    assert place.ledger[-1] == ("local:place:amend", {}) and "urge_and_interview" not in place.processes()

    # when a second one reaches the listing
    assert overdue(place.until(at("2024-09-20T09:00")), NUMBERS[0]).handed("urge_and_interview")["rung"] == "督促函"
    place.until(at("2024-10-08T09:00")).over("urge_and_interview", rung="通报挂牌", measure="通报挂牌")
    assert place.ledger[-1] == ("local:place:amend", {"supervised": "镇级"})

    # then it goes on from there, counting from the same day
    again = place.handed("urge_and_interview")
    assert again["rung"] == "通报挂牌"
    assert (again["overdue_since"], again["matter"], again["zone"]) == ("2024-09-18", "消防", "村庄规划区")
    place.over("urge_and_interview", rung="立案", measure="立案")
    assert "urge_and_interview" not in place.processes()

    # and the acceptance knows that the place is listed
    assert verified(place).handed("graded_acceptance")["listed"] == "镇级"


def test_a_hazard_that_is_urged_already_is_not_urged_twice():
    # given a plan that is late, and then a term that is over while the ladder still stands
    place = overdue(overdue(rectifying(), NUMBERS[0]), NUMBERS[0], since="2024-09-25")

    # then there is one ladder, and a new one only when that is over
    assert place.processes().count("urge_and_interview") == 1
    place.over("urge_and_interview", rung="督促函", measure="督促函")
    assert overdue(place, NUMBERS[0]).processes().count("urge_and_interview") == 1


def test_what_one_hazard_reached_and_what_it_is_about_is_nothing_to_another():
    # given two that are urged at the same time
    place = overdue(overdue(rectifying(), NUMBERS[0], "消防", "2024-09-02"), NUMBERS[1], "燃气", "2024-09-10")

    # when the first of them is listed
    place.over("urge_and_interview", NUMBERS[0], rung="通报挂牌", measure="通报挂牌")

    # then each goes on from where it stood
    urged = [handed for name, handed in place.called.values() if name == "urge_and_interview"]
    assert {each["hazard_no"]: (each["rung"], each["matter"], each["overdue_since"]) for each in urged} == {
        NUMBERS[0]: ("通报挂牌", "消防", "2024-09-02"),
        NUMBERS[1]: ("无", "燃气", "2024-09-10"),
    }


def test_who_rectifies_knows_the_zone_that_decides_in_whose_name_it_is_ordered():
    assert {handed["zone"] for _, handed in rectifying().called.values()} == {"村庄规划区"}
