"""The forms of 督办 (P10), filled in as they should be, over 国庆 2024. Each call gives fresh data."""

from datetime import datetime

from tests.forms.filled import CASE, HAZARD, paper
from tests.forms.filled_adhoc import CONTACT, ENTERPRISE, PLACE
from tests.forms.making import SHANGHAI

VILLAGE = "陈坊村"
OVERDUE = "2024-09-27"  # a Friday; the Sunday after it makes up for the festival, and so does Saturday 12 October


def start_urging(**changes):
    return {
        "case_no": CASE, "hazard_no": HAZARD, "place_name": PLACE, "enterprise": ENTERPRISE, "overdue_since": OVERDUE, "rung": "无",
        "urging_reason": "整改期限届满，没有收到完成报告。", **changes,
    }  # fmt: skip


def check_state(at="2024-09-28T09:30+08:00", **changes):
    check = {"state": "仍未整改", "way": "现场", "at": at, "by": "沈佳", "note": "隔间没有拆除，仍住两人。", "jump": False}
    return {"check": {**check, **changes}}


def ask_to_jump(at="2024-09-28T09:30+08:00"):
    return check_state(at, jump=True, jump_reason="仍有两人夜间住宿，等不到下一级。")


def mended(at="2024-09-28T09:30+08:00"):
    found = check_state(at, state="已整改", note="隔间已经拆除。")
    del found["check"]["jump"]
    return found


def jump_rung(measure="约谈", **changes):
    return {"jump": {"measure": measure, "reason": "现场仍有人员住宿，直接约谈主要负责人。", **changes}}


def remind(at="2024-09-28T10:00+08:00", **changes):
    reminder = {"way": "电话", "at": at, "contact": "王五", "position": "厂长", "content": "整改已经逾期，立即拆除隔间。"}
    return {"reminder": {**reminder, **changes}}


def draft_letter(reply_days=3, **changes):
    """F09, to the village."""
    return {
        "letter": {
            "role": "居村", "addressee": VILLAGE, "cc": "镇应急管理中心", "reply_days": reply_days, "subject": "区域场所整治事项逾期未办结",
            "items": [{"case_no": CASE, "place_name": PLACE, "problem": "违规住宿隔间没有拆除", "due": OVERDUE}],
            "requirements": [{"text": "明确责任人和完成时间"}, {"text": "落实临时管控措施，每日巡查"}], **CONTACT, **changes,
        }
    }  # fmt: skip


def reply_letter(**changes):
    reply = {
        "measures": "已约见厂长，隔间十日内拆除。",
        "person": "陈平",
        "finish_by": "2024-10-20",
        "difficulties": "",
        "attachments": [paper()],
    }
    return {"reply": {**reply, **changes}}


def parties(*units):
    """The enterprise and its lessor, or those that are named."""
    everybody = [
        {"role": "企业", "unit": ENTERPRISE, "person": "王五", "position": "厂长"},
        {"role": "企业", "unit": "昆港物业有限公司", "person": "赵六", "position": "经理"},
    ]
    return [party for party in everybody if not units or party["unit"] in units]


def call_in(at="2024-10-17T14:00+08:00", **changes):
    """F10, the notice, to two parties together."""
    return {
        "summons": {
            "host_unit": "镇安委办", "host": "沈佳", "host_post": "安委办主任", "urgent": False, "at": at, "place": "镇政府 203 会议室",
            "reason": "三合一隐患逾期没有整改，督促后没有答复。", "problems": [{"text": "违规住宿隔间没有拆除"}],
            "materials": [{"text": "营业执照复印件"}, {"text": "整改情况书面说明"}], "cc": "", "parties": parties(), **CONTACT, **changes,
        }
    }  # fmt: skip


def call_in_at_once(at="2024-10-12T16:00+08:00"):
    return call_in(at, urgent=True, urgent_reason="当晚仍有人住宿。", parties=parties(ENTERPRISE))


def hold_interview(held_at="2024-10-17T14:00+08:00", attendee="王五", **changes):
    """F10, the minutes."""
    return {
        "minutes": {
            "held_at": held_at, "attendee": attendee, "position": "厂长", "identity_checked": True, "substitute": False,
            "recorder": "李立", "problems": "违规住宿隔间逾期没有拆除。", "statement": "三日内拆除，不再住人。",
            "demands": "三日内拆除隔间，书面报送。",
            "signed": [paper("约谈记录.pdf")], "recording": [], **changes,
        }
    }  # fmt: skip


def report_measures(**changes):
    report = {
        "done": "两间已经拆除，人员搬离。",
        "remaining": "余下一间三日内拆除。",
        "finish_by": "2024-10-21",
        "reporter": "王五",
        "attachments": [],
    }
    return {"report": {**report, **changes}}


def review_reply(outcome="认可", **changes):
    return {"review": {"outcome": outcome, "opinion": "措施和期限明确。" if outcome == "认可" else "没有期限，不予认可。", **changes}}


NOW = datetime(2024, 10, 14, 10, tzinfo=SHANGHAI)
_URGING = {
    "case_no": CASE, "hazard_no": HAZARD, "place_name": PLACE, "enterprise": ENTERPRISE, "overdue_since": OVERDUE,
    "step": {"rung": "提醒", "basis": "松昆府〔2024〕21号"}, "check": {"jump_reason": "仍住人。"},
}  # fmt: skip
RIGHT = {
    "start_urging": [start_urging()],
    "check_state": [check_state(), ask_to_jump(), mended()],
    "jump_rung": [jump_rung(), jump_rung("提醒")],
    "remind": [remind()],
    "draft_letter": [draft_letter()],
    "reply_letter": [reply_letter()],
    "call_in": [call_in(), call_in_at_once("2024-10-14T16:00+08:00")],
    "hold_interview": [
        hold_interview("2024-10-13T14:00+08:00"),
        hold_interview("2024-10-13T14:00+08:00", "刘七", substitute=True, substitute_reason="厂长住院，附证明。"),
    ],
    "report_measures": [report_measures()],
    "review_reply": [review_reply(), review_reply("不认可")],
}
KNOWN = {name: {} if name == "start_urging" else _URGING for name in RIGHT}
