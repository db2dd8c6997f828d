"""分级验收 and 销号: each group's own opinion, the application, and who examines it."""


def sign_opinion(scene, passes=True):
    """F07. Where it does not pass, the first hazard does not."""
    known, people = scene.known, int(scene.known["signer"]["people"])
    rows = [
        {**row, "standard": row["standard"] or "符合有关法律和标准的要求", "result": "合格", "note": ""}
        for row in known["opinion"]["items"]
    ]
    more = ["陆建", "周敏", "徐强"][: max(people - 1, 0)]
    told = {
        "accepted_at": scene.at(minutes=40),
        "conclusion": "通过" if passes else "不通过",
        "signed_by": scene.who.name,
        "members": [{"name": scene.who.name, "position": "签字人"}, *({"name": name, "position": "成员"} for name in more)],
        "items": rows,
        "documents": [],
        "text": "现场逐条查看，隐患均已消除，同意。" if passes else "仍有问题，不同意通过。",
    }
    if known["on_site"]:
        told |= {"photos": [scene.photo("验收", minutes=35)], "photo_reason": ""}
    if known["expert_asked"]:
        told |= {"expert_name": "周工", "expert_title": "安全工程 高级工程师", "expert_opinion": "整改措施有效，符合有关标准的要求。"}
    if known["clearance_asked"]:
        told |= {"clearance_records": [scene.paper("断水断电和清场记录")], "follow_up_use": "收回后复垦复绿。"}
    if known["spot_check"]:
        told["samples"] = [{"what": "抽查：现场灭火器、疏散通道", "result": "合格", "note": ""}]
    if not passes:
        rows[0]["result"] = "不合格"
        what = {"hazard_no": rows[0]["hazard_no"], "what": "整改后的点检记录没有张贴", "measure": "补齐点检记录并张贴在现场"}
        told["findings"] = [what]
    return {"opinion": told}


def external_acceptance(scene):
    told = {"organ": "松江区应急管理局", "doc_no": f"沪松应急验〔{scene.now.year}〕8 号", "accepted_on": scene.day(-1)}
    return {"external": {**told, "conclusion": "通过", "papers": [scene.paper("上级验收意见")], "note": ""}}


def apply_closure(scene):
    """F08; the relapse check is as late as DMN-7 lets it be."""
    serious = scene.known["risk"]["level"] in ("较大", "重大")
    listed = scene.known.get("listed") not in (None, "无")
    return {
        "application": {
            "reason": "隐患全部复查合格，分级验收通过，申请销号。",
            **({"root_cause": "日常检查流于形式，问题长期没有人管。"} if serious else {}),
            "long_term": "纳入网格每月巡查，租赁合同写明安全责任。",
            "person": scene.who.name,
            "relapse_check": scene.known["latest_check"],
            **({"delisting_no": f"松昆安委〔{scene.now.year}〕12 号"} if listed else {}),
            "applicant": scene.who.name,
            "materials": [{"name": "复查意见书", "copies": 2}, {"name": "验收单", "copies": 1}],
            "documents": [scene.paper("销号材料")],
            "no_open_hazard": True,
        }
    }


def check_closure(scene, conclusion="通过"):
    told = {"conclusion": conclusion, "signed_by": scene.who.name, "opinion": "材料齐全，同意。"}
    if conclusion == "通过":
        checked = ["隐患全部复查合格", "验收意见齐全", "挂牌已摘牌或者未挂牌", "材料齐全", "责任人和长效措施落实"]
        return {"closure_check": told | {"checked": checked}}
    return {"closure_check": told | {"reasons": "缺一份复查意见书。", "opinion": "请补齐后再报。"}}


def approve_closure(scene, conclusion="同意"):
    told = {"conclusion": conclusion, "signed_by": scene.who.name, "opinion": "同意销号。"}
    if conclusion == "退回":
        told |= {"reasons": "长效措施没有落实到责任人。", "opinion": "退回补充。"}
    return {"approval": told}


FORMS = {
    "sign_opinion": sign_opinion,
    "external_acceptance": external_acceptance,
    "apply_closure": apply_closure,
    "check_closure": check_closure,
    "approve_closure": approve_closure,
}
