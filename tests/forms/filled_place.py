"""The forms of 发现受理 and of the main process of a place, filled in as they should be. Each call gives fresh data."""

from datetime import datetime

from tests.forms import filled
from tests.forms.making import SHANGHAI

NOW = datetime(2024, 4, 2, 15, tzinfo=SHANGHAI)
OWNER, TENANT = "陈坊资产经营有限公司", "昆港五金制品有限公司"
OWNER_USCC, TENANT_USCC = "91350100M000100Y43", "91310117MA1J2K3L48"


def inspection(at="2024-04-01T09:30+08:00", **changes):
    """A patrol by the village."""
    return {"kind": "巡查", "mode": "明查", "at": at, "inspectors": [{"name": "陈阿妹", "unit": "陈坊村居委会", "cert_no": ""}], **changes}


def official_inspection():
    """An 行政检查, which takes a check code, what it rests on, and two officers."""
    officers = [
        {"name": "王志强", "unit": "应急管理中心", "cert_no": "09170001"},
        {"name": "李敏", "unit": "应急管理中心", "cert_no": "09170002"},
    ]
    return inspection(kind="行政检查", inspectors=officers, check_code="JC20240401001", plan_code="", trigger="工单 2024040100123")


def place(**changes):
    """A workshop where people sleep."""
    return {
        "name": "昆港公路 88 号 3 号厂房", "address": "昆港公路 88 号 3 幢二层", "lng": filled.LNG, "lat": filled.LAT, "datum": "WGS-84",
        "village": "陈坊村居委会", "grid": "CF-03", "zone": "村庄规划区", "programme": "工业区", "area_types": ["A1"],
        "place_types": ["P5"], "owner_nature": "民营", "land_use": "工业用地", "actual_use": "生产、住宿", "floor_area": 1200.5,
        "floors": 3, "structure": "砖混", "built": 1998, "fire_facilities": ["灭火器"], "workers": 24, "sleepers": 6, "cylinders": 0,
        "batteries": 0, **changes,
    }  # fmt: skip


def owner(**changes):
    return {
        "role": "产权人", "kind": "单位", "name": OWNER, "uscc": OWNER_USCC, "person": "周大海", "mobile": "13800138000", "area": 1200.5,
        **changes,
    }  # fmt: skip


def tenant(**changes):
    return {
        "role": "承租方", "kind": "单位", "name": TENANT, "uscc": TENANT_USCC, "person": "郑强", "mobile": "13900139000", "lessor": OWNER,
        "area": 600, "since": "2023-01-01", "until": "2025-12-31", "safety_agreement": True, **changes,
    }  # fmt: skip


def subtenant():
    """A person who holds a part of it from the tenant."""
    found = tenant(role="转租方", kind="个人", name="冯小兰", identity="11010519491231002X", lessor=TENANT, consent_to_sublease=False)
    del found["uscc"]
    return found


def hazard(**changes):
    return {
        "category": "H03", "location": "二层东侧车间", "description": "二层东侧车间内隔出三间宿舍，住六人。", "grade": "一般",
        "party": TENANT, **changes,
    }  # fmt: skip


def facts(**changes):
    return {"exits_ok": False, "n_operators": 1, "house_grade": "B", "land_use_mismatch": False, "fixable": "是", **changes}


def report_place(**changes):
    """F01, of a patrol that found one hazard."""
    return {
        "inspection": inspection(), "source": "排查", "place": place(), "parties": [owner(), tenant()], "hazards": [hazard()],
        "facts": facts(), "photos": [filled.photo("车间.jpg", "2024-04-01T09:20+08:00")], "photo_reason": "", **changes,
    }  # fmt: skip


def report_major(**changes):
    """F01, of an inspection after a ticket: several parties, bottled gas, one hazard major."""
    major = hazard(grade="重大", standard_hits=["10号令-3(1)"], party=OWNER, category="H17")
    several = place(place_types=["混合", "违法建筑"], illegal_area=80, cylinders=4, n_formats=2, n_owners=1)
    return report_place(
        **{
            "inspection": official_inspection(), "source": "12345", "ticket_no": "2024040100123", "place": several,
            "parties": [owner(), tenant(), subtenant()], "hazards": [hazard(), major],
            "facts": facts(n_operators=3, unified_management=False, indoor_or_crowded=True), **changes,
        }
    )  # fmt: skip


def report_shared(**changes):
    """F01, of a factory of the state that several rent, on the border, used otherwise than as registered."""
    border = place(
        area_types=["A2a", "A5"], place_types=["P2", "P3", "P6"], adjacent_orgs=[{"name": "佘山镇", "duty": "配合"}],
        land_owner_district="青浦区", managing_district="松江区", nine_small=["P6e", "P6i"], owner_nature="国有", owner_level="区",
    )  # fmt: skip
    given = {"place": border, "parties": [owner(), tenant(unit="2 层东侧")], "facts": facts(land_use_mismatch=True, fixable="否")}
    return report_place(**given | changes)


def check_report(outcome="上账", checked_at="2024-04-02T14:00+08:00", **changes):
    more = {} if outcome == "上账" else {"reason": "照片与地址不符，请补拍正门照片。"}
    return {"check": {"outcome": outcome, "checked_at": checked_at, **more, **changes}}


def approve_listing(outcome="批准", **changes):
    return {"listing": {"outcome": outcome, "opinion": "判定标准和证据齐全。", **changes}}


def confirm_grading(level="重大", disposition="整治", **changes):
    """As DMN-1 and DMN-2 suggest it."""
    return {"grading": {"level": level, "disposition": disposition, **changes}}


def approve_disposition(outcome="批准", **changes):
    return {"approval": {"outcome": outcome, "opinion": "同意，抓紧整治。", **changes}}


def assign_place(implementer="陈坊村居委会", industry_dept="应急管理中心", leader="吴海", **changes):
    given = {
        "implementer": implementer,
        "industry_dept": industry_dept,
        "leader": leader,
        "task_force": "",
        "requirements": "五月底前完成。",
    }
    return {"assignment": {name: value for name, value in {**given, **changes}.items() if value is not None}}


def urge_assignment(**changes):
    return {"assignment_urging": {"opinion": "两个工作日未分派，今日下班前必须落实实施主体。", **changes}}


def acknowledge_case(**changes):
    return {"acknowledgement": {"person": "陈阿妹", "position": "安全干部", "arrangement": "当日约见企业负责人。", **changes}}


def acknowledge_border(**changes):
    """By whoever shares it with a neighbour."""
    return acknowledge_case(joint_person="佘山镇安委办 沈强", joint_way="电话", joint_on="2024-04-02", **changes)


def decide_follow_up(**changes):
    return {"follow_up": {"measures": ["重点管控、专人值守"], "detail": "派专人值守，每日报告，同时移送立案。", **changes}}


def cut_power():
    basis = "部门主要负责人 2024-06-11 批准，已书面并提前二十四小时通知。"
    return decide_follow_up(measures=["提请停止供电", "联合执法"], notice_basis=basis)


def remedy_findings(finished_at="2024-04-02T10:00+08:00", **changes):
    photos = [filled.photo("防火门.jpg", "2024-04-02T09:50+08:00")]
    return {"remedy": {"done": "乙级防火门已安装并检测合格。", "finished_at": finished_at, "photos": photos, "photo_reason": "", **changes}}


_DUPLICATES = [{"no": "松昆安整-2024-0012", "name": "昆港公路 88 号", "address": "昆港公路 88 号", "status": "整改中"}]
_CHECKING = {"inspection": {"at": "2024-04-01T09:30:00+08:00"}, "duplicates": _DUPLICATES}
_CHECKING |= {name: report_shared()[name] for name in ("place", "parties", "hazards", "facts")}
_CASE = {
    "case_no": filled.CASE, "risk": {"level": "重大", "colour": "红"}, "disposition": {"disposition": "整治"},
    "suggestion": {"disposition": "整治", "approver": "分管领导", "basis": "松昆府〔2024〕21号四（四）"},
}  # fmt: skip

KNOWN = {
    "report_place": {},
    "check_report": _CHECKING,
    "approve_listing": {},
    "confirm_grading": _CASE,
    "approve_disposition": _CASE,
    "assign_place": _CASE,
    "urge_assignment": _CASE,
    "acknowledge_case": _CASE,
    "decide_follow_up": _CASE,
    "remedy_findings": _CASE,
}
RIGHT = {
    "report_place": [report_major(), report_shared()],
    "check_report": [
        check_report(),
        check_report("并入", merged_into="松昆安整-2024-0012"),
        check_report("移送", transfer_to="区应急管理局"),
    ],
    "approve_listing": [approve_listing(), approve_listing("退回")],
    "confirm_grading": [
        confirm_grading(),
        confirm_grading("重大", "拔点", reason="违法建筑不能改正。", legal_basis="城乡规划法第六十五条"),
    ],
    "approve_disposition": [approve_disposition(), approve_disposition("退回")],
    "assign_place": [assign_place()],
    "urge_assignment": [urge_assignment()],
    "acknowledge_case": [acknowledge_case(), (acknowledge_border(), {"area_types": ["A2a"]})],
    "decide_follow_up": [decide_follow_up(), cut_power()],
    "remedy_findings": [remedy_findings()],
}
