"""What happens beside the main line: an extension, a wrong entry, a danger, a transfer."""

from datetime import date, timedelta


def apply_extension(scene, days=15):
    """F27, before the term is over."""
    due = date.fromisoformat(scene.known["rectify_deadline"]["date"])
    return {
        "applicant": scene.who.unit,
        "extension": {
            "until": (due + timedelta(days=days)).isoformat(),
            "listed": False,
            "person": scene.who.name,
            "reason": "定制构件的厂家推迟交货，不能按期安装。",
            "done": "拆除部分已经完成。",
            "interim": "相关部位停用，断电上锁，每日巡查。",
            "attachments": [scene.paper("供货延期说明")],
        },
    }


def decide_extension(scene, outcome="同意"):
    if outcome == "不同意":
        return {"decision": {"outcome": outcome, "opinion": "理由不成立，按原期限整改。"}}
    return {"decision": {"outcome": outcome, "until": scene.known["extension"]["until"][:10], "opinion": "理由成立，管控措施可靠，同意。"}}


def request_void(scene, table="hazard", serial=2):
    """F28, of one of the hazards, or of the whole place."""
    case = scene.known["case_no"]
    number = case if table == "place" else f"{case}-{serial:02d}"
    reason = "复核时发现登记的部位属于隔壁单位，登错了对象。" if table == "hazard" else "经现场核实该处已经拆除，登记的是旧门牌，查无此处。"
    kind = "登错对象" if table == "hazard" else "查无此事"
    return {
        "case_no": case,
        "void": {"table": table, "number": number, "kind": kind, "reason": reason, "evidence": [scene.paper("比对说明")]},
    }


def approve_void(scene, outcome="同意"):
    opinion = "核对无误，同意撤销。" if outcome == "同意" else "证据不足，不同意。"
    return {"approval": {"outcome": outcome, "opinion": opinion}}


def report_danger(scene, kind="泄漏"):
    known, place = scene.known, scene.place
    return {
        **{name: known[name] for name in ("case_no",) if known.get(name)},
        "place_name": place.name,
        "enterprise": place.enterprise.name,
        "danger": {
            "kind": kind,
            "matter": "安全生产",
            "found_at": scene.at(minutes=15),
            "people": 6 + scene.story.no % 20,
            "location": place.findings[0].location,
            "description": "稀释剂桶倾倒，大量挥发，附近有明火作业，人员没有撤离。",
            "measures": "已经关阀通风，人员先行疏散。",
            "photos": [scene.photo("险情", minutes=12)],
            "photo_reason": "",
        },
    }


def order_stop(scene, measure="停产停业"):
    told = {
        "measure": measure,
        "ordered_at": scene.at(minutes=6),
        "scope": "涉及险情的车间全部停止作业，人员撤出。",
        "told": scene.place.enterprise.head,
        "told_position": "负责人",
        "officers": scene.officers(),
        "record": [scene.paper("现场检查记录")],
    }
    return {"order": told if measure == "当场排除" else told | {"oral": True}}


def evacuate(scene):
    told = {"finished_at": scene.at(minutes=5), "moved": 14, "remaining": 0, "sealed": True, "settled": "在居委会活动室安置。"}
    return {"evacuation": {**told, "person": scene.who.name, "photos": [scene.photo("封闭现场", minutes=8)]}}


def write_order(scene):
    """By the town where DMN-6 gives it the authority; else what was reported to whoever has it."""
    if scene.known["authority"]["mode"] == "无":
        own = {"reported_to": "松江区应急管理局，已电话报告，由其作出决定。", "files": [scene.paper("报告")]}
    else:
        own = {"review_organ": "上海市松江区人民政府", "court": "上海铁路运输法院", "power_cut": False}
    told = {"facts": "稀释剂泄漏，附近有明火作业。", "basis": "安全生产法第六十五条", "content": "停产停业，险情排除并经审查同意后恢复。"}
    return {"written": {**told, **own}}


def apply_resume(scene):
    told = {
        "removed": "清理稀释剂，移出明火作业，更换密封桶。",
        "self_check": "自查合格。",
        "person": scene.who.name,
        "finished_on": scene.day(),
    }
    return {"resumption": {**told, "documents": [scene.paper("检测报告")]}}


def inspect_resume(scene, outcome="已排除"):
    told = {"inspected_at": scene.at(minutes=30), "outcome": outcome, "findings": "现场没有残留，明火作业已经移出。"}
    if outcome == "未排除":
        told |= {"findings": "通风装置没有修复，仍有气味。", "remaining": "通风装置没有修复。"}
    return {"inspection": {**told, "officers": scene.officers(), "photos": [scene.photo("恢复检查", minutes=28)]}}


def consent_resume(scene, outcome="同意"):
    return {"consent": {"outcome": outcome, "opinion": "险情已排除，同意恢复。" if outcome == "同意" else "须先检测。"}}


def propose_transfer(scene, kind="行业部门"):
    """F19 on the application's side; to the police with the four papers that 国务院令第310号 asks for."""
    police = kind == "公安机关"
    place, known = scene.place, scene.known
    required = ["案件情况的调查报告", "涉案物品清单", "检验报告或者鉴定结论", "其他有关材料"]
    return {
        **({"case_no": known["case_no"]} if known.get("case_no") else {}),
        "place_name": place.name,
        "enterprise": place.enterprise.name,
        "transfer": {
            "kind": kind,
            "receiver": "上海市公安局松江分局" if police else known.get("transfer_to") or "区市场监督管理局",
            "cause": "涉嫌危险作业" if police else "不属本镇处理的事项",
            "found_on": scene.day(-2),
            "facts": place.findings[0].description,
            "reason": "涉嫌危险作业罪" if police else str(known.get("reason") or "该行为由有权部门处罚"),
            "basis": "刑法第一百三十四条之一、国务院令第310号" if police else "安全生产法第六十九条",
            "parties": [{"name": place.enterprise.name, "role": "经营者"}],
            "materials": [{"name": "现场检查记录", "copies": 1, "pages": 3}],
            **({"required": required} if police else {}),
            "officers": scene.officers(),
            "contact_name": scene.who.name,
            "contact_phone": "021-57760000",
            "contact_address": "小昆山镇人民政府 203 室",
        },
    }


def approve_transfer(scene, outcome="批准"):
    opinion = "事实清楚，同意移送。" if outcome == "批准" else "证据不足，补充调查后再报。"
    return {"approval": {"outcome": outcome, "opinion": opinion}}


def deliver_transfer(scene):
    copied = {"copied": True} if scene.known["transfer"]["kind"] == "公安机关" else {}
    told = {"method": "当面", "delivered_at": scene.at(minutes=40), "handed_by": scene.who.name, "complete": True, **copied}
    return {"delivery": {**told, "evidence": [scene.paper("交接清单")]}}


def record_receipt(scene):
    told = {"received_by": "周警官", "received_at": scene.at(minutes=20), "doc_no": ""}
    return {"receipt": {**told, "files": [scene.paper("移送回执")]}}


def urge_receipt(scene):
    return {"receipt_urging": {"way": "电话", "details": "与收件科室通话，对方称材料已收，签收后寄回回执。"}}


def record_reply(scene, outcome="立案"):
    told = {"outcome": outcome, "decided_on": scene.day(), "doc_no": "", "content": "受移送机关的决定已经收到，入卷。"}
    objection = {"objection": "提请复议"} if outcome == "不予立案" else {}
    return {"reply": {**told, **objection, "files": [scene.paper("决定书")]}}


FORMS = {
    function.__name__: function
    for function in (
        *(apply_extension, decide_extension, request_void, approve_void, report_danger, order_stop, evacuate, write_order),
        *(apply_resume, inspect_resume, consent_resume, propose_transfer, approve_transfer, deliver_transfer),
        *(record_receipt, urge_receipt, record_reply),
    )
}
