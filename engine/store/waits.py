"""What an instance waits for, as rows: jobs, timers, message and signal subscriptions, and deliveries to other roots."""

import orjson
from sqlalchemy import bindparam, null, select

from engine.store.deployed import ProcessDefinition
from engine.store.models import Job, MessageSubscription, Timer
from engine.store.records import Outbox
from engine.store.statements import change, insert, remove, upsert, with_instance

jobs, timers, subscriptions = Job.__table__, Timer.__table__, MessageSubscription.__table__
processes = ProcessDefinition.__table__

LOAD_JOB = ("load job", with_instance(jobs, jobs.c.key == bindparam("key")))
LOAD_TIMER = ("load timer", with_instance(timers, timers.c.key == bindparam("key")))
LOAD_SUBSCRIPTION = ("load subscription", with_instance(subscriptions, subscriptions.c.key == bindparam("key")))

OPEN_JOBS = ("insert jobs", insert(jobs))
JOB_CHANGES = ["status", "retries", "available", "claimed_by", "claimed_until", "lease", "error_code", "error_message", "ended"]
CHANGE_JOB = ("update job", change(jobs, ["key"], JOB_CHANGES))


def _activatable(dialect):
    chosen = (
        select(jobs)
        .where(
            jobs.c.type == bindparam("type"),
            jobs.c.ended.is_(None),
            jobs.c.status == "CREATED",
            jobs.c.available <= bindparam("now", type_=jobs.c.available.type),
        )
        .order_by(jobs.c.available, jobs.c.key)
        .limit(bindparam("limit"))
    )
    return chosen if dialect == "sqlite" else chosen.with_for_update(skip_locked=True)


ACTIVATABLE = ("activatable jobs", _activatable)
END_JOBS = (
    "end jobs",
    lambda _: (
        jobs.update()
        .where(jobs.c.instance_key == bindparam("key_instance_key"), jobs.c.number == bindparam("key_number"), jobs.c.ended.is_(None))
        .values(
            status=bindparam("status", type_=jobs.c.status.type),
            ended=bindparam("ended", type_=jobs.c.ended.type),
            claimed_until=null(),
        )
    ),
)

OPEN_TIMERS = (
    "upsert timers",
    upsert(timers, ["instance_key", "subscription"], ["due", "claimed_by", "claimed_until", "attempts", "dead", "error"]),
)
CLOSE_TIMERS = ("delete timers", remove(timers, ["instance_key", "subscription"]))

TIMER = ("timer", lambda _: select(timers).where(timers.c.key == bindparam("key")))


def _lock_timer(dialect):
    chosen = select(timers).where(timers.c.key == bindparam("key"))
    return chosen if dialect == "sqlite" else chosen.with_for_update()


LOCK_TIMER = ("lock timer", _lock_timer)
START_TIMERS = ("insert start timers", insert(timers))
STOP_TIMERS = (
    "delete start timers",
    lambda _: timers.delete().where(
        timers.c.instance_key.is_(None),
        timers.c.definition_key.in_(select(processes.c.key).where(processes.c.process_id == bindparam("process_id"))),
    ),
)
DROP_TIMER = ("delete timer", remove(timers, ["key"]))
RESET_TIMER = (
    "reset timer",
    change(timers, ["key"], ["due", "repetitions", "claimed_by", "claimed_until", "attempts", "dead", "error"]),
)

OPEN_SUBSCRIPTIONS = ("insert subscriptions", insert(subscriptions))
CLOSE_SUBSCRIPTIONS = ("delete subscriptions", remove(subscriptions, ["instance_key", "subscription"]))

SEND = ("insert outbox", insert(Outbox.__table__))


def job_row(job, now):
    """The columns of a new job that follow from the machine's Job."""
    return {
        "element_id": job.element_id,
        "type": job.type,
        "kind": job.kind,
        "listener_event": job.listener_event,
        "headers": orjson.dumps(job.headers).decode(),
        "status": "CREATED",
        "retries": job.retries,
        "available": now,
        "claimed_by": None,
        "claimed_until": None,
        "lease": None,
        "error_code": None,
        "error_message": None,
        "created": now,
        "ended": None,
    }


def timer_row(wanted):
    """The columns of a timer that follow from the machine's Subscription; a cycle's next time starts it afresh."""
    return {"due": wanted.due, "repetitions": None, "claimed_by": None, "claimed_until": None, "attempts": 0, "dead": False, "error": None}


def start_timer_row(due, book):
    """The columns of a start event's timer: when it is next due, and what its cycle remembers (None where it fires once)."""
    repetitions = None if book is None else orjson.dumps(book).decode()
    fresh = {"claimed_by": None, "claimed_until": None, "attempts": 0, "dead": False, "error": None}
    return {"due": due, "repetitions": repetitions, **fresh}


def subscription_row(wanted):
    """The columns of a message or signal subscription that follow from the machine's Subscription."""
    return {"kind": wanted.kind, "name": wanted.name, "correlation_key": wanted.correlation_key or ""}
