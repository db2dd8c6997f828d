"""What a step changed, turned into rows: the one place that knows which part of an outcome goes into which table.

A step of the measured workload writes six statements (and reads two): instance, variables, tasks, queues, elements, history. Anything else
that happened adds one statement per kind of row, however many rows it has.
"""

from collections import defaultdict
from dataclasses import dataclass, field

import orjson

from engine.domain.outcome import ACTIVE, CANCELED, TERMINATED, Outcome
from engine.store import history as history_rows
from engine.store import instances, rounds, tasks, waits


@dataclass(slots=True)
class Change:
    """One instance as it was read, and what a step did to it."""

    instance: dict  # the row of process_instance as it stood, or as it is to be inserted
    outcome: Outcome
    entry: object  # the engine.history.Entry of this step
    new: bool = False
    variable_keys: dict = field(default_factory=dict)  # (scope, name) -> key, of the rows that exist
    task: dict | None = None  # the row of user_task that the command loaded
    task_edits: dict = field(default_factory=dict)  # number -> columns that a command sets beside what the machine says
    names: dict = field(default_factory=dict)  # element id -> its name
    forms: dict = field(default_factory=dict)  # (form id, version tag) -> key, where it is bound to a deployment
    incidents: list = field(default_factory=list)  # rows beyond the machine's own: of jobs without retries
    decisions: list = field(default_factory=list)  # (number, element id, engine.commands.decided.Decided) of each evaluation


class Rows:
    """The rows of all changes of a step, by statement, in the order in which they must run."""

    ORDER = (
        instances.NEW, instances.SET, instances.DROP, instances.DROP_SCOPE, instances.ENTER, instances.END,
        rounds.DROP, rounds.SAVE,
        tasks.SAVE, tasks.CLOSE_QUEUES, tasks.CANCEL, tasks.UNQUEUE, tasks.QUEUE,
        waits.END_JOBS, waits.OPEN_JOBS, waits.CLOSE_TIMERS, waits.OPEN_TIMERS, waits.CLOSE_SUBSCRIPTIONS, waits.OPEN_SUBSCRIPTIONS,
        instances.RESOLVE, instances.RAISE, instances.DECIDED, history_rows.APPEND,
    )  # fmt: skip

    def __init__(self, transaction, now):
        self.transaction, self.now = transaction, now
        self._rows, self.steps = defaultdict(list), []
        self.opened = []  # rows of user_task that this step opens
        self._element_keys = {}  # (instance key, number) -> key, of the elements of this step

    def batches(self):
        """(prepared, rows) in order."""
        return [(prepared, self._rows[prepared[0]]) for prepared in self.ORDER if prepared[0] in self._rows]

    def add(self, prepared, row):
        """One more row for a statement."""
        self._rows[prepared[0]].append(row)

    def take(self, change):
        """All rows of one instance's change."""
        outcome, instance = change.outcome, change.instance
        own = {"instance_key": instance["key"], "root_key": instance["root_key"]}
        defined = {"definition_key": instance["definition_key"], "process_id": instance["process_id"]}
        for number, element in outcome.elements.items():
            self._element(change, number, element, own)
        for (scope, name), value in outcome.variables.items():
            if value is None:
                self.add(instances.DROP, {"instance_key": instance["key"], "scope": scope, "name": name})
                continue
            key = change.variable_keys.get((scope, name)) or self.transaction.key()
            self.add(instances.SET, {**own, "scope": scope, "name": name, "value": value, "key": key})
        for scope in outcome.scopes_closed:
            self.add(instances.DROP_SCOPE, {"instance_key": instance["key"], "scope": scope})
        for number, saved in outcome.rounds.items():
            at = {"instance_key": instance["key"], "number": number}
            if saved is None:
                self.add(rounds.DROP, at)
            else:
                self.add(rounds.SAVE, {**at, "round": saved[0], "row": saved[1]})
        self._tasks(change, own, defined)
        self._waits(outcome, own, defined)
        self._incidents(change, own, defined)
        for number, element_id, made in change.decisions:
            evaluation = {"evaluation_key": self.transaction.key(), "evaluated": self.now, "number": number, "element_id": element_id}
            for row in made.rows:
                self.add(instances.DECIDED, {**own, **evaluation, **row})
        self.add(history_rows.APPEND, history_rows.row(change.entry))
        self._instance(change)

    def _element(self, change, number, element, own):
        ended = None if element.status == ACTIVE else self.now
        if number == 1:
            key = own["instance_key"]  # the process as an element is the instance itself
        elif element.new:
            key = self._element_keys[own["instance_key"], number] = self.transaction.key()
        elif change.task and change.task["number"] == number:
            key = change.task["key"]  # a task's key is its element instance's
        else:
            self.add(
                instances.END,
                {**_at(own, number), "status": element.status, "ended": ended},
            )
            return
        self.add(
            instances.ENTER,
            {
                **own,
                "key": key,
                "number": number,
                "scope": element.scope,
                "element_id": element.element_id,
                "type": element.type,
                "status": element.status,
                "started": self.now,
                "ended": ended,
            },
        )

    def _tasks(self, change, own, defined):
        outcome = change.outcome
        for number, task in outcome.tasks_opened.items():
            row = {
                **own,
                **defined,
                "key": self._element_key(own["root_key"], own["instance_key"], number),
                "number": number,
                "element_id": task.element_id,
                "name": change.names.get(task.element_id),
                "status": task.status,
                "assignee": task.assignee,
                "candidate_groups": text(task.candidate_groups),
                "candidate_users": text(task.candidate_users),
                "priority": task.priority,
                "created": self.now,
                "due": task.due,
                "follow_up": task.follow_up,
                "completed": None,
                "completed_by": None,
                "confirmed_by": "[]",
                "acted_for": None,
                "pending": None,
                "form_key": change.forms.get((task.form_id, task.form_version_tag)),
                "form_id": task.form_id,
                "form_version_tag": task.form_version_tag,
                "external_form": task.external_form,
                "headers": text(task.headers),
            }
            self.opened.append(row)
            self._save_task(row, task.candidate_groups, task.candidate_users, is_open=True)
        loaded = change.task["number"] if change.task else None
        touched = dict.fromkeys([*outcome.tasks_changed, *change.task_edits])
        if loaded in outcome.tasks_closed:
            touched[loaded] = None
        for number in touched:
            if number not in outcome.tasks_opened:
                self._change_task(change, number)
        for number, status in outcome.tasks_closed.items():
            if number not in touched:
                cancelled = _at(own, number)
                self.add(tasks.CLOSE_QUEUES, cancelled)
                self.add(tasks.CANCEL, {**cancelled, "status": status, "completed": self.now})

    def _element_key(self, root_key, instance_key, number):
        """Of this step, or of an earlier one: a task may open after an incident was resolved, a child be started long after its call."""
        if (instance_key, number) in self._element_keys:
            return self._element_keys[instance_key, number]
        (row,) = self.transaction.fetch(instances.KEY_OF_ELEMENT, root_key=root_key, instance_key=instance_key, number=number)
        return row.key

    def _change_task(self, change, number):
        if change.task and change.task["number"] == number:
            before = change.task
        else:
            of = change.instance
            (before,) = self.transaction.fetch(tasks.BY_NUMBER, root_key=of["root_key"], instance_key=of["key"], number=number)
        # The machine has the last word: a task that the last officer confirmed may still wait for a listener.
        edits = {**change.task_edits.get(number, {}), **change.outcome.tasks_changed.get(number, {})}
        groups, users = (list(edits.get(name, orjson.loads(before[name]))) for name in ("candidate_groups", "candidate_users"))
        row = {**before, **edits, "candidate_groups": text(groups), "candidate_users": text(users)}
        status = change.outcome.tasks_closed.get(number)
        if status:
            row.update(status=status, completed=self.now)
        row.update(form_id=None, form_version_tag=None)
        self._save_task(row, groups, users, is_open=status is None)
        gone = {queue["candidate"] for queue in tasks.queue_rows(before, *_queues(before), False)} - {
            queue["candidate"] for queue in tasks.queue_rows(row, groups, users, False)
        }
        for candidate in gone:
            self.add(tasks.UNQUEUE, {"task_key": row["key"], "candidate": candidate})

    def _save_task(self, row, groups, users, is_open):
        self.add(tasks.SAVE, row)
        for queue in tasks.queue_rows(row, groups, users, is_open):
            self.add(tasks.QUEUE, queue)

    def _waits(self, outcome, own, defined):
        for number, status in outcome.jobs_closed.items():
            closed = {"key_instance_key": own["instance_key"], "key_number": number, "status": status, "ended": self.now}
            self.add(waits.END_JOBS, closed)
        for number, job in outcome.jobs_opened.items():
            self.add(waits.OPEN_JOBS, {**own, **defined, **waits.job_row(job, self.now), "key": self.transaction.key(), "number": number})
        for subscription, kind in outcome.subscriptions_closed.items():
            closing = waits.CLOSE_TIMERS if kind == "timer" else waits.CLOSE_SUBSCRIPTIONS
            self.add(closing, {"instance_key": own["instance_key"], "subscription": subscription})
        for wanted in outcome.subscriptions_opened.values():
            row = {
                **own,
                **defined,
                "key": self.transaction.key(),
                "subscription": wanted.id,
                "number": wanted.number,
                "element_id": wanted.event_id,
            }
            if wanted.kind == "timer":
                self.add(waits.OPEN_TIMERS, {**row, **waits.timer_row(wanted)})
            else:
                self.add(waits.OPEN_SUBSCRIPTIONS, {**row, **waits.subscription_row(wanted)})

    def _incidents(self, change, own, defined):
        for number in change.outcome.incidents_closed:
            self.add(instances.RESOLVE, {"key_instance_key": own["instance_key"], "key_number": number, "resolved": self.now})
        raised = [
            {"number": number, "element_id": found.element_id, "error_type": found.error_type, "message": found.message, "job_key": None}
            for number, found in change.outcome.incidents_opened.items()
        ] + change.incidents
        for incident in raised:
            key = self.transaction.key()
            self.add(instances.RAISE, {**own, **defined, **incident, "key": key, "status": "ACTIVE", "created": self.now, "resolved": None})

    def _instance(self, change):
        outcome, instance = change.outcome, change.instance
        row = {
            "state": outcome.state,
            # Camunda has one word for both; which of the two it was stands in history.
            "status": TERMINATED if outcome.status == CANCELED else outcome.status,
            "revision": instance["revision"] + 1,
            "incidents": instance["incidents"] + len(outcome.incidents_opened) + len(change.incidents) - len(outcome.incidents_closed),
            "ended": None if outcome.status == ACTIVE else self.now,
            "history_seq": change.entry.seq,
            "history_head": change.entry.hash,
        }
        if change.new:
            above = instance["parent_key"]
            parent = above and self._element_key(instance["root_key"], above, instance["parent_number"])
            self.add(instances.NEW, {**instance, **row, "parent_element_key": parent})
        else:
            self.steps.append({**row, "key_key": instance["key"], "key_revision": instance["revision"]})


def _at(own, number):
    """The parameters of a statement that finds a row by its element's number."""
    return {"key_root_key": own["root_key"], "key_instance_key": own["instance_key"], "key_number": number}


def _queues(task):
    return orjson.loads(task["candidate_groups"]), orjson.loads(task["candidate_users"])


def text(value):
    """A list, tuple or dict of plain values as JSON text."""
    return orjson.dumps(value).decode()
