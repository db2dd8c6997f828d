"""Inboxes: counts and pages of the queues, from the rows of task_candidate alone.

A page of several queues is a UNION ALL of each one's first rows, never `candidate IN (…)`: PostgreSQL then sorts all rows of all queues.
"""

from datetime import datetime, timedelta
from functools import lru_cache

from sqlalchemy import Integer, bindparam, func, literal, literal_column, select, tuple_, union_all

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
    told = {"me": username, "now": now, "end_of_day": end_of_day, **_named(groups)}
    return [dict(row) for row in connection.execute(_counts(len(groups)), told).mappings()]


def page(connection, groups, order="due", after=None, limit=20, assignee=None):
    """(rows, the position after the last) of the open tasks of `groups`; None as position where there is no more.

    `after` is such a position. `assignee`: only tasks of this person; "" for those that nobody has claimed. One statement; a task that
    stands in several of the groups comes once.
    """
    told = {"most": limit + 1, "assignee": assignee, **_named(groups)}
    if after is not None:
        told |= {f"after_{name}": value for name, value in zip(_columns(order), after, strict=True)}
    statement = _page(len(groups), order, after is not None, None if assignee is None else bool(assignee))
    rows = [dict(row) for row in connection.execute(statement, told).mappings()]
    if len(rows) <= limit:
        return rows, None
    last = rows[limit - 1]
    return rows[:limit], [*(last["order_" + name] for name in ORDERS[order]), last["key"]]


def _named(groups):
    return {f"group_{number}": group for number, group in enumerate(groups)}


def _columns(order):
    return (*ORDERS[order], "task_key")


# Of fifty queues a statement takes longer to put together than to run: each is made once, for so many queues as there are.


@lru_cache(64)
def _counts(how_many):
    def count(group, *conditions):
        rows = select(literal(1)).where(queued.c.candidate == group, _OPEN, *conditions).limit(COUNT_UP_TO)
        return select(func.count()).select_from(rows.subquery()).scalar_subquery()

    me, now, end_of_day = _given("me", "assignee"), _given("now", "due"), _given("end_of_day", "due")
    counted = []
    for number in range(how_many):
        group = _given(f"group_{number}", "candidate")
        numbers = {
            "open": count(group),
            "mine": count(group, queued.c.assignee == me),
            "due": count(group, queued.c.due >= now, queued.c.due < end_of_day),
            "overdue": count(group, queued.c.due < now),
        }
        counted.append(select(group.label("group"), *(found.label(name) for name, found in numbers.items())))
    return union_all(*counted)


@lru_cache(256)
def _page(how_many, order, is_further, is_held):
    columns = [queued.c[name] for name in _columns(order)]
    most = bindparam("most", type_=Integer)
    conditions = [_OPEN]
    if is_held is not None:
        conditions.append(queued.c.assignee == _given("assignee", "assignee") if is_held else queued.c.assignee.is_(None))
    if is_further:
        conditions.append(tuple_(*columns) > tuple_(*(_given("after_" + column.name, column.name) for column in columns)))
    groups = [queued.c.candidate == _given(f"group_{number}", "candidate") for number in range(how_many)]
    firsts = [select(*columns).where(group, *conditions).order_by(*columns).limit(most).subquery() for group in groups]
    found = union_all(*(select(first) for first in firsts)).subquery() if len(firsts) > 1 else firsts[0]
    keys = select(*found.c).distinct().order_by(*found.c).limit(most).subquery() if len(firsts) > 1 else found
    return (
        select(tasks, instances.c.business_id, *(keys.c[name].label("order_" + name) for name in ORDERS[order]))
        .join(keys, keys.c.task_key == tasks.c.key)
        .join(instances, instances.c.key == tasks.c.instance_key)
        .order_by(*keys.c)
    )


def _given(name, column):
    """What is asked for, as the column holds it."""
    return bindparam(name, type_=queued.c[column].type)


def all_groups(connection):
    """Every group in whose queue a task is open, for those who see everything: a loose index scan, one step per group; one statement."""
    return [group for group in connection.execute(_ALL).scalars() if not group.startswith("user:")]


def _all():
    first = select(func.min(queued.c.candidate).label("candidate")).where(_OPEN).cte("each", recursive=True)
    following = select(func.min(queued.c.candidate)).where(_OPEN, queued.c.candidate > first.c.candidate).scalar_subquery()
    each = first.union_all(select(following).where(first.c.candidate.is_not(None)))
    return select(each.c.candidate).where(each.c.candidate.is_not(None))


_ALL = _all()


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
