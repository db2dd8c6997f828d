"""Rows and machine agree: what is open as rows is what is alive in the state, for each instance and after each commit.

`watch()` makes every command of this process look, through a connection of its own as any other process would see it.
"""

import functools
import threading
from collections import defaultdict

from sqlalchemy import Integer, LargeBinary, NullPool, Text, bindparam, cast, create_engine, literal, null, select, union_all

from engine.commands.step import Step
from engine.domain.outcome import ACTIVE
from engine.store.models import (
    ElementInstance,
    Incident,
    Job,
    MessageSubscription,
    ProcessInstance,
    RoundElement,
    Timer,
    UserTask,
    Variable,
)
from tests.engine.workflow.ledger import Wanted

KEY = bindparam("key")


def _part(kind, table, condition=None, instance=None, number=None, other=None, text=None, more=None, raw=None):
    """One kind of row in the shape of all: (kind, number, other, text, more, raw)."""
    columns = [
        literal(kind, Text), *(cast(null(), Integer) if one is None else one for one in (number, other)),
        *(cast(null(), Text) if one is None else one for one in (text, more)), cast(null(), LargeBinary) if raw is None else raw,
    ]  # fmt: skip
    query = select(*columns).where((table.instance_key if instance is None else instance) == KEY)
    return query if condition is None else query.where(condition)


P, E, S = ProcessInstance, ElementInstance, MessageSubscription
#: All that is to be compared, as one statement sees it: at one moment, on both databases.
ROWS = union_all(
    _part("state", P, None, P.key, other=P.incidents, text=P.status, raw=P.state),
    _part("child", P, P.status == ACTIVE, P.parent_key, number=P.parent_number),
    _part("element", E, E.status == ACTIVE, number=E.number, other=E.scope, text=E.element_id, more=E.type),
    _part("task", UserTask, UserTask.completed.is_(None), number=UserTask.number),
    _part("job", Job, Job.ended.is_(None), number=Job.number),
    _part("incident", Incident, Incident.resolved.is_(None), number=Incident.number, text=cast(Incident.job_key, Text)),
    _part("subscription", Timer, number=Timer.number, other=Timer.subscription, text=Timer.element_id, more=literal("timer", Text)),
    _part("subscription", S, number=S.number, other=S.subscription, text=S.element_id, more=S.kind),
    _part("round", RoundElement, number=RoundElement.number, other=RoundElement.round, text=RoundElement.row),
    _part("variable", Variable, number=Variable.scope),
)


def expect_agreement(connection, key, definition):
    """Of the instance `key`, which runs by `definition`: every open row is alive in its state, and everything alive has its row."""
    found = defaultdict(list)
    for kind, *told in connection.execute(ROWS, {"key": key}):
        found[kind].append(told)
    ((_, incidents, status, _, state),) = found["state"]
    numbers = {kind: [told[0] for told in found[kind]] for kind in ("child", "task", "job", "incident", "variable")}
    # What has ended may have left its last state behind, as a start that failed does; nothing of it is alive.
    rounds = {number: (round, row) for number, round, row, *_ in found["round"]}
    wanted = Wanted(definition, bytes(state) if status == ACTIVE else b"[2,1,[]]", rounds)
    assert {number: (element, scope, type) for number, scope, element, type, _ in found["element"]} == wanted.alive, f"elements of {key}"
    for kind, alive in (("task", wanted.tasks), ("job", wanted.jobs), ("child", wanted.children)):
        assert sorted(numbers[kind]) == sorted(alive), f"{kind} rows of {key}"
    assert {number for number, _, job, *_ in found["incident"] if job is None} == wanted.incidents, f"incidents of {key}"
    assert {number for number, _, job, *_ in found["incident"] if job} <= wanted.jobs, f"incidents of jobs of {key}"
    assert len(found["incident"]) == incidents, f"number of incidents of {key}"
    asked = {id: (number, element, kind) for number, id, element, kind, _ in found["subscription"]}
    assert asked == wanted.subscriptions and len(asked) == len(found["subscription"]), f"subscriptions of {key}"
    assert set(numbers["variable"]) <= {1, *wanted.alive, *wanted.given}, f"variables of {key}"


class _Eyes:
    """The connections through which is looked: of each kind of database, to the one that was looked at last."""

    def __init__(self):
        self.lock, self.engines = threading.Lock(), {}

    def on(self, url):
        kind = url.get_backend_name()
        with self.lock:
            engine = self.engines.get(kind)
            if engine is None or engine.url != url:
                if engine is not None:
                    engine.dispose()
                # A file of SQLite may be another one under the same name, and is opened each time; a test may kill all connections.
                kept = {"poolclass": NullPool} if kind == "sqlite" else {"pool_pre_ping": True}
                engine = self.engines[kind] = create_engine(url, **kept)
            return engine.connect()

    def close(self):
        for engine in self.engines.values():
            engine.dispose()


@functools.cache
def watch():
    """From now on each command of this process looks at what it has changed once that is committed -> what is to be closed at the end."""
    eyes, save = _Eyes(), Step.save

    @functools.wraps(save)
    def saved(step, *arguments, **named):
        answer = save(step, *arguments, **named)
        changed = [case for case in step.cases.values() if case.is_changed]
        if changed:
            with eyes.on(step.engine.store.engine.url) as connection:
                for case in changed:
                    expect_agreement(connection, case.row["key"], case.definition)
        return answer

    Step.save = saved
    return eyes
