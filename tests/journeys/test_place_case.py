"""A place from its find to 销号 through HTTP, everybody under their own account."""

import pytest
from sqlalchemy import select

from cases.hazards import Hazard
from cases.inspections import Inspection
from cases.places import Place
from tests.forms import filled, filled_acceptance, filled_place
from tests.journeys.place import PlaceCase

#: A workshop where nobody sleeps, with an extinguisher that is past its date: yellow.
ORDINARY = {
    "place": filled_place.place(sleepers=0, place_types=["P1"]),
    "hazards": [filled_place.hazard(category="H10", location="一层车间", description="一层车间两具灭火器过期，未及时更换。")],
    "facts": filled_place.facts(exits_ok=True),
}


def on_the_ledger(town, model, number):
    with town._reading.connect() as connection:
        return dict(connection.execute(select(model.__table__).where(model.no == number)).mappings().one())


def rechecks(town, number):
    """[(day, result, names of those who hold a certificate)] of the inspections that the first hazard of a place called for."""
    with town._reading.connect() as connection:
        chosen = select(Inspection.__table__).where(Inspection.place_no == number, Inspection.trigger == f"{number}-01")
        rows = connection.execute(chosen.order_by(Inspection.at)).mappings().all()
    return [(f"{row['at']:%Y-%m-%d}", row["result"], [one["name"] for one in row["inspectors"] if one["cert_no"]]) for row in rows]


@pytest.fixture
def place(town, clock):
    return PlaceCase(town)


def refused_to_take(town, who, instance, element):
    """The sentence with which a task is not given to somebody in whose queue it stands."""
    person = town.person(who)
    body = {"assignee": who, "allowOverride": False}
    return person.refused(403, "POST", f"/v2/user-tasks/{person.task(instance, element)}/assignment", body)


def noticed(place, instance, issued, signed, days):
    """下达, 签收."""
    place.at(f"{issued}T10:00").do("li.min", "issue_notice", filled.issue_notice(days), instance)
    place.at(f"{signed}T10:00").do("zheng.qiang", "acknowledge_notice", filled.acknowledge_notice(), instance)


def completion(day, level):
    """F05 of a day; only what is serious asks for its cause."""
    found = filled.report_completion(f"{day}T16:00+08:00", after=[filled.photo("后.jpg", f"{day}T15:00+08:00")])
    if level in ("低", "一般"):
        for name in ("root_cause", "long_term"):
            del found["completion"][name]
    return found


def reported(place, instance, day, level="重大"):
    """整改完成."""
    place.at(f"{day}T17:00").do("zheng.qiang", "report_completion", completion(day, level), instance)


def test_what_is_put_right_on_the_spot_is_struck_off_the_same_week(place, town):
    # given a yellow hazard that was mended while the inspectors stood there
    place.listed(**ORDINARY).assigned()
    assert on_the_ledger(town, Place, place.no)["status"] == "整改中"
    instance = place.hazard()
    place.do("chen.amei", "register_hazard", filled.fixed(case_no=place.no, hazard_no=f"{place.no}-01"), instance)

    # when it is re-checked, accepted and closed
    data = filled.recheck()
    data["recheck"]["items"] = [{"requirement": filled.register_hazard()["description"], "result": "合格", "note": ""}]
    place.rechecked(instance, data, "2024-04-03")
    assert on_the_ledger(town, Hazard, f"{place.no}-01")["status"] == "复查合格"
    assert place.acceptance_signed("2024-04-07") == ["居村@陈坊村居委会"]
    place.closed("2024-04-08", "2024-05-08")

    # then
    row = on_the_ledger(town, Place, place.no)
    assert (row["status"], row["risk_level"], row["disposition"]) == ("已销号", "一般", "整治")
    assert town.person("jiang.audit").status(place.key) == "COMPLETED"


def test_a_failed_re_check_goes_round_again_until_it_is_accepted_and_struck_off(place, town):
    # given an ordinary hazard that takes a notice
    place.listed(**ORDINARY).assigned()
    instance = place.hazard()
    ordinary = filled.register_hazard(category="H10", sleepers=0, case_no=place.no, hazard_no=f"{place.no}-01")
    place.do("chen.amei", "register_hazard", {name: value for name, value in ordinary.items() if name != "exits_ok"}, instance)

    # when the first re-check finds half of it undone
    noticed(place, instance, "2024-04-03", "2024-04-07", days=10)
    reported(place, instance, "2024-04-10", "一般")
    place.rechecked(instance, filled.failed(new_days=7), "2024-04-11")
    noticed(place, instance, "2024-04-12", "2024-04-15", days=7)
    reported(place, instance, "2024-04-17", "一般")
    place.rechecked(instance, filled.recheck(), "2024-04-18")

    # then the ledger counts two re-checks
    row = on_the_ledger(town, Hazard, f"{place.no}-01")
    assert (row["status"], row["rounds"], row["deadline_provisional"]) == ("复查合格", 2, False)
    assert rechecks(town, place.no) == [("2024-04-11", "部分合格", ["潘岳", "陶军"]), ("2024-04-18", "合格", ["潘岳", "陶军"])]

    # and after an acceptance that is refused, the findings come back with the case
    assert place.acceptance_signed("2024-04-19", refusing="居村@陈坊村居委会") == ["居村@陈坊村居委会"]
    assert on_the_ledger(town, Place, place.no)["status"] == "验收退回"
    assert [one["what"] for one in place.value("findings")] == ["封闭楼梯间未装防火门"]
    photos = [filled.photo("防火门.jpg", "2024-04-22T09:50+08:00")]
    remedy = filled_place.remedy_findings("2024-04-22T10:00+08:00", photos=photos)
    place.at("2024-04-22T15:00").do("lu.gen", "remedy_findings", remedy)
    place.acceptance_signed("2024-04-23")
    place.closed("2024-04-24", "2024-05-24")
    assert on_the_ledger(town, Place, place.no)["status"] == "已销号"


def test_a_major_hazard_takes_a_plan_the_whole_chain_and_a_closure_by_those_who_had_no_part_in_it(place, town):
    # given a red hazard whose plan lacks its money
    place.listed().assigned()
    instance = place.hazard()
    place.do("chen.amei", "register_hazard", filled.major(case_no=place.no, hazard_no=f"{place.no}-01"), instance)
    noticed(place, instance, "2024-04-03", "2024-04-07", days=60)
    enterprise = town.person("zheng.qiang")
    plan = enterprise.task(instance, "draft_plan")
    enterprise.claim(plan)

    # then it cannot be handed in while any of the five is empty
    for name in ("person", "measures", "funds", "milestones", "emergency"):
        lacking = filled.draft_plan()
        del lacking["plan"][name]
        refused = enterprise.json("POST", f"/v2/user-tasks/{plan}/completion", {"variables": enterprise.uploaded(lacking)}, status=400)
        assert f"plan.{name}" in refused["problems"], name
    enterprise.complete(plan, filled.draft_plan())
    place.do("wang.zhiqiang", "review_plan", filled.review_plan(), instance)
    place.do("zhou.ping", "review_plan_town", filled.review_plan(), instance)
    reported(place, instance, "2024-05-18")
    place.rechecked(instance, filled.recheck(), "2024-05-21")

    # when everybody of the chain signs
    signed = place.acceptance_signed("2024-05-22")
    assert signed[0] == "居村@陈坊村居委会" and signed[-1] == "分管领导"
    assert {"应急管理中心", "复查组@城管中队", "复查组@派出所", "复查组@消防救援站"} <= set(signed)

    # then neither whoever applied closes it, nor the leader who accepted it
    (closure,) = place.called("closure").values()
    place.at("2024-05-23T09:00").do("duo.mian", "apply_closure", filled_acceptance.apply_closure("2024-06-20"), closure)
    place.do("wang.zhiqiang", "check_closure", filled_acceptance.check_closure(), closure)
    assert "took no part in 申请销号, but duo.mian did" in refused_to_take(town, "duo.mian", closure, "approve_closure")
    place.do("xu.jing", "approve_closure", filled_acceptance.approve_closure(), closure)
    assert "took no part in sign_opinion, but wu.hai did" in refused_to_take(town, "wu.hai", closure, "approve_closure_leader")
    place.do("he.yun", "approve_closure_leader", filled_acceptance.approve_closure(), closure)
    assert on_the_ledger(town, Place, place.no)["status"] == "已销号"

    # and its papers are opened by who sees the case, with a reason that is recorded, and by nobody else
    office = town.person("xu.jing")
    papers = office.json("GET", f"/api/instances/{place.key}/papers")
    assert [paper["kind"] for paper in papers] == ["隐患告知（督促）函", "复查意见书", "验收单", "销号审批表"]
    path = f"/api/papers/{papers[-1]['key']}/opening"
    assert "but found none" in office.refused(400, "POST", path, {"reason": " "})
    assert "none that feng.lan can see" in town.person("feng.lan").refused(404, "POST", path, {"reason": "看看"})
    opened = office.ask("POST", path, {"reason": "装订案卷"})
    assert opened.content.startswith(b"PK") and "wordprocessingml" in opened.headers["Content-Type"]
    looked = [entry for entry in office.timeline(place.key) if entry["kind"] == "access:looked"]
    assert [entry["sentence"] for entry in looked] == [f"徐静 查看了 销号审批表 {papers[-1]['number']}，理由：装订案卷"]


def test_a_place_with_twelve_hazards_under_three_parties_closes_only_when_all_are_verified(place, town):
    # given twelve yellow hazards, put right on the spot by the owner, the tenant and the one who holds a part of it from the tenant
    parties = [filled_place.owner(), filled_place.tenant(), filled_place.subtenant()]
    hazards = [
        filled_place.hazard(category="H10", location=f"{n} 号车间", description=f"{n} 号车间灭火器过期，未及时更换。", party=party["name"])
        for n, party in zip(range(1, 13), parties * 4, strict=True)
    ]
    place.listed(**{**ORDINARY, "parties": parties, "hazards": hazards}).assigned()
    working = place.called("hazard_rectification")
    assert sorted(working) == [f"{place.no}-{n:02d}" for n in range(1, 13)]

    # when eleven of them are verified
    data = filled.recheck()
    data["recheck"]["items"] = [{"requirement": filled.register_hazard()["description"], "result": "合格", "note": ""}]
    for number, instance in sorted(working.items())[:-1]:
        place.do("chen.amei", "register_hazard", filled.fixed(case_no=place.no, hazard_no=number), instance)
        place.rechecked(instance, data, "2024-04-03")

    # then nobody is asked to accept the place yet
    assert place.called("graded_acceptance") == {}
    assert on_the_ledger(town, Place, place.no)["status"] == "整改中"
    number, instance = sorted(working.items())[-1]
    place.do("chen.amei", "register_hazard", filled.fixed(case_no=place.no, hazard_no=number), instance)
    place.rechecked(instance, data, "2024-04-08")
    assert on_the_ledger(town, Place, place.no)["status"] == "待验收"
    assert len(place.called("graded_acceptance")) == 1


def test_a_relapse_is_a_case_of_its_own_that_knows_where_it_comes_from(town, clock):
    # of a place that no other story knows: only so many that look the same are shown
    own = ORDINARY | {"place": ORDINARY["place"] | {"name": "秦安街 12 号堆场", "address": "秦安街 12 号"}}
    first = PlaceCase(town).listed(**own)

    again = PlaceCase(town, reopened_from=first.no).listed(**own)

    row = on_the_ledger(town, Place, again.no)
    assert (row["reopened_from"], row["status"]) == (first.no, "回潮重开")
    shown = [one["no"] for one in again.value("duplicates", again.intake)]
    assert shown == [first.no]
