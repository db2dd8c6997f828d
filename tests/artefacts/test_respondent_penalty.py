"""当事人处罚 with its hearing and its execution: one respondent's rights, terms, decision, payment; each leg for itself."""

import pytest

from engine.domain import separation
from engine.domain.errors import Invalid
from engine.domain.outcome import COMPLETED
from engine.feel.calendar import Calendar
from tests.artefacts.test_enforcement import TOWN, filed, investigated, legs, transferred
from tests.artefacts.town import at
from tests.forms import filled_enforcement as filled
from tests.forms.filled import HAZARD

HEAD = {"article": "安全生产法94", "role": "主要负责人", "first_time": True, "corrected_in_time": False}
INVESTIGATORS = {("enforcement", "file_case"), ("enforcement", "take_statements")}


def both(*respondents):
    """(case, leg of the unit, leg of the person), just opened on 9 May 2024."""
    case = investigated(*respondents)
    by_kind = {leg.variables["respondent"]["kind"]: leg for leg in legs(case).values()}
    return case, by_kind["单位"], by_kind.get("个人")


def told(case, leg, fine, served="2024-05-10", **changes):
    """Notice drafted and served."""
    needs = leg.variables["discretion"]["needs_hearing"]
    hearing = {"hearing_right": filled.HEARING_RIGHT} if needs else {}
    leg.fill_in("draft_notice", **filled.draft_penalty_notice(fine, **hearing))
    case.until(max(case.now, at(f"{served}T11:00")))
    return leg.fill_in("serve_notice", **filled.service(f"{served}T10:00+08:00", **changes))


def decided(case, leg, fine, served):
    """Reviewed where it has to be, decided and served."""
    if "legal_review" in leg.open:
        leg.fill_in("legal_review", **filled.legal_review())
    leg.fill_in("decide_penalty", **filled.decide_penalty(fine))
    case.until(at(f"{served}T11:00"))
    return leg.fill_in("serve_decision", **filled.service(f"{served}T10:00+08:00", method="当场交付"))


def running(leg):
    """The execution that a leg called."""
    return next(reversed(leg.children.values()))


def paid(case, number, amount, on, receipt="收据 1"):
    return case.correlate("payment.received", number, payment={"amount": amount, "paid_on": on, "receipt_no": receipt})


def published(case, leg, on):
    case.until(max(case.now, at(f"{on}T12:00")))
    masked = {"masked": True} if leg.variables["respondent"]["kind"] == "个人" else {}
    return running(leg).fill_in("publish_decision", **filled.publish_decision(f"{on}T11:30+08:00", **masked))


def executing(fine=11750):
    """(case, leg, execution) of a unit whose decision of 10 May 2024 was served on the 20th, a Monday: to be paid by 4 June."""
    case, unit, _ = both(filled.unit())
    told(case, unit, fine, waived=True, waiver=[filled.paper("放弃书.pdf")])
    decided(case, unit, fine, "2024-05-20")
    return case, unit, running(unit)


def test_both_legs_of_103_2_end_with_two_decisions_of_two_numbers():
    """4b: ¥11,750 for the lessor and ¥2,350 for its manager, the published case of 新吴区."""
    # given
    case, unit, person = both()

    # when
    for leg, fine in ((unit, 11750), (person, 2350)):
        told(case, leg, fine)
    case.until(at("2024-05-16T10:00"))
    for leg, fine, day in ((unit, 11750, "2024-05-17"), (person, 2350, "2024-05-20")):
        decided(case, leg, fine, day)
        paid(case, leg.variables["penalty_no"], fine, day, f"收据 {fine}")
        published(case, leg, day)

    # then
    assert [(kind, number) for kind, number, _ in case.office.papers() if "决定书" in kind] == [
        ("行政处罚决定书（单位）", "松应急罚单〔2024〕1号"),
        ("行政处罚决定书（个人）", "松应急罚个〔2024〕1号"),
    ]
    assert [(each.fine, each.paid, each.status) for each in case.office.penalties()] == [(11750, 11750, "已缴清"), (2350, 2350, "已缴清")]
    case.fill_in("report_closing", **filled.report_closing())
    case.fill_in("approve_closing", **filled.approve_closing())
    assert case.status == COMPLETED
    assert [(each.kind, each.name) for each in case.thrown if each.kind == "signal"] == [("signal", "penalty_done")]
    assert [(each["outcome"], each["collection"]) for each in case.variables["results"]] == [("处罚", "已缴清")] * 2


def test_a_hearing_for_the_person_delays_the_enterprise_by_nothing():
    """4: art. 94 starts at ¥20,000, so the person may ask for a hearing while the enterprise pays."""
    # given
    case, unit, person = both(filled.unit(), filled.person(**HEAD))
    told(case, unit, 11750)
    told(case, person, 20000)

    # when
    case.until(at("2024-05-13T10:00"))
    case.correlate("hearing.requested", person.variables["penalty_no"], hearing_request={"reason": "裁量过重"})
    case.until(at("2024-05-16T10:00"))
    decided(case, unit, 11750, "2024-05-17")
    paid(case, unit.variables["penalty_no"], 11750, "2024-05-20")
    published(case, unit, "2024-05-20")

    # then
    assert unit.status == COMPLETED and case.open == []
    (hearing,) = person.children.values()
    assert hearing.open == ["examine_hearing"]
    hearing.fill_in("examine_hearing", **filled.examine_hearing("2024-06-03T09:30+08:00"))
    hearing.fill_in("notify_hearing", **filled.notify_hearing("2024-05-20T11:00+08:00"))
    case.until(at("2024-06-03T12:00"))
    hearing.fill_in("hold_hearing", **filled.hold_hearing("2024-06-03T09:30+08:00"))
    assert person.open == ["legal_review"], "after a hearing nothing is decided without it"
    decided(case, person, 20000, "2024-06-05")
    paid(case, person.variables["penalty_no"], 20000, "2024-06-06", "收据 2")
    published(case, person, "2024-06-06")
    assert case.open == ["report_closing"]
    ((decision,),) = [[each for each in case.office.penalties() if each.kind == "个人"]]
    assert (decision.fine, decision.late_fine, decision.decision_no) == (20000, 0, "松应急罚个〔2024〕1号")


def test_neither_an_appraisal_nor_a_hearing_counts_among_the_ninety_days():
    """T3 from 7 May: 5 August. Five days of an appraisal, and 20 May to 3 June for the hearing: twenty days more, to a Sunday."""
    # given
    case = filed(filled.person(**HEAD)).until(at("2024-05-13T10:00"))
    case.fill_in("take_statements", **filled.take_statements(appraised=True, pauses=[filled.appraised("2024-05-08", "2024-05-12")]))
    (person,) = legs(case).values()
    told(case, person, 20000, served="2024-05-17")
    case.until(at("2024-05-20T10:00"))
    case.correlate("hearing.requested", person.variables["penalty_no"], hearing_request={"reason": "裁量过重"})
    (hearing,) = person.children.values()

    # when
    hearing.fill_in("examine_hearing", **filled.examine_hearing("2024-06-03T09:30+08:00", requested_on="2024-05-20"))
    hearing.fill_in("notify_hearing", **filled.notify_hearing("2024-05-20T10:00+08:00"))
    case.until(at("2024-06-03T12:00"))
    hearing.fill_in("hold_hearing", **filled.hold_hearing("2024-06-03T09:30+08:00"))

    # then
    due = person.variables["decision_due"]
    assert (due["start"][:10], due["date"]) == ("2024-05-07", "2024-08-26")
    assert [(each["reason"], each["from"], each["until"], each["document"]) for each in due["pauses"]] == [
        ("房屋安全鉴定", "2024-05-08", "2024-05-12", "鉴定委托书〔2024〕1号"),
        ("听证", "2024-05-20", "2024-06-03", "松应急听通〔2024〕1号"),
    ]


def test_nothing_is_decided_before_the_window_has_closed():
    # given
    case, unit, person = both(filled.unit(), filled.person(**HEAD))
    told(case, unit, 11750)
    told(case, person, 20000)

    # then
    case.until(at("2024-05-14T23:00"))
    assert unit.open == [], "three working days: Saturday the 11th is worked, the Sunday after it is not"
    assert case.until(at("2024-05-15T00:30")) and unit.open == ["decide_penalty"]
    assert case.until(at("2024-05-16T23:00")) and person.open == []
    assert case.until(at("2024-05-17T00:30")) and person.open != [], "five working days where a hearing was offered"


def test_a_window_in_a_year_without_a_published_calendar_closes_ten_days_later():
    # given
    case, unit, _ = both()
    for each in case.everyone():
        each.calendar = Calendar({}, [], "none")

    # when
    told(case, unit, 11750)

    # then
    assert case.until(at("2024-05-25T23:00")) and unit.open == [], "Wednesday the 15th, and ten days"
    assert case.until(at("2024-05-26T00:30")) and unit.open == ["decide_penalty"]


def test_a_statement_is_answered_and_leaves_the_window_as_it_was():
    # given
    case, unit, _ = both()
    told(case, unit, 11750)

    # when
    case.until(at("2024-05-13T10:00")).correlate("statement.received", unit.variables["penalty_no"], statement={"text": "已补签协议。"})
    assert unit.open == ["review_statement"]
    unit.fill_in("review_statement", **filled.review_statement())

    # then
    assert unit.open == []
    case.until(at("2024-05-15T00:30"))
    assert unit.open == ["decide_penalty"]
    assert len(unit.variables["statement_reviews"]) == 1


def test_whoever_waives_in_writing_is_not_made_to_wait():
    case, unit, _ = both()
    told(case, unit, 11750, waived=True, waiver=[filled.paper("放弃书.pdf")])
    assert unit.open == ["decide_penalty"]


def test_a_notice_stays_inside_the_range_and_tells_of_a_hearing_only_where_there_is_one():
    # given
    _, unit, person = both(filled.unit(), filled.person(**HEAD))

    # then
    for leg, data, path in (
        (unit, filled.draft_penalty_notice(15001), "notice.fine"),
        (person, filled.draft_penalty_notice(19999, hearing_right=filled.HEARING_RIGHT), "notice.fine"),
        (person, filled.draft_penalty_notice(20000), "notice.hearing_right"),
        (unit, filled.draft_penalty_notice(11750, hearing_right=filled.HEARING_RIGHT), "notice.hearing_right"),
    ):
        with pytest.raises(Invalid) as refused:
            leg.fill_in("draft_notice", **data)
        assert list(refused.value.details["problems"]) == [path]


def test_a_decision_is_never_heavier_than_its_notice():
    case, unit, _ = both()
    told(case, unit, 11750, waived=True, waiver=[filled.paper("放弃书.pdf")])
    with pytest.raises(Invalid) as refused:
        unit.fill_in("decide_penalty", **filled.decide_penalty(11750.01))
    assert list(refused.value.details["problems"]) == ["decision.fine"]
    unit.fill_in("decide_penalty", **filled.decide_penalty(11000))
    assert case.office.penalties()[0].fine == 11000


def test_what_has_to_be_reviewed_is_not_decided_without_a_review():
    # given
    case, _, person = both(filled.unit(), filled.person(**HEAD))
    told(case, person, 20000, waived=True, waiver=[filled.paper("放弃书.pdf")])

    # then
    if person.variables["discretion"]["needs_legal_review"]:
        assert person.open == ["legal_review"]
        person.fill_in("legal_review", **filled.legal_review("退回"))
        assert person.open == ["draft_notice"], "a new notice, a new service, a new window"
        told(case, person, 20000, waived=True, waiver=[filled.paper("放弃书.pdf")])
        person.fill_in("legal_review", **filled.legal_review(collective=True))
        assert person.open == ["collective_discussion"]
        case.until(at("2024-06-04T10:00"))
        person.fill_in("collective_discussion", **filled.collective_discussion())
    assert person.open == ["decide_penalty"]


def to_decide(*respondents):
    """(case, leg of the unit) before its decision."""
    case, unit, _ = both(*respondents)
    told(case, unit, 11750, waived=True, waiver=[filled.paper("放弃书.pdf")])
    return case, unit


def test_not_to_punish_is_a_decision_with_a_paper_of_its_own_that_is_served():
    # given
    case, unit = to_decide()

    # when
    unit.fill_in("decide_penalty", **filled.not_punished())
    assert unit.variables["decision_no"] == "松应急不罚〔2024〕1号"
    unit.fill_in("serve_decision", **filled.service("2024-05-10T11:00+08:00"))

    # then
    assert unit.status == COMPLETED and unit.path[-1] == "not_punished"
    assert case.variables["decided"] == [unit.variables["penalty_no"]]
    paper = case.office.paper("不予行政处罚决定书")
    assert (paper["basis"], paper["education"]) == ("《中华人民共和国行政处罚法》第三十三条第一款", True)
    assert [kind for kind, _, _ in case.office.papers() if "决定书" in kind] == ["不予行政处罚决定书"]


@pytest.mark.parametrize(
    "exemption, article, education",
    [
        ("没有主观过错", "第三十三条第二款", True),
        ("违法事实不能成立", "第五十七条第一款第三项", False),
        ("超过追责期限", "第三十六条", False),
    ],
)
def test_why_nobody_is_punished_decides_which_article_it_rests_on(exemption, article, education):
    case, unit = to_decide()
    unit.fill_in("decide_penalty", **filled.not_punished(exemption=exemption))
    paper = case.office.paper("不予行政处罚决定书")
    assert (paper["basis"], paper["education"], paper["exemption"]) == (f"《中华人民共和国行政处罚法》{article}", education, exemption)


def test_a_transfer_is_recorded_once_the_receiver_has_it():
    # given
    case, unit = to_decide()

    # when
    unit.fill_in("decide_penalty", **filled.handed_over())

    # then
    assert unit.status == COMPLETED and unit.path[-1] == "leg_handed_over"
    assert (unit.variables["collection"], case.office.penalties()[0].status) == ("已移送", "已移送")
    assert case.variables["decided"] == [unit.variables["penalty_no"]]
    assert [kind for kind, _, _ in case.office.papers() if "决定书" in kind] == []


@pytest.mark.parametrize(
    "came_of_it, outcome",
    [(transferred(approval="不批准"), "不批准"), (transferred("退回"), "退回"), (transferred("不予立案"), "不予立案")],
)
def test_a_transfer_that_comes_to_nothing_is_no_decision_and_is_decided_anew(came_of_it, outcome):
    # given
    case, unit = to_decide()
    case.office.stubs |= came_of_it

    # when
    unit.fill_in("decide_penalty", **filled.handed_over())

    # then
    assert unit.open == ["decide_penalty"] and unit.variables["handover"]["outcome"] == outcome
    assert unit.variables["handover"]["reason"] and unit.variables["collection"] is None
    assert case.office.penalties()[0].status == "办理中" and case.variables.get("decided") is None
    unit.fill_in("decide_penalty", **filled.decide_penalty(11750))
    assert (case.office.penalties()[0].status, case.office.penalties()[0].fine) == ("已决定", 11750)


def test_a_decision_that_is_sent_back_begins_with_a_new_notice():
    case, unit, _ = both()
    told(case, unit, 11750, waived=True, waiver=[filled.paper("放弃书.pdf")])
    unit.fill_in("decide_penalty", **filled.sent_back())
    assert unit.open == ["draft_notice"]
    assert case.office.penalties()[0].status == "办理中"


def test_the_alarm_goes_when_everything_is_decided():
    # given
    case, unit, _ = both(filled.unit())
    told(case, unit, 11750)
    case.until(at("2024-07-06T10:00"))
    assert case.open == ["heed_alarm"]

    # when
    unit.fill_in("decide_penalty", **filled.decide_penalty(11750))

    # then
    assert case.open == [] and "alarm_void" in case.path


def test_a_hearing_is_held_on_a_working_day_seven_of_them_after_its_notice():
    # given
    case, _, person = both(filled.unit(), filled.person(**HEAD))
    told(case, person, 20000)
    case.until(at("2024-05-14T11:00"))
    case.correlate("hearing.requested", person.variables["penalty_no"], hearing_request={"reason": "裁量过重"})
    (hearing,) = person.children.values()

    # then
    for wrong in (filled.examine_hearing("2024-05-23T09:30+08:00"), filled.examine_hearing("2024-05-25T09:30+08:00")):
        with pytest.raises(Invalid) as refused:
            hearing.fill_in("examine_hearing", **wrong)
        assert list(refused.value.details["problems"]) == ["examination.held_at"]
    with pytest.raises(Invalid) as refused:
        hearing.fill_in("examine_hearing", **filled.refuse_hearing())
    assert list(refused.value.details["problems"]) == ["examination.accepted"]
    hearing.fill_in("examine_hearing", **filled.examine_hearing("2024-05-24T09:30+08:00"))
    case.until(at("2024-05-15T11:00"))
    with pytest.raises(Invalid) as refused:
        hearing.fill_in("notify_hearing", **filled.notify_hearing("2024-05-15T10:00+08:00"))
    assert list(refused.value.details["problems"]) == ["convened.served_at"]
    hearing.fill_in("notify_hearing", **filled.notify_hearing("2024-05-14T10:00+08:00"))
    assert hearing.task("hold_hearing").candidate_groups == ("听证主持人",)


def test_a_hearing_that_nobody_is_entitled_to_may_be_refused_and_the_window_goes_on():
    # given
    case, unit, _ = both()
    told(case, unit, 11750)
    case.until(at("2024-05-13T10:00"))
    case.correlate("hearing.requested", unit.variables["penalty_no"], hearing_request={"reason": "想听证"})

    # when
    (hearing,) = unit.children.values()
    hearing.fill_in("examine_hearing", **filled.refuse_hearing())

    # then
    assert unit.open == []
    assert case.until(at("2024-05-15T00:30")) and unit.open == ["decide_penalty"]


def test_investigators_review_nothing_preside_over_nothing_and_decide_nothing():
    def apart(process, element):
        rules = separation.rules(TOWN.definitions[process].elements[element].properties)
        return {(rule.process_id, rule.element_id) for rule in rules}

    assert apart("respondent_penalty", "legal_review") == INVESTIGATORS | {(None, "draft_notice")}
    assert apart("respondent_penalty", "decide_penalty") == INVESTIGATORS | {(None, "draft_notice"), (None, "legal_review")}
    assert apart("penalty_hearing", "hold_hearing") == INVESTIGATORS | {("respondent_penalty", "draft_notice")}


def test_payment_is_due_fifteen_days_after_service_and_then_costs_three_per_cent_a_day():
    # given
    case, unit, execution = executing()
    published(case, unit, "2024-05-21")
    assert case.office.penalties()[0].due.isoformat() == "2024-06-04"

    # when
    case.until(at("2024-06-04T23:00"))
    assert execution.open == []
    case.until(at("2024-06-05T00:30"))

    # then
    assert execution.open == ["demand_payment"]
    assert execution.variables["late_fine"] == 352.5
    execution.fill_in("demand_payment", **filled.demand_payment("2024-06-21"))
    paid(case, unit.variables["penalty_no"], 5000, "2024-06-06")
    assert execution.open == [] and execution.variables["balance"] == 7455
    paid(case, unit.variables["penalty_no"], 7455, "2024-06-06", "收据 2")
    assert case.office.penalties()[0].status == "已缴清"


def test_nobody_goes_to_court_before_a_demand():
    # given
    case, unit, execution = executing()
    published(case, unit, "2024-05-21")
    case.until(at("2024-06-05T10:00"))

    # when
    for wrong, path in ((filled.to_court(), "demand.next"), (filled.demand_payment("2024-06-19"), "demand.pay_by")):
        with pytest.raises(Invalid) as refused:
            execution.fill_in("demand_payment", **wrong)
        assert list(refused.value.details["problems"]) == [path]
    execution.fill_in("demand_payment", **filled.demand_payment("2024-06-20"))
    case.until(at("2024-06-21T10:00"))
    execution.fill_in("demand_payment", **filled.to_court())

    # then
    assert unit.status == COMPLETED and unit.variables["collection"] == "申请法院强制执行"
    assert case.office.penalties()[0].status == "申请法院强制执行"


def test_days_of_a_review_cost_nothing():
    # given
    case, unit, execution = executing()
    number = unit.variables["penalty_no"]
    published(case, unit, "2024-05-21")
    case.until(at("2024-05-30T10:00")).correlate("review.filed", number)

    # when
    case.until(at("2024-06-20T10:00"))
    assert execution.open == []
    case.correlate("review.closed", number, review_result="维持")
    case.until(at("2024-06-20T10:01"))

    # then
    assert execution.open == ["demand_payment"] and execution.variables["late_fine"] == 0
    execution.fill_in("demand_payment", **filled.demand_payment("2024-07-10"))
    paid(case, number, 12102.5, "2024-06-21")
    assert case.office.penalties()[0].late_fine == 352.5


def test_a_review_may_lower_the_fine():
    case, unit, _ = executing()
    number = unit.variables["penalty_no"]
    case.correlate("review.filed", number)
    case.correlate("review.closed", number, review_result="变更", changed_fine=8000)
    paid(case, number, 8000, "2024-05-21")
    assert case.office.penalties()[0].fine == 8000 and case.office.penalties()[0].status == "已缴清"


def test_a_decision_that_is_revoked_is_withdrawn_and_ends():
    # given
    case, unit, execution = executing()
    number = unit.variables["penalty_no"]

    # when
    case.correlate("review.filed", number)
    case.until(at("2024-07-02T10:00"))
    case.correlate("review.closed", number, review_result="撤销")
    assert execution.task("withdraw_publication").due == at("2024-07-05T23:59:59")
    execution.fill_in("withdraw_publication", **filled.withdraw_publication())

    # then
    assert execution.path[-1] == "revoked" and execution.status == COMPLETED
    assert unit.variables["collection"] == "决定已撤销" and unit.variables["fine"] == 0
    assert case.office.penalties()[0].status == "已撤销"


def test_a_deferral_moves_the_term_and_costs_nothing_meanwhile():
    # given
    case, unit, execution = executing()
    number = unit.variables["penalty_no"]
    published(case, unit, "2024-05-21")

    # when
    case.until(at("2024-05-30T10:00")).correlate("instalment.requested", number, instalment_request={"reason": "停产"})
    assert execution.task("approve_instalment").candidate_groups == ("执法负责人",)
    execution.fill_in("approve_instalment", **filled.approve_instalment("2024-07-31"))
    case.until(at("2024-07-31T12:00"))
    assert execution.open == []
    paid(case, number, 11750, "2024-07-31")

    # then
    assert unit.status == COMPLETED and case.office.penalties()[0].late_fine == 0


def test_a_publication_that_is_late_is_told_and_still_to_be_made():
    # given
    case, _, execution = executing()

    # then
    assert execution.task("publish_decision").due == at("2024-05-20T23:59:59")
    case.until(at("2024-05-21T08:00"))
    assert "publication_overdue" in execution.path and execution.open == ["publish_decision"]


@pytest.mark.parametrize("grade, close", [("重大", True), ("一般", False)])
def test_the_third_penalty_in_180_days_with_a_major_hazard_stands_in_the_closing_report(grade, close):
    """安全生产法 113: the enterprise has to be proposed for closing, and whoever reports the end of the case has to say so."""
    # given an enterprise that was punished twice before
    case, unit, _ = executing()
    case.office.punished_before("2024-01-10", "2024-03-10")
    case.office.hazard(HAZARD, grade)

    # when its third penalty is paid and published
    paid(case, unit.variables["penalty_no"], 11750, "2024-05-20")
    published(case, unit, "2024-05-20")

    # then
    (found,) = case.variables["repeats"]
    assert (found["in_180_days"], found["windows"], found["close"]) == (3, ["180日3次"], close)
    assert ("closing_due" in case.path) is close
    right, wrong = filled.proposing_closure(), filled.report_closing()
    right, wrong = (right, wrong) if close else (wrong, right)
    with pytest.raises(Invalid) as refused:
        case.fill_in("report_closing", **wrong)
    assert list(refused.value.details["problems"]) == ["closing.closure_proposal"]
    assert case.fill_in("report_closing", **right).open == ["approve_closing"]
