"""Who did what in a case: the people that separation of duty asks for."""

from collections import defaultdict

import orjson
from sqlalchemy import select

from engine.store.models import UserTask
from engine.store.people import Membership


def of(connection, root_key, element_ids):
    """{element id: [(username, units)]}: everybody who completed, or confirmed as a further officer, one of the elements in this case."""
    rows = connection.execute(
        select(UserTask.element_id, UserTask.completed_by, UserTask.confirmed_by).where(
            UserTask.root_key == root_key, UserTask.element_id.in_(element_ids), UserTask.completed_by.is_not(None)
        )
    ).all()
    people = {(row.element_id, name) for row in rows for name in (row.completed_by, *orjson.loads(row.confirmed_by))}
    units = defaultdict(set)
    for username, unit in connection.execute(
        select(Membership.username, Membership.unit).where(Membership.username.in_({name for _, name in people}), Membership.unit != "")
    ):
        units[username].add(unit)
    done_by = defaultdict(list)
    for element_id, name in sorted(people):
        done_by[element_id].append((name, frozenset(units[name])))
    return dict(done_by)
