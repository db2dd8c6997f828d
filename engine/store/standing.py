"""How the work stands that nobody has to click: due rows of the worker, incidents, jobs, and what shows that a worker was there."""

from datetime import datetime, timedelta

import orjson
from sqlalchemy import case, func, literal, literal_column, select

from engine.domain.people import SYSTEM
from engine.store.base import moment_text
from engine.store.models import Incident, Job, TaskCandidate, Timer
from engine.store.records import History, Outbox, Seal

#: Nobody needs to know more exactly.
COUNT_UP_TO = 10_000
#: What a worker leaves in history when it does something.
ACTS = ("timer:fired", "message:correlated", "message:published", "signal:received", "signal:broadcast", "seal:made")
_TIMER_ALIVE, _OUTBOX_ALIVE = literal_column("NOT timer.dead"), literal_column("NOT outbox.dead")


def overdue(connection, now):
    """(how many rows of the worker's two queues are due, when the first of them was or None)."""
    found = [_due(connection, Timer, _TIMER_ALIVE, now), _due(connection, Outbox, _OUTBOX_ALIVE, now)]
    return sum(count for count, _ in found), min((first for _, first in found if first is not None), default=None)


def _due(connection, row, alive, now):
    due = select(literal(1)).where(row.due <= now, alive).limit(COUNT_UP_TO).subquery()
    count = connection.execute(select(func.count()).select_from(due)).scalar()
    return count, connection.execute(select(row.due).where(row.due <= now, alive).order_by(row.due).limit(1)).scalar()


def timers(connection, limit):
    """[row of timer] of those that wait, the next due first."""
    chosen = select(Timer.__table__).where(_TIMER_ALIVE).order_by(Timer.due, Timer.key).limit(limit)
    return list(connection.execute(chosen).mappings())


def timers_waiting(connection):
    """How many timers wait, up to COUNT_UP_TO."""
    return connection.execute(
        select(func.count()).select_from(select(Timer.key).where(_TIMER_ALIVE).limit(COUNT_UP_TO).subquery())
    ).scalar()


def given_up(connection, limit):
    """[(queue, row)] of what was tried in vain so often that a person has to look at it: timers, then deliveries."""
    found = []
    for queue, row in (("timer", Timer), ("outbox", Outbox)):
        chosen = select(row.__table__).where(row.dead).order_by(row.due, row.key).limit(limit)
        found += [(queue, told) for told in connection.execute(chosen).mappings()]
    return found


def tried(connection, limit):
    """[(queue, row)] of what failed and waits for its next attempt."""
    found = []
    for queue, row, alive in (("timer", Timer, _TIMER_ALIVE), ("outbox", Outbox, _OUTBOX_ALIVE)):
        chosen = select(row.__table__).where(row.attempts > 0, alive).order_by(row.due, row.key).limit(limit)
        found += [(queue, told) for told in connection.execute(chosen).mappings()]
    return found


def incidents(connection, limit, after=None):
    """[row of incident] of those that nobody has resolved, the oldest first; `after`: (created, key) of the last one seen."""
    chosen = select(Incident.__table__).where(Incident.resolved.is_(None))
    if after is not None:
        created, key = after
        chosen = chosen.where((Incident.created > created) | ((Incident.created == created) & (Incident.key > key)))
    return list(connection.execute(chosen.order_by(Incident.created, Incident.key).limit(limit)).mappings())


def count_incidents(connection):
    """(how many incidents are open, up to COUNT_UP_TO; since when the first of them is, or None)."""
    is_open = Incident.resolved.is_(None)
    count = connection.execute(select(func.count()).select_from(select(Incident.key).where(is_open).limit(COUNT_UP_TO).subquery())).scalar()
    return count, connection.execute(select(Incident.created).where(is_open).order_by(Incident.created).limit(1)).scalar()


def where(connection, keys, are_open=False):
    """{key of an incident: (instance key, element id)} of incidents; with `are_open` of all that are open in the instances of `keys`."""
    chosen = select(Incident.key, Incident.instance_key, Incident.element_id).where(Incident.key.in_(keys))
    if are_open:
        instances = select(Incident.instance_key).where(Incident.key.in_(keys))
        chosen = select(Incident.key, Incident.instance_key, Incident.element_id)
        chosen = chosen.where(Incident.instance_key.in_(instances), Incident.resolved.is_(None))
    return {key: (instance, element) for key, instance, element in connection.execute(chosen)}


def jobs(connection, limit):
    """[row of job] of those that are not done, the oldest first."""
    chosen = select(Job.__table__).where(Job.ended.is_(None)).order_by(Job.type, Job.available, Job.key).limit(limit)
    return list(connection.execute(chosen).mappings())


def jobs_by_type(connection):
    """[(type, how many are open, how many of them no retries are left of, the first of them was made when)]."""
    failed = func.sum(case((Job.status == "FAILED", 1), else_=0))
    chosen = select(Job.type, func.count(), failed, func.min(Job.created, type_=Job.created.type)).where(Job.ended.is_(None))
    return [tuple(row) for row in connection.execute(chosen.group_by(Job.type).order_by(Job.type))]


def lateness(connection, now, within=timedelta(hours=1), most=20_000):
    """[seconds], sorted: by how much the timers that fired of late were late."""
    since = moment_text(now - within)
    chosen = select(History.body).where(
        History.actor == SYSTEM, History.at >= since, History.at <= moment_text(now), History.kind == "timer:fired"
    )
    told = (orjson.loads(body)["data"].get("late") for body in connection.execute(chosen.limit(most)).scalars())
    return sorted(float(late) for late in told if late is not None)


def last_act(connection):
    """(when, kind) of the last thing that a worker is known to have done; None where it never did."""
    chosen = select(History.at, History.kind).where(History.actor == SYSTEM, History.kind.in_(ACTS)).order_by(History.at.desc()).limit(1)
    row = connection.execute(chosen).first()
    return row and (datetime.fromisoformat(row.at), row.kind)


def last_seal(connection):
    """(number, the day as a text) of the last seal; None where there is none."""
    row = connection.execute(select(Seal.number, Seal.day).order_by(Seal.number.desc()).limit(1)).first()
    return row and tuple(row)


def sealed(connection, day):
    """Has this day (a date) its seal?"""
    return connection.execute(select(literal(1)).where(Seal.day == day.isoformat())).first() is not None


def open_groups(connection, limit):
    """{candidate: open tasks} of the queues in which tasks stand, at most `limit` of them; people named in person are none."""
    chosen = select(TaskCandidate.candidate, func.count()).where(
        literal_column("task_candidate.open"), ~TaskCandidate.candidate.startswith("user:")
    )
    return dict(connection.execute(chosen.group_by(TaskCandidate.candidate).order_by(TaskCandidate.candidate).limit(limit)).all())


def began(connection):
    """When the system wrote its first entry of history; None before."""
    text = connection.execute(select(func.min(History.at)).where(History.actor == SYSTEM)).scalar()
    return text and datetime.fromisoformat(text)
