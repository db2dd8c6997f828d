"""What is right in each form of a penalty, in every way that its form knows, and what the case knows then."""

from datetime import datetime

from tests.forms import filled_enforcement as filled
from tests.forms.filled import CASE, HAZARD, paper
from tests.forms.making import SHANGHAI

NOW = datetime(2024, 7, 2, 10, tzinfo=SHANGHAI)
UNIT = {
    "available": True,
    "band": "从轻",
    "fine_min": 500,
    "fine_max": 15000,
    "kind": "罚款",
    "needs_hearing": False,
    "needs_legal_review": False,
}
HEARD = {**UNIT, "fine_min": 20000, "fine_max": 50000, "needs_hearing": True, "needs_legal_review": True}
WITHOUT_FINE = {**UNIT, "fine_min": 0, "fine_max": 0, "kind": "停产停业整顿"}
CASE_KNOWS = {
    "case_no": CASE,
    "hazard_no": HAZARD,
    "act_date": "2024-05-06",
    "filed_at": "2024-05-07T10:00:00+08:00",
    "decided_at": "2024-05-20T10:00:00+08:00",
    "respondent": {"kind": "单位", "name": "昆港五金制品有限公司"},
    "discretion": UNIT,
    "notice": {"fine": 11750},
    "terms": [{"term": "T6", "n": 7, "unit": "wd"}],
    "examination": {"held_at": "2024-05-28T09:30:00+08:00"},
    "convened": {"served_at": "2024-05-14T10:00:00+08:00"},
    "paid": 5000,
    "demands": [{"next": "继续催缴"}],
}
PERSON = {"respondent": {"kind": "个人", "name": "王五"}}
AT_ONCE = filled.record(ended_at="2024-05-08T09:00+08:00")
WAIVER = {"waived": True, "waiver": [paper("放弃书.pdf")]}


def without(data, *names):
    return {name: value for name, value in data.items() if name not in names}


def served(method, **more):
    """F18 by another way than handing it over."""
    found = filled.service("2024-05-21T10:00+08:00", method, **more)
    if method == "公告送达":
        found = {"service": without(found["service"], "recipient", "recipient_role")}
    return found


SERVICES = [
    served("直接送达"),
    served("留置送达", witness="陈平", witness_unit="陈坊村村民委员会", refusal_reason="拒绝签收。"),
    served("邮寄送达", tracking_no="EMS1234567890"),
    served("委托送达", entrusted="大港村村民委员会"),
    served("电子送达", confirmation_no="确认 2024-01"),
    served("公告送达", announced_in="镇政府公告栏"),
]
HANDED_BACK = {"handover": {"outcome": "退回", "reason": "不属于本机关管辖。"}}
HEARING = {"discretion": HEARD}
NO_FINE = {"discretion": WITHOUT_FINE, "notice": {}}
BANK = ("fine", "bank", "bank_holder", "bank_account")
#: form id: [(a right answer, what the case knows beside CASE_KNOWS)]
RIGHT = {
    "register_clue": [
        (filled.register_clue(), {}),
        (filled.register_clue(pursue="继续办理"), HANDED_BACK),
        (filled.not_pursued(), HANDED_BACK),
    ],
    "approve_dropping": [(filled.approve_dropping(), {}), (filled.approve_dropping("退回"), {})],
    "file_case": [(filled.file_case(), {}), (filled.file_case(filled.person()), {})],
    "approve_filing": [(filled.approve_filing(), {}), (filled.approve_filing("退回"), {})],
    "take_statements": [
        (filled.take_statements(), {}),
        (filled.take_statements(filled.record(signed="拒绝签名", witness="陈平")), {}),
        (filled.take_statements(appraised=True, pauses=[filled.appraised()]), {}),
    ],
    "heed_alarm": [(filled.heed_alarm(), {}), (filled.heed_alarm(handling="依照法律、法规、规章延长", basis="应急管理部令第18号"), {})],
    "report_closing": [(filled.report_closing(), {}), (filled.proposing_closure(), {"repeats": [{"close": False}, {"close": True}]})],
    "approve_closing": [(filled.approve_closing(), {}), (filled.approve_closing("退回"), {})],
    "draft_penalty_notice": [
        (filled.draft_penalty_notice(), {}),
        (filled.draft_penalty_notice(20000, hearing_right=filled.HEARING_RIGHT), HEARING),
        ({"notice": without(filled.draft_penalty_notice(other_penalty="停产停业整顿")["notice"], "fine")}, NO_FINE),
    ],
    "serve_penalty_notice": [(each, {}) for each in [*SERVICES, served("直接送达", **WAIVER)]],
    "serve_penalty_decision": [(each, {}) for each in [*SERVICES, served("当场交付")]],
    "review_statement": [(filled.review_statement(), {})],
    "legal_review": [(filled.legal_review(), {}), (filled.legal_review("退回"), {})],
    "collective_discussion": [(filled.collective_discussion(), {})],
    "decide_penalty": [
        (filled.decide_penalty(), {}),
        (filled.not_punished(), {}),
        (filled.handed_over(), {}),
        (filled.sent_back(), {}),
        ({"decision": without(filled.decide_penalty()["decision"], *BANK)}, NO_FINE),
    ],
    "examine_hearing": [
        (filled.examine_hearing("2024-07-16T09:30+08:00"), HEARING),
        (filled.examine_hearing("2024-07-16T09:30+08:00", public=False, closed_reason="涉及商业秘密"), HEARING),
        (filled.refuse_hearing(), {}),
    ],
    "notify_hearing": [(filled.notify_hearing(), {})],
    "hold_hearing": [(filled.hold_hearing(), {}), (filled.no_hearing(), {}), (filled.no_hearing("撤回申请"), {})],
    "publish_decision": [
        (filled.publish_decision("2024-05-21T09:00+08:00"), {}),
        (filled.publish_decision("2024-05-21T09:00+08:00", masked=True), PERSON),
    ],
    "demand_payment": [(filled.demand_payment("2024-07-16"), {}), (filled.to_court(), {})],
    "approve_instalment": [(filled.approve_instalment(), {}), (filled.refuse_instalment(), {})],
    "withdraw_publication": [(filled.withdraw_publication(), {})],
}
KNOWN = dict.fromkeys(RIGHT, CASE_KNOWS)
