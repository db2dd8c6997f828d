"""What a case keeps for whoever wants to check it: its deadlines, the decisions that were made by table, its variables."""

from sqlalchemy import select

from cases import case_facts
from cases.case_tree import labels, theirs, variables_of
from engine.domain import values
from engine.domain.people import AUDITOR
from engine.store import timelines
from engine.store.deployed import Decision
from engine.store.models import DecisionInstance, ProcessInstance, UserTask, Variable

#: Tables that only say how long something may take: there is one for every step, and they hide the others.
TERMS = ("step_term", "statutory_term")
#: Terms of the law by their number in its table.
NAMES = {
    "T1": "证据保存后处理", "T3": "作出处罚决定", "T4": "陈述申辩", "T5": "申请听证", "T6": "听证通知", "T10": "送达决定书",
    "T11": "缴纳罚款", "T14": "撤下公示", "T15": "公示处罚决定", "T16": "追究时效",
}  # fmt: skip
#: So many on a page.
DECISIONS, VARIABLES = 10, 100
#: So many terms, and open tasks.
MOST = 60


def deadlines(connection, actor, root_key):
    """[{"what", "of" (hazard, respondent or None), "at" (aware datetime), "derivation"}] that the case keeps, by time."""
    chosen = (
        select(Variable.instance_key, Variable.name, Variable.value)
        .where(Variable.instance_key.in_(theirs(actor, root_key)), Variable.scope == 1)
        .where(Variable.value.like('{%"basis":%') & Variable.value.like('%"at":%') & Variable.value.like('%"n":%'))
        .limit(10 * MOST)
    )
    found = {}
    for key, _, text in connection.execute(chosen):
        value = values.read(text)
        at = case_facts.moment(value.get("at")) if isinstance(value, dict) else None
        if at is None or value.keys().isdisjoint({"step", "rule"}):
            continue
        derivation = case_facts.derivation(at, None, {"term": value})
        if derivation:
            # A leg takes over the term of its case: one term is told once.
            found.setdefault((value.get("step"), at, value.get("start")), (key, derivation))
    named = labels(connection, {key for key, _ in found.values()})
    told = [
        {"what": NAMES.get(step, step), "of": named.get(key), "at": at, "derivation": derivation}
        for (step, at, _), (key, derivation) in found.items()
    ]
    return sorted(told, key=lambda each: each["at"])[:MOST]


def open_tasks(engine, transaction, actor, root_key):
    """[{"key", "name", "groups" [name], "who" (name or None), "of" (label or None), "due", "derivation"}]: the most urgent first."""
    connection = transaction.connection
    chosen = (
        select(UserTask.__table__)
        .where(UserTask.root_key == root_key, UserTask.completed.is_(None), UserTask.instance_key.in_(theirs(actor, root_key)))
        .order_by(UserTask.due.is_(None), UserTask.due, UserTask.key)
        .limit(MOST)
    )
    rows = connection.execute(chosen).mappings().all()
    names = timelines.display_names(connection, {row["assignee"] for row in rows} - {None})
    told = variables_of(connection, {row["instance_key"] for row in rows} | (set() if actor.is_party else {root_key}))
    named, found = labels(connection, {row["instance_key"] for row in rows}), []
    for row in rows:
        own = told.get(root_key, {}) | told.get(row["instance_key"], {})
        element = engine.definition(transaction, row["definition_key"]).definition.elements[row["element_id"]]
        expression = next((computed.text for name, computed, _ in element.work.computed if name == "due"), None)
        found.append(
            {
                "key": row["key"],
                "name": row["name"] or row["element_id"],
                "groups": [group.partition("@")[0] for group in values.read(row["candidate_groups"])],
                "who": names.get(row["assignee"], row["assignee"]),
                "of": named.get(row["instance_key"]),
                "due": row["due"],
                "derivation": row["due"] and case_facts.derivation(row["due"], expression, own),
            }
        )
    return found


def decisions(engine, transaction, actor, root_key, of_terms=False, start=0):
    """([{"key", "name", "element", "at", "version", "output", "made" [...]}], whether there are more): the newest first.

    `of_terms`: those of TERMS, otherwise all but them.

    `made`, as recorded: [{"name", "inputs" [(name, value)], "rules" [{"index", "outputs" [(name, value)], "notes" [text]}], "output",
    "is_table"}].
    """
    connection = transaction.connection
    chosen = (
        select(DecisionInstance.__table__, Decision.name, Decision.version, ProcessInstance.definition_key)
        .join(Decision, Decision.key == DecisionInstance.root_decision_key)
        .join(ProcessInstance, ProcessInstance.key == DecisionInstance.instance_key)
        .where(DecisionInstance.instance_key.in_(theirs(actor, root_key)), Decision.decision_id.in_(TERMS) == of_terms)
        .where(DecisionInstance.place == 1)
        .order_by(DecisionInstance.evaluated.desc(), DecisionInstance.evaluation_key.desc())
        .offset(start)
        .limit(DECISIONS + 1)
    )
    rows = connection.execute(chosen).mappings().all()
    made_in, found = _made_in(connection, [row["evaluation_key"] for row in rows[:DECISIONS]]), []
    for row in rows[:DECISIONS]:
        names = engine.definition(transaction, row["definition_key"]).definition.names
        made, failed = made_in[row["evaluation_key"]]
        found.append(
            {
                "key": row["evaluation_key"],
                "name": row["name"],
                "element": names.get(row["element_id"]) or row["element_id"],
                "at": row["evaluated"],
                "version": row["version"],
                "output": made[-1]["output"],
                "failed": failed,
                "made": made,
            }
        )
    return found, len(rows) > DECISIONS


def _made_in(connection, keys):
    """{evaluation: ([what was made, in order], the sentence of its failure or None)}"""
    chosen = select(DecisionInstance.evaluation_key, DecisionInstance.failure, DecisionInstance.record)
    chosen = chosen.where(DecisionInstance.evaluation_key.in_(keys)).order_by(DecisionInstance.evaluation_key, DecisionInstance.place)
    found = {}
    for key, failure, text in connection.execute(chosen):
        made = found[key][0] if key in found else []
        found[key] = ([*made, _made(values.read(text))], failure)  # the last one is the one that could not be made
    return found


def _made(one):
    rules = []
    for rule in one.get("rules", ()):
        notes = ["：".join(filter(None, (note["name"], note["text"]))) for note in one.get("annotations", ()) if note["rule"] == rule["id"]]
        rules.append({"index": int(rule["index"]), "outputs": _pairs(rule["outputs"]), "notes": notes})
    return {
        "name": one["name"],
        "inputs": _pairs(one.get("inputs", ())),
        "rules": rules,
        "output": one.get("output"),
        "is_table": one["type"] == "DECISION_TABLE",
    }


def _pairs(listed):
    return [(each["name"] or each["id"], each["value"]) for each in listed]


def may_see_variables(actor):
    """Administrators and auditors: whoever works on a case has its facts on the page."""
    return actor.is_administrator or AUDITOR in actor.groups


def variables(connection, row, start=0):
    """([{"name", "value"}], whether there are more) of the instance `row` itself, by name."""
    chosen = select(Variable.name, Variable.value).where(Variable.instance_key == row["key"], Variable.scope == 1)
    rows = connection.execute(chosen.order_by(Variable.name).offset(start).limit(VARIABLES + 1)).all()
    return [{"name": name, "value": values.read(text)} for name, text in rows[:VARIABLES]], len(rows) > VARIABLES


def concealed(value):
    """Yield every {"hmac", "ref"} inside of a value."""
    if isinstance(value, dict):
        if value.keys() >= case_facts.APART:
            yield value
            return
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from concealed(each)
