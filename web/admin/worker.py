"""后台和定时: is a worker there, how late is it, what falls due next, what it gave up, and jobs that programs outside have to do."""

from math import ceil

from api.access import allow
from api.v2.door import engine, read_key
from cases.incident_list import element
from engine.commands.retry_due import retry_delivery, retry_timer
from engine.store import standing
from web.admin import room

#: Timers, rows that were given up, and jobs that are listed.
NEXT, GIVEN_UP, JOBS = 40, 50, 50
#: So long may a due row wait before one has to look; a worker comes twice a second. Seconds.
SILENT = 30
QUEUES = {"timer": "定时", "outbox": "送达"}
DELIVERIES = {"message": "向案件送达消息", "signal": "向案件送达信号", "publish": "发布消息", "broadcast": "广播信号"}
ACTS = {
    "timer:fired": "执行到期事项",
    "message:correlated": "送达消息",
    "message:published": "发布消息",
    "signal:received": "送达信号",
    "signal:broadcast": "广播信号",
    "seal:made": "封印历史",
}


def add_to(blueprint):
    """The page, and trying again what was given up."""
    blueprint.add_url_rule("/admin/worker", "admin_worker", worker)
    blueprint.add_url_rule("/admin/worker/<queue>/<key>/retry", "admin_retry_due", retry, methods=["POST"])


@allow("administrator")
def worker():
    """How the worker and its queues stand."""
    with engine().store.transaction() as transaction:
        connection, now = transaction.connection, engine().clock.now(transaction.cursor)
        told = {
            "state": State(connection, now),
            "timers": [_named(transaction, row) for row in standing.timers(connection, NEXT)],
            "waiting": standing.timers_waiting(connection),
            "given_up": [_told(transaction, *found) for found in standing.given_up(connection, GIVEN_UP)],
            "tried": [_told(transaction, *found) for found in standing.tried(connection, GIVEN_UP)],
            "jobs": [_named(transaction, row) for row in standing.jobs(connection, JOBS)],
            "by_type": standing.jobs_by_type(connection),
        }
    return room.page("admin/worker.html", "web.admin_worker", acts=ACTS, most=standing.COUNT_UP_TO, **told)


class State:
    """`due`, `first`: rows that wait for a worker, since when; `is_silent`; `act`: (when, kind) of its last; `late`: of the last hour."""

    def __init__(self, connection, now):
        self.due, self.first = standing.overdue(connection, now)
        self.is_silent = self.first is not None and (now - self.first).total_seconds() > SILENT
        self.waits = self.first and (now - self.first).total_seconds()
        self.act = standing.last_act(connection)
        found = standing.lateness(connection, now)
        self.fired, self.late = len(found), found and found[ceil(len(found) * 0.99) - 1]
        self.worst = found and found[-1]
        self.sealed_today = standing.sealed(connection, engine().day(now))


def _named(transaction, row):
    process, name = element(engine(), transaction, row["definition_key"], row["element_id"])
    return {**row, "process": process, "element": name}


def _told(transaction, queue, row):
    """{"queue", "key", "what", "due", "attempts", "error", "instance_key"} of a row of either queue."""
    told = {name: row[name] for name in ("key", "due", "attempts", "error")} | {"queue": queue, "kind": QUEUES[queue]}
    if queue == "outbox":
        return told | {"what": DELIVERIES.get(row["kind"], row["kind"]), "instance_key": None}
    named = _named(transaction, row)
    return told | {"what": f"{named['process']}：{named['element']}", "instance_key": row["instance_key"]}


@allow("administrator")
def retry(queue, key):
    """重新执行 what was given up."""
    command = retry_timer if queue == "timer" else retry_delivery
    return room.do(lambda: room.ask(command, read_key(key)), "admin/refused.html", ("web.admin_worker", "retried", {}))
