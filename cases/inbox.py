"""待办: the queues of somebody's roles, their tasks with what each is about, and finding one by case number, place or party."""

import re
from dataclasses import dataclass

from sqlalchemy import and_, func, literal, literal_column, or_, select, union_all

from cases.parties import Party, Tenure
from cases.places import Place
from cases.titles import titles
from engine import queues
from engine.domain.errors import NotFound, NotPermitted
from engine.store import inbox, timelines
from engine.store.models import ProcessInstance, TaskCandidate, UserTask, Variable
from engine.store.search import get
from engine.store.search_tasks import TASKS

tasks, queued, variables = UserTask.__table__, TaskCandidate.__table__, Variable.__table__

#: As the partial indexes say it; see engine/store/inbox.py.
_OPEN = literal_column("task_candidate.open")
#: Counting stops here.
COUNTED = inbox.COUNT_UP_TO
#: A list that is not paged shows so many: what one person holds, what a search finds.
MOST = 100
#: So far a search looks into each queue for what is not on the ledger yet, newest first.
LOOKED_AT = 2_000
#: The variables by which such a task is found.
_TOLD = ("place_name", "place", "case_no", "hazard_no", "enterprise", "parties", "reported")
#: The number of a hazard is its case's and two digits more.
_HAZARD = re.compile(r"(.*-\d{4}-\d{4})-\d{2}")


@dataclass(frozen=True, slots=True)
class Listed:
    """Tasks as rows of user_task, each with `title` (Title), `assignee_name` and `process_name`; `after`: where the next page begins."""

    rows: list
    after: list | None = None


def roles(engine, actor):
    """[{"name", "open", "mine", "due", "overdue"}]: a queue per role, its units' together, each number at most 10,000.

    Whoever sees everything is told only of queues in which something stands.
    """
    found = {}
    if not actor.sees_everything:
        found = {group: _none(group) for group in sorted(actor.groups) if "@" not in group}
    for queue in queues.queues(engine, actor):
        name = queue["group"].partition("@")[0]
        total = found.setdefault(name, _none(name))
        for number in ("open", "mine", "due", "overdue"):
            total[number] = min(total[number] + queue[number], COUNTED)
    return list(found.values())


def role_names(engine, actor):
    """The queues of `roles` with no number counted: of all queues of a large town that takes longer than a page may."""
    with engine.store.read() as connection:
        groups = inbox.all_groups(connection) if actor.sees_everything else sorted(actor.groups)
    return [_none(name) | {"open": None} for name in dict.fromkeys(group.partition("@")[0] for group in groups)]


def _none(name):
    return {"name": name, "open": 0, "mine": 0, "due": 0, "overdue": 0}


def held(engine, actor):
    """{"open", "due", "overdue"} of the tasks that the actor holds."""
    with engine.store.transaction() as transaction:
        now = engine.clock.now(transaction.cursor)
        ours = and_(tasks.c.assignee.in_(actor.names), tasks.c.completed.is_(None))
        late, today = and_(ours, tasks.c.due < now), and_(ours, tasks.c.due >= now, tasks.c.due < queues.end_of_day(now))
        counted = [select(func.count()).select_from(tasks).where(which).scalar_subquery() for which in (ours, today, late)]
        return dict(zip(("open", "due", "overdue"), transaction.connection.execute(select(*counted)).one(), strict=True))


def page(engine, actor, role=None, order="due", after=None, limit=20):
    """Listed: a page of the open tasks of a role, of all the actor's roles where none is named.

    Raises NotPermitted for a role that the actor does not hold.
    """
    if role is not None and not actor.sees_everything and role not in actor.groups:
        raise NotPermitted(f"Expected a member of {role} to look into its queue, but {actor.username} is not one", groups=[role])
    with engine.store.transaction() as transaction:
        connection = transaction.connection
        groups = _groups(connection, actor, role)
        rows, position = inbox.page(connection, groups, order, after, limit) if groups else ([], None)
        return Listed(_described(engine, transaction, actor, rows), position)


def _groups(connection, actor, role):
    groups = inbox.all_groups(connection) if actor.sees_everything else sorted(actor.groups)
    if role is not None:
        return [group for group in groups if group.partition("@")[0] == role]
    return groups + _own(actor)


def _own(actor):
    """The queues of what was addressed to a person: the actor, and whom they act for."""
    return ["user:" + name for name in actor.names]


def held_by(engine, actor):
    """Listed: what the actor holds, the most urgent first, at most MOST."""
    with engine.store.transaction() as transaction:
        ours = [tasks.c.assignee.in_(actor.names), tasks.c.completed.is_(None)]
        return Listed(_described(engine, transaction, actor, _rows(transaction.connection, *ours)))


def search(engine, actor, text):
    """Listed: open tasks of the actor's queues whose case has this in its number, its place or a party's name; at most MOST.

    On the ledger all places are looked through; of what is not on it yet, the newest LOOKED_AT tasks of each queue.
    """
    text = " ".join(text.split())
    with engine.store.transaction() as transaction:
        connection = transaction.connection
        if not text:
            return Listed([])
        keys = found_by(connection, actor, text)
        return Listed(_described(engine, transaction, actor, _rows(connection, tasks.c.key.in_(keys), tasks.c.completed.is_(None))))


def one(engine, actor, key):
    """The row of one task as a list shows it. Raises NotFound where there is none that the actor may see."""
    with engine.store.transaction() as transaction:
        if get(transaction.connection, TASKS, actor, key) is None:
            raise NotFound(f"Expected a user task with key {key}, but there is none that {actor.username} can see")
        return _described(engine, transaction, actor, _rows(transaction.connection, tasks.c.key == key))[0]


def _rows(connection, *conditions):
    chosen = select(tasks, ProcessInstance.business_id).join(ProcessInstance, ProcessInstance.key == tasks.c.instance_key)
    ordered = chosen.where(*conditions).order_by(tasks.c.due.is_(None), tasks.c.due, tasks.c.key).limit(MOST)
    return [dict(row) for row in connection.execute(ordered).mappings()]


def _described(engine, transaction, actor, rows):
    told = titles(transaction.connection, actor, rows)
    names = timelines.display_names(transaction.connection, {row["assignee"] for row in rows} - {None})
    for row in rows:
        row["title"], row["assignee_name"] = told[row["key"]], names.get(row["assignee"], row["assignee"])
        row["process_name"] = engine.definition(transaction, row["definition_key"]).definition.name
    return rows


def found_by(connection, actor, text):
    """The keys of the open tasks that a search for `text` finds; two statements beside the ledger's."""
    of_case, new = _of_places(actor, _roots(connection, text)), _not_listed(actor, text)
    return set(connection.execute(of_case).scalars()) | set(connection.execute(new).scalars())


def _roots(connection, text):
    number = _HAZARD.fullmatch(text)
    number = number[1] if number else text
    of_party = select(Tenure.place_no).join(Party, Party.no == Tenure.party_no).where(Party.name.contains(text, autoescape=True))
    named = [Place.no.contains(number, autoescape=True), Place.no.in_(of_party)]
    named += [column.contains(text, autoescape=True) for column in (Place.name, Place.address)]
    chosen = select(Place.root_key).where(Place.root_key.is_not(None), or_(*named)).order_by(Place.no.desc()).limit(MOST)
    return connection.execute(chosen).scalars().all()


def _of_places(actor, roots):
    if actor.sees_everything:
        return select(tasks.c.key).where(tasks.c.root_key.in_(roots), tasks.c.completed.is_(None)).limit(MOST)
    theirs = queued.c.candidate.in_([*actor.groups, *_own(actor)])
    return select(queued.c.task_key).where(queued.c.root_key.in_(roots), theirs, _OPEN).limit(MOST)


def _not_listed(actor, text):
    if actor.sees_everything:
        newest = select(tasks.c.key).where(tasks.c.completed.is_(None)).order_by(tasks.c.key.desc()).limit(LOOKED_AT).subquery()
    else:
        parts = [_newest(group) for group in [*sorted(actor.groups), *_own(actor)]]
        newest = union_all(*(select(part) for part in parts)).subquery()
    return (
        select(tasks.c.key)
        .join(newest, newest.c.key == tasks.c.key)
        .where(
            select(literal(1))
            .where(
                variables.c.instance_key == tasks.c.instance_key,
                variables.c.scope == 1,
                variables.c.name.in_(_TOLD),
                variables.c.value.contains(text, autoescape=True),
            )
            .exists()
        )
        .limit(MOST)
    )


def _newest(group):
    chosen = select(queued.c.task_key.label("key")).where(queued.c.candidate == group, _OPEN)
    return chosen.order_by(queued.c.created.desc(), queued.c.task_key.desc()).limit(LOOKED_AT).subquery()
