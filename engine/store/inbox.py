"""Inboxes: counts and pages of the queues, from the rows of task_candidate alone.

A page of several queues is a UNION ALL of each one's first rows, never `candidate IN (…)`: PostgreSQL then sorts all rows of all queues.
"""

from datetime import datetime, timedelta

from sqlalchemy import and_, func, literal, literal_column, select, tuple_, union_all

from engine.store.models import ProcessInstance, TaskCandidate, UserTask

queued, tasks, instances = TaskCandidate.__table__, UserTask.__table__, ProcessInstance.__table__

#: As the partial indexes say it: SQLAlchemy's `open = 1` for SQLite is another condition to SQLite, which then reads the whole table.
_OPEN = literal_column("task_candidate.open")

#: Nobody needs to know more exactly, and counting further would cost what it is worth.
COUNT_UP_TO = 10_000

ORDERS = {"created": ("created",), "due": ("due",), "priority": ("priority", "due")}


def counts(connection, groups, username, now, end_of_day):
    """[{"group", "open", "mine", "due", "overdue"}] per group, each stopping at COUNT_UP_TO; one statement.

    `due`: until `end_of_day`, and not yet past; `overdue`: past `now`.
    """
    if not groups:
        return []

    def count(group, *conditions):
        rows = select(literal(1)).where(queued.c.candidate == group, _OPEN, *conditions).limit(COUNT_UP_TO)
        return select(func.count()).select_from(rows.subquery()).scalar_subquery()

    counted = [
        select(
            literal(group).label("group"),
            count(group).label("open"),
            count(group, queued.c.assignee == username).label("mine"),
            count(group, queued.c.due >= now, queued.c.due < end_of_day).label("due"),
            count(group, queued.c.due < now).label("overdue"),
        )
        for group in groups
    ]
    return [dict(row) for row in connection.execute(union_all(*counted)).mappings()]


def page(connection, groups, order="due", after=None, limit=20, assignee=None):
    """(rows, the position after the last) of the open tasks of `groups`; None as position where there is no more.

    `after` is such a position. `assignee`: only tasks of this person; "" for those that nobody has claimed. One statement; a task that
    stands in several of the groups comes once.
    """
    columns = [queued.c[name] for name in ORDERS[order]] + [queued.c.task_key]
    conditions = [_OPEN]
    if assignee is not None:
        conditions.append(queued.c.assignee.is_(None) if assignee == "" else queued.c.assignee == assignee)
    if after is not None:
        conditions.append(tuple_(*columns) > tuple_(*(literal(value, column.type) for value, column in zip(after, columns, strict=True))))
    firsts = [
        select(*columns).where(queued.c.candidate == group, *conditions).order_by(*columns).limit(limit + 1).subquery() for group in groups
    ]
    found = union_all(*(select(first) for first in firsts)).subquery() if len(firsts) > 1 else firsts[0]
    keys = select(*found.c).distinct().order_by(*found.c).limit(limit + 1).subquery() if len(firsts) > 1 else found
    shown = (
        select(tasks, instances.c.business_id, *(keys.c[name].label("order_" + name) for name in ORDERS[order]))
        .join(keys, keys.c.task_key == tasks.c.key)
        .join(instances, instances.c.key == tasks.c.instance_key)
        .order_by(*keys.c)
    )
    rows = [dict(row) for row in connection.execute(shown).mappings()]
    if len(rows) <= limit:
        return rows, None
    last = rows[limit - 1]
    return rows[:limit], [*(last["order_" + name] for name in ORDERS[order]), last["key"]]


def all_groups(connection):
    """Every group in whose queue a task is open, for those who see everything: a loose index scan, one step per group."""
    groups, last = [], None
    while True:
        chosen = select(func.min(queued.c.candidate)).where(and_(_OPEN, queued.c.candidate > last) if last else _OPEN)
        last = connection.execute(chosen).scalar()
        if last is None:
            return groups
        if not last.startswith("user:"):
            groups.append(last)


def read_position(values, order):
    """A position that came back from a client, as `page` wants it; ValueError where it is none."""
    names = (*ORDERS[order], "task_key")
    if not isinstance(values, list):
        raise ValueError("not a list")
    read = {"created": _moment, "due": _moment, "priority": lambda value: whole(value, 31), "task_key": whole}
    return [read[name](value) for name, value in zip(names, values, strict=True)]


def _moment(text):
    found = datetime.fromisoformat(text)
    if found.utcoffset() != timedelta(0):
        raise ValueError("not a moment in UTC")
    return found


def whole(value, bits=63):
    """A number that a column of so many bits and a sign can hold; ValueError for anything else."""
    if type(value) is not int or not -(1 << bits) <= value < 1 << bits:
        raise ValueError("not a number")
    return value
