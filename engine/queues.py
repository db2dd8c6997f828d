"""Reading: who has what to do, and what happened to a case."""

from datetime import datetime, time, timedelta

import orjson

from engine import history
from engine.domain.errors import Invalid, NotFound, NotPermitted
from engine.domain.people import ZONE
from engine.store import drafts, search, timelines, visibility
from engine.store import inbox as inboxes
from engine.store.search_tasks import TASKS


def queues(engine, actor):
    """[{"group", "open", "mine", "due", "overdue"}] of every queue that the actor may see; `due` means today."""
    with engine.store.transaction() as transaction:
        now, connection = engine.clock.now(transaction.cursor), transaction.connection
        groups = inboxes.all_groups(connection) if actor.sees_everything else sorted(actor.groups)
        return inboxes.counts(connection, groups, actor.username, now, end_of_day(now))


def queue(engine, actor, group, order="due", after=None, limit=20, assignee=None):
    """(tasks, position after them or None) of one queue; raises NotPermitted for a group that the actor does not belong to."""
    if not actor.sees_everything and group not in actor.groups:
        raise NotPermitted(f"Expected a member of {group} to look into its queue, but {actor.username} is not one")
    if order not in inboxes.ORDERS:
        raise Invalid(f"Expected an order among {', '.join(inboxes.ORDERS)}, but found {order!r}")
    with engine.store.read() as connection:
        return inboxes.page(connection, [group], order, after, limit, assignee)


def inbox(engine, actor, order="due", after=None, limit=20, assignee=None):
    """(tasks, position after them or None) of all queues of the actor's own, in one order; a task that stands in several comes once."""
    with engine.store.read() as connection:
        groups = [*sorted(actor.groups), *("user:" + name for name in actor.names)]
        return inboxes.page(connection, groups, order, after, limit, assignee)


def timeline(engine, actor, key, limit=200, after=None):
    """([entry], position after them or None): what happened to the case of a process instance, in order, with all that the actor may see
    of its callers and children.

    An entry is {"at", "chain", "seq", "actor", "actor_name", "kind", "element", "element_name", "sentence", "english", "data", "changes"}.
    """
    with engine.store.transaction() as transaction:
        connection = transaction.connection
        instance = timelines.instance(connection, key)
        if instance is None or not visibility.sees(connection, actor, instance["root_key"], key):
            raise NotFound(f"Expected a process instance with key {key}, but there is none that {actor.username} can see")
        rows = timelines.of_tree(connection, actor, instance["root_key"], limit + 1, after)
        bodies = [orjson.loads(row["body"]) for row in rows]
        names = timelines.display_names(connection, people_of(rows, bodies))
        definitions = {key: engine.definition(transaction, key).definition for key in {row["definition_key"] for row in rows}}
    told = zip(rows[:limit], bodies, strict=False)
    entries = [_entry(row, body, names, definitions[row["definition_key"]]) for row, body in told]
    last = rows[limit - 1] if len(rows) > limit else None
    return entries, last and [last["at"], last["chain"], last["seq"]]


def people_of(rows, bodies):
    """The user names that entries of history (rows with their bodies read) tell of."""
    people = {row["actor"] for row in rows} | {body["for"] for body in bodies}
    return (people | {body["data"].get("assignee") for body in bodies if body["data"]}) - {None}


def in_names(row, body, names, definition):
    """(who, element, data, for whom) of an entry as `history.wording` takes them, in the names that people know.

    `names`: {user name: name}.
    """
    what, said = definition.names.get(row["element_id"]) or row["element_id"], dict(body["data"] or {})
    if "process" in said:
        said["process"] = definition.name or said["process"]
    if "assignee" in said:
        said["assignee"] = names.get(said["assignee"], said["assignee"])
    return names.get(row["actor"], row["actor"]), what, said, names.get(body["for"], body["for"])


def _entry(row, body, names, definition):
    who, what, said, principal = in_names(row, body, names, definition)
    told = (row["kind"], who, what, said, principal)
    return {
        "at": row["at"],
        "chain": str(row["chain"]),
        "seq": row["seq"],
        "actor": row["actor"],
        "actor_name": who,
        "behalf_of": body["for"],
        "kind": row["kind"],
        "element": row["element_id"],
        "element_name": what,
        "sentence": history.wording(*told),
        "english": history.wording(*told, chinese=False),
        "data": body["data"],
        "changes": body["changes"],
    }


def end_of_day(now):
    """The first moment of tomorrow, as people in Asia/Shanghai count days."""
    return datetime.combine(now.astimezone(ZONE).date() + timedelta(days=1), time(), ZONE)


def draft(engine, actor, key):
    """{"values", "revision", "saved"} of what the actor typed into the form of a task; revision 0 where they have not begun.

    Raises NotFound where there is no such task that the actor may see.
    """
    with engine.store.transaction() as transaction:
        if search.get(transaction.connection, TASKS, actor, key) is None:
            raise NotFound(f"Expected a user task with key {key}, but there is none that {actor.username} can see")
        rows = transaction.fetch(drafts.FIND, task_key=key, username=actor.username)
    if not rows:
        return {"values": {}, "revision": 0, "saved": None}
    return {"values": engine.vault.open(rows[0].form_values), "revision": rows[0].revision, "saved": rows[0].saved}
