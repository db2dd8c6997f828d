"""The forms of 分级验收 and 销号, filled in as they should be: the workshop of filled.py after its repair. Each call gives fresh data."""

from datetime import datetime

from tests.forms import filled
from tests.forms.making import SHANGHAI

NOW = datetime(2024, 6, 10, 10, tzinfo=SHANGHAI)
OTHER = "松昆安整-2024-0137-02"
HAZARDS = [
    {"hazard_no": filled.HAZARD, "category": "H03", "location": "二层东侧车间", "description": "隔出三间宿舍，住六人。", "grade": "重大"},
    {"hazard_no": OTHER, "category": "H10", "location": None, "description": "一层两具灭火器过期。", "grade": "一般"},
]
SHOWN = [
    {"hazard_no": filled.HAZARD, "what": "二层东侧车间：隔出三间宿舍，住六人。", "standard": None},
    {"hazard_no": OTHER, "what": "一层两具灭火器过期。", "standard": None},
]


def sign_opinion(accepted_at="2024-06-03T10:00+08:00", signed_by="张三", **changes):
    """F07: passed, signed on the spot by two of a group."""
    return {
        "opinion": {
            "accepted_at": accepted_at, "conclusion": "通过", "signed_by": signed_by,
            "members": [{"name": signed_by, "position": "安全干部"}, {"name": f"{signed_by}一", "position": ""}],
            "items": [{**row, "standard": "消防法第十九条：住宿与生产场所分开", "result": "合格", "note": ""} for row in SHOWN],
            "photos": [filled.photo("验收.jpg", "2024-06-03T10:05+08:00")], "photo_reason": "", "documents": [],
            "text": "两项隐患均已消除，同意。", **changes,
        }
    }  # fmt: skip


def refuse(accepted_at="2024-06-03T10:00+08:00", signed_by="张三", **changes):
    """F07: one of two hazards does not pass."""
    found = sign_opinion(accepted_at, signed_by, conclusion="不通过", text="楼梯间防火门未安装，不同意。", **changes)
    found["opinion"]["items"][0]["result"] = "不合格"
    found["opinion"]["findings"] = [{"hazard_no": filled.HAZARD, "what": "封闭楼梯间未装防火门", "measure": "安装乙级防火门并验收合格"}]
    return found


def expert(**changes):
    """What the first group of a joint acceptance adds where DMN-7 asks for an expert."""
    return {"expert_name": "周工", "expert_title": "市消防协会 高级工程师", "expert_opinion": "楼梯间封闭完整，符合 GB 50016。", **changes}


def cleared(**changes):
    """What the first group adds where a place was vacated or pulled down."""
    return {"clearance_records": [filled.paper("断水断电记录.pdf")], "follow_up_use": "收回后改作公共绿地。", **changes}


def spot_check():
    """What 安委办 adds to an acceptance by sample."""
    return {"samples": [{"what": "二层东侧楼梯间的防火门", "result": "合格", "note": ""}]}


def decide(accepted_at="2024-06-05T10:00+08:00", signed_by="钱镇长", **changes):
    """F07 at a desk: no photos."""
    found = sign_opinion(accepted_at, signed_by, **changes)
    for name in ("photos", "photo_reason"):
        del found["opinion"][name]
    return found


def external_acceptance(conclusion="通过", **changes):
    """The district's acceptance, as its paper says it."""
    findings = [{"hazard_no": OTHER, "what": "灭火器配置数量不足", "measure": "按规范补足四具灭火器"}]
    return {
        "external": {
            "organ": "松江区应急管理局", "doc_no": "沪松应急验〔2024〕8 号", "accepted_on": "2024-06-07", "conclusion": conclusion,
            "papers": [filled.paper("验收意见.pdf")], "note": "", **({} if conclusion == "通过" else {"findings": findings}), **changes,
        }
    }  # fmt: skip


def apply_closure(relapse_check="2024-07-01", **changes):
    """F08, of a red place."""
    return {
        "application": {
            "reason": "两项隐患全部复查合格，分级验收通过。", "root_cause": "厂房租金压力下违规改造，出租方未检查。",
            "long_term": "租赁合同写明禁止住宿，每月联合检查。", "person": "陈平", "relapse_check": relapse_check, "applicant": "孙七",
            "materials": [{"name": "复查意见书", "copies": 2}, {"name": "验收单", "copies": 1}], "documents": [filled.paper("材料.pdf")],
            "no_open_hazard": True, **changes,
        }
    }  # fmt: skip


def check_closure(**changes):
    checked = ["隐患全部复查合格", "验收意见齐全", "挂牌已摘牌或者未挂牌", "材料齐全", "责任人和长效措施落实"]
    return {"closure_check": {"conclusion": "通过", "signed_by": "李立", "checked": checked, "opinion": "材料齐全，同意。", **changes}}


def not_checked(conclusion="补正", **changes):
    check = {"conclusion": conclusion, "signed_by": "李立", "reasons": "缺第二项隐患的复查意见书。", "opinion": "请补齐。"}
    return {"closure_check": {**check, **changes}}


def approve_closure(signed_by="吴主任", **changes):
    return {"approval": {"conclusion": "同意", "signed_by": signed_by, "opinion": "同意销号。", **changes}}


def disapprove_closure(signed_by="吴主任", **changes):
    return approve_closure(signed_by, conclusion="退回", reasons="长效措施没有落实到责任人。", opinion="退回。", **changes)


_PLACE = {
    "case_no": filled.CASE, "place_lng": filled.LNG, "place_lat": filled.LAT, "found_at": "2024-04-01T09:30:00+08:00", "hazards": HAZARDS,
    "risk": {"level": "重大", "colour": "红"}, "disposition": {"disposition": "拔点"}, "listed": "区级",
}  # fmt: skip
_EARLIER = {"stage": "居村初验", "group": "居村@陈坊村", "who": "周七", "conclusion": "通过", "at": "2024-06-01T10:00:00+08:00"}
_SIGNING = {
    **_PLACE, "earlier": [_EARLIER], "stage_opinions": [None, {**_EARLIER, "who": "吴八"}], "returned_findings": [],
    "signer": {"stage": "镇联合验收", "group": "应急管理中心", "people": 2}, "opinion": {"items": SHOWN},
    "on_site": True, "expert_asked": True, "clearance_asked": True, "spot_check": True,
}  # fmt: skip
_CLOSING = {**_PLACE, "earliest_check": "2024-06-10", "latest_check": "2024-07-10"}

KNOWN = {
    "sign_opinion": _SIGNING,
    "external_acceptance": _PLACE,
    "apply_closure": _CLOSING,
    "check_closure": _CLOSING,
    "approve_closure": _CLOSING,
}
RIGHT = {
    "sign_opinion": [sign_opinion(**expert(), **cleared(), **spot_check()), refuse(**expert(), **cleared(), **spot_check())],
    "external_acceptance": [external_acceptance(), external_acceptance("不通过")],
    "apply_closure": [apply_closure(delisting_no="松昆安委〔2024〕12 号")],
    "check_closure": [check_closure(), not_checked(), not_checked("退回")],
    "approve_closure": [approve_closure(), disapprove_closure()],
}
