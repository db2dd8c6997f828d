"""当事人处罚, its hearing and its execution: every respondent for themselves."""

from datetime import datetime
from decimal import Decimal

from engine.domain.people import ZONE

_BANK = {"bank": "中国建设银行上海松江支行", "bank_holder": "上海市财政局罚没收入专户", "bank_account": "31001000000000000000"}


def draft_penalty_notice(scene, share=Decimal("0.3")):
    """F14. The fine lies `share` of the way from the least to the most that DMN-4 allows."""
    known = scene.known
    least, most = (Decimal(known["discretion"][name]) for name in ("fine_min", "fine_max"))
    fine = (least + (most - least) * share).quantize(Decimal(1))
    hearing = {"hearing_right": "有权在收到本告知书之日起五个工作日内要求听证。"} if known["discretion"]["needs_hearing"] else {}
    return {
        "notice": {
            "facts": known["filing"]["facts"],
            "evidence": [{"text": "现场检查记录一份"}, {"text": "询问笔录一份"}],
            "violated": known["filing"]["basis"],
            "basis": known["respondent"]["article"],
            "reasons": "没有履行法定的安全生产管理责任。",
            "discretion_reason": "按裁量基准所定档次，未发现从重情节。",
            **({"fine": int(fine)} if most else {}),
            "other_penalty": "" if most else "停产停业整顿",
            "statement_right": True,
            **hearing,
            "contact": {"name": scene.who.name, "phone": "021-57660000", "address": "小昆山镇人民政府 108 室"},
            "officers": scene.officers(),
        }
    }


def serve_penalty_notice(scene, waived=False):
    told = _service(scene, "直接送达")
    return {"service": told | ({"waived": True, "waiver": [scene.paper("放弃陈述申辩书")]} if waived else {})}


def serve_penalty_decision(scene):
    return {"service": _service(scene, "当场交付")}


def _service(scene, method):
    respondent = scene.known["respondent"]
    return {
        "method": method,
        "served_at": scene.at(minutes=15),
        "recipient": respondent["name"] if respondent["kind"] == "个人" else respondent["representative"],
        "recipient_role": "负责人",
        "servers": scene.officers(),
        "evidence": [scene.paper("送达回证")],
    }


def review_statement(scene):
    points = [{"claim": "已经补签协议并停用相关部位。", "result": "部分采纳", "reason": "已作为裁量时的从轻情节考虑。"}]
    return {"statement_review": {"points": points, "conclusion": "逐点复核，裁量时已经考虑，拟处罚不变。"}}


def legal_review(scene, outcome="通过"):
    items = {"items": ["主体", "权限", "事实和证据", "适用依据", "裁量", "程序", "文书"]} if outcome == "通过" else {}
    return {"legal": {"outcome": outcome, **items, "opinion": "程序合法，裁量适当。", "qualified": True, "collective": False}}


def collective_discussion(scene):
    people = [{"name": name, "position": "负责人", "vote": "同意"} for name in ("胡冰", "卞宁", "曲直")]
    told = {"held_at": scene.at(minutes=70), "chair": "胡冰", "participants": people, "minutes": "逐人发表意见，一致同意。"}
    return {"discussion": {**told, "conclusion": "同意处罚。"}}


def decide_penalty(scene, outcome="处罚"):
    """F17: what was announced; who is not punished is told of the same ways to have it reviewed."""
    remedies = {"review_organ": "上海市松江区人民政府", "court": "上海铁路运输法院"}
    if outcome == "不予处罚":
        told = {"exemption": "初次违法且危害后果轻微并及时改正", "reason": "已全部改正，未造成后果。"}
        return {"decision": {"outcome": outcome, **told, **remedies}}
    if outcome == "移送":
        return {"decision": {"outcome": outcome, "transfer_to": "上海市公安局松江分局", "reason": "涉嫌危险作业罪。"}}
    fined = bool(scene.known["discretion"]["fine_max"])
    return {
        "decision": {
            "outcome": outcome,
            **({"fine": int(scene.known["notice"]["fine"]), **_BANK} if fined else {}),
            "other_penalty": "" if fined else "停产停业整顿",
            "performance": "自收到决定书之日起十五日内缴纳罚款" if fined else "自收到决定书之日起停产停业整顿",
            **remedies,
            "reason": "事实清楚，证据充分，裁量适当。",
        }
    }


def examine_hearing(scene, days=9):
    """F15: seven full working days between the notice, which is served on the next one, and the day."""
    return {
        "examination": {
            "requested_on": scene.day(-1),
            "accepted": True,
            "held_at": scene.working_day(days, 9, 30),
            "place": "镇政府 305 听证室",
            "host": "严军",
            "host_post": "司法所所长",
            "recorder": "李悦",
            "recorder_post": "司法所科员",
            "public": True,
        }
    }


def notify_hearing(scene):
    told = {"method": "直接送达", "served_at": scene.at(minutes=20), "recipient": scene.known["respondent"]["name"], "challenge_told": True}
    return {"convened": {**told, "servers": scene.officers(), "evidence": [scene.paper("送达回证")]}}


def hold_hearing(scene):
    held = min(datetime.fromisoformat(scene.known["examination"]["held_at"]), scene.now).astimezone(ZONE)
    people = [{"name": scene.known["respondent"]["name"], "role": "当事人"}, {"name": "马丽", "role": "调查人员"}]
    return {
        "hearing": {
            "outcome": "已举行",
            "held_at": held.isoformat(timespec="minutes"),
            "host": "严军",
            "recorder": "李悦",
            "participants": people,
            "issues": "裁量是否适当，整改情况是否应当从轻。",
            "minutes": "调查人员提出事实、证据和建议；当事人申辩、质证；主持人归纳争点。",
            "opinion": "维持拟处罚意见。",
            "record": [scene.paper("听证笔录")],
            "independent": True,
        }
    }


def publish_decision(scene):
    masked = {"masked": True} if scene.known["respondent"]["kind"] == "个人" else {}
    told = {"channel": "镇政府网站", "url": f"xks.example/{scene.now:%Y}/{scene.story.no}", "published_at": scene.at(minutes=10)}
    return {"publication": {**told, "checker": "程曦", "text": "因未履行安全生产管理责任，依法处以罚款。", **masked}}


def demand_payment(scene, next="继续催缴"):
    if next != "继续催缴":
        return {"demand": {"next": next, "court": "松江区人民法院", "note": "催告后仍未履行。"}}
    told = {"next": next, "no": f"松应急催〔{scene.now.year}〕{scene.story.no}号", "pay_by": scene.day(24), "served_how": "当面送达"}
    return {"demand": {**told, "note": "逾期申请人民法院强制执行。"}}


def approve_instalment(scene, approved=True):
    if not approved:
        return {"instalment": {"approved": False, "reason": "未提供经济困难的证明。"}}
    return {"instalment": {"approved": True, "pay_by": scene.day(60), "plan": "分两期缴清。", "reason": "确有经济困难，附证明。"}}


def withdraw_publication(scene):
    told = {"withdrawn_at": scene.at(minutes=10), "refunded": 0, "reason": "复议撤销，公开说明理由。"}
    return {"withdrawal": {**told, "evidence": [scene.paper("撤下截图")]}}


FORMS = {
    function.__name__: function
    for function in (
        *(draft_penalty_notice, serve_penalty_notice, review_statement, legal_review, collective_discussion, decide_penalty),
        *(serve_penalty_decision, examine_hearing, notify_hearing, hold_hearing, publish_decision, demand_payment),
        *(approve_instalment, withdraw_publication),
    )
}
