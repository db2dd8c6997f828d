"""误录撤销: a wrong entry is voided by two persons; it stays on the ledger with what it was, and holds nothing up any more."""

from cases.hazards import Hazard
from cases.places import Place
from tests.forms import filled, filled_adhoc, filled_place
from tests.journeys.place import PlaceCase
from tests.journeys.test_place_case import ORDINARY, on_the_ledger, refused_to_take


def changes_of(town, instance, table):
    """{key: (before, after)} of what an instance changed in a table of the ledger, as its history tells it."""
    told = [change for entry in town.person("jiang.audit").timeline(instance) for change in entry["changes"] or ()]
    return {change["key"]: (change["before"], change["after"]) for change in told if change["table"] == table}


def test_one_of_two_hazards_was_entered_twice_and_no_longer_holds_up_the_acceptance(town, clock):
    # given a place with one fire extinguisher too many on the ledger, and the other re-checked
    twice = filled_place.hazard(category="H10", location="一层车间门口", description="一层车间门口两具灭火器过期，未及时更换。")
    place = PlaceCase(town).listed(**{**ORDINARY, "hazards": [*ORDINARY["hazards"], twice]}).assigned()
    right, wrong = f"{place.no}-01", f"{place.no}-02"
    place.do("chen.amei", "register_hazard", filled.fixed(case_no=place.no, hazard_no=right), place.hazard(1))
    working = place.hazard(1)
    assert changes_of(town, working, "hazard")[right] == (
        {"status": "已上账", "instance_key": None},
        {"status": "待复查", "instance_key": int(working)},
    )
    assert on_the_ledger(town, Hazard, right)["status"] == "待复查"
    data = filled.recheck()
    data["recheck"]["items"] = [{"requirement": filled.register_hazard()["description"], "result": "合格", "note": ""}]
    place.rechecked(place.hazard(1), data, "2024-04-03")
    assert place.called("graded_acceptance") == {}

    # when somebody asks to void one that is not there, they are told so in the form, and nothing is broken
    asking = town.person("duo.mian")
    correction = asking.start("correction")
    task = asking.task(correction, "request_void")
    asking.claim(task)
    nobody_s = filled_adhoc.request_void(number=f"{place.no}-09", keep=right) | {"case_no": place.no}
    body = {"variables": asking.uploaded(nobody_s)}
    told = asking.json("POST", f"/v2/user-tasks/{task}/completion", body, status=400)
    assert told["problems"] == {"void.number": [f"台账上没有编号为「{place.no}-09」的隐患。"]}

    # and when they ask to void the one that is wrong, who could approve it too
    request = filled_adhoc.request_void(number=wrong, keep=right) | {"case_no": place.no}
    asking.complete(task, request)

    # then another one has to
    assert "took no part in 申请撤销, but duo.mian did" in refused_to_take(town, "duo.mian", correction, "approve_void")
    assert on_the_ledger(town, Hazard, wrong)["voided"] is False
    place.do("zhou.ping", "approve_void", filled_adhoc.approve_void(), correction)

    # and it stands on the ledger as void, history tells what it was, and only the other one is to be accepted
    row = on_the_ledger(town, Hazard, wrong)
    assert (row["status"], row["voided"], row["void_reason"]) == ("误录撤销", True, "重复登记：与另一条是同一处隐患。")
    before, after = changes_of(town, correction, "hazard")[wrong]
    assert (before["voided"], before["status"], after["voided"], after["status"]) == (False, "已上账", True, "误录撤销")
    (acceptance,) = town.wait(lambda: place.called("graded_acceptance")).values()
    assert [each["hazard_no"] for each in place.value("hazards", acceptance)] == [right]
    assert place.acceptance_signed("2024-04-07") == ["居村@陈坊村居委会"]

    # and when the other one was wrong too, and the closure is asked for already, there is nothing left to be closed
    town.wait(lambda: place.called("closure"))
    correction = asking.start("correction")
    last = filled_adhoc.request_void(number=right, kind="登错对象") | {"case_no": place.no}
    del last["void"]["keep"]
    place.do("duo.mian", "request_void", last, correction)
    place.do("zhou.ping", "approve_void", filled_adhoc.approve_void(), correction)
    auditor = town.person("jiang.audit")
    town.wait(lambda: auditor.status(place.key) == "COMPLETED")
    row = on_the_ledger(town, Place, place.no)
    assert (row["status"], row["voided"], row["closed"], place.value("outcome")) == ("误录撤销", True, None, "误录核销")


def test_a_place_that_does_not_exist_is_voided_as_a_whole_and_its_case_ends(town, clock):
    # given a place that waits to be graded
    place = PlaceCase(town).listed(**ORDINARY)
    correction = town.person("chen.amei").start("correction")
    place.do("chen.amei", "request_void", filled_adhoc.void_place(place.no) | {"case_no": place.no}, correction)

    # when a leader approves it
    place.do("wu.hai", "approve_void", filled_adhoc.approve_void(), correction)

    # then the case is over and nobody has anything to do in it, but every row is there
    auditor = town.person("jiang.audit")
    town.wait(lambda: auditor.status(place.key) == "COMPLETED")
    assert auditor.tasks(place.key) == []
    row, hazard = on_the_ledger(town, Place, place.no), on_the_ledger(town, Hazard, f"{place.no}-01")
    assert (row["status"], row["voided"], hazard["status"], hazard["voided"]) == ("误录撤销", True, "误录撤销", True)
    assert changes_of(town, correction, "place")[place.no][0] == {"status": "待分派", "voided": False, "void_reason": None}
    sentences = [entry["sentence"] for entry in auditor.timeline(correction)]
    assert any("陈阿妹" in each for each in sentences) and any("吴海" in each for each in sentences)
