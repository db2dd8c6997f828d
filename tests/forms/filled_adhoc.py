"""The forms of P12, P16, P18 and P19, filled in as they should be, around 国庆 2024. Each call gives fresh data."""

from datetime import datetime

from tests.forms.filled import CASE, HAZARD, LAT, LNG, officers, paper, photo
from tests.forms.making import SHANGHAI

ENTERPRISE, PLACE = "昆港五金制品有限公司", "昆港公路 88 号 3 号厂房"
CONTACT = {"contact_name": "沈佳", "contact_phone": "021-57760000", "contact_address": "小昆山镇人民政府 203 室"}


# -- P12 extension


def apply_extension(until="2024-11-15", **changes):
    """F27; hazard and present deadline are the case's."""
    return {
        "applicant": ENTERPRISE,
        "extension": {
            "until": until, "listed": False, "person": "王五", "reason": "楼梯间钢构件停产，须重新定制。", "done": "隔间已经拆除。",
            "interim": "二层停用，断电上锁，每日巡查。", "attachments": [paper("停产通知.pdf")], **changes,
        },
    }  # fmt: skip


def decide_extension(until="2024-11-15", **changes):
    return {"decision": {"outcome": "同意", "until": until, "opinion": "理由成立，管控措施可靠。", **changes}}


def refuse_extension():
    return {"decision": {"outcome": "不同意", "opinion": "管控措施不可靠。"}}


# -- P16 transfer_out


def propose_transfer(kind="行业部门", receiver="上海市松江区消防救援支队", **changes):
    """F19 on the application's side."""
    required = ["案件情况的调查报告", "涉案物品清单", "检验报告或者鉴定结论", "其他有关材料"]
    return {
        "case_no": CASE, "place_name": PLACE, "enterprise": ENTERPRISE,
        "transfer": {
            "kind": kind, "receiver": receiver, "cause": "厂房内违规住宿", "found_on": "2024-09-20",
            "facts": "二层隔出三间宿舍，住六人，拒不拆除。", "reason": "该行为由消防救援机构处罚",
            "basis": "安全生产法第六十九条、消防法第七十条", "parties": [{"name": ENTERPRISE, "role": "经营者"}],
            "materials": [{"name": "现场检查记录", "copies": 1, "pages": 3}], "officers": officers(), **CONTACT,
            **({"required": required} if kind == "公安机关" else {}), **changes,
        },
    }  # fmt: skip


def to_the_police():
    return propose_transfer("公安机关", "上海市公安局松江分局", reason="涉嫌危险作业罪", basis="刑法第一百三十四条之一、国务院令第310号")


def approve_transfer(outcome="批准", **changes):
    return {"approval": {"outcome": outcome, "opinion": "事实清楚，同意移送。" if outcome == "批准" else "证据不足，补充调查。", **changes}}


def deliver_transfer(delivered_at="2024-09-30T15:00+08:00", police=False, **changes):
    delivery = {"method": "当面", "delivered_at": delivered_at, "handed_by": "李立", "complete": True, "evidence": [paper("交接清单.pdf")]}
    return {"delivery": {**delivery, **({"copied": True} if police else {}), **changes}}


def record_receipt(received_at="2024-09-30T16:00+08:00", **changes):
    return {"receipt": {"received_by": "周警官", "received_at": received_at, "doc_no": "", "files": [paper("回执.pdf")], **changes}}


def urge_receipt(**changes):
    return {"receipt_urging": {"way": "电话", "details": "与收案民警通话，对方称当日签收并寄回回执。", **changes}}


def record_reply(outcome="立案", decided_on="2024-10-02", **changes):
    objection = {"objection": "提请复议"} if outcome == "不予立案" else {}
    return {
        "reply": {
            "outcome": outcome,
            "decided_on": decided_on,
            "doc_no": "",
            "content": "决定书已经收到。",
            "files": [],
            **objection,
            **changes,
        }
    }


# -- P18 correction


def request_void(table="hazard", number=HAZARD, **changes):
    """F28, of an entry that stands twice on the ledger."""
    void = {"table": table, "number": number, "kind": "重复登记", "keep": "松昆安整-2024-0136-01", "reason": "与另一条是同一处隐患。"}
    return {"case_no": CASE, "void": {**void, "evidence": [paper("比对.pdf")], **changes}}


def void_place(number=CASE):
    found = request_void("place", number, kind="查无此事", reason="该地址没有这家单位，经现场核实。")
    del found["void"]["keep"]
    return found


def approve_void(outcome="同意"):
    return {"approval": {"outcome": outcome, "opinion": "核对无误。" if outcome == "同意" else "不是同一处隐患。"}}


# -- P19 emergency_stop


def report_danger(found_at="2024-09-30T09:00+08:00", **changes):
    return {
        "case_no": CASE, "place_name": PLACE, "enterprise": ENTERPRISE,
        "danger": {
            "kind": "泄漏", "matter": "安全生产", "found_at": found_at, "people": 12, "location": "二层东侧车间",
            "description": "稀释剂桶倾倒，大量挥发，附近有明火作业。", "measures": "已经关阀，人员疏散。",
            "photos": [photo("现场.jpg", "2024-09-30T09:05+08:00")], "photo_reason": "", **changes,
        },
    }  # fmt: skip


def order_stop(ordered_at="2024-09-30T10:00+08:00", measure="停产停业", **changes):
    oral = {} if measure == "当场排除" else {"oral": True}
    return {
        "order": {
            "measure": measure, "ordered_at": ordered_at, "scope": "二层车间全部停产，人员撤出。", "told": "王五", "told_position": "厂长",
            "officers": officers(), "record": [paper("现场记录.pdf")], **oral, **changes,
        }
    }  # fmt: skip


def evacuate(finished_at="2024-09-30T11:00+08:00", **changes):
    return {
        "evacuation": {
            "finished_at": finished_at, "moved": 12, "remaining": 0, "sealed": True, "settled": "在村委会安置。", "person": "陈平",
            "photos": [photo("封闭.jpg", "2024-09-30T11:00+08:00")], **changes,
        }
    }  # fmt: skip


def write_order(**changes):
    return {
        "written": {
            "facts": "稀释剂泄漏，附近有明火作业。", "basis": "安全生产法第六十五条", "content": "险情排除并经审查同意后，方可恢复。",
            "review_organ": "上海市松江区人民政府", "court": "上海铁路运输法院", "power_cut": False, **changes,
        }
    }  # fmt: skip


def cut_power(power_cut_at="2024-10-08T09:00+08:00", power_cut_notified_at="2024-09-30T16:00+08:00", **changes):
    """On the first working day after the festival; all of the article's steps were taken."""
    cut = {"power_cut_approval": "区局主要负责人 2024-09-30 批准。", "power_cut_at": power_cut_at}
    return write_order(power_cut=True, power_cut_notified_at=power_cut_notified_at, **cut, **changes)


def cut_power_at_once():
    return cut_power("2024-09-30T23:00+08:00", power_cut_urgent="仍在生产，可燃气体浓度继续上升。")


def report_to_organ():
    """Where the town has no authority."""
    report = {"reported_to": "松江区消防救援支队，10 时 20 分，电话报告。", "files": [paper("报告.pdf")]}
    return {"written": {name: write_order()["written"][name] for name in ("facts", "basis", "content")} | report}


def apply_resume(finished_on="2024-10-08", **changes):
    resumption = {"removed": "清理稀释剂，移出明火作业。", "self_check": "自查合格。", "person": "王五", "finished_on": finished_on}
    return {"resumption": {**resumption, "documents": [paper("检测报告.pdf")], **changes}}


def inspect_resume(inspected_at="2024-10-10T10:00+08:00", outcome="已排除", **changes):
    remaining = {"remaining": "通风装置没有修复。"} if outcome == "未排除" else {}
    return {
        "inspection": {
            "inspected_at": inspected_at, "outcome": outcome, "findings": "现场没有残留，明火作业已经移出。", "officers": officers(),
            "photos": [photo("检查.jpg", "2024-10-10T10:00+08:00")], **remaining, **changes,
        }
    }  # fmt: skip


def consent_resume(outcome="同意"):
    return {"consent": {"outcome": outcome, "opinion": "同意恢复。" if outcome == "同意" else "通风装置须先检测。"}}


NOW = datetime(2024, 10, 14, 10, tzinfo=SHANGHAI)
_CASE = {"case_no": CASE, "hazard_no": HAZARD, "place_name": PLACE, "enterprise": ENTERPRISE, "place_lng": LNG, "place_lat": LAT}
_EXTENDING = {**_CASE, "rectify_deadline": {"date": "2024-10-31", "at": "2024-10-31T23:59:59+08:00"}, "extension": {"due": "2024-10-31"}}
_TRANSFER = {**_CASE, "transfer": propose_transfer()["transfer"], "delivery": {"delivered_at": "2024-09-30T15:00:00+08:00"}}
_POLICE = {**_TRANSFER, "transfer": to_the_police()["transfer"]}
_DANGER = {
    **_CASE, "danger": report_danger()["danger"] | {"found_at": "2024-09-30T09:00:00+08:00"}, "applied_at": "2024-10-08T10:00:00+08:00",
    "order": {"measure": "停产停业", "ordered_at": "2024-09-30T10:00:00+08:00"},
    "authority": {"mode": "委托", "organ": "上海市松江区应急管理局", "basis": "安全生产法第一百一十五条"},
}  # fmt: skip

KNOWN = {
    **{name: {} for name in ("request_void", "report_danger", "propose_transfer")},
    "apply_extension": _EXTENDING,
    "decide_extension": {**_EXTENDING, "extension": {"due": "2024-10-31", "until": "2024-11-20"}},
    **dict.fromkeys(("approve_transfer", "record_receipt", "urge_receipt", "record_reply"), _TRANSFER),
    "deliver_transfer": _POLICE,
    "approve_void": {**_CASE, **request_void()},
    **dict.fromkeys(("order_stop", "evacuate", "write_order", "apply_resume", "inspect_resume", "consent_resume"), _DANGER),
}
RIGHT = {
    "apply_extension": [apply_extension()],
    "decide_extension": [decide_extension(), refuse_extension()],
    "propose_transfer": [propose_transfer(), to_the_police()],
    "approve_transfer": [approve_transfer(), approve_transfer("不批准")],
    "deliver_transfer": [deliver_transfer(police=True)],
    "record_receipt": [record_receipt()],
    "urge_receipt": [urge_receipt()],
    "record_reply": [record_reply(), record_reply("不予立案"), record_reply("退回")],
    "request_void": [request_void(), void_place()],
    "approve_void": [approve_void(), approve_void("不同意")],
    "report_danger": [report_danger()],
    "order_stop": [order_stop(), order_stop(measure="当场排除")],
    "evacuate": [evacuate(), evacuate(remaining=1, remaining_reason="一人拒绝撤离，专人看护。")],
    "write_order": [
        write_order(),
        cut_power_at_once(),
        (report_to_organ(), {"authority": {"mode": "无", "organ": "上海市松江区消防救援支队"}}),
    ],
    "apply_resume": [apply_resume()],
    "inspect_resume": [inspect_resume(), inspect_resume(outcome="未排除")],
    "consent_resume": [consent_resume(), consent_resume("不同意")],
}
