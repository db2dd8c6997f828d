"""An entry of history told in full, for an auditor: the timeline's sentence, what was filled in, what it changed from what to what.

What a form keeps apart is {"hmac", "ref"} in history, and stays so here.
"""

from types import SimpleNamespace

import orjson
from sqlalchemy import select

from cases import audit_words
from cases.case_facts import APART
from cases.case_timeline import SAID
from cases.case_tree import labels
from engine import history, queues
from engine.domain.errors import EngineError
from engine.domain.people import SYSTEM
from engine.store import timelines
from engine.store.models import UserTask

#: An entry that belongs to no process.
_NONE = SimpleNamespace(names={}, name=None, id=None)


def told(engine, transaction, rows):
    """A dict per row of audit_search.page, in its order.

    {"at", "chain", "seq", "hash", "previous", "root_key", "actor", "kind", "element", "element_name", "sentence", "process", "label",
    "facts": [(what, value)], "filled": [(what, value)], "variables": [(name, value)], "changes": [(what, new or gone, [(column, before,
    after)])]}.
    """
    connection = transaction.connection
    bodies = [orjson.loads(row["body"]) for row in rows]
    people = queues.people_of(rows, bodies) | {name for body in bodies for name in _officers(body["data"] or {})}
    names = {SYSTEM: "系统"} | timelines.display_names(connection, people)
    keys = {row["definition_key"] for row in rows} - {None}
    processes = {key: engine.definition(transaction, key).definition for key in keys} | {None: _NONE}
    named, forms = labels(connection, {row["chain"] for row in rows}), _forms(engine, transaction, bodies)
    return [
        _entry(row, body, names, processes[row["definition_key"]], forms) | {"label": named.get(row["chain"])}
        for row, body in zip(rows, bodies, strict=True)
    ]


def _entry(row, body, names, definition, forms):
    who, element, said, principal = queues.in_names(row, body, names, definition)
    flat = _flat(element or "") or None
    if "process" in said:
        said["process"] = _flat(str(said["process"]))
    sentence = SAID[row["kind"]].format(flat) if flat and row["kind"] in SAID else None
    data = body["data"] or {}
    filed = data.get("filed") or (data.get("variables") if row["kind"] == "task:completed" else None) or {}
    labelled = forms.get(data.get("task"), {})
    filled = {name: value for name, value in filed.items() if name in {path.partition(".")[0] for path in labelled}}
    others = {name: value for name, value in {**(data.get("variables") or {}), **filed}.items() if name not in filled}
    return {
        **{name: row[name] for name in ("at", "chain", "seq", "hash", "kind", "actor", "root_key")},
        "previous": body["previous"],
        "element": row["element_id"],
        "element_name": flat,
        "sentence": sentence or _wording(row["kind"], who, flat, said, principal),
        "process": _flat(definition.name or definition.id or "") or audit_words.chain(row["subject"]),
        "facts": list(_facts(data, definition, names)),
        "filled": list(_leaves(filled, labelled)),
        "variables": sorted(others.items()),
        "changes": [_change(change) for change in body["changes"]],
    }


def _wording(kind, who, element, said, principal):
    # A kind that another release named is told all the same.
    return history.wording(kind, who, element, said, principal) if kind in history.KINDS else f"{who}：{kind}"


def _facts(data, definition, names):
    for name, value in data.items():
        if name not in audit_words.UNTOLD and value not in (None, [], ""):
            yield audit_words.PARTS.get(name, name), _named(value, names) if name.endswith("_by") else value
    if data.get("files"):
        yield "材料", [f"{file['name']}（SHA-256 {file['sha256'][:16]}…）" for file in data["files"]]
    for one in data.get("decisions") or ():
        made = (one.get("evaluated") or [{}])[-1]
        yield "按表决策", {_flat(made.get("name") or one.get("decision") or ""): made.get("output")}
    for element, groups in (data.get("tasks") or {}).items():
        yield "送达", f"{_name(definition, element)}（{'、'.join(groups) or '指定人员'}）"
    passed = [_flat(definition.names[id_]) for word, id_, _ in data.get("path") or () if word == "entered" and definition.names.get(id_)]
    if passed:
        yield "走到", " → ".join(passed)
    if data.get("status") in audit_words.ENDED:
        yield "结果", audit_words.ENDED[data["status"]]


def _officers(data):
    confirmed = data.get("confirmed_by")
    return [data[name] for name in ("filed_by",) if name in data] + (confirmed if isinstance(confirmed, list) else [])


def _named(value, names):
    return [names.get(one, one) for one in value] if isinstance(value, list) else names.get(value, value)


def _name(definition, element):
    return _flat(definition.names.get(element) or element)


def _forms(engine, transaction, bodies):
    """{key of a task, as text: {path: label}} of the forms of the tasks that entries tell of."""
    keys = {int(body["data"]["task"]) for body in bodies if body["data"] and str(body["data"].get("task") or "").isdecimal()}
    chosen = select(UserTask.key, UserTask.form_key).where(UserTask.key.in_(keys), UserTask.form_key.is_not(None))
    return {str(key): _labels(engine, transaction, form) for key, form in transaction.connection.execute(chosen)}


def _labels(engine, transaction, key):
    try:
        form = engine.form(transaction, key)
    except (EngineError, ValueError):
        return {}
    rules = [rule for top in form.rules for rule in top.walk() if rule.path]
    return {".".join(step for step in rule.path if step != "*"): rule.label for rule in rules if rule.label}


def _leaves(value, known, path=(), mark=""):
    """[(label, value)] of what was filled in, a row of a list after the other."""
    if isinstance(value, dict) and not value.keys() >= APART:
        for name, inner in value.items():
            yield from _leaves(inner, known, (*path, name), mark)
    elif isinstance(value, list) and value and all(isinstance(row, dict) and "sha256" not in row for row in value):
        for number, row in enumerate(value, 1):
            yield from _leaves(row, known, path, f"{mark}{number}.")
    elif value not in (None, [], ""):
        files = isinstance(value, list) and isinstance(value[0], dict)
        label = known.get(".".join(path)) or audit_words.column("", path[-1])
        yield f"{mark} {label}".strip(), [file.get("name", "") for file in value] if files else value


def _change(change):
    table, before, after = change["table"], change["before"] or {}, change["after"] or {}
    what = f"{audit_words.TABLES.get(table, table)} {change['key']}"
    columns = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    rows = [(audit_words.column(table, name), *(audit_words.decoded(name, side.get(name)) for side in (before, after))) for name in columns]
    return what, "新增" if not change["before"] else "删除" if not change["after"] else None, rows


def _flat(text):
    return "".join(text.split("\n"))
