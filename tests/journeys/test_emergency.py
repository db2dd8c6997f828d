"""紧急处置: whoever finds a danger stops it at any moment; others inspect, others consent, and acceptance waits until they have."""

from cases.hazards import Hazard
from cases.places import Place
from tests.forms import filled, filled_adhoc
from tests.journeys.place import PlaceCase
from tests.journeys.test_place_case import ORDINARY, on_the_ledger, refused_to_take


def test_a_stopped_place_waits_with_its_acceptance_until_others_have_inspected_it_and_consented(town, clock):
    # given a place whose one hazard was put right on the spot, and is yet to be re-checked
    place = PlaceCase(town).listed(**ORDINARY).assigned()
    rectification = place.hazard()
    place.do("chen.amei", "register_hazard", filled.fixed(case_no=place.no, hazard_no=f"{place.no}-01"), rectification)

    # when a policeman smells solvent there, and two of the centre stop it
    stop = town.person("qian.fang").start("emergency_stop")
    photos = [filled.photo("现场.jpg", "2024-04-02T14:50+08:00")]
    report = filled_adhoc.report_danger("2024-04-02T14:45+08:00", photos=photos) | {"case_no": place.no}
    place.do("qian.fang", "report_danger", report, stop)
    ordering = place.do("hu.tong", "order_stop", filled_adhoc.order_stop("2024-04-02T14:55+08:00"), stop)
    assert on_the_ledger(town, Place, place.no)["stopped"] == 0, "one officer alone stops nothing"
    town.person("li.min").sign_in().json("POST", f"/api/tasks/{ordering}/confirmation", status=204)
    assert on_the_ledger(town, Place, place.no)["stopped"] == 1

    # and the village evacuates it, the order is written, and the hazard is found to be put right
    place.at("2024-04-02T17:00")
    photos = [filled.photo("封闭.jpg", "2024-04-02T15:50+08:00")]
    place.do("chen.amei", "evacuate", filled_adhoc.evacuate("2024-04-02T15:50+08:00", photos=photos), stop)
    place.do("wang.zhiqiang", "write_order", filled_adhoc.write_order(), stop)
    (paper,) = town.person("wang.zhiqiang").json("GET", f"/api/instances/{stop}/papers")
    assert paper["kind"] == "现场处理措施决定书" and paper["number"].startswith("松应急现决〔2024〕")
    data = filled.recheck()
    data["recheck"]["items"] = [{"requirement": filled.register_hazard()["description"], "result": "合格", "note": ""}]
    place.rechecked(rectification, data, "2024-04-03")

    # then nobody is asked to accept the place
    assert on_the_ledger(town, Hazard, f"{place.no}-01")["status"] == "复查合格"
    assert on_the_ledger(town, Place, place.no)["status"] == "整改中"
    assert place.called("graded_acceptance") == {}

    # when the enterprise applies, neither who ordered inspects nor who inspected consents
    place.at("2024-04-07T09:00").do("zheng.qiang", "apply_resume", filled_adhoc.apply_resume("2024-04-03"), stop)
    assert "took no part in 责令停止, but hu.tong did" in refused_to_take(town, "hu.tong", stop, "inspect_resume")
    place.at("2024-04-08T11:00")
    photos = [filled.photo("检查.jpg", "2024-04-08T10:00+08:00")]
    inspecting = place.do("zhao.lei", "inspect_resume", filled_adhoc.inspect_resume("2024-04-08T10:00+08:00", photos=photos), stop)
    town.person("qin.jian").sign_in().json("POST", f"/api/tasks/{inspecting}/confirmation", status=204)
    assert "took no part in 恢复前检查, but qin.jian did" in refused_to_take(town, "qin.jian", stop, "consent_resume")
    assert place.called("graded_acceptance") == {}
    place.do("wu.hai", "consent_resume", filled_adhoc.consent_resume(), stop)

    # then work resumes, and so does the place
    assert town.person("jiang.audit").status(stop) == "COMPLETED"
    town.wait(lambda: place.called("graded_acceptance"))
    row = on_the_ledger(town, Place, place.no)
    assert (row["stopped"], row["status"]) == (0, "待验收")
    assert place.acceptance_signed("2024-04-09") == ["居村@陈坊村居委会"]
