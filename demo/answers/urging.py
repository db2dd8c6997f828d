"""督办: reminder, letter and its reply, interview, and what is reported after it."""

from datetime import date, datetime

_CONTACT = {"contact_name": "程曦", "contact_phone": "021-57760000", "contact_address": "小昆山镇人民政府 203 室"}


def check_state(scene, state="仍未整改", jump=False):
    told = {"state": state, "way": "现场", "at": scene.at(minutes=40), "by": scene.who.name, "note": "到现场查看并问过负责人。"}
    if state == "仍未整改":
        told |= {"jump": jump, **({"jump_reason": "现场仍在生产，等不到下一级。"} if jump else {})}
    return {"check": told}


def jump_rung(scene, measure="约谈"):
    return {"jump": {"measure": measure, "reason": "现场风险没有降低，直接约谈主要负责人。"}}


def remind(scene):
    told = {"way": "电话", "at": scene.at(minutes=15), "contact": scene.place.enterprise.head, "position": "负责人"}
    return {"reminder": {**told, "content": "整改已经逾期，请立即完成并报告。"}}


def draft_letter(scene, role="居村", reply_days=5):
    """F09, to the village unless the story has it go to the enterprise itself."""
    addressee = scene.place.village if role == "居村" else scene.place.enterprise.name
    known = scene.known
    item = {
        "case_no": known["case_no"],
        "place_name": known["place_name"],
        "problem": scene.finding.description[:60],
        "due": _overdue(known),
    }
    return {
        "letter": {
            "role": role,
            "addressee": addressee,
            "cc": "应急管理中心",
            "reply_days": reply_days,
            "subject": "区域场所整治事项逾期未办结",
            "items": [item],
            "requirements": [{"text": "明确责任人和完成时间"}, {"text": "落实临时管控措施，每日巡查"}],
            **_CONTACT,
        }
    }


def reply_letter(scene):
    told = {"measures": "已约见负责人，派人每日到场督促，余下部分十日内完成。", "person": scene.who.name, "finish_by": scene.day(10)}
    return {"reply": {**told, "difficulties": "", "attachments": [scene.paper("复函")]}}


def review_reply(scene, outcome="认可"):
    opinion = "措施和期限明确，予以认可。" if outcome == "认可" else "没有明确期限，不予认可。"
    return {"review": {"outcome": outcome, "opinion": opinion}}


def call_in(scene, days=4):
    """F10, the notice: at least three working days before."""
    party = {"role": "企业", "unit": scene.place.enterprise.name, "person": scene.place.enterprise.head, "position": "负责人"}
    return {
        "summons": {
            "host_unit": "安委会办公室",
            "host": "周萍",
            "host_post": "主任",
            "urgent": False,
            "at": scene.working_day(days, 14),
            "place": "镇政府 203 会议室",
            "reason": "隐患逾期没有整改，督促函的答复不明确。",
            "problems": [{"text": scene.finding.description[:100]}],
            "materials": [{"text": "营业执照复印件"}, {"text": "整改情况书面说明"}],
            "cc": "",
            **_CONTACT,
            "parties": [party],
        }
    }


def hold_interview(scene):
    """F10, the minutes, of the hour for which they were called."""
    held = min(datetime.fromisoformat(scene.known["summons"]["at"]), scene.now)
    return {
        "minutes": {
            "held_at": held.isoformat(timespec="minutes"),
            "attendee": scene.place.enterprise.head,
            "position": "负责人",
            "identity_checked": True,
            "substitute": False,
            "recorder": "徐静",
            "problems": "隐患逾期没有整改，临时管控没有落实。",
            "statement": "立即停用，五日内完成整改。",
            "demands": "五日内完成整改，书面报送整改情况。",
            "signed": [scene.paper("约谈记录")],
            "recording": [],
        }
    }


def report_measures(scene):
    told = {
        "done": "已停用相关部位，材料到场。",
        "remaining": "余下部分三日内完成。",
        "finish_by": scene.day(5),
        "reporter": scene.who.name,
    }
    return {"report": {**told, "attachments": []}}


def _overdue(known):
    return date.fromisoformat(str(known["overdue_since"])[:10]).isoformat()


FORMS = {
    "check_state": check_state,
    "jump_rung": jump_rung,
    "remind": remind,
    "draft_letter": draft_letter,
    "reply_letter": reply_letter,
    "review_reply": review_reply,
    "call_in": call_in,
    "hold_interview": hold_interview,
    "report_measures": report_measures,
}
