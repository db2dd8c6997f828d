"""Values of a case as people read them."""

import re
from datetime import date, datetime
from decimal import Decimal

from cases import case_facts, case_records
from engine.domain import values
from engine.domain.people import ZONE
from web import when

_WORDS = {True: "是", False: "否"}
#: What a form keeps apart says this in its place.
CONCEALED = "（已隐去）"
_HAZARD = re.compile(r".*-\d{4}-\d{4}-(\d{2})")

#: What the tables' outputs are called; a table's own names are for diagrams.
_OUTPUTS = {
    "level": "等级", "colour": "颜色", "rank": "分值", "risk_rank": "分值", "score": "分值", "priority": "优先级",
    "disposition": "处置方式", "approver": "批准", "basis": "依据", "implementer": "实施主体", "industry_dept": "行业部门",
    "leader": "包案领导", "mode": "方式", "organ": "机关", "seal": "印章", "transfer_to": "移送", "available": "可以处罚",
    "band": "档次", "fine_min": "罚款下限", "fine_max": "罚款上限", "kind": "种类", "needs_hearing": "须告知听证",
    "needs_legal_review": "须法制审核", "n": "期限", "unit": "单位", "code": "单位代码", "rung": "档", "after": "起", "stages": "阶段",
    "stage": "阶段", "group": "由谁签署", "people": "人数", "expert": "专家参加", "sample_percent": "抽查比例",
    "relapse_days": "回潮核查天数", "start_event": "起算", "rolls": "遇节假日顺延", "valid_from": "自", "valid_to": "至",
    "verify": "待核实", "step": "环节", "term": "期限", "date": "日期", "amount": "金额",
    "at": "截止", "share_from": "幅度自", "share_to": "幅度至",
}  # fmt: skip


def word(name):
    """The name of a table's output as people read it; one that is not known, as it is."""
    return _OUTPUTS.get(name, "".join(str(name).split("\n")))


def mark(label):
    """What tells instances of one process apart, short: 隐患 01 for 松昆安整-2024-0137-01; a respondent's name as it is."""
    found = _HAZARD.fullmatch(label or "")
    return f"隐患 {found[1]}" if found else label or ""


def said(value, named=word):
    """One value on one line: 是, 15000, 甲、乙, 等级：一般，颜色：黄; "—" for none."""
    if value is None or value == [] or value == {} or value == "":
        return "—"
    if isinstance(value, bool):
        return _WORDS[value]
    if isinstance(value, (Decimal, int)):
        return values.number(Decimal(value))
    if isinstance(value, dict):
        if value.keys() >= case_facts.APART:
            return CONCEALED
        return "，".join(f"{named(name)}：{said(inner, named)}" for name, inner in value.items())
    if isinstance(value, list):
        return "、".join(f"〔{said(each, named)}〕" if isinstance(each, dict) else said(each, named) for each in value)
    return _moment(value)


def _moment(text):
    """A moment that a variable holds as ISO text, as people read it; any other text as it is."""
    if isinstance(text, str) and len(text) > 15 and text[4:5] == "-" and text[10:11] == "T":
        try:
            found = datetime.fromisoformat(text)
        except ValueError:
            return text
        return when.exact(found) if found.tzinfo else text
    return text.isoformat() if isinstance(text, date) else str(text)


def pairs(value):
    """A context as [(name, text)] under its own names, for a list; anything else under no name."""
    if isinstance(value, dict) and not value.keys() >= case_facts.APART:
        return [(name, said(inner, str)) for name, inner in value.items()]
    return [("", said(value, str))]


def concealed(value):
    """What is kept apart inside of a value, each once."""
    return list({each["ref"]: each for each in case_records.concealed(value)}.values())


def by_day(entries, now):
    """[(day in words, [entry with "time"])] of a timeline in its order."""
    today, days = now.astimezone(ZONE).date(), []
    for entry in entries:
        at = datetime.fromisoformat(entry["at"]).astimezone(ZONE)
        named = _day(at.date(), today)
        if not days or days[-1][0] != named:
            days.append((named, []))
        days[-1][1].append({**entry, "time": f"{at:%H:%M}", "exact": when.exact(at)})
    return days


def _day(day, today):
    if day == today:
        return "今天"
    if (today - day).days == 1:
        return "昨天"
    return (f"{day.month} 月 {day.day} 日" if day.year == today.year else when.day(day)) + f" 周{'一二三四五六日'[day.weekday()]}"
