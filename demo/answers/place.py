"""场所整治主流程: grading, disposition, assignment, and what follows a refusal or a returned acceptance."""

from demo.people import SPONSORS, VILLAGES


def confirm_grading(scene):
    """As the tables suggest it; pulling down takes its basis in law."""
    level, disposition = scene.known["risk"]["level"], scene.known["suggestion"]["disposition"]
    basis = {"legal_basis": "城乡规划法第六十五条：村庄规划区内未依法取得乡村建设规划许可的，责令停止建设、限期改正，逾期不改的可以拆除。"}
    return {"grading": {"level": level, "disposition": disposition, **(basis if disposition == "拔点" else {})}}


def approve_disposition(scene, outcome="批准"):
    return {"approval": {"outcome": outcome, "opinion": "同意，抓紧整治，按期销号。" if outcome == "批准" else "请补充论证。"}}


def assign_place(scene):
    """分派, as DMN-0 suggests where it names a unit that the form knows."""
    suggested = scene.known["suggested"]["implementer"]
    known = (*VILLAGES, "高科技公司", "资产公司", "应急管理中心")
    led = scene.known["risk"]["level"] == "重大" or scene.known["disposition"]["disposition"] == "拔点"
    return {
        "assignment": {
            "implementer": suggested if suggested in known else scene.place.village,
            "industry_dept": scene.place.sort.industry,
            **({"leader": SPONSORS[scene.story.no % len(SPONSORS)], "task_force": f"{scene.place.name}整治专班"} if led else {}),
            "requirements": "逐条整改，期限内完成；住宿人员先行清退。" if scene.place.sort.sleepers else "逐条整改，期限内完成。",
        }
    }


def urge_assignment(scene):
    return {"assignment_urging": {"opinion": f"{scene.place.name}已逾两个工作日，请安委办今日落实实施主体和行业部门。"}}


def acknowledge_case(scene):
    told = {"person": scene.who.name, "position": "安全干部", "arrangement": "当日约见企业负责人，逐条交底。"}
    if scene.place.neighbour or "A5" in scene.place.sort.area_types:
        told |= {"joint_person": f"{scene.place.neighbour or '青浦区安委办'} 联络员", "joint_way": "电话", "joint_on": scene.day()}
    return {"acknowledgement": told}


def decide_follow_up(scene):
    detail = "派专人值守，每日报告现场情况；处罚由执法队另案办理，整改继续。"
    return {"follow_up": {"measures": ["重点管控、专人值守", "联合执法"], "detail": detail}}


def remedy_findings(scene):
    done = "验收提出的问题已经逐条整改，附现场照片，申请再次验收。"
    photos = [scene.photo("整改后", minutes=90)]
    return {"remedy": {"done": done, "finished_at": scene.at(minutes=60), "photos": photos, "photo_reason": ""}}


FORMS = {
    "confirm_grading": confirm_grading,
    "approve_disposition": approve_disposition,
    "assign_place": assign_place,
    "urge_assignment": urge_assignment,
    "acknowledge_case": acknowledge_case,
    "decide_follow_up": decide_follow_up,
    "remedy_findings": remedy_findings,
}
