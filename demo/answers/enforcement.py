"""立案处罚: the clue, the filing with its respondents, the statements, the closing."""

from demo.answers.discovery import responsible
from demo.places import identity

#: article -> (what it is about, the duty behind it).
CAUSES = {
    "安全生产法103(2)": ("未与承租单位签订安全生产管理协议", "安全生产法第四十九条第二款"),
    "安全生产法102": ("未采取措施消除事故隐患", "安全生产法第四十一条第二款"),
    "安全生产法94": ("主要负责人未履行安全生产管理职责", "安全生产法第二十一条"),
    "安全生产法99": ("未在有较大危险因素的设备上设置安全装置", "安全生产法第三十六条"),
}


def register_clue(scene, pursue="继续办理"):
    known, place = scene.known, scene.place
    back = {"pursue": pursue} if known.get("handover") else {}
    if back and pursue != "继续办理":
        back["drop_reason"] = "受移送机关认定违法事实不成立，没有新的证据。"
    case = known.get("case_no")
    return {
        "case_no": case,
        "hazard_no": known.get("hazard_no") or f"{case}-01",
        "place_name": place.name,
        "enterprise": known.get("enterprise") or place.enterprise.name,
        "matter": known.get("matter") or "安全生产",
        "zone": place.sort.zone,
        "act_date": known.get("act_date") or scene.day(-1),
        "clue": known.get("clue") or "检查时发现隐患没有按期消除，负责人未履行职责。",
        **back,
    }


def file_case(scene, article="安全生产法103(2)", of_person=None, person_too=True, refusal=False):
    """F12: the unit and, each on grounds of their own, its person in charge. `of_person`: the article for the person, if another one."""
    company, code, head = responsible(scene.place, scene.finding or scene.place.findings[0])
    about = {"overdue": refusal, "refusal": refusal, "first_time": not refusal, "corrected_in_time": False}
    unit = {"kind": "单位", "name": company, "uscc": code, "representative": head, "address": scene.place.address, "role": "单位"}
    person = {
        "kind": "个人",
        "name": head,
        "person_id": identity(head),
        "sex": "男",
        "employer": company,
        "position": "负责人",
        "address": f"松江区小昆山镇平原街 {100 + scene.story.no} 弄",
        "role": "主要负责人" if of_person == "安全生产法94" else "直接负责的主管人员",
    }
    cause, duty = CAUSES[article]
    respondents = [{**unit, "article": article, **about}]
    if person_too:
        respondents.append({**person, "article": of_person or article, **about})
    return {
        "filing": {
            "cause": cause,
            "source": "复查移交" if refusal else "检查发现",
            "ended_on": scene.day(-1),
            "limitation": "二年",
            "facts": f"{scene.now.year} 年检查发现，{company}{cause}，现场情况与检查记录一致。",
            "basis": duty,
            "respondents": respondents,
            "opinion": "建议立案调查，单位和个人分别处理。",
            "officers": scene.officers(),
            "evidence": [scene.paper("检查记录")],
        }
    }


def approve_filing(scene, outcome="同意立案"):
    opinion = {"同意立案": "同意立案，依法分别调查。", "不予立案": "情节轻微并已改正，不予立案。", "退回": "请补充主体材料。"}[outcome]
    return {"approval": {"outcome": outcome, "opinion": opinion}}


def take_statements(scene, examined=0):
    """F13, of two officers. `examined`: for so many days until yesterday a laboratory had what was found, and the term (T3) stood still."""
    head = scene.known["filing"]["respondents"][0]["representative"]
    officers = scene.officers()
    record = {
        "kind": "询问笔录",
        "person": head,
        "started_at": scene.at(minutes=110),
        "ended_at": scene.at(minutes=50),
        "examiner": officers[0]["name"],
        "recorder": officers[1]["name"],
        "shown_ids": True,
        "told_rights": True,
        "content": "问：检查记录所列情况是否属实？答：属实，我们没有做到位。",
        "signed": "本人逐页签名",
    }
    stood = [{"from": scene.day(-examined), "until": scene.day(-1), "reason": "送检鉴定", "document": "鉴定委托书"}] if examined else None
    return {
        "investigation": {
            "records": [record],
            "records_files": [scene.paper("询问笔录")],
            "identity_files": [scene.paper("营业执照和任职证明")],
            "evidence": [scene.paper("租赁合同")],
            "conclusion": "违法事实清楚，证据确实充分，单位和负责人应当分别处罚。",
            **({"appraised": True, "pauses": stood} if stood else {}),
            "officers": officers,
        }
    }


def heed_alarm(scene):
    return {"alarm": {"handling": "督促承办人限期作出决定", "note": "十日内报请决定。"}}


def report_closing(scene):
    """F19; where the enterprise was punished often enough, with what the town proposes."""
    repeated = any(each["close"] for each in scene.known.get("repeats") or ())
    proposal = {"closure_proposal": "一百八十日内三次受罚，存在重大事故隐患，已报区人民政府提请关闭。"}
    return {
        "closing": {
            **(proposal if repeated else {}),
            "summary": "各当事人的决定均已送达，罚款的缴纳情况见附件，材料齐全。",
            "archive_no": f"松昆罚卷{scene.now.year}-{scene.story.no:03d}",
            "retention": "30年",
            "complete": True,
            "archive": [scene.paper("案卷目录")],
        }
    }


def approve_dropping(scene, outcome="同意"):
    return {"dropping": {"outcome": outcome, "opinion": "同意不再办理，归档。" if outcome == "同意" else "请补充调查。"}}


def approve_closing(scene, outcome="同意结案"):
    return {"closing_approval": {"outcome": outcome, "opinion": "同意结案，归档。" if outcome == "同意结案" else "请补充缴款凭证。"}}


FORMS = {
    function.__name__: function
    for function in (
        register_clue,
        file_case,
        approve_filing,
        take_statements,
        heed_alarm,
        report_closing,
        approve_dropping,
        approve_closing,
    )
}
