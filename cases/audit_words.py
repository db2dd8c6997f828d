"""What history calls kinds, tables, columns and parts of an entry, as people read them; what is not here is said under its own name."""

from cases.hazards import CATEGORIES
from cases.ledger_columns import COLUMNS
from cases.places import AREA_TYPES, NINE_SMALL, PLACE_TYPES
from engine import history

#: Kinds of events that one asks for, by the kinds of history or what these begin with; what fits none is of the last.
_GROUPS = {
    "done": ("办理", ("task:", "comment:", "attachment:", "element:", "variables:")),
    "course": ("流程进展和到期", ("instance:", "timer:", "message:", "signal:", "delivery:")),
    "looks": ("查看和导出", ("access:", "history:")),
    "trouble": ("异常和作业", ("incident:", "job:")),
    "people": ("账号、证件、代理和回避", ("account:", "certificate:", "deputy:", "interest:", "token:", "unit:", "task:recused")),
    "rules": ("流程部署、节假日和设置", ()),
}
TABLES = {
    "place": "台账·场所", "hazard": "台账·隐患", "party": "当事人", "tenure": "权属链", "inspection": "检查", "paper": "文书",
    "penalty": "处罚", "penalty_payment": "缴款", "certificate": "执法证件", "unit_type": "单位类型", "grid": "网格",
    "task_force": "专班", "task_force_member": "专班成员", "account": "账号", "membership": "角色", "holiday": "节假日",
    "interest": "利害关系", "deputy": "代理", "recusal": "回避",
}  # fmt: skip

_SHARED = {column.name: column.label for column in COLUMNS} | {
    "no": "编号", "key": "编号", "root_key": "案件", "instance_key": "流程实例", "place_no": "场所编号", "case_no": "案件号",
    "hazard_no": "隐患编号", "zone": "区域", "lng": "经度", "lat": "纬度", "datum": "坐标系", "owner_nature": "权属性质",
    "adjacent_orgs": "毗邻单位", "land_owner_district": "土地所属区", "managing_district": "管理区", "n_formats": "业态数",
    "n_owners": "产权人数", "n_operators": "经营主体数", "nine_small": "“九小”类别", "owner_level": "国有资产隶属", "structure": "结构",
    "built": "建成年份", "fire_facilities": "消防设施", "floors": "层数", "illegal_area": "违法建筑面积（㎡）", "cylinders": "钢瓶数",
    "batteries": "电动自行车电池数", "stopped": "未解除的紧急停止", "reopened_from": "回潮自", "voided": "误录撤销",
    "void_reason": "撤销理由", "voided_by": "撤销人", "deadline_provisional": "期限暂定", "party_no": "当事人编号",
    "ticket_no": "工单号", "uscc": "统一社会信用代码",
    "person": "主要负责人", "identity": "证件号码", "mobile": "电话", "kind": "种类", "role": "身份", "lessor_no": "出租方编号",
    "since": "自", "until": "至", "area": "面积（㎡）", "safety_agreement": "安全生产管理协议", "consent_to_sublease": "同意转租",
    "rank": "次序", "at": "时间", "inspectors": "检查人员", "check_code": "检查码", "mode": "方式", "plan_code": "计划编号",
    "trigger": "触发原因", "number": "文号", "series": "文号序列", "ordinal": "序号", "organ": "机关", "seal": "印章",
    "addressee": "受送达人", "issued": "制发时间", "issued_by": "制发人", "template": "模板", "template_sha256": "模板校验码",
    "data_sha256": "内容校验码", "penalty_no": "处罚编号", "enforcement_no": "立案号", "act_date": "行为日期", "article": "条款",
    "fined": "罚款", "fine": "罚款（元）", "decided": "决定时间", "decision_no": "决定书文号", "served": "送达时间", "due": "缴款期限",
    "paid": "已缴（元）", "late_fine": "加处罚款（元）", "late_fine_derivation": "加处罚款推算", "reason": "理由", "reference": "证件号码",
    "earlier_no": "前次处罚", "amount": "金额（元）", "paid_on": "缴款日期", "receipt_no": "票据号", "username": "账号",
    "display_name": "姓名", "issuer": "发证机关", "valid_from": "有效期自", "valid_to": "有效期至", "unit": "单位", "type": "类型",
    "code": "代码", "keeper": "责任人", "lead": "组长", "formed": "组建日期", "dissolved": "解散日期", "task_force_no": "专班编号",
    "cert_no": "证号", "email": "邮箱", "roles": "角色", "active": "启用", "changed": "变更时间",
}  # fmt: skip

#: Of one table alone.
_OWN = {
    ("party", "name"): "名称", ("penalty", "name"): "被处罚人", ("task_force", "name"): "名称", ("grid", "name"): "名称",
    ("inspection", "kind"): "检查种类", ("inspection", "result"): "检查结论",
    ("paper", "voided"): "作废时间", ("paper", "void_reason"): "作废理由",
    ("paper", "mode"): "执法方式",    ("place", "no"): "场所编号", ("certificate", "no"): "证号",
    ("tenure", "unit"): "楼层、单元",
}  # fmt: skip

#: Parts of an entry that are one value each.
PARTS = {
    "reason": "理由", "certificate": "执法证件", "confirmed_by": "确认人", "filed_by": "办理人", "correlation_key": "关联编号",
    "business_id": "业务编号", "due": "到期时刻", "message": "说明", "assignee": "指派给", "number": "编号", "hash": "封印哈希",
    "username": "账号", "display_name": "姓名", "first": "自", "last": "至", "year": "年份", "source": "来源", "to": "调至", "code": "代码",
    "party": "当事人", "relation": "关系", "subject": "对象", "principal": "被代理人", "deputy": "代理人", "unit": "单位", "roles": "角色",
    "version": "版本", "authors": "起草人", "resources": "文件", "decision": "决策", "priority": "优先级", "comment": "意见",
}  # fmt: skip
#: What is told elsewhere on the page, or is an engineer's.
UNTOLD = {"path", "task", "tasks", "variables", "filed", "decisions", "files", "status", "process", "parent", "message_id", "late"}
UNTOLD |= {"thrown_by", "from", "waiting", "deployed", "days", "names", "name"}
ENDED = {"COMPLETED": "流程办结", "CANCELED": "流程撤销", "TERMINATED": "流程终止"}

#: The chains that belong to no case, by the first word of their subject.
CHAINS = {
    "account": "账号", "access": "查看记录", "clock": "时钟", "seals": "封印", "deployment": "流程部署", "design": "流程设计",
    "calendar": "节假日", "decision": "决策试算", "message": "消息", "signal": "信号", "unit": "单位", "demonstration": "演示数据",
}  # fmt: skip

_CODES = {"category": CATEGORIES, "area_types": AREA_TYPES, "place_types": PLACE_TYPES, "nine_small": NINE_SMALL}


def groups():
    """{group: what it is called}."""
    return {name: words for name, (words, _) in _GROUPS.items()}


def kinds(group):
    """The kinds of history of a group; None where there is no such group."""
    if group not in _GROUPS:
        return None
    if _GROUPS[group][1]:
        return tuple(kind for kind in history.KINDS if kind.startswith(_GROUPS[group][1]))
    others = tuple(start for _, starts in _GROUPS.values() for start in starts)
    return tuple(kind for kind in history.KINDS if not kind.startswith(others))


def column(table, name):
    """What a column is called."""
    return _OWN.get((table, name)) or _SHARED.get(name, name)


def decoded(name, value):
    """A value with the town's codes as words."""
    known = _CODES.get(name, {})
    if isinstance(value, list):
        return [known.get(one, one) if isinstance(one, str) else one for one in value]
    return known.get(value, value) if isinstance(value, str) else value


def chain(subject):
    """What a chain outside of all cases is about: 账号 li.min."""
    sort, _, whom = (subject or "").partition(":")
    return f"{CHAINS.get(sort, sort)} {whom}".strip() or None
