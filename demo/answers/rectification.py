"""隐患整改与复查: from the hazard's registration to its re-check."""

from datetime import date, timedelta

from demo.answers.discovery import hits, responsible
from demo.places import mobile


def register_hazard(scene, fixed=False):
    """F02. `fixed`: it was put right while the inspectors stood there."""
    place, finding, known = scene.place, scene.finding, scene.known
    company, code, head = responsible(place, finding)
    major = finding.is_major
    told = {
        **{name: known[name] for name in ("case_no", "hazard_no", "place_name", "place_address", "place_lng", "place_lat")},
        "enterprise": company,
        "unlicensed": False,
        "uscc": code,
        "person": head,
        "person_mobile": mobile(head),
        "location": finding.location,
        "field": finding.field,
        "category": finding.category,
        "description": finding.description,
        "clauses": list(finding.clauses),
        "grade": "重大" if major else "一般",
        "source": known.get("source") or "排查",  # the enterprise reads this one: nothing of who told
        "found_at": known["found_at"],
        "finders": [{"name": scene.who.name, "unit": scene.who.unit, "cert_no": scene.who.certificate}],
        "photos": [scene.photo(finding.location, minutes=30)],
        "photo_reason": "",
        "sleepers": place.sort.sleepers,
        "n_operators": 1,
        **finding.about,
        "on_site_measures": "当场告知责任单位，责令采取临时管控措施。",
    }
    if known.get("ticket_no"):
        told["ticket_no"] = known["ticket_no"]
    if major:
        told |= {"second_confirmer": "王志强", "standard_hits": hits(finding, known["found_at"][:10])}
    else:
        told["fixed_on_spot"] = fixed
    if fixed:
        return told | {"fixed_photos": [scene.photo("已改正", minutes=12)]}
    return told | {"suggested_days": {"低": 7, "一般": 15, "较大": 30, "重大": 60}[finding.level]}


def issue_notice(scene, days=None):
    """F03; the term is what the table allows, or less. An order where DMN-6 gives the town the authority, a letter where it does not."""
    finding, most, mode = scene.finding, int(scene.known["max_days"]), scene.known["authority"]["mode"]
    return {
        "notice": {
            **({"entrustment": "沪松应急委〔2024〕3 号"} if mode == "委托" else {}),
            "officers": scene.officers(),
            "contact_name": scene.who.name,
            "contact_phone": "021-57760000",
            "contact_address": "小昆山镇人民政府 203 室",
            "facts": finding.description,
            "clauses": [finding.clauses[0]],
            "requirements": [{"text": text, "clause": finding.clauses[0]} for text in finding.remedies],
            "days": min(days or most, most),
            "protection": "整改期间停用相关部位，专人巡查。",
            "recheck_note": "期限届满或者收到整改完成报告后复查。",
            **({} if mode == "无" else {"rights": True}),
        }
    }


def acknowledge_notice(scene):
    told = {"name": scene.who.name, "position": "负责人", "mobile": mobile(scene.who.name), "electronic": True, "statement": ""}
    return {"receipt": told}


def serve_notice(scene):
    """F18: handed over, but not accepted."""
    return {
        "service": {
            "method": "直接送达",
            "served_at": scene.at(minutes=20),
            "recipient": scene.known["person"],
            "recipient_role": "负责人",
            "refused": True,
            "refusal_reason": "称须与股东商量，不肯签收。",
            "servers": scene.officers(),
            "evidence": [scene.paper("送达回证")],
        }
    }


def leave_notice(scene):
    """F18 of two officers, who left it there before a witness."""
    return {
        "service": {
            **scene.known["service"],
            "served_at": scene.at(minutes=20),
            "attested": "见证人",
            "witness": "王阿姨",
            "witness_unit": "居民小组",
            "servers": scene.officers(),
            "evidence": [scene.paper("送达回证")],
        }
    }


def draft_plan(scene):
    """F04: all five are there."""
    served, last = scene.known["served_at"][:10], date.fromisoformat(scene.known["rectify_deadline"]["date"])
    first = min(date.fromisoformat(served) + timedelta(days=7), last)
    head, finding = scene.known["person"], scene.finding
    return {
        "plan": {
            "goal": f"按期完成：{finding.remedies[0]}。",
            "measures": [{"text": text, "person": head} for text in finding.remedies],
            "person": head,
            "mobile": mobile(head),
            "organisation": "负责人任组长，安全员和班组长参加，每周例会。",
            "funds": 2.5 + scene.story.no % 7,
            "fund_source": "企业自筹",
            "milestones": [
                {"text": "采购和停用到位", "due": first.isoformat()},
                {"text": "全部完成并自查", "due": last.isoformat()},
            ],
            "emergency": "设专人值守和疏散集合点，每周演练一次。",
            "interim": "整改部位停用、断电、围挡。",
            **({"signed_by_head": True} if scene.known["risk"]["level"] == "重大" else {}),
            "attachments": [scene.paper("整改方案")],
        }
    }


def review_plan(scene, outcome="通过"):
    if outcome == "退回":
        return {"review": {"outcome": outcome, "opinion": "资金来源须附证明，补正后再报。"}}
    return {"review": {"outcome": outcome, "five": ["责任", "措施", "资金", "时限", "预案"], "opinion": "五项落实，同意。"}}


def report_progress(scene):
    told = {"percent": 40, "as_of": scene.day(), "text": "材料已到场，已完成约四成。", "difficulties": ""}
    return {"progress": {**told, "photos": [scene.photo("进度", minutes=40)]}}


def urge(scene):
    told = {"way": "上门", "at": scene.at(minutes=30), "contact": scene.known["person"], "forecast": "能按期完成"}
    return {"urge": {**told, "note": "已当面提醒期限，负责人表示正在收尾。"}}


def report_completion(scene):
    """F05: a photo of the same spot before and after."""
    serious = scene.known["risk"]["level"] in ("较大", "重大")
    causes = {"root_cause": "日常检查流于形式，问题长期没有人管。", "long_term": "纳入每周自查清单，负责人签字，村居月查。"}
    return {
        "completion": {
            "items": [
                {"requirement": row["requirement"], "done": "已完成", "note": "已完成并自查。"} for row in _items(scene, "completion")
            ],
            "before": [scene.photo("整改前", days=1)],
            "after": [scene.photo("整改后", minutes=80)],
            "photo_reason": "",
            "documents": [scene.paper("整改票据")],
            "finished_at": scene.at(minutes=70),
            "cost": 1.2 + scene.story.no % 5,
            **(causes if serious else {}),
            "reporter": scene.who.name,
            "reporter_mobile": mobile(scene.who.name),
        }
    }


def recheck(scene, outcome="合格", new_days=7):
    """F06 of two officers. Where it does not pass, the last of the requirements is not met."""
    rows = [{"requirement": row["requirement"], "result": "合格", "note": ""} for row in _items(scene, "recheck")]
    told = {
        "visited_at": scene.at(minutes=45),
        "check_code": f"JC{scene.now:%Y%m%d}{scene.story.no:04d}",
        "outcome": outcome,
        "items": rows,
        "note": "逐条查看现场，要求均已落实。",
        "photos": [scene.photo("复查", minutes=40)],
        "photo_reason": "",
        "party_signed": "签字",
        "party_name": scene.known["person"],
        "party_opinion": "",
    }
    if outcome == "合格":
        return {"recheck": told}
    rows[-1] |= {"result": "不合格", "note": "现场仍未完成。"}
    told |= {"note": "部分要求没有落实。", "next_step": "重新下达通知，限期完成余下部分。"}
    if outcome in ("部分合格", "不合格"):
        return {"recheck": told | {"new_days": min(new_days, int(scene.known["rectify_term"]["n"]))}}
    facts = "责令后两次上门，负责人明确表示不整改，现场照旧生产。"
    refused = {"next_step": "移送立案。", "refusal_facts": facts, "refusal_evidence": [scene.film("执法记录")]}
    del told["party_name"]
    return {"recheck": {**told, **refused, "party_signed": "拒签", "witness": "王阿姨"}}


def _items(scene, name):
    return scene.known[name]["items"]


FORMS = {
    "register_hazard": register_hazard,
    "issue_notice": issue_notice,
    "acknowledge_notice": acknowledge_notice,
    "serve_notice": serve_notice,
    "leave_notice": leave_notice,
    "draft_plan": draft_plan,
    "review_plan": review_plan,
    "report_progress": report_progress,
    "urge": urge,
    "report_completion": report_completion,
    "recheck": recheck,
}
