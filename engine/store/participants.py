"""Who did what in a case: the people that separation of duty asks for."""

from collections import defaultdict

import orjson
from sqlalchemy import select

from engine.store.models import UserTask
from engine.store.people import Membership


def of(connection, task, places):
    """{place: [(username, units)]}: everybody who completed, or confirmed as a further officer, what stands at a place.

    `places`: (process id, element id) anywhere in the case of `task` (a row of user_task), (None, element id) in its own instance.
    """
    rows = connection.execute(
        select(UserTask.instance_key, UserTask.process_id, UserTask.element_id, UserTask.completed_by, UserTask.confirmed_by).where(
            UserTask.root_key == task["root_key"],
            UserTask.element_id.in_({element_id for _, element_id in places}),
            UserTask.completed_by.is_not(None),
        )
    ).all()
    people = set()
    for row in rows:
        own = [(None, row.element_id)] if row.instance_key == task["instance_key"] else []
        for place in {*own, (row.process_id, row.element_id)}.intersection(places):
            people |= {(place, name) for name in (row.completed_by, *orjson.loads(row.confirmed_by))}
    units = defaultdict(set)
    for username, unit in connection.execute(
        select(Membership.username, Membership.unit).where(Membership.username.in_({name for _, name in people}), Membership.unit != "")
    ):
        units[username].add(unit)
    done_by = defaultdict(list)
    for place, name in sorted(people, key=str):
        done_by[place].append((name, frozenset(units[name])))
    return dict(done_by)
