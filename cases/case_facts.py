"""案情: what whoever works on a task has to know of its case — place, parties, hazards, photos, papers — as far as they may see it."""

import re
from datetime import datetime

from sqlalchemy import select

from cases.hazards import CATEGORIES, Hazard
from cases.papers import Paper
from cases.titles import COLOURS
from engine.domain import values
from engine.store.models import ProcessInstance, UserTask, Variable
from engine.store.records import Attachment
from engine.store.visibility import visible

#: So many photos and papers beside a form.
MOST = 24
#: What a form keeps apart from its case.
APART = frozenset(("hmac", "ref"))
#: In a due date's expression: whose term it is.
_STEP = re.compile(r'terms\[\s*(?:step|term)\s*=\s*"([^"]+)"\s*\]')
_UNITS = {"wd": "个工作日", "cd": "日", "h": "小时", "m": "个月", "y": "年"}


def known(connection, actor, task):
    """{variable: value} of the instance of a task (a row of user_task), over those of its root; a party is told only the former."""
    chosen = select(Variable.instance_key, Variable.name, Variable.value).where(
        Variable.instance_key.in_({task["instance_key"]} | (set() if actor.is_party else {task["root_key"]})), Variable.scope == 1
    )
    found = {}
    for row in sorted(connection.execute(chosen), key=lambda row: row.instance_key == task["instance_key"]):
        value = values.read(row.value)
        if value is not None or row.name not in found:
            found[row.name] = value
    return found


def facts(told):
    """[(what, text)] of the case as such, from its variables; only what there is, and only what has the campaign's own shape."""
    level = _of(told.get("risk"), "level")
    shown = [
        ("场所", _text(told.get("place_name")) or _of(told.get("place"), "name")),
        ("地址", _text(told.get("place_address")) or _of(told.get("place"), "address")),
        ("属地", _text(told.get("village")) or _of(told.get("place"), "village")),
        ("案件号", _text(told.get("case_no"))),
        ("用途", _use(told)),
        ("风险", f"{COLOURS[level]}（{level}）" if level in COLOURS else None),
        ("处置方式", _of(told.get("disposition"), "disposition")),
        ("责任单位", _text(told.get("enterprise"))),
        ("实施主体", _of(told.get("assignment"), "implementer")),
        ("隐患", _text(told.get("description"))),
        ("被处罚人", _of(told.get("respondent"), "name")),
    ]
    return [(what, text) for what, text in shown if text]


def _use(told):
    """How the place is registered and how it is used (R-20); None where neither was told."""
    of = told["place"] if isinstance(told.get("place"), dict) else told
    registered, actual = _text(of.get("land_use")), _text(of.get("actual_use"))
    judged = told["facts"].get("land_use_mismatch") if isinstance(told.get("facts"), dict) else None
    said = "，".join(filter(None, (registered and f"登记为{registered}", actual and f"实际为{actual}")))
    return f"{said}（不符）" if said and judged is True else said or None


def parties(told):
    """[{"role", "name", "person", "from"}] in the order of the chain: 产权人 first."""
    found = told.get("parties")
    listed = [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []
    return [
        {"role": _of(one, "role"), "name": _of(one, "name"), "person": _of(one, "person"), "from": _of(one, "lessor")} for one in listed
    ]


def hazards(connection, actor, told):
    """[{"no", "what", "location", "status"}] of the place as the ledger has them now; to a party none but its own, from the variables."""
    case_no = _text(told.get("case_no"))
    if case_no is None or actor.is_party:
        return []
    chosen = select(Hazard).where(Hazard.place_no == case_no).order_by(Hazard.no)
    return [
        {"no": row.no, "what": CATEGORIES.get(row.category, row.category), "location": row.location, "status": row.status}
        for row in connection.execute(chosen.with_only_columns(Hazard.no, Hazard.category, Hazard.location, Hazard.status))
    ]


def photos(connection, actor, task):
    """[{"key", "name", "taken_at", "step"}]: photos that were handed in with the case, the last first."""
    chosen = (
        select(Attachment.key, Attachment.name, Attachment.taken_at, UserTask.name.label("step"))
        .outerjoin(UserTask, UserTask.key == Attachment.task_key)
        .where(
            Attachment.root_key == task["root_key"],
            Attachment.type.like("image/%"),
            visible(Attachment.root_key, UserTask.instance_key, actor),
        )
        .order_by(Attachment.at.desc(), Attachment.key.desc())
        .limit(MOST)
    )
    return [dict(row) for row in connection.execute(chosen).mappings()]


def papers(connection, actor, task):
    """[{"key", "kind", "number", "issued", "voided"}]: papers of the case, the last first."""
    chosen = (
        select(Paper.key, Paper.kind, Paper.number, Paper.issued, Paper.voided)
        .join(ProcessInstance, ProcessInstance.key == Paper.instance_key)
        .where(Paper.root_key == task["root_key"], visible(ProcessInstance.root_key, ProcessInstance.key, actor))
        .order_by(Paper.key.desc())
        .limit(MOST)
    )
    return [dict(row) for row in connection.execute(chosen).mappings()]


def derivation(due, expression, told):
    """How a task's deadline came about, or None.

    {"basis", "term", "start_event", "start", "provisional", "calendar", "pauses", "extensions"}

    `due`: the task's; `expression`: of the diagram, or None; `told`: the variables. A deadline that the case keeps with its derivation
    tells it; else the term that the diagram's expression names.
    """
    for value in told.values():
        if isinstance(value, dict) and value.keys() >= {"basis", "at", "n"} and moment(value["at"]) == due:
            return {
                "basis": _text(value["basis"]),
                "term": _spelled(value["n"], value.get("unit")),
                "start_event": _of(value, "start_event"),
                "start": moment(value.get("start")),
                "provisional": value.get("provisional") is True,
                "calendar": _of(value, "calendar"),
                "pauses": len(value.get("pauses") or ()),
                "extensions": len(value.get("extensions") or ()),
            }
    return _of_term(expression, told)


def _of_term(expression, told):
    named = _STEP.search(expression or "")
    terms = told.get("terms")
    if named is None or not isinstance(terms, list):
        return None
    for term in terms:
        if isinstance(term, dict) and named[1] in (term.get("step"), term.get("term")) and "n" in term:
            code = term.get("code") or term.get("unit")
            nothing = {"start_event": None, "start": None, "provisional": False, "calendar": None, "pauses": 0, "extensions": 0}
            return {"basis": _of(term, "basis"), "term": _spelled(term["n"], code), **nothing}
    return None


def _spelled(n, unit):
    """A term as people say it: 3 个工作日; a unit that no table of terms has, as it is."""
    return f"{n} {_UNITS.get(unit, unit or '')}".strip()


def without_what_is_apart(value):
    """A value without what a form keeps apart: of that the case holds a mark and a reference, which no field can show."""
    if isinstance(value, dict):
        if value.keys() >= APART:
            return None
        return {name: without_what_is_apart(inner) for name, inner in value.items()}
    return [without_what_is_apart(inner) for inner in value] if isinstance(value, list) else value


def _of(value, name):
    return _text(value.get(name)) if isinstance(value, dict) else None


def _text(value):
    return value.strip() or None if isinstance(value, str) else None


def moment(value):
    """The aware datetime that a variable holds as ISO text; None for anything else."""
    try:
        found = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return None
    return found if found.tzinfo else None
