"""时间线: what happened in a case, the newest first, by kinds of events that people ask for."""

from decimal import Decimal

import orjson
from sqlalchemy import select

from cases.case_tree import labels, theirs
from engine import history, queues
from engine.domain.errors import Invalid
from engine.domain.people import SYSTEM
from engine.store import timelines
from engine.store.models import ProcessInstance
from engine.store.records import History

#: What one may ask for -> (how it is called, the kinds of history, or parts of their names).
KINDS = {
    "steps": (
        "办理经过",
        (
            *("task:completed", "task:confirmed", "task:declined", "task:recused", "task:released", "task:assigned"),
            *("instance:started", "instance:completed", "instance:cancelled", "timer:fired", "message:correlated", "comment:added"),
            "incident:raised",
        ),
    ),
    "terms": ("到期和消息", ("timer:fired", "message:correlated", "message:published", "signal:received")),
    "files": ("上传材料", ("attachment:added",)),
    "looks": ("查看记录", ("access:looked", "access:broken", "history:exported")),
    "all": ("全部", None),
}
#: What is said otherwise than history says it: the names of messages are for engineers.
SAID = {"timer:fired": "到期：{}", "message:correlated": "收到：{}"}
#: Entries on a page.
LIMIT = 30
#: Tables of the ledger whose change an entry tells.
_TABLES = {"place": "场所", "hazard": "隐患", "penalty": "处罚"}


def entries(engine, transaction, actor, root_key, kind="steps", after=None, limit=LIMIT):
    """([{"at", "kind", "sentence", "process", "label" (or None), "notes" [text]}], position after them or None).

    `after`: the position that the page before ended with. Raises Invalid for a `kind` that is not of KINDS.
    """
    if kind not in KINDS:
        raise Invalid(f"Expected a kind of events among {', '.join(KINDS)}, but found {kind!r:.40}")
    connection = transaction.connection
    chosen = select(History.__table__, ProcessInstance.definition_key).join(ProcessInstance, ProcessInstance.key == History.chain)
    chosen = chosen.where(History.chain.in_(theirs(actor, root_key)))
    if KINDS[kind][1] is not None:
        chosen = chosen.where(History.kind.in_(KINDS[kind][1]))
    if after is not None:
        at, chain, seq = after
        same = (History.at == at) & ((History.chain < chain) | ((History.chain == chain) & (History.seq < seq)))
        chosen = chosen.where((History.at < at) | same)
    order = (History.at.desc(), History.chain.desc(), History.seq.desc())
    rows = connection.execute(chosen.order_by(*order).limit(limit + 1)).mappings().all()
    last = rows[limit - 1] if len(rows) > limit else None
    return _told(engine, transaction, rows[:limit]), last and [last["at"], last["chain"], last["seq"]]


def _told(engine, transaction, rows):
    bodies = [orjson.loads(row["body"]) for row in rows]
    names = {SYSTEM: "系统"} | timelines.display_names(transaction.connection, queues.people_of(rows, bodies))
    processes = {key: engine.definition(transaction, key).definition for key in {row["definition_key"] for row in rows}}
    named = labels(transaction.connection, {row["chain"] for row in rows})
    told = [_entry(row, body, names, processes[row["definition_key"]]) for row, body in zip(rows, bodies, strict=True)]
    return [entry | {"label": named.get(row["chain"])} for row, entry in zip(rows, told, strict=True)]


def _entry(row, body, names, definition):
    who, what, said, principal = queues.in_names(row, body, names, definition)
    what = _flat(what or "")
    if "process" in said:
        said["process"] = _flat(said["process"])
    told = SAID[row["kind"]].format(what) if what and row["kind"] in SAID else None
    return {
        "at": row["at"],
        "kind": row["kind"],
        "sentence": told or history.wording(row["kind"], who, what or None, said, principal),
        "process": _flat(definition.name or definition.id),
        "notes": [note for change in body["changes"] for note in _notes(change)],
    }


def _notes(change):
    """What a change of the ledger means, as far as people ask for it: papers, and how things stand."""
    table, before, after = change["table"], change["before"] or {}, change["after"] or {}
    if table == "paper" and not change["before"]:
        yield f"制发《{after.get('kind')}》{after.get('number')}"
    elif table == "paper" and after.get("voided"):
        yield f"文书作废：{after.get('void_reason') or ''}"
    elif table in _TABLES and after.get("status"):
        was = f"{before['status']} → " if before.get("status") else ""
        yield f"{_TABLES[table]} {change['key'] if table != 'penalty' else ''}：{was}{after['status']}".replace(" ：", "：")
    elif table == "penalty_payment":
        yield f"缴款 {Decimal(after['amount']):,} 元（{after['receipt_no']}）"


def _flat(text):
    return "".join(text.split("\n"))
