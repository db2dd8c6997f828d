"""One command's work on one tree of instances, in one transaction: load, advance, serve what the machine asks for, save with history."""

import orjson

from engine import history
from engine.commands import serve
from engine.commands.case import Case
from engine.domain import values
from engine.domain.errors import KeyReused, NotFound
from engine.domain.people import ZONE
from engine.store import definitions, idempotency, instances, messages, tasks, visibility, waits
from engine.store import history as history_rows
from engine.store.save import Rows


class Step:
    """What a command holds in its hands.

    `failed`: {(identity of a case, number): sentence}, handlers that raised in an attempt before. `request`: (idempotency key,
    fingerprint).
    """

    def __init__(self, engine, transaction, actor, failed=None, request=None):
        self.engine, self.transaction, self.actor = engine, transaction, actor
        self._offset = engine.clock.offset(transaction.cursor)
        self._take_time()
        self.failed, self.request, self.cases, self.batches = failed or {}, request, {}, []
        self.follow_ups = []  # keys of outbox rows that this step writes, to be done right after the commit
        self._calendar = None

    # -- load

    def task(self, key):
        """(the user task's row with .groups and .users, its case). Raises NotFound, also where the actor may not see it."""
        row, case = self._with_case(tasks.LOAD, tasks.tasks, key, "a user task")
        row["groups"], row["users"] = orjson.loads(row["candidate_groups"]), orjson.loads(row["candidate_users"])
        queues = [*row["groups"], *("user:" + user for user in row["users"])]
        if not self.sees(row["root_key"], row["instance_key"], queues, row["assignee"]):
            raise NotFound(f"Expected a user task with key {key}, but there is none that {self.actor.username} can see")
        case.task = row
        return row, case

    def job(self, key):
        """(the job's row, its case)."""
        return self._with_case(waits.LOAD_JOB, waits.jobs, key, "a job")

    def timer(self, key):
        """(the timer's row, its case), or (None, None) where it fired already."""
        return self._with_case(waits.LOAD_TIMER, waits.timers, key, None)

    def subscription(self, key):
        """(the message or signal subscription's row, its case), or (None, None) where it is closed already."""
        return self._with_case(waits.LOAD_SUBSCRIPTION, waits.subscriptions, key, None)

    def incident(self, key):
        """(the incident's row, its case). Raises NotFound, also where the actor may not see it."""
        return self._seen(instances.LOAD_INCIDENT, instances.incidents, key, "an incident")

    def element(self, key):
        """(the element instance's row, its case). Raises NotFound, also where the actor may not see it."""
        return self._seen(instances.LOAD_ELEMENT, instances.elements, key, "an element instance")

    def case(self, key):
        """The case of a process instance. Raises NotFound, also where the actor may not see it."""
        if key in self.cases:
            return self.cases[key]
        row, variables = self.transaction.load_instance(key)
        if row is None or not self.sees(row["root_key"], key, (), _starter(row)):
            raise NotFound(f"Expected a process instance with key {key}, but there is none that {self.actor.username} can see")
        return self.take(row, variables)

    def take(self, row, variables, new=False):
        """Make a Case of what was loaded, or of a row that is to be inserted."""
        if not new and not self.cases:
            # Whoever waited for the case acts now, not when they began to wait: no entry of a chain is older than the one before it.
            self._take_time()
        deployed = self.engine.definition(self.transaction, row["definition_key"])
        case = self.cases[row["key"]] = Case(self, row, variables, deployed, new)
        return case

    def _take_time(self):
        self.now = self.engine.clock.moved(self._offset)
        self.local = self.now.astimezone(ZONE)  # what diagrams and forms mean by a time without a zone

    def _with_case(self, prepared, table, key, what):
        row, instance, variables = self.transaction.load(prepared, table, key)
        if row is None:
            if what is None:
                return None, None
            raise NotFound(f"Expected {what} with key {key}, but there is none")
        return row, self.cases.get(instance["key"]) or self.take(instance, variables)

    def _seen(self, prepared, table, key, what):
        row, case = self._with_case(prepared, table, key, what)
        if not self.sees(row["root_key"], case.row["key"], (), _starter(case.row)):
            raise NotFound(f"Expected {what} with key {key}, but there is none that {self.actor.username} can see")
        return row, case

    def sees(self, root_key, instance_key, candidates, person):
        """May the actor know of this? Their own queue or task without a look-up; else the predicate of every list (visibility.py)."""
        actor = self.actor
        if actor.sees_everything or person in actor.names or not actor.groups.isdisjoint(candidates):
            return True
        if any("user:" + name in candidates for name in actor.names):
            return True
        return visibility.sees(self.transaction.connection, actor, root_key, instance_key)

    # -- change

    def calendar(self, definition=None):
        """The working-day calendar; None where `definition` calls for none."""
        if definition is not None and not definition.uses_calendar:
            return None
        if self._calendar is None:
            self._calendar = self.engine.calendars.current(self.transaction.cursor)
        return self._calendar

    def advance(self, case, name, **arguments):
        """Let the machine take a command, and serve all that it asks for: handlers, decisions, children, parents."""
        case.advance(name, **arguments)
        serve.settle(self, case)

    def begin_writing(self):
        """Nobody changes any more what this step has read."""
        self.transaction.begin_writing([case.row for case in self.cases.values() if not case.new])

    def key(self):
        """A new 64-bit key."""
        return self.transaction.key()

    # -- save

    def done_before(self):
        """The answer, as JSON text, that the request with this idempotency key got; None if it is the first one."""
        if self.request is None:
            return None
        rows = self.transaction.fetch(idempotency.FIND, actor=self.actor.username, key=self.request[0])
        if rows and rows[0]["request_hash"] != self.request[1]:
            raise KeyReused(
                f"Expected idempotency key {self.request[0]!r} to come with the request it first came with, but it is another one"
            )
        return rows[0]["answer"] if rows else None

    def save(self, answer=None, tells_opened=False):
        """Write and commit every case that changed, what was thrown, and the answer under the idempotency key. Returns the answer.

        `tells_opened`: the answer, a dict, is to name the user tasks that this step opened, as "opened": [{"key", "element"}].
        """
        changed = [case for case in self.cases.values() if case.is_changed]
        self._meet_messages(changed)
        for case in changed:
            for thrown in case.outcome.thrown if case.outcome else ():
                if thrown.kind in ("message", "signal"):
                    self._throw(case, thrown)
        rows = Rows(self.transaction, self.now)
        for case in changed:
            rows.take(case.change())
        if tells_opened:
            answer["opened"] = [{"key": row["key"], "element": row["element_id"]} for row in rows.opened]
        if self.request:
            key, fingerprint = self.request
            kept = {
                "actor": self.actor.username,
                "key": key,
                "request_hash": fingerprint,
                "answer": orjson.dumps(answer).decode(),
                "at": self.now,
            }
            self.batches.append((idempotency.KEEP, [kept]))
        self.transaction.write([*rows.batches(), *self.batches], rows.steps)
        return answer

    def forms_of(self, case):
        """{(form id, version tag): key} of the forms of new tasks that are bound to the deployment of their process."""
        bound = {}
        for task in case.outcome.tasks_opened.values() if case.outcome else ():
            if task.form_binding == "deployment" and task.form_id:
                deployment = case.deployed.row["deployment_key"]
                row = self.engine.find(self.transaction, definitions.FORM, task.form_id, "deployment", None, deployment, "form")
                bound[task.form_id, None] = row["key"]
        return bound

    def _meet_messages(self, changed):
        """Messages that wait for a subscription that this step opens: a row of the outbox each."""
        opened = [wanted for case in changed if case.outcome for wanted in case.outcome.subscriptions_opened.values()]
        pairs = {(wanted.name, wanted.correlation_key or "") for wanted in opened if wanted.kind == "message"}
        if pairs:
            self.begin_writing()
            messages.lock_names(self.transaction, pairs)
        for name, key in sorted(pairs):
            for row in self.transaction.fetch(messages.WAITING, name=name, correlation_key=key, now=self.now):
                self.send("message", {"message": row["key"]})

    def send(self, kind, payload, at_once=True):
        """Leave a row of the outbox, for a command of its own after this one's commit: `at_once` it is ours, otherwise the worker's."""
        key = self.key()
        row = {"key": key, "kind": kind, "payload": orjson.dumps(payload).decode(), "due": self.now}
        self.batches.append((waits.SEND, [row | {"claimed_by": None, "claimed_until": None, "attempts": 0, "dead": False, "error": None}]))
        if at_once:
            self.follow_ups.append(key)

    def _throw(self, case, thrown):
        # A message or signal that left an instance is a row, to be published by a command of its own: no transaction locks two roots.
        self.send(
            "publish" if thrown.kind == "message" else "broadcast",
            {
                "name": thrown.name,
                "correlation_key": thrown.correlation_key or "",
                "time_to_live": thrown.time_to_live,
                "message_id": thrown.message_id,
                "variables": values.write(thrown.variables),
                "from": str(case.row["key"]),
                "element": thrown.element_id,
            },
        )

    def record(self, subject, chain, kind, data, changes=()):
        """History of what belongs to no instance: the chain of `subject` ("clock", "account:li"), which `chain` begins if it is new."""
        rows = self.transaction.fetch(history_rows.CHAIN_OF, subject=subject)
        chain, seq, head = (rows[0]["chain"], rows[0]["seq"], rows[0]["head"]) if rows else (chain, 0, history.GENESIS)
        entry = history.entry(
            chain, seq + 1, head, self.now, self.actor.username, kind, None, data, changes, behalf_of=self.actor.behalf_of
        )
        self.batches.append((history_rows.ADVANCE_CHAIN, [{"chain": chain, "seq": entry.seq, "head": entry.hash, "subject": subject}]))
        self.batches.append((history_rows.APPEND, [history_rows.row(entry)]))


def _starter(row):
    """Who may know of an instance because they started it: not whoever's work made a case call it."""
    return row["started_by"] if row["parent_key"] is None else None
