"""隐患整改与复查 from its start to its ends, through the machine, the decision tables and the forms, on the calendar of 2024."""

from datetime import date, timedelta

import chinese_calendar
import pytest

from cases import printing
from engine.domain import separation
from engine.domain.errors import Invalid
from engine.domain.outcome import ACTIVE, COMPLETED
from engine.feel.calendar import Calendar
from tests.artefacts.issuing import Issuing
from tests.artefacts.town import Town, at
from tests.forms import filled

TOWN = Town()
YEAR = [date(2024, 1, 1) + timedelta(days=n) for n in range(366)]
CALENDAR = Calendar({day: chinese_calendar.is_workday(day) for day in YEAR}, [2024], "2024")
ORDER, LETTER = "责令限期整改指令书", "隐患告知（督促）函"
BUREAU, GOVERNMENT = "上海市松江区应急管理局", "上海市松江区小昆山镇人民政府"
RECHECKERS = [{"name": "潘岳", "cert_no": "09170011"}, {"name": "陶军", "cert_no": "09170012"}]


class Case(Issuing):
    """As Issuing; who did the re-check, the ledger would know. `ledger`: [(element, values)], `inspections`: [values] that it was told."""

    def __init__(self, *arguments, **variables):
        self.ledger, self.inspections = [], []
        super().__init__(*arguments, **variables)

    def answer(self, call):
        if call.name == "local:hazard:amend":
            assert call.variables["hazard_no"] == filled.HAZARD
            self.ledger.append((call.element_id, call.variables["values"]))
            return {"variables": {"entered": True}}
        if call.name == "local:inspection:enter":
            assert (call.variables["officers_of"], call.variables["hazard_no"]) == ("recheck", filled.HAZARD)
            self.inspections.append(call.variables["inspection"])
            return {"variables": {}}
        if call.name != "local:paper:issue_by_officers":
            return super().answer(call)
        assert self.definition.elements[call.variables["officers_of"]].id == "recheck"
        told = call.variables | {"data": call.variables["data"] | {"officers": RECHECKERS}}
        return {"variables": {"paper": self.issue(printing.clean(told))}}


def begun(calendar=CALENDAR, now="2024-04-01T10:00", **variables):
    """As place_case calls it, which hears of what is overdue."""
    return Case(TOWN, "hazard_rectification", at(now), calendar, caught_above={"escalation": [["OVERDUE", False]]}, **variables)


def ordinary(**changes):
    """A blocked fire exit without sleepers: yellow, 15 days."""
    facts = {**filled.register_hazard(category="H09", sleepers=0, exits_ok=True), **changes}
    return begun().fill_in("register_hazard", **facts)


def served(case, days, issued="2024-04-02", signed="2024-04-03"):
    """Notice issued and signed for."""
    case.until(at(f"{issued}T10:00")).fill_in("issue_notice", **filled.issue_notice(days))
    return case.until(at(f"{signed}T10:00")).fill_in("acknowledge_notice", **filled.acknowledge_notice())


def planned(case):
    """Plan filed and passed by both."""
    case.fill_in("draft_plan", **filled.draft_plan())
    case.fill_in("review_plan", **filled.review_plan())
    return case.fill_in("review_plan_town", **filled.review_plan()) if "review_plan_town" in case.open else case


def red():
    """A red hazard whose plan has passed, 60 days from 2024-04-03: until 2024-06-03, a Monday, because the second is a Sunday."""
    return planned(served(begun().fill_in("register_hazard", **filled.major()), 60))


def reported(case, finished="2024-05-18", **changes):
    case.until(at(f"{finished}T17:00"))
    return case.fill_in("report_completion", **filled.report_completion(f"{finished}T16:00+08:00", **changes))


def rechecked(case, day, data=filled.recheck):
    case.until(at(f"{day}T11:00"))
    return case.fill_in("recheck", **data(f"{day}T10:00+08:00") if data is filled.recheck else data(visited_at=f"{day}T10:00+08:00"))


def test_a_red_hazard_goes_from_its_find_to_being_struck_off():
    # given
    case = begun(special_period=False)
    assert case.open == ["register_hazard"]

    # when
    case.fill_in("register_hazard", **filled.major())
    assert case.variables["risk"]["colour"] == "红"
    served(case, 60)
    case.fill_in("draft_plan", **filled.draft_plan())
    assert case.open == ["review_plan"]
    case.fill_in("review_plan", **filled.review_plan())
    assert case.open == ["review_plan_town"]
    case.fill_in("review_plan_town", **filled.review_plan())
    reported(case)
    rechecked(case, "2024-05-21")

    # then
    assert case.status == COMPLETED
    assert case.path[-2:] == ["rechecked", "struck_off"]
    assert case.thrown == []
    assert [name for name, _ in case.decided] == ["risk_level", *["step_term"] * 8, "authority"]


def test_each_task_stands_in_the_queue_of_its_role_with_the_priority_of_its_risk():
    # given
    case, queues = begun(), {}

    def note():
        for task in case.tasks.values():
            queues[task.element_id] = (*task.candidate_groups, task.priority)

    # when
    note()
    case.fill_in("register_hazard", **filled.major())
    note()
    case.fill_in("issue_notice", **filled.issue_notice())
    note()
    case.until(at("2024-04-07T09:00"))
    note()
    case.fill_in("serve_notice", **filled.not_accepted("2024-04-07T07:30+08:00"))
    note()
    case.fill_in("leave_notice", **filled.leave_notice("2024-04-07T08:00+08:00"))
    note()
    case.fill_in("draft_plan", **filled.draft_plan())
    note()
    case.fill_in("review_plan", **filled.review_plan())
    note()
    case.fill_in("review_plan_town", **filled.review_plan())
    case.until(at("2024-05-29T12:00"))
    note()
    reported(case, "2024-06-05")
    note()

    # then
    factory = "企业@昆港五金制品有限公司"
    assert queues == {
        "register_hazard": ("居村", 50),
        "issue_notice": ("应急管理中心", 90),
        "acknowledge_notice": (factory, 90),
        "serve_notice": ("居村", 90),
        "leave_notice": ("复查组", 90),
        "draft_plan": (factory, 90),
        "review_plan": ("应急管理中心", 90),
        "review_plan_town": ("安委办", 90),
        "report_completion": (factory, 90),
        "report_progress": (factory, 90),
        "urge": ("居村", 90),
        "recheck": ("复查组", 90),
    }


def test_an_ordinary_hazard_needs_no_plan():
    case = served(ordinary(), 15)
    assert case.variables["risk"]["level"] == "一般"
    assert case.open == ["report_completion"]


def test_working_days_skip_the_festival_and_count_the_saturday_that_makes_up_for_it():
    """Qingming 2024: 4 to 6 April are off, Sunday the 7th is worked."""
    case = served(begun().fill_in("register_hazard", **filled.major()), 60)
    assert case.task("draft_plan").due == at("2024-04-11T23:59:59")


def test_the_deadline_runs_from_service_and_says_how_it_was_found():
    # given
    case = served(ordinary(), 10, signed="2024-04-03")

    # then
    found = case.variables["rectify_deadline"]
    assert found["start"].startswith("2024-04-03T10:00:00")
    assert {
        name: found[name] for name in ("date", "at", "n", "unit", "start_event", "provisional", "calendar", "pauses", "extensions")
    } == {
        "date": "2024-04-15",
        "at": "2024-04-15T23:59:59+08:00",
        "n": 10,
        "unit": "日",
        "start_event": "送达",
        "provisional": False,
        "calendar": "2024",
        "pauses": [],
        "extensions": [],
    }
    assert found["rule"] == "deadlines.dmn/step_term" and "安全生产法" in found["basis"]
    assert case.task("report_completion").due == at("2024-04-15T23:59:59")


def test_a_deadline_in_a_year_without_a_published_calendar_is_provisional():
    case = begun(calendar=Calendar({}, [], "none")).fill_in(
        "register_hazard", **filled.register_hazard(category="H09", sleepers=0, exits_ok=True)
    )
    assert served(case, 15).variables["rectify_deadline"]["provisional"] is True


def test_whoever_does_not_sign_is_served_at_the_door_and_the_term_begins_there():
    # given
    case = ordinary()
    case.until(at("2024-04-02T10:00")).fill_in("issue_notice", **filled.issue_notice(15))

    # when
    case.until(at("2024-04-06T12:00"))
    assert case.open == ["acknowledge_notice"]
    case.until(at("2024-04-08T09:00"))
    assert case.open == ["serve_notice"]
    case.until(at("2024-04-08T12:00")).fill_in("serve_notice", **filled.serve_notice("2024-04-08T10:00+08:00"))

    # then
    assert case.variables["rectify_deadline"]["date"] == "2024-04-23"


def test_what_is_not_accepted_is_served_once_two_officers_have_left_it_there():
    # given
    case = ordinary().until(at("2024-04-02T10:00")).fill_in("issue_notice", **filled.issue_notice(15)).until(at("2024-04-08T12:00"))

    # when
    case.fill_in("serve_notice", **filled.not_accepted("2024-04-08T10:00+08:00"))

    # then nothing is served yet, and the officers see what was refused, when, and by whom
    assert case.open == ["leave_notice"] and case.task("leave_notice").due == at("2024-04-11T23:59:59")
    assert case.variables["served_at"] is None and [kind for kind, _ in case.papers] == [LETTER]
    known = case.known("leave_notice")
    told = {"recipient": "王五", "recipient_role": "厂长", "refusal_reason": "称须与股东商量，拒绝签收。"}
    assert (known["refused_at"][:16], known["service"]) == ("2024-04-08T10:00", told)
    with pytest.raises(Invalid) as refused:
        case.fill_in("leave_notice", **filled.leave_notice("2024-04-08T09:30+08:00"))
    assert refused.value.details["problems"]["service.served_at"][0].startswith("「留置日期」不得早于「拒收时间」")

    # when
    case.until(at("2024-04-09T16:00")).fill_in("leave_notice", **filled.leave_notice("2024-04-09T15:00+08:00"))

    # then the term begins there
    assert case.variables["rectify_deadline"]["date"] == "2024-04-24" and case.open == ["report_completion"]
    assert case.variables["service"]["method"] == "留置送达"


def test_a_notice_may_give_less_time_than_the_table_and_never_more():
    case = ordinary().until(at("2024-04-02T10:00"))
    with pytest.raises(Invalid) as refused:
        case.fill_in("issue_notice", **filled.issue_notice(16))
    assert refused.value.details["problems"] == {"notice.days": ["「整改期限」应不大于 15，但填写的是「16」。"]}


def test_in_a_special_period_there_is_half_the_time():
    case = begun(special_period=True).fill_in("register_hazard", **filled.register_hazard(category="H09", sleepers=0, exits_ok=True))
    assert case.known("issue_notice")["max_days"] == 8


def test_what_was_mended_on_the_spot_goes_straight_to_the_re_check():
    # given
    case = begun().fill_in("register_hazard", **filled.fixed())
    assert case.open == ["recheck"]

    # when
    items = [{"requirement": filled.fixed()["description"], "result": "合格", "note": ""}]
    photos = [filled.photo("复查.jpg", "2024-04-02T09:00+08:00")]
    case.until(at("2024-04-02T11:00")).fill_in("recheck", **filled.recheck("2024-04-02T10:00+08:00", items=items, photos=photos))

    # then
    assert case.status == COMPLETED and "issue_notice" not in case.path


def test_what_was_not_mended_on_the_spot_after_all_gets_its_notice():
    case = begun().fill_in("register_hazard", **filled.fixed())
    items = [{"requirement": filled.fixed()["description"], "result": "不合格", "note": "灭火器仍过期"}]
    failed = filled.recheck("2024-04-02T10:00+08:00", items=items, outcome="不合格", new_days=5, next_step="下达通知。")
    case.until(at("2024-04-02T11:00")).fill_in("recheck", **failed)
    assert case.open == ["issue_notice"]
    assert case.known("issue_notice")["max_days"] == 5


def test_a_plan_comes_back_until_both_have_passed_it():
    # given
    case = served(begun().fill_in("register_hazard", **filled.major()), 60)

    # when
    case.fill_in("draft_plan", **filled.draft_plan())
    case.fill_in("review_plan", **filled.returned())
    assert case.open == ["draft_plan"]
    case.fill_in("draft_plan", **filled.draft_plan())
    case.fill_in("review_plan", **filled.review_plan())
    case.fill_in("review_plan_town", **filled.returned())
    assert case.open == ["draft_plan"] and case.variables["plan_approved"] is False
    planned(case)

    # then
    assert case.open == ["report_completion"]


def test_an_orange_plan_is_passed_without_the_town():
    case = begun().fill_in("register_hazard", **filled.register_hazard(exits_ok=True))
    assert case.variables["risk"]["level"] == "较大"
    served(case, 30)
    plan = {name: value for name, value in filled.draft_plan("2024-04-30")["plan"].items() if name != "signed_by_head"}
    case.fill_in("draft_plan", plan=plan)
    case.fill_in("review_plan", **filled.review_plan())
    assert case.open == ["report_completion"]


def test_a_plan_that_does_not_come_brings_the_officers():
    case = served(begun().fill_in("register_hazard", **filled.major()), 60)
    case.until(at("2024-04-12T08:00"))
    assert case.open == ["recheck"]
    assert case.variables["overdue"] is True and "plan_overdue_raised" in case.path


def test_reminders_come_seven_three_and_one_working_days_before_the_end():
    # given
    case, came = red(), []

    # when
    for day in range(1, 34):
        moment = at("2024-05-01T12:00") + timedelta(days=day)
        before = sum(task.element_id == "urge" for task in case.tasks.values())
        case.until(moment)
        if sum(task.element_id == "urge" for task in case.tasks.values()) > before:
            came.append(moment.date().isoformat())

    # then
    assert came == ["2024-05-23", "2024-05-29", "2024-05-31"]


def test_a_term_too_short_for_a_reminder_goes_without_it():
    # given
    case = served(ordinary(), 3)

    # then
    assert case.variables["rectify_deadline"]["date"] == "2024-04-07"
    assert case.until(at("2024-04-03T12:00")).open == ["report_completion"]
    case.until(at("2024-04-08T08:00"))
    assert case.path.count("urge") == 0 and case.open == ["recheck"]


def test_an_urging_is_kept_and_what_is_open_goes_when_the_work_is_reported():
    # given
    case = red().until(at("2024-05-23T12:00"))

    # when
    case.fill_in("urge", **filled.urge("2024-05-23T11:00+08:00"))
    case.until(at("2024-05-29T12:00"))
    assert "urge" in case.open
    reported(case, "2024-05-30")

    # then
    assert case.open == ["recheck"]
    assert [each["forecast"] for each in case.variables["urges"]] == ["能按期完成"]


def test_progress_is_asked_for_every_week_and_never_twice_at_once():
    # given
    case = red()

    # when
    case.until(at("2024-04-30T12:00"))
    assert [task.element_id for task in case.tasks.values()].count("report_progress") == 1
    case.fill_in("report_progress", **filled.report_progress("2024-04-30"))

    # then
    assert case.until(at("2024-05-07T11:00")).open == ["report_completion"]
    assert case.until(at("2024-05-07T13:00")).open == ["report_completion", "report_progress"]
    reported(case)
    assert case.open == ["recheck"]


def test_ordinary_hazards_report_every_month():
    case = served(ordinary(), 15)
    case.until(at("2024-04-18T12:00"))
    assert case.open == ["report_completion", "urge", "urge", "urge"]


def test_the_deadline_brings_the_officers_even_without_a_report():
    # given
    case = red()

    # when
    case.until(at("2024-06-03T23:59:58"))
    assert "report_completion" in case.open
    case.until(at("2024-06-04T00:00"))

    # then
    assert case.open == ["recheck"]
    assert case.variables["overdue"] is True
    assert case.task("recheck").due == at("2024-06-06T23:59:59")
    assert case.status == ACTIVE


def overslept(case, moment):
    """The one timer that is due on the last day fires when the worker comes round, on the next one."""
    (due,) = [id_ for id_, each in case.subscriptions.items() if each.kind == "timer" and each.due < moment]
    case.now = moment
    return case.do("trigger", subscription=due)


def test_the_place_hears_of_what_is_overdue_and_since_when():
    case = ordinary()
    overslept(served(case, 15).until(at("2024-04-18T12:00")), at("2024-04-19T00:00:04"))
    told = {"matter": "消防", "overdue_since": "2024-04-18"}
    assert [(thrown.kind, thrown.name, thrown.variables) for thrown in case.thrown] == [("escalation", "OVERDUE", told)]


def test_the_place_hears_of_a_plan_that_is_overdue_since_the_plan_was_due():
    case = begun().fill_in("register_hazard", **filled.major())
    overslept(served(case, 60), at("2024-04-12T08:00"))
    assert [str(thrown.variables["overdue_since"]) for thrown in case.thrown] == ["2024-04-11"]


def test_a_plan_that_comes_back_has_its_days_again():
    case = served(begun().fill_in("register_hazard", **filled.major()), 60).fill_in("draft_plan", **filled.draft_plan())
    case.until(at("2024-04-11T10:00")).fill_in("review_plan", **filled.returned())
    assert case.task("draft_plan").due == at("2024-04-18T23:59:59")
    assert case.until(at("2024-04-18T23:59:58")).open == ["draft_plan"] and case.until(at("2024-04-19T00:00:00")).open == ["recheck"]


def test_a_re_check_that_fails_begins_again_with_a_notice_a_service_and_a_deadline_of_its_own():
    # given
    case = reported(red())

    # when
    rechecked(case, "2024-05-21", filled.failed)
    assert case.open == ["issue_notice"] and case.known("issue_notice")["max_days"] == 20
    with pytest.raises(Invalid):
        case.until(at("2024-05-22T10:00")).fill_in("issue_notice", **filled.issue_notice(21))
    served(case, 20, issued="2024-05-22", signed="2024-05-23")

    # then
    assert case.open == ["report_completion"], "the plan that was passed still stands"
    assert case.variables["rectify_deadline"]["date"] == "2024-06-12"
    after = [filled.photo("后.jpg", "2024-06-10T15:00+08:00")]
    reported(case, "2024-06-10", after=after)
    photos = [filled.photo("复查.jpg", "2024-06-12T10:00+08:00")]
    case.until(at("2024-06-12T11:00")).fill_in("recheck", **filled.recheck("2024-06-12T10:00+08:00", photos=photos))
    assert case.status == COMPLETED
    assert case.path.count("recheck") == 2 and case.path[-1] == "struck_off"


def test_sixty_rounds_leave_the_state_as_small_as_the_first():
    """Rework costs at its end what it cost at its start."""
    # given
    case = begun().fill_in("register_hazard", **filled.fixed())
    failed = filled.recheck(
        "2024-04-01T10:00+08:00",
        items=[{"requirement": filled.fixed()["description"], "result": "不合格", "note": ""}],
        outcome="不合格",
        new_days=5,
        next_step="下达通知。",
        photos=[filled.photo("复查.jpg", "2024-04-01T09:00+08:00")],
    )
    sizes = []

    # when
    case.fill_in("recheck", **failed)
    for _ in range(60):
        case.fill_in("issue_notice", **filled.issue_notice(5))
        sizes.append(len(case.raw))
        case.fill_in("acknowledge_notice", **filled.acknowledge_notice())
        items = [
            {"requirement": each["text"], "done": "未完成", "note": "未动工"} for each in filled.issue_notice()["notice"]["requirements"]
        ]
        completion = {
            name: value for name, value in filled.report_completion()["completion"].items() if name not in ("root_cause", "long_term")
        }
        now = case.now.isoformat(timespec="minutes")
        after = [filled.photo("后.jpg", now)]
        before = [filled.photo("前.jpg", "2024-04-01T08:00+08:00")]
        case.until(case.now + timedelta(minutes=1))
        case.fill_in(
            "report_completion",
            completion={**completion, "items": items, "before": before, "after": after, "finished_at": case.now.isoformat()},
        )
        results = [{"requirement": each["requirement"], "result": "不合格", "note": ""} for each in items]
        again = {**failed["recheck"], "visited_at": case.now.isoformat(), "items": results}
        case.fill_in("recheck", recheck=again)

    # then
    assert case.variables["round"] == 61
    assert max(sizes) <= min(sizes) + 20, "the numbers grow a digit or two, and nothing else"


@pytest.mark.parametrize(
    "field, filled_in, kind, mode, organ, number",
    [
        ("安全生产", filled.order, ORDER, "委托", BUREAU, "松应急责改〔2024〕1号"),
        ("消防", filled.issue_notice, LETTER, "无", GOVERNMENT, "松昆隐告〔2024〕1号"),
    ],
)
def test_the_table_of_authority_tells_whether_an_order_or_a_letter_is_issued_and_in_whose_name(field, filled_in, kind, mode, organ, number):
    # given
    case = ordinary(field=field).until(at("2024-04-02T10:00"))
    assert case.known("issue_notice")["authority"]["mode"] == mode

    # when
    case.fill_in("issue_notice", **filled_in(15))

    # then
    ((issued, told),) = case.papers
    assert (issued, told["organ"], told["seal"], told["addressee"]) == (kind, organ, organ, "昆港五金制品有限公司")
    assert (told["case_no"], told["hazard_no"], told["term"]) == (filled.CASE, filled.HAZARD, "15日")
    assert told["hazards"][0]["requirement"] == "1．拆除三间隔间，搬离全部住宿人员；2．增设一部封闭楼梯间"
    assert told.get("transfer_to") == (None if kind == ORDER else "区消防救援支队")
    kept = case.variables["notice_paper"]
    assert (kept["number"], kept["kind"], kept["organ"], kept["issued_on"]) == (number, kind, organ, "2024-04-02")


def test_what_a_letter_has_no_right_to_is_not_filled_in_for_it():
    case = ordinary().until(at("2024-04-02T10:00"))
    with pytest.raises(Invalid) as refused:
        case.fill_in("issue_notice", **filled.order(15))
    assert sorted(refused.value.details["problems"]) == ["notice.entrustment", "notice.rights"]


def test_what_is_served_at_the_door_has_its_receipt_and_what_is_signed_for_online_has_none():
    # given
    case = ordinary().until(at("2024-04-02T10:00")).fill_in("issue_notice", **filled.issue_notice(15)).until(at("2024-04-08T12:00"))

    # when
    case.fill_in("serve_notice", **filled.serve_notice("2024-04-08T10:00+08:00"))

    # then
    kind, told = case.papers[-1]
    assert (kind, told["documents"]) == ("送达回证", [{"name": LETTER, "number": case.variables["notice_paper"]["number"]}])
    assert (told["received_by"], told["refusal"], told["officers"][0]["cert_no"]) == ("王五（厂长）", None, None)
    assert told["number"] == case.variables["service_paper"]["number"]
    assert [kind for kind, _ in served(ordinary(), 15).papers] == [LETTER]


def test_every_way_of_service_makes_a_receipt():
    ways = {
        "直接送达": ({}, "王五（厂长）", None),
        "邮寄送达": ({"tracking_no": "EMS1234567890"}, "王五（厂长）", "邮件编号EMS1234567890"),
        "委托送达": ({"entrusted": "大港村村民委员会"}, "王五（厂长）", "委托大港村村民委员会送达"),
        "公告送达": ({"announced_in": "镇政府公告栏"}, None, "公告于镇政府公告栏"),
    }
    for method, (more, received_by, remark) in ways.items():
        case = ordinary().until(at("2024-04-02T10:00")).fill_in("issue_notice", **filled.issue_notice(15)).until(at("2024-04-08T12:00"))
        service = filled.serve_notice("2024-04-08T10:00+08:00", method=method, **more)["service"]
        left_out = ("recipient", "recipient_role", "refused") if method == "公告送达" else ()
        case.fill_in("serve_notice", service={name: value for name, value in service.items() if name not in left_out})
        told = case.papers[-1][1]
        assert (told["method"], told["received_by"], told["remark"]) == (method, received_by, remark)


@pytest.mark.parametrize(
    "left, witness, remark",
    [(filled.leave_notice, "陈平（陈坊村村民委员会）", None), (filled.left_on_film, None, "拍照、录像记录送达过程")],
)
def test_what_was_left_there_has_a_receipt_with_the_reason_and_with_a_witness_or_a_recording(left, witness, remark):
    # given
    case = ordinary().until(at("2024-04-02T10:00")).fill_in("issue_notice", **filled.issue_notice(15)).until(at("2024-04-08T16:00"))
    case.fill_in("serve_notice", **filled.not_accepted())

    # when
    case.fill_in("leave_notice", **left())

    # then
    kind, told = case.papers[-1]
    assert (kind, told["method"], told["received_by"], told["witness"], told["remark"]) == ("送达回证", "留置送达", None, witness, remark)
    assert (told["refusal"], told["officers"]) == ("称须与股东商量，拒绝签收。", filled.officers())


def test_the_opinion_of_the_re_check_names_the_two_officers_and_the_paper_that_it_follows():
    # given
    case = reported(red())

    # when
    rechecked(case, "2024-05-21", filled.failed)

    # then
    kind, told = case.papers[-1]
    assert (kind, told["organ"], told["officers"]) == ("复查意见书", GOVERNMENT, RECHECKERS)
    assert told["order"] == {"date": "2024-04-02", "name": LETTER, "number": case.variables["notice_paper"]["number"]}
    assert [each["result"] for each in told["results"]] == ["合格", "不合格"]
    assert told["conclusion"].startswith("部分合格：") and told["next_step"].endswith("（重新下达的期限不超过20日，以新的通知为准）")

    # when: the notice that follows is a paper of its own
    served(case, 20, issued="2024-05-22", signed="2024-05-23")
    kind, told = case.papers[-1]
    assert (kind, told["inspected_on"], told["term"]) == (LETTER, "2024-05-21", "20日")
    assert len({told["number"] for _, told in case.papers}) == 3


def test_whoever_is_refused_entry_says_so_in_the_opinion():
    case = reported(red()).until(at("2024-05-21T11:00")).fill_in("recheck", **filled.refused())
    ((row,),) = [told["results"] for kind, told in case.papers if kind == "复查意见书"]
    assert (row["result"], row["note"]) == ("未能复查", "负责人锁闭大门，拒绝两名执法人员进入车间。")


def test_what_was_mended_on_the_spot_has_an_opinion_and_no_notice():
    case = begun().fill_in("register_hazard", **filled.fixed())
    items = [{"requirement": filled.fixed()["description"], "result": "合格", "note": ""}]
    photos = [filled.photo("复查.jpg", "2024-04-02T09:00+08:00")]
    case.until(at("2024-04-02T11:00")).fill_in("recheck", **filled.recheck("2024-04-02T10:00+08:00", items=items, photos=photos))
    ((kind, told),) = case.papers
    assert (kind, told["organ"], told["order"]["date"], told["order"]["number"]) == ("复查意见书", GOVERNMENT, "2024-04-01", None)


@pytest.mark.parametrize("outcome", ["拒检", "拒不执行"])
def test_a_refusal_is_told_to_the_penalty_process_and_strikes_nothing_off(outcome):
    # given
    case = reported(red()).until(at("2024-05-21T11:00"))

    # when
    case.fill_in("recheck", **filled.refused(outcome))

    # then
    (message,) = case.thrown
    assert (message.kind, message.name) == ("message", "refusal_confirmed")
    assert message.variables["refusal"] == outcome
    assert message.variables["hazard_no"] == filled.HAZARD
    assert message.variables["recheck"]["refusal_facts"]
    assert case.status == COMPLETED
    assert case.path[-1] == "handed_over" and "struck_off" not in case.path


def test_the_re_check_takes_two_officers_who_neither_found_nor_ordered_nor_mended():
    recheck = TOWN.definitions["hazard_rectification"].elements["recheck"]
    assert separation.officers(recheck.properties) == 2
    assert {(rule.element_id, rule.whole_unit) for rule in separation.rules(recheck.properties)} == {
        ("register_hazard", False),
        ("issue_notice", False),
        ("acknowledge_notice", True),
        ("draft_plan", True),
        ("report_completion", True),
    }


def test_whoever_reviews_a_plan_has_no_part_in_it():
    elements = TOWN.definitions["hazard_rectification"].elements
    assert [(rule.element_id, rule.whole_unit) for rule in separation.rules(elements["review_plan"].properties)] == [("draft_plan", True)]
    assert [(rule.element_id, rule.whole_unit) for rule in separation.rules(elements["review_plan_town"].properties)] == [
        ("draft_plan", True),
        ("review_plan", False),
    ]
