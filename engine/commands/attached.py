"""What a file picker's value refers to, as our own rows know it: of what was sent, only the keys count."""

from engine.domain.errors import Invalid
from engine.domain.people import ZONE
from engine.store import attachments
from forms.tree import ROW

#: A 64-bit key has at most so many digits.
DIGITS = 19
#: Different files in one submission; a field holds at most 100 (forms/fields.py).
MOST = 1000
#: References that lead nowhere which a sentence counts up.
SHOWN = 6


def attached(step, case, task, form, variables):
    """(`variables` with the facts of our rows in place of every reference, {field: [Chinese sentence]} of references that lead nowhere).

    A file may be handed in by whoever brought it, and by whoever works on the case that it belongs to; never from another case. One that
    belongs to no case yet belongs to this one from then on. A reference that leads nowhere is left as {}, which no form accepts.
    """
    lists = {}
    for path in form.files:
        _look(variables, path.split("."), (), lists)
    keys = {key for items in lists.values() for key in map(_key, items) if key is not None}
    if len(keys) > MOST:
        raise Invalid(
            f"Expected at most {MOST} files, but found {len(keys)}", problems={"": [f"最多 {MOST} 个附件，但有 {len(keys)} 个。"]}
        )
    rows = _ours(step, case, keys)
    references = {key: reference(row) for key, row in rows.items()}
    told = {place: [references.get(_key(item), {}) for item in items] for place, items in lists.items()}
    problems = {".".join(map(str, place)): [_said(form, place, items)] for place, items in told.items() if {} in items}
    unbound = [key for key, row in rows.items() if row["root_key"] is None]
    if unbound:
        bound = [{"key_key": key, "root_key": case.row["root_key"], "task_key": task["key"]} for key in unbound]
        step.batches.append((attachments.BIND, bound))
    return _replaced(variables, (), told), problems


def _ours(step, case, keys):
    """{key: row} of the files that may be handed in with this case."""
    if not keys:
        return {}
    step.begin_writing()  # nobody hands the same file in elsewhere meanwhile
    rows, own = attachments.by_keys(step.transaction.connection, keys), (None, step.actor.username)
    root = case.row["root_key"]

    def is_ours(key, row):
        if row["root_key"] != root:
            return (row["root_key"], row["username"]) == own
        return not step.actor.is_party or attachments.seen(step.transaction.connection, step.actor, key) is not None

    return {key: row for key, row in rows.items() if is_ours(key, row)}


def _look(value, steps, place, lists):
    """Collects {place: items} of the lists at a dotted path; a list on the way is one of rows."""
    if steps and isinstance(value, list):
        for number, row in enumerate(value):
            _look(row, steps, (*place, number), lists)
    elif steps and isinstance(value, dict):
        if steps[0] in value:
            _look(value[steps[0]], steps[1:], (*place, steps[0]), lists)
    elif not steps and isinstance(value, list):
        lists[place] = value


def _replaced(value, place, told):
    if place in told:
        return told[place]
    if not any(other[: len(place)] == place for other in told):
        return value
    if isinstance(value, dict):
        return {name: _replaced(inner, (*place, name), told) for name, inner in value.items()}
    return [_replaced(inner, (*place, number), told) for number, inner in enumerate(value)]


def _key(item):
    text = item.get("key") if isinstance(item, dict) else None
    if isinstance(text, str) and text.isascii() and text.isdigit() and len(text) <= DIGITS and int(text) < 1 << 63:
        return int(text)
    return None


def reference(row):
    """What a form holds of a file: see forms/attachments.py. What is not known is left out."""
    facts = attachments.of_row(row)
    taken_at = facts["taken_at"] and facts["taken_at"].astimezone(ZONE).isoformat()
    told = {"key": str(row["key"]), **facts, "taken_at": taken_at}
    return {name: value for name, value in told.items() if value is not None}


def _said(form, place, items):
    names = [step for step in place if isinstance(step, str)]
    rules = (rule for top in form.rules for rule in top.walk() if rule.path)
    label = next(rule.label for rule in rules if [step for step in rule.path if step != ROW] == names)
    wrong = [f"第 {number} 个" for number, item in enumerate(items, 1) if not item]
    which = "、".join(wrong[:SHOWN]) + ("等" if len(wrong) > SHOWN else "")
    return f"「{label}」{which}附件不是您上传的，也不属于本案件，请重新上传。"
