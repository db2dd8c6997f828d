"""Places from their find to 销号, clicked through by everybody in a window of their own: at desks at 1280 px, in the field at 390 px."""

from tests.forms import filled, filled_acceptance, filled_place
from tests.journeys.place import PlaceCase
from tests.journeys.test_place_case import ORDINARY, noticed, reported

#: 五落实, as a plan names them.
FIVE = ("person", "measures", "funds", "milestones", "emergency")


def registered(place, answers, instance):
    place.do("chen.amei", "register_hazard", answers, instance)
    return instance


def struck_off(town, place):
    """Is the case over, and does its page say so?"""
    page = town.window("wang.zhiqiang").page
    page.goto(f"{town.server.url}/cases/{place.key}")
    return page.locator(".case-head").inner_text()


def test_what_is_put_right_on_the_spot_is_struck_off(clicking):
    # given a yellow hazard that was mended while the inspectors stood there
    town = clicking()
    place = PlaceCase(town).listed(**ORDINARY).assigned()
    instance = registered(place, filled.fixed(case_no=place.no, hazard_no=f"{place.no}-01"), place.hazard())

    # when it is re-checked, accepted and closed
    data = filled.recheck()
    data["recheck"]["items"] = [{"requirement": filled.register_hazard()["description"], "result": "合格", "note": ""}]
    place.rechecked(instance, data, "2024-04-03")
    assert place.acceptance_signed("2024-04-07") == ["居村@陈坊村居委会"]
    place.closed("2024-04-08", "2024-05-08")

    # then
    assert "已办结" in struck_off(town, place)


def test_a_failed_re_check_and_a_refused_acceptance_go_round_again(clicking):
    # given an ordinary hazard that takes a notice
    town = clicking()
    place = PlaceCase(town).listed(**ORDINARY).assigned()
    ordinary = filled.register_hazard(category="H10", sleepers=0, case_no=place.no, hazard_no=f"{place.no}-01")
    del ordinary["exits_ok"]
    instance = registered(place, ordinary, place.hazard())

    # when half of it is found undone, and the rest is done after a second notice
    noticed(place, instance, "2024-04-03", "2024-04-07", days=10)
    reported(place, instance, "2024-04-10", "一般")
    place.rechecked(instance, filled.failed(new_days=7), "2024-04-11")
    noticed(place, instance, "2024-04-12", "2024-04-15", days=7)
    reported(place, instance, "2024-04-17", "一般")
    place.rechecked(instance, filled.recheck(), "2024-04-18")

    # and the village refuses the acceptance, once
    place.acceptance_signed("2024-04-19", refusing="居村@陈坊村居委会")
    photos = [filled.photo("防火门.jpg", "2024-04-22T09:50+08:00")]
    remedy = filled_place.remedy_findings("2024-04-22T10:00+08:00", photos=photos)
    place.at("2024-04-22T15:00").do("lu.gen", "remedy_findings", remedy)
    place.acceptance_signed("2024-04-23")
    place.closed("2024-04-24", "2024-05-24")

    # then
    assert "已办结" in struck_off(town, place)


def test_a_major_hazard_takes_a_plan_the_whole_chain_and_those_who_had_no_part_in_it(clicking):
    # given a red hazard whose notice is signed
    town = clicking()
    place = PlaceCase(town).listed().assigned()
    instance = registered(place, filled.major(case_no=place.no, hazard_no=f"{place.no}-01"), place.hazard())
    noticed(place, instance, "2024-04-03", "2024-04-07", days=60)

    # when the plan is handed in without any of the five
    enterprise, plan = town.person("zheng.qiang"), filled.draft_plan()
    enterprise.claim(enterprise.task(instance, "draft_plan"))
    enterprise.fill({"plan": {name: value for name, value in plan["plan"].items() if name not in FIVE}})
    assert [said.removesuffix("：请填写此项。") for said in enterprise.problems()] == [
        *("第 1 行 措施", "第 1 行 责任人", "总责任人", "资金", "第 1 行 节点", "第 1 行 完成日期", "应急预案"),
    ]
    enterprise.complete(None, plan)
    place.do("wang.zhiqiang", "review_plan", filled.review_plan(), instance)
    place.do("zhou.ping", "review_plan_town", filled.review_plan(), instance)
    reported(place, instance, "2024-05-18")
    place.rechecked(instance, filled.recheck(), "2024-05-21")
    signed = place.acceptance_signed("2024-05-22")
    assert {"应急管理中心", "复查组@城管中队", "复查组@派出所", "复查组@消防救援站"} <= set(signed) and signed[-1] == "分管领导"

    # then neither whoever applied closes it, nor the leader who accepted it
    (closure,) = place.called("closure").values()
    place.at("2024-05-23T09:00").do("duo.mian", "apply_closure", filled_acceptance.apply_closure("2024-06-20"), closure)
    place.do("wang.zhiqiang", "check_closure", filled_acceptance.check_closure(), closure)
    assert "您办过本案的「申请销号」" in town.person("duo.mian").turned_away(closure, "approve_closure")
    place.do("xu.jing", "approve_closure", filled_acceptance.approve_closure(), closure)
    assert "您办过本案的" in town.person("wu.hai").turned_away(closure, "approve_closure_leader")
    place.do("he.yun", "approve_closure_leader", filled_acceptance.approve_closure(), closure)
    assert "已办结" in struck_off(town, place)
