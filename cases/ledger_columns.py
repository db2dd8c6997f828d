"""The columns of the ledger (台账), as the town exports it: a row per place, or a row per hazard with its place's columns repeated.

Identity numbers and telephones are no columns: they stand in the vault, and are shown one at a time, for a reason.
"""

import re
from dataclasses import dataclass

from cases.hazards import CATEGORIES
from cases.ledger_sight import HAZARDS, PLACES
from cases.places import AREA_TYPES, NINE_SMALL, PLACE_TYPES

BOTH = frozenset({PLACES, HAZARDS})
OF_PLACES, OF_HAZARDS = frozenset({PLACES}), frozenset({HAZARDS})


@dataclass(frozen=True, slots=True)
class Column:
    """`name`: of the row's value; `width`: in characters of a sheet; `form`: how it is said (see `text`).

    `shown`: in which lists one finds it without asking; `party`: whether an enterprise is told it of its own rows.
    """

    name: str
    label: str
    width: int
    kinds: frozenset = BOTH
    form: str = "text"
    shown: frozenset = frozenset()
    party: bool = True


#: In the order of the town's own sheet.
COLUMNS = (
    Column("risk_level", "风险等级", 8, shown=BOTH),
    Column("place_no", "案件（场所）编号", 21, shown=OF_PLACES),
    Column("name", "场所名称", 26, shown=BOTH),
    Column("address", "地址", 30, shown=OF_PLACES),
    Column("village", "居村/公司", 16, shown=OF_PLACES),
    Column("grid", "网格", 10),
    Column("area_types", "区域类型", 20, form="areas"),
    Column("place_types", "场所类型", 24, form="types"),
    Column("programme", "专项类别", 10),
    Column("owner", "产权人", 20, form="list"),
    Column("lessor", "出租/转租方", 20, form="list"),
    Column("tenant", "承租方", 22, form="list"),
    Column("head", "主要负责人", 12, form="list"),
    Column("land_use", "登记用途", 12),
    Column("actual_use", "实际用途", 16),
    Column("land_use_mismatch", "用途是否相符", 12, form="unlike"),
    Column("floor_area", "建筑面积（㎡）", 12, form="number"),
    Column("workers", "从业人数", 9, form="number"),
    Column("sleepers", "住宿人数", 9, form="number"),
    Column("hazard_no", "隐患编号", 24, OF_HAZARDS, shown=OF_HAZARDS),
    Column("category", "隐患类别", 24, OF_HAZARDS, "category", OF_HAZARDS),
    Column("location", "部位", 18, OF_HAZARDS),
    Column("description", "隐患描述", 40, OF_HAZARDS),
    Column("grade", "是否重大", 9, OF_HAZARDS, shown=OF_HAZARDS),
    Column("standard_hits", "判定依据", 24, OF_HAZARDS, "list"),
    Column("found", "发现时间", 12, OF_HAZARDS, "day"),
    Column("source", "来源", 12, OF_HAZARDS, party=False),
    Column("found_by", "检查人", 14, OF_HAZARDS),
    Column("hazards", "隐患数", 8, OF_PLACES, "number"),
    Column("hazards_open", "未销隐患", 9, OF_PLACES, "number", OF_PLACES),
    Column("hazards_major", "未销重大隐患", 12, OF_PLACES, "number"),
    Column("hazards_late", "超期隐患", 9, OF_PLACES, "number"),
    Column("disposition", "处置方式", 9, shown=OF_PLACES),
    Column("implementer", "实施主体", 18),
    Column("party", "责任单位", 22, OF_HAZARDS, shown=OF_HAZARDS),
    Column("person", "责任人", 10, OF_HAZARDS),
    Column("industry_dept", "行业部门", 14),
    Column("sponsor", "包案领导", 10),
    Column("deadline", "整改期限", 12, form="day", shown=BOTH),
    Column("rounds", "复查次数", 9, OF_HAZARDS, "number"),
    Column("verified", "复查合格时间", 13, OF_HAZARDS, "day"),
    Column("listed", "上账时间", 12, form="day"),
    Column("closed", "销号时间", 12, form="day"),
    Column("supervised", "挂牌督办", 9),
    Column("urged", "督促函数", 9, form="number", party=False),
    Column("interviewed", "约谈数", 8, form="number", party=False),
    Column("enforcement_no", "立案号", 22, form="list", party=False),
    Column("fine_unit", "单位罚款（元）", 13, form="number", party=False),
    Column("fine_person", "个人罚款（元）", 13, form="number", party=False),
    Column("transferred", "移送数", 8, form="number", party=False),
    Column("place_status", "场所状态", 10, OF_HAZARDS),
    Column("status", "状态", 10, shown=BOTH),
    Column("is_overdue", "是否超期", 9, form="yes"),
    Column("remark", "备注", 24),
)

#: What no list goes without: what its rows are opened by.
ALWAYS = {PLACES: ("name",), HAZARDS: ("name", "category")}

#: What people write into a text though it has a field of its own: a mobile number, an identity number.
_MOBILE = re.compile(r"(?<!\d)(1[3-9]\d)[ -]?\d{4}[ -]?(\d{4})(?!\d)")
_IDENTITY = re.compile(r"(?<![\dA-Za-z])\d{17}[\dXx](?![\dA-Za-z])")


def columns(kind, actor):
    """The Columns of a list that the actor may choose among, in their order."""
    return [column for column in COLUMNS if kind in column.kinds and (column.party or not actor.is_party)]


def value(column, row):
    """What stands in a cell: text, a number (int, Decimal), an aware datetime, or None."""
    if column.name == "remark":
        return _remark(row)
    told = row.get(column.name)
    match column.form:
        case "list":
            return clear("、".join(map(str, told or ()))) or None
        case "areas":
            return "、".join(AREA_TYPES.get(one, one) + _border(one, row) for one in told or ()) or None
        case "types":
            return "、".join(PLACE_TYPES.get(one, one) + _kind(one, row) for one in told or ()) or None
        case "category":
            return CATEGORIES.get(told, told)
        case "yes":
            return "超期" if told else "否"
        case "unlike":
            return None if told is None else "不符" if told else "相符"
        case "text":
            return clear(told)
    return told


def _border(code, row):
    """Who else has to do with an area, in brackets: its neighbours (A2), the districts of a 飞地 (A5)."""
    if code.startswith("A2") and row["adjacent_orgs"]:
        return f"（{'、'.join(one['name'] + one['duty'] for one in row['adjacent_orgs'])}）"
    if code == "A5" and row["land_owner_district"]:
        return f"（土地属{row['land_owner_district']}，由{row['managing_district']}管理）"
    return ""


def _kind(code, row):
    """Which of the nine a place is (P6); how many trades, owners and operators are mixed in it (混合)."""
    if code == "P6" and row["nine_small"]:
        return f"（{'、'.join(NINE_SMALL.get(one, one) for one in row['nine_small'])}）"
    if code == "混合" and row["n_formats"]:
        return f"（{row['n_formats']} 种业态、{row['n_owners']} 个产权人、{row['n_operators'] or '?'} 个主体）"
    return ""


def _remark(row):
    parts = [f"误录撤销：{row['void_reason'] or row['place_void_reason']}" if row["voided"] or row["place_voided"] else None]
    parts.append(f"由 {row['reopened_from']} 回潮重开" if row["reopened_from"] else None)
    parts.append("停产停业（紧急处置）未解除" if row["stopped"] else None)
    return clear("；".join(filter(None, parts))) or None


def clear(text):
    """A text without telephones and identity numbers."""
    if text is None:
        return None
    return _IDENTITY.sub("（证件号码略）", _MOBILE.sub(r"\1****\2", text))
