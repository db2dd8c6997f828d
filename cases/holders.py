"""Who has a task, who could have it, and who did what came before it."""

from datetime import datetime

import orjson
from sqlalchemy import and_, or_, select

from engine.domain.errors import NotFound
from engine.store import timelines
from engine.store.models import UserTask
from engine.store.people import Account, Membership
from engine.store.records import History
from engine.store.search import get
from engine.store.search_tasks import TASKS
from engine.store.visibility import visible

#: A list of people, or of steps, shows so many.
MOST = 200
STEPS = 20


def taken(engine, row):
    """(name, aware datetime) of whoever has a task (its row), and since when; None where nobody does."""
    if row["assignee"] is None:
        return None
    with engine.store.read() as connection:
        chosen = select(History.at, History.kind, History.actor, History.body).where(
            History.chain == row["instance_key"],
            History.element_id == row["element_id"],
            History.kind.in_(("task:claimed", "task:assigned", "task:confirmation-asked")),
        )
        name = timelines.display_names(connection, [row["assignee"]]).get(row["assignee"], row["assignee"])
        for entry in connection.execute(chosen.order_by(History.seq.desc()).limit(STEPS)):
            data = orjson.loads(entry.body)["data"]
            if data.get("task") == str(row["key"]) and data.get("assignee", entry.actor) == row["assignee"]:
                return name, datetime.fromisoformat(entry.at)
        return name, row["created"]


def colleagues(engine, actor, key):
    """[{"username", "name", "unit"}]: who else stands in the queues of a task, by name; at most MOST.

    Raises NotFound where the actor may not see it.
    """
    with engine.store.read() as connection:
        task = get(connection, TASKS, actor, key)
        if task is None:
            raise NotFound(f"Expected a user task with key {key}, but there is none that {actor.username} can see")
        asked = [_in(group) for group in task["candidate_groups"]] + [Account.username.in_(task["candidate_users"])]
        chosen = (
            select(Account.username, Account.display_name.label("name"), Membership.unit)
            .outerjoin(Membership, Membership.username == Account.username)
            .where(Account.active, Account.username != actor.username, or_(*asked))
            .order_by(Membership.unit, Account.display_name, Account.username)
            .limit(MOST)
        )
        found = {}
        for row in connection.execute(chosen).mappings():
            found.setdefault(row["username"], dict(row))
        return list(found.values())


def _in(group):
    role, _, unit = group.partition("@")
    return and_(Membership.role == role, Membership.unit == unit) if unit else Membership.role == role


def steps(engine, actor, root_key):
    """[{"name", "who" [names], "at"}]: what was done in a case as far as the actor may see it, the last first, at most STEPS."""
    with engine.store.read() as connection:
        chosen = (
            select(UserTask.name, UserTask.element_id, UserTask.completed, UserTask.completed_by, UserTask.confirmed_by)
            .where(UserTask.root_key == root_key, UserTask.status == "COMPLETED", visible(UserTask.root_key, UserTask.instance_key, actor))
            .order_by(UserTask.completed.desc(), UserTask.key.desc())
            .limit(STEPS)
        )
        rows = connection.execute(chosen).all()
        people = [[row.completed_by, *orjson.loads(row.confirmed_by)] for row in rows]
        names = timelines.display_names(connection, {name for each in people for name in each})
    return [
        {"name": row.name or row.element_id, "who": [names.get(name, name) for name in each], "at": row.completed}
        for row, each in zip(rows, people, strict=True)
    ]
