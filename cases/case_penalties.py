"""处罚两条线: every respondent of a case with the six steps of their penalty — told, heard, decided, served, paid, reviewed."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import select

from cases import penalties
from cases.case_tree import variables_of
from cases.penalties import Penalty
from engine.domain.people import ZONE
from engine.store.models import ProcessInstance
from engine.store.visibility import visible

#: So many respondents.
MOST = 24
#: How a step stands: it is over, it is on, it does not come, it is still to come.
DONE, NOW, NOT, AHEAD = "done", "now", "not", "ahead"


def legs(connection, actor, roots):
    """[{"no" of the case, "units" [leg], "people" [leg]}] of the trees with these roots, as far as the actor may see them.

    A leg is {"key", "name", "role", "article", "organ", "no", "status", "reason", "steps" [{"name", "state", "text"}]}.
    """
    one = ProcessInstance
    chosen = (
        select(one.key)
        .where(one.root_key.in_(roots), one.process_id == "respondent_penalty", visible(one.root_key, one.key, actor))
        .order_by(one.key)
        .limit(MOST)
    )
    keys = connection.execute(chosen).scalars().all()
    if not keys:
        return []
    told, runs = variables_of(connection, keys), _executions(connection, keys)
    numbers = {known.get("penalty_no") for known in told.values()} - {None}
    of_ledger = select(Penalty.__table__).where(Penalty.penalty_no.in_(numbers))
    rows = {row["penalty_no"]: row for row in connection.execute(of_ledger).mappings()}
    cases = {}
    for key in keys:
        known = told.get(key, {})
        row = rows.get(known.get("penalty_no"))
        if row is not None:
            case = cases.setdefault(row["enforcement_no"], {"no": row["enforcement_no"], "units": [], "people": []})
            case["units" if row["kind"] == "单位" else "people"].append(_leg(key, row, known, runs.get(key, {})))
    return list(cases.values())


def _executions(connection, keys):
    """{leg: the variables of its execution}."""
    one = ProcessInstance
    chosen = select(one.parent_key, one.key).where(one.parent_key.in_(keys), one.process_id == "penalty_execution")
    parents = {key: parent for parent, key in connection.execute(chosen)}
    names = ("paused_from", "review_result", "pay_due", "pauses")
    return {parents[key]: known for key, known in variables_of(connection, list(parents), names).items()}


def _leg(key, row, known, run):
    shown = {name: row[name] for name in ("name", "role", "article", "organ", "status", "reason")}
    return shown | {"key": key, "no": row["penalty_no"], "steps": steps(row, known, run)}


def steps(row, known, run):
    """[{"name", "state", "text"}], the six of a penalty: its row of the ledger, the variables of its leg, and of the leg's execution."""
    found = [_told(row, known), _heard(row, known), _decided(row, known), _served(row, known), _paid(row, run), _reviewed(row, run)]
    named = zip(("告知", "听证", "决定", "送达", "缴纳", "复议"), found, strict=True)
    return [{"name": name, "state": state, "text": text} for name, (state, text) in named]


def _told(row, known):
    if known.get("notice_served_at"):
        return DONE, f"{_day(known['notice_served_at'])}送达"
    return NOW, "已制作，待送达" if known.get("notice_paper") else "拟告知书"


def _heard(row, known):
    held, discretion = known.get("hearing"), known.get("discretion") or {}
    if isinstance(held, dict):
        return DONE, _day(held.get("held_at")) + (held.get("outcome") or "已结束")
    if known.get("hearing_requested_on") and not row["decided"]:
        return NOW, f"{_day(known['hearing_requested_on'])}申请"
    if discretion.get("needs_hearing") is False:
        return NOT, "未达到听证标准"
    if row["decided"]:
        return NOT, "没有申请"
    return (AHEAD, f"可在{_day(known['respond_by'])}前申请") if known.get("respond_by") else (AHEAD, "")


def _decided(row, known):
    if not row["decided"]:
        return (NOW, "审核、审查中") if known.get("notice_served_at") and _heard(row, known)[0] != NOW else (AHEAD, "")
    outcome = known.get("outcome") or row["status"]
    said = f"罚款 {yuan(row['fine'])} 元" if row["fine"] else outcome if outcome != "处罚" else "处罚，无罚款"
    return DONE, f"{_day(row['decided'])}{said}"


def _served(row, known):
    served = row["served"] or known.get("decision_served_at")
    if served:
        return DONE, f"{_day(served)}送达"
    if not row["decided"]:
        return AHEAD, ""
    return (NOT, "移送，不制作决定书") if row["status"] == penalties.HANDED_OVER else (NOW, "决定书待送达")


def _paid(row, run):
    fine, paid, more = row["fine"], row["paid"] or Decimal(0), row["late_fine"] or Decimal(0)
    late = f"，加处 {yuan(more)} 元" if more else ""
    if row["status"] == penalties.PAID:
        return DONE, f"已缴清 {yuan(paid)} 元"
    if row["status"] == penalties.IN_COURT:
        return NOW, f"已申请法院强制执行{late}"
    if row["decided"] and not fine:
        return NOT, "没有罚款"
    if not row["served"]:
        return AHEAD, ""
    due = _day(run.get("pay_due") or row["due"])
    return NOW, f"已缴 {yuan(paid)} 元，应缴 {yuan(fine)} 元{late}" + (f"，{due}前缴清" if due and not more else "")


def _reviewed(row, run):
    if run.get("review_result"):
        return DONE, str(run["review_result"])
    if row["status"] == penalties.REVOKED:
        return DONE, "决定已撤销"
    if run.get("paused_from") and not run.get("pauses"):
        return NOW, f"{_day(run['paused_from'])}起复议、诉讼"
    return AHEAD, "尚未提起" if row["served"] else ""


def yuan(amount):
    """15,000 or 15,000.50, as money is written."""
    return f"{amount:,.2f}".removesuffix(".00")


def _day(value):
    """10 月 28 日, in Shanghai; of a moment, a day, or the text of either; "" for none."""
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
        except ValueError:
            return ""
    if value is None:
        return ""
    value = value.astimezone(ZONE) if isinstance(value, datetime) else value
    return f"{value.month} 月 {value.day} 日"
