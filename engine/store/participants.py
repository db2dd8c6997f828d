"""Who did what in a case: the people that separation of duty asks for."""

from collections import defaultdict

import orjson
from sqlalchemy import select

from engine.store.models import Recusal, UserTask
from engine.store.people import Membership

tasks = UserTask.__table__


#: What is read of a task to know who had a part in it.
_DONE = [tasks.c[name] for name in ("instance_key", "process_id", "element_id", "completed_by", "confirmed_by", "acted_for")]


def of(connection, task, places):
    """{place: [(username, units)]}: everybody who completed, or confirmed as a further officer, what stands at a place, and for whom.

    `places`: (process id, element id) anywhere in the case of `task` (a row of user_task), (None, element id) in its own instance.
    """
    rows = connection.execute(
        select(*_DONE).where(
            tasks.c.root_key == task["root_key"],
            tasks.c.element_id.in_({element_id for _, element_id in places}),
            tasks.c.completed_by.is_not(None),
        )
    ).all()
    people = set()
    for row in rows:
        own = [(None, row.element_id)] if row.instance_key == task["instance_key"] else []
        for place in {*own, (row.process_id, row.element_id)}.intersection(places):
            people |= {(place, name) for name in names(row)}
    units = defaultdict(set)
    for username, unit in connection.execute(
        select(Membership.username, Membership.unit).where(Membership.username.in_({name for _, name in people}), Membership.unit != "")
    ):
        units[username].add(unit)
    done_by = defaultdict(list)
    for place, name in sorted(people, key=str):
        done_by[place].append((name, frozenset(units[name])))
    return dict(done_by)


def names(task):
    """The user names of all who completed or confirmed a task (its row), and of those for whom they did."""
    return (task.completed_by, *orjson.loads(task.confirmed_by), *orjson.loads(task.acted_for or "[]"))


def recused(connection, root_key, usernames):
    """{username: reason} of those among them who withdrew from a case."""
    chosen = select(Recusal.username, Recusal.reason).where(Recusal.root_key == root_key, Recusal.username.in_(usernames))
    return dict(connection.execute(chosen).all())
